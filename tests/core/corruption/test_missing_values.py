"""Lost values by Rubin's mechanisms, and what stands in their place."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.core.corruption.examples import CARD, DATASETS, dataset_of, with_room
from tests.core.corruption.spoiling import SURE, spoilt
from visualiser.core.corruption.missing_values import loss_rates
from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.data.dataset import Dataset, Table
from visualiser.core.data.encoding import encoding_for, fit_encoder
from visualiser.core.errors import UserError

ROWS = 3000


def people() -> Dataset:
    """Age and income that have nothing to do with each other, and a town; all are known."""
    random = np.random.default_rng(5)
    table = Table(
        numeric=np.stack(
            [random.normal(40, 12, ROWS), random.lognormal(8, 1, ROWS)], axis=1
        ).astype(np.float32),
        numeric_names=("age", "income"),
        categorical=random.choice(3, (ROWS, 1), p=(0.2, 0.5, 0.3)).astype(np.int32),
        categorical_names=("town",),
        categories=(("Aston", "Barrow", "Corby"),),
    )
    return dataset_of("people", table, random.integers(0, 2, ROWS).astype(np.int64), card=CARD)


PEOPLE = people()
AGE, INCOME, TOWN = 0, 1, 2


def lost(part) -> np.ndarray:
    """(n, 3) where nothing is left."""
    features = part.features
    return np.concatenate([np.isnan(features.numeric), features.categorical < 0], axis=1)


def by_fifths(values: np.ndarray, missing: np.ndarray) -> np.ndarray:
    """(5, 2) how many of each fifth of the values are known and missing."""
    fifth = np.digitize(values, np.quantile(values, (0.2, 0.4, 0.6, 0.8)))
    return np.stack(
        [np.bincount(fifth[~missing], minlength=5), np.bincount(fifth[missing], minlength=5)],
        axis=1,
    )


@pytest.mark.parametrize("mechanism", ["mcar", "mar", "mnar"])
@pytest.mark.parametrize("imputation", ["mean", "median", "zero"])
def test_columns_that_spoiling_fills_lose_nothing_and_change_nothing(
    mechanism: str, imputation: str
) -> None:
    roomy = with_room(PEOPLE, CORRUPTIONS["irrelevant_features"], CORRUPTIONS["target_leakage"])
    _, alone, change = spoilt(
        PEOPLE, "missing_values", 0.4, mechanism=mechanism, imputation=imputation
    )
    _, part, same = spoilt(roomy, "missing_values", 0.4, mechanism=mechanism, imputation=imputation)
    own = len(alone.features.numeric_names)
    np.testing.assert_array_equal(part.features.numeric[:, :own], alone.features.numeric)
    np.testing.assert_array_equal(part.features.categorical, alone.features.categorical)
    assert part.features.numeric.shape[1] > own
    assert not part.features.numeric[:, own:].any()
    assert same.sentence() == change.sentence()


@settings(max_examples=50, deadline=None)
@given(st.floats(0, 0.8), st.floats(0, 0.8))
def test_chances_have_their_mean_and_rise_with_it_and_with_the_rank(
    one: float, other: float
) -> None:
    ranks = (np.arange(4000) + 0.5) / 4000
    less, more = (loss_rates(mean, ranks) for mean in sorted((one, other)))
    assert less.mean() == pytest.approx(min(one, other), abs=1e-5)
    assert (np.diff(less) >= 0).all() and (less <= more + 1e-12).all()
    assert less.min() >= 0 and more.max() < 1


def test_at_a_quarter_few_of_the_lowest_and_most_of_the_highest_are_lost() -> None:
    low, high = loss_rates(0.25, np.array([0.0, 1.0]))
    assert (round(low, 2), round(high, 2)) == (0.01, 0.78)


@pytest.mark.parametrize("mechanism", ["mcar", "mar", "mnar"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.8])
def test_the_share_asked_for_is_lost_in_each_column(mechanism: str, share: float) -> None:
    clean, part, change = spoilt(PEOPLE, "missing_values", share, mechanism=mechanism)
    missing = lost(part)
    columns = (INCOME, TOWN) if mechanism == "mar" else (AGE, INCOME, TOWN)
    for column in columns:
        # With chances that differ, counts vary less than with one for all.
        assert stats.binomtest(int(missing[:, column].sum()), len(clean), share).pvalue > SURE
    assert change.changed == missing.sum() and change.eligible == len(columns) * len(clean)


def test_completely_at_random_depends_on_nothing() -> None:
    clean, part, _ = spoilt(PEOPLE, "missing_values", 0.4, mechanism="mcar")
    missing, numeric = lost(part), clean.features.numeric
    for column in (AGE, INCOME):
        for value in (AGE, INCOME):
            table = by_fifths(numeric[:, value], missing[:, column])
            assert stats.chi2_contingency(table).pvalue > SURE
        kept = numeric[~missing[:, column], column]
        assert stats.ks_2samp(kept, numeric[:, column]).pvalue > SURE


def test_at_random_depends_on_the_other_column_and_given_it_on_nothing() -> None:
    clean, part, change = spoilt(PEOPLE, "missing_values", 0.3, mechanism="mar")
    missing, numeric = lost(part), clean.features.numeric
    assert not missing[:, AGE].any(), "the one that decides is the first, and is known"
    table = by_fifths(numeric[:, AGE], missing[:, INCOME])
    shares = table[:, 1] / table.sum(axis=1)
    assert (np.diff(shares) > 0).all() and stats.chi2_contingency(table).pvalue < 1e-12
    own = by_fifths(numeric[:, INCOME], missing[:, INCOME])
    assert stats.chi2_contingency(own).pvalue > SURE
    assert "more where “age” is high" in change.sentence()


def test_the_other_column_may_be_any() -> None:
    clean, part, _ = spoilt(PEOPLE, "missing_values", 0.3, mechanism="mar", by_column="town")
    missing, town = lost(part), clean.features.categorical[:, 0]
    assert not missing[:, TOWN].any()
    shares = [missing[town == code, INCOME].mean() for code in range(3)]
    assert shares == sorted(shares) and shares[2] > 3 * shares[0]


def test_not_at_random_depends_on_the_value_that_is_lost() -> None:
    clean, part, change = spoilt(PEOPLE, "missing_values", 0.3, mechanism="mnar")
    missing, numeric = lost(part), clean.features.numeric
    table = by_fifths(numeric[:, INCOME], missing[:, INCOME])
    np.testing.assert_allclose(
        table[:, 1] / table.sum(axis=1), loss_rates(0.3, np.arange(0.1, 1, 0.2)), atol=0.06
    )
    assert stats.chi2_contingency(by_fifths(numeric[:, AGE], missing[:, INCOME])).pvalue > SURE
    kept = numeric[~missing[:, INCOME], INCOME]
    assert kept.mean() < 0.7 * numeric[:, INCOME].mean(), "the mean of what is left is too low"
    assert "of those that are high" in change.sentence()


def test_values_that_are_all_alike_are_lost_alike() -> None:
    table = PEOPLE.features
    flat = table.with_values(np.ones_like(table.numeric), table.categorical)
    dataset = dataset_of("people", flat, PEOPLE.labels)
    _, part, _ = spoilt(dataset, "missing_values", 0.5, mechanism="mnar")
    assert stats.binomtest(int(lost(part)[:, AGE].sum()), ROWS - 5, 0.5).pvalue > SURE


def test_gaps_stay_gaps_and_the_model_sees_the_mean_of_the_clean_rows() -> None:
    clean, part, change = spoilt(PEOPLE, "missing_values", 0.5)
    encoder = fit_encoder(encoding_for("table", ("vector",)), PEOPLE, clean, {})
    seen = encoder.transform(part.features)
    gap = np.isnan(part.features.numeric[:, INCOME])
    np.testing.assert_allclose(seen[gap, INCOME], 0, atol=1e-6)  # the mean, standardised
    assert change.sentence().endswith(
        "lost, and the model sees the mean of the training data or no category instead"
    )


def test_medians_and_the_most_frequent_category_can_stand_there() -> None:
    clean, part, change = spoilt(PEOPLE, "missing_values", 0.5, imputation="median")
    assert not lost(part).any()
    filled = part.features.numeric[:, INCOME] != clean.features.numeric[:, INCOME]
    median = np.float32(np.median(clean.features.numeric[:, INCOME]))
    assert set(part.features.numeric[filled, INCOME]) == {median}
    town = part.features.categorical[:, 0] != clean.features.categorical[:, 0]
    assert set(part.features.categorical[town, 0]) == {1}
    assert "the median of the training data or the most frequent category" in change.sentence()


def test_zeros_can_stand_there() -> None:
    clean, part, _ = spoilt(PEOPLE, "missing_values", 0.5, imputation="zero")
    changed = part.features.numeric != clean.features.numeric
    assert (part.features.numeric[changed] == 0).all() and changed.mean() > 0.4


@pytest.mark.parametrize("imputation", ["mean", "median", "zero"])
def test_whatever_stands_there_the_same_values_are_lost(imputation: str) -> None:
    _, _, change = spoilt(PEOPLE, "missing_values", 0.4, imputation=imputation)
    _, _, usual = spoilt(PEOPLE, "missing_values", 0.4)
    assert change.changed == usual.changed and set(change.rows) <= set(usual.rows)


def test_what_was_missing_before_is_not_lost_again() -> None:
    dataset = DATASETS["prices"]
    clean, part, change = spoilt(dataset, "missing_values", 0.8)
    assert change.eligible == np.count_nonzero(~lost(clean))
    assert change.changed == np.count_nonzero(lost(part) & ~lost(clean))
    assert (lost(part) | ~lost(clean)).all()


def test_a_column_nobody_knows_is_refused_with_those_there_are() -> None:
    with pytest.raises(UserError, match=r"no column called “shoes”.*age, income, town"):
        spoilt(PEOPLE, "missing_values", 0.3, mechanism="mar", by_column="shoes")


def test_of_one_column_alone_no_other_decides() -> None:
    with pytest.raises(UserError, match="one column alone"):
        spoilt(DATASETS["colours"], "missing_values", 0.3, mechanism="mar")
