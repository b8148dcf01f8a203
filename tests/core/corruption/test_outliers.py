"""Outliers by the rule of three sigma; of a series in each row that looks back on them."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from tests.core.corruption.examples import DATASETS
from tests.core.corruption.spoiling import SURE, spoilt
from visualiser.core.corruption.registry import change_text, touched_by
from visualiser.core.data.split import Part
from visualiser.core.errors import UserError


def numbers(part: Part) -> np.ndarray:
    features = part.features
    return features if isinstance(features, np.ndarray) else features.numeric


@pytest.mark.parametrize("name", ["points", "prices"])
@pytest.mark.parametrize("deviations", [3.0, 8.0, 20.0])
def test_values_move_by_so_many_deviations_up_or_down(name: str, deviations: float) -> None:
    clean, part, change = spoilt(DATASETS[name], "outliers", 0.2, deviations=deviations)
    old, new = numbers(clean).astype(np.float64), numbers(part).astype(np.float64)
    moved = (old != new) & ~np.isnan(old)
    sigma = np.nanstd(old, axis=0)
    away = ((new - old) / sigma)[moved]
    np.testing.assert_allclose(np.abs(away), deviations, rtol=1e-3)
    assert stats.binomtest(int((away > 0).sum()), len(away), 0.5).pvalue > SURE
    assert stats.binomtest(change.changed, len(clean), 0.2).pvalue > SURE
    assert (moved.sum(axis=1) <= 1).all(), "one number a row"


def test_the_rule_of_three_finds_just_those_that_were_moved() -> None:
    clean, part, change = spoilt(DATASETS["points"], "outliers", 0.1)
    old, new = numbers(clean), numbers(part)
    beyond = np.abs(new - old.mean(axis=0)) > 3 * old.std(axis=0)
    natural = np.abs(old - old.mean(axis=0)) > 3 * old.std(axis=0)
    np.testing.assert_array_equal(np.flatnonzero((beyond & ~natural).any(axis=1)), change.rows)


def test_more_numbers_of_a_row_can_be_off_and_missing_ones_stay_missing() -> None:
    clean, part, _ = spoilt(DATASETS["prices"], "outliers", 0.2, numbers=2)
    old, new = numbers(clean), numbers(part)
    np.testing.assert_array_equal(np.isnan(old), np.isnan(new))
    moved = ((old != new) & ~np.isnan(old)).sum(axis=1)
    known = (~np.isnan(old)).sum(axis=1)
    hit = moved > 0
    np.testing.assert_array_equal(moved[hit], np.minimum(known, 2)[hit])


def test_each_column_is_hit_alike() -> None:
    clean, part, _ = spoilt(DATASETS["points"], "outliers", 0.2, seed=3)
    assert stats.chisquare((numbers(clean) != numbers(part)).sum(axis=0)).pvalue > SURE


def test_a_value_of_a_series_that_is_off_is_off_in_every_row_that_looks_back_on_it() -> None:
    dataset = DATASETS["days"]
    clean, part, change = spoilt(dataset, "outliers", 0.1)
    past = dataset.seasons.past
    old, new = numbers(clean), numbers(part)
    np.testing.assert_array_equal(new[:, past:], old[:, past:], "what is known of the day itself")
    which = clean.features.categorical[:, -1]
    for code, shop in enumerate(("large", "small")):
        rows = np.flatnonzero(which == code)
        order = rows[np.argsort(dataset.times[clean.rows[rows]])]
        # The value of yesterday is that of the day before yesterday a day later.
        seen = new[order][:, :past]
        np.testing.assert_array_equal(seen[:-1, 1:], seen[1:, :-1])
        away = (new - old)[rows][:, :past] / np.std(clean.labels[rows])
        np.testing.assert_allclose(np.abs(away[away != 0]), 8, rtol=0.02, err_msg=shop)
    distinct = 2 * (193 + 7) - 7
    assert abs(change.eligible - distinct) <= 7
    assert stats.binomtest(change.changed, change.eligible, 0.1).pvalue > SURE
    assert change.sentence().endswith(f"far off, seen by {len(change.rows)} days")


def test_targets_can_be_off_and_stay_targets_that_could_have_been() -> None:
    random = np.random.default_rng(0)
    labels = np.round(random.exponential(5, 600))
    dataset = replace(DATASETS["prices"], labels=labels)
    clean, part, change = spoilt(dataset, "outliers", 0.2, where="target", deviations=4.0)
    off = part.labels - clean.labels
    assert (part.labels >= 0).all() and (off == np.round(off)).all()
    assert set(np.abs(off[off != 0])) == {round(4 * clean.labels.std())}
    np.testing.assert_array_equal(change.rows, np.flatnonzero(off))
    assert touched_by(change) == "labels"
    assert "targets far off, by " in change_text(change)


def test_a_class_cannot_be_an_outlier() -> None:
    with pytest.raises(UserError, match="the target is a class"):
        spoilt(DATASETS["decisions"], "outliers", 0.1, where="target")
