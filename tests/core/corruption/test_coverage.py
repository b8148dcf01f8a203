"""What is missing, and how far a selection moves what is left."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.core.corruption.examples import DATASETS, clean_part
from tests.core.corruption.spoiling import spoilt
from visualiser.core.corruption.measures import automatic_measure, measure_names, measured
from visualiser.core.corruption.spec import Context
from visualiser.core.data.dataset import Dataset
from visualiser.core.errors import UserError

SURE = 1e-4
RANDOM = np.random.default_rng(5)
NORMAL = replace(
    DATASETS["points"],
    features=RANDOM.normal(size=(6000, 2)).astype(np.float32),
    labels=np.arange(6000, dtype=np.int64) % 3,
)
SKEWED = replace(NORMAL, features=RANDOM.lognormal(size=(6000, 2)).astype(np.float32))


@pytest.mark.parametrize("share", [0.7, 0.25, 0.0])
def test_a_class_keeps_its_share_and_the_others_stay(share: float) -> None:
    clean, part, change = spoilt(DATASETS["pictures"], "missing_region", share, of="class 3")
    before, after = (np.bincount(rows.labels, minlength=10) for rows in (clean, part))
    assert after[3] == round(share * before[3])
    np.testing.assert_array_equal(np.delete(after, 3), np.delete(before, 3))
    assert change.sentence().endswith("pictures of “class 3” removed")


def test_left_to_itself_the_rarest_of_several_classes_is_missing() -> None:
    labels = np.repeat([0, 1, 2], [250, 100, 250]).astype(np.int64)
    _, part, _ = spoilt(replace(DATASETS["points"], labels=labels), "missing_region", 0.0)
    assert set(part.labels) == {0, 2}


@pytest.mark.parametrize(("side", "share"), [("high", 0.5), ("low", 0.2), ("high", 0.1)])
@pytest.mark.parametrize("name", ["x1", "x2"])
def test_a_side_begins_at_its_quantile(name: str, side: str, share: float) -> None:
    clean, part, change = spoilt(NORMAL, "missing_region", 0.0, of=name, side=side, share=share)
    values = measured(NORMAL, clean.features, name)
    edge = np.quantile(values, 1 - share if side == "high" else share)
    gone = values >= edge if side == "high" else values <= edge
    np.testing.assert_array_equal(part.origin, np.flatnonzero(~gone))
    assert abs(change.eligible / len(clean) - share) < 1e-3


@pytest.mark.parametrize(
    ("name", "of", "noun"),
    [
        ("messages", "length", "long messages"),
        ("clips", "loudness", "loud clips"),
        ("pictures", "brightness", "bright pictures"),
        ("points", "x1", "points in the right part"),
        ("prices", "weight", "rows with a high “weight”"),
    ],
)
def test_each_kind_of_data_has_a_side_that_a_user_understands(
    name: str, of: str, noun: str
) -> None:
    clean, part, change = spoilt(DATASETS[name], "missing_region", 0.0, of=of)
    assert change.noun == noun
    values = measured(DATASETS[name], clean.features, of)
    gone = np.setdiff1d(clean.origin, part.origin)
    assert values[gone].min() > np.nanmax(values[part.origin])


def test_rows_without_a_value_lie_on_neither_side() -> None:
    clean, part, _ = spoilt(DATASETS["prices"], "missing_region", 0.0, of="weight", side="low")
    unknown = np.flatnonzero(np.isnan(measured(DATASETS["prices"], clean.features, "weight")))
    assert len(unknown) and set(unknown) <= set(part.origin)


def test_of_a_column_with_one_value_nothing_is_missing_as_a_whole() -> None:
    features = NORMAL.features.copy()
    features[:, 0] = 1
    _, part, change = spoilt(replace(NORMAL, features=features), "missing_region", 0.0, of="x1")
    assert change.changed == 0 and len(part) == change.eligible + len(part)


@pytest.mark.parametrize("corruption", ["missing_region", "covariate_shift"])
def test_what_nobody_measures_is_refused_with_what_is(corruption: str) -> None:
    option = "of" if corruption == "missing_region" else "column"
    with pytest.raises(UserError, match=r"“beauty”.*x1, x2"):
        spoilt(NORMAL, corruption, 0.5, **{option: "beauty"})


@pytest.mark.parametrize("dataset", [NORMAL, SKEWED], ids=["normal", "skewed"])
@pytest.mark.parametrize("direction", ["up", "down"])
@settings(max_examples=6, deadline=None)
@given(shift=st.floats(0.1, 1.2), seed=st.integers(0, 2**31 - 1))
def test_the_mean_moves_by_so_many_standard_deviations(
    dataset: Dataset, direction: str, shift: float, seed: int
) -> None:
    if direction == "down" and dataset is SKEWED:
        shift = min(shift, 0.6)  # no value lies further below the mean
    clean, part, change = spoilt(
        dataset, "covariate_shift", shift, seed, column="x1", direction=direction
    )
    before, after = (measured(dataset, rows.features, "x1") for rows in (clean, part))
    moved = (after.mean() - before.mean()) / before.std()
    error = after.std() / before.std() / np.sqrt(len(after))
    assert abs(moved - (shift if direction == "up" else -shift)) < 5 * error
    assert f"{abs(moved):.2f} sd" in change.verb


def test_a_moved_normal_feature_is_as_tilted_as_the_definition_says() -> None:
    """Of N(0, 1), tilted by exp(θ · min(z − m, 0)): the distribution is known in closed form."""
    clean, part, _ = spoilt(NORMAL, "covariate_shift", 1.0, column="x1")
    before, after = (measured(NORMAL, rows.features, "x1") for rows in (clean, part))
    z = np.linspace(-5, 5, 4001)
    edge = np.interp(2.0, stats.norm.pdf(z) / stats.norm.sf(z), z)
    means = []
    steps = np.linspace(0, 3, 301)
    for steepness in steps:
        weight = stats.norm.pdf(z) * np.exp(steepness * np.minimum(z - edge, 0))
        means.append((weight * z).sum() / weight.sum())
    steepness = np.interp(1.0, means, steps)
    weight = np.cumsum(stats.norm.pdf(z) * np.exp(steepness * np.minimum(z - edge, 0)))
    standard = (after - before.mean()) / before.std()
    tilted = stats.kstest(standard, lambda x: np.interp(x, z, weight / weight[-1]))
    assert tilted.pvalue > SURE
    assert stats.kstest(standard, "norm").pvalue < SURE
    # What selects by one feature leaves another one as it was.
    other = [measured(NORMAL, rows.features, "x2") for rows in (clean, part)]
    assert stats.ks_2samp(*other).pvalue > SURE


def test_rows_are_left_to_train_on_where_a_mean_cannot_move_so_far() -> None:
    features = np.zeros((600, 2), dtype=np.float32)
    features[::2] = 1
    dataset = replace(DATASETS["points"], features=features)
    _, part, change = spoilt(dataset, "covariate_shift", 2.0, column="x1")
    assert len(part) >= 200 and (part.features[:, 0] == 1).mean() > 0.95
    assert "moved by 0.9" in change.verb or "moved by 1.0" in change.verb


def test_a_feature_with_one_value_cannot_be_selected_by() -> None:
    dataset = replace(DATASETS["points"], features=np.ones((600, 2), dtype=np.float32))
    with pytest.raises(UserError, match="one value only"):
        spoilt(dataset, "covariate_shift", 1.0, column="x1")


def test_left_to_itself_it_is_the_measure_that_tells_most_of_the_target() -> None:
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 3, 600)
    features = np.stack((rng.normal(size=600), labels + rng.normal(size=600)), axis=1)
    dataset = replace(DATASETS["points"], features=features.astype(np.float32), labels=labels)
    clean = clean_part(dataset)
    assert measure_names(dataset) == ("x1", "x2")
    assert automatic_measure(Context(dataset, clean, clean)) == "x2"
    between = stats.f_oneway(*(clean.features[clean.labels == k, 1] for k in range(3)))
    assert between.pvalue < SURE
