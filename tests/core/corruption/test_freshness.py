"""What time does to data: it gets old, and what was right no longer is."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from tests.core.corruption.examples import DATASETS
from tests.core.corruption.spoiling import spoilt
from visualiser.core.data.dataset import Dataset

SURE = 1e-4
DIARY = DATASETS["diary"]
DATED = replace(
    DATASETS["points"],
    features=np.zeros((6000, 2), dtype=np.float32),
    labels=np.random.default_rng(1).integers(0, 3, 6000),
    times=np.random.default_rng(2).permutation(6000).astype(np.float64),
)


def when(dataset: Dataset, rows: np.ndarray) -> np.ndarray:
    """From 0 to 1, in the order of time among the clean rows."""
    assert dataset.times is not None
    times = dataset.times[5:]
    return np.searchsorted(np.sort(times), dataset.times[rows]) / len(times)


@pytest.mark.parametrize("share", [0.7, 0.3, 0.05])
def test_the_oldest_rows_stay_those_of_a_day_together(share: float) -> None:
    clean, part, change = spoilt(DIARY, "stale_data", share)
    times = DIARY.times
    last = times[part.rows].max()
    np.testing.assert_array_equal(part.rows, clean.rows[times[clean.rows] <= last])
    assert share * len(clean) <= len(part) < share * len(clean) + 2
    assert change.verb == f"removed, all after {last}"


def test_a_gap_leaves_out_the_newest_before_the_rest_is_shortened() -> None:
    clean, part, _ = spoilt(DIARY, "stale_data", 0.5, gap=0.4)
    assert abs(len(part) / len(clean) - 0.3) < 0.01


@pytest.mark.parametrize("position", [0.2, 0.5, 0.9])
def test_a_sudden_drift_affects_its_share_of_what_came_before(position: float) -> None:
    clean, part, change = spoilt(DATED, "concept_drift", 0.7, position=position)
    old = when(DATED, clean.rows) < position
    changed = clean.labels != part.labels
    assert not changed[~old].any()
    assert change.eligible == old.sum()
    assert stats.binomtest(int(changed.sum()), int(old.sum()), 0.7).pvalue > SURE
    steps = np.unique((part.labels - clean.labels)[changed] % 3)
    assert len(steps) == 1, "all classes go the same way around"


def test_a_gradual_drift_falls_in_a_line() -> None:
    clean, part, _ = spoilt(DATED, "concept_drift", 1.0, kind="gradual", position=0.5, width=0.6)
    moments, changed = when(DATED, clean.rows), clean.labels != part.labels
    assert changed[moments < 0.2].all() and not changed[moments > 0.8].any()
    between = moments[changed & (moments > 0.2) & (moments < 0.8)]
    # The density of a line that falls to zero, over a unit: 2 (1 − x), with F(x) = 1 − (1 − x)².
    place = (between - 0.2) / 0.6
    assert stats.kstest(place, lambda x: 1 - (1 - np.clip(x, 0, 1)) ** 2).pvalue > SURE


def test_a_recurring_drift_comes_back_every_other_stretch() -> None:
    clean, part, _ = spoilt(DATED, "concept_drift", 1.0, kind="recurring", position=0.6, width=0.2)
    moments, changed = when(DATED, clean.rows), clean.labels != part.labels
    old = [(0.0, 0.2), (0.4, 0.6), (0.8, 1.0)]
    inside = np.any([(moments >= low) & (moments < high) for low, high in old], axis=0)
    near = np.min([np.abs(moments - edge) for pair in old for edge in pair], axis=0) < 1e-9
    np.testing.assert_array_equal(changed[~near], inside[~near])


def test_amounts_were_half_of_what_they_are() -> None:
    clean, part, change = spoilt(DIARY, "concept_drift", 1.0)
    hit = clean.labels != part.labels
    np.testing.assert_array_equal(part.labels[hit], np.round(clean.labels[hit] / 2))
    assert change.sentence().endswith("targets from before the drift halved")


def test_dates_were_earlier_and_stay_days() -> None:
    days = np.round(np.random.default_rng(0).normal(18_000, 200, len(DIARY)))
    dataset = replace(DIARY, labels=days, target_is_date=True, unit="days")
    clean, part, _ = spoilt(dataset, "concept_drift", 1.0)
    hit = clean.labels != part.labels
    earlier = (clean.labels - part.labels)[hit]
    assert np.abs(earlier - clean.labels.std()).max() <= 1
    assert (part.labels % 1 == 0).all()


def test_without_times_the_order_is_made_up_and_said_to_be() -> None:
    _, _, change = spoilt(DATASETS["points"], "concept_drift", 1.0)
    assert "order of the rows is made up" in change.verb
    assert abs(change.eligible / 595 - 0.5) < 0.01
    _, _, dated = spoilt(DATED, "concept_drift", 1.0)
    assert "made up" not in dated.verb
