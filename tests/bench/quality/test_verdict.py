"""The verdict on a default model follows from its figures by the rules of the table."""

import pytest

from tests.bench.quality.records import record
from visualiser.bench.quality.expectations import AIMS, REASONS
from visualiser.bench.quality.verdict import verdict_on
from visualiser.core.data.registry import SOURCES
from visualiser.core.tasks.registry import TASKS


@pytest.mark.parametrize(
    ("model", "clear"), [(0.9, True), (0.54, True), (0.52, False), (0.4, False)]
)
def test_a_lead_over_the_trivial_answer_is_clear_above_two_standard_errors(
    model: float, clear: bool
) -> None:
    measured = record("x", "classification", [model], 0.5, 0.9, standard_error=0.0151)
    assert verdict_on(measured).beats_trivial is clear


def test_of_errors_the_smaller_one_leads() -> None:
    assert verdict_on(record("x", "regression", [80], 100, 80)).beats_trivial
    assert not verdict_on(record("x", "regression", [120], 100, 80)).beats_trivial


@pytest.mark.parametrize(
    ("model", "strong", "near"),
    [(0.95, 0.965, True), (0.95, 0.98, False), (0.99, 0.90, True), (0.48, 0.51, True)],
)
def test_a_share_is_near_within_two_points_or_a_tenth_of_the_error(
    model: float, strong: float, near: bool
) -> None:
    assert verdict_on(record("x", "classification", [model], 0.1, strong)).near_strong is near


@pytest.mark.parametrize(("model", "near"), [(109.0, True), (111.0, False), (50.0, True)])
def test_an_error_is_near_within_a_tenth(model: float, near: bool) -> None:
    assert verdict_on(record("x", "regression", [model], 500, 100)).near_strong is near


def test_without_a_strong_reference_there_is_nothing_to_be_near_to() -> None:
    verdict = verdict_on(record("x", "classification", [0.9], 0.5, None))
    assert verdict.near_strong is None
    assert not verdict.falls_short


def test_an_aim_is_met_by_the_mean_over_the_seeds() -> None:
    assert verdict_on(record("bike_daily", "forecasting", [0.75, 0.84], 1.6, 0.9)).meets_aim
    assert not verdict_on(record("bike_daily", "forecasting", [0.75, 0.86], 1.6, 0.9)).meets_aim
    assert verdict_on(record("mnist_5k", "classification", [0.98, 0.97], 0.1, 0.95)).meets_aim
    assert verdict_on(record("iris", "classification", [0.9], 0.3, 0.9)).meets_aim is None


def test_a_run_that_diverged_is_good_in_no_respect() -> None:
    verdict = verdict_on(record("mnist_5k", "classification", [float("nan")], 0.1, 0.95))
    assert (verdict.beats_trivial, verdict.near_strong, verdict.meets_aim) == (False, False, False)


def test_a_run_ended_by_the_limit_is_known() -> None:
    assert not verdict_on(record("x", "classification", [0.9], 0.5, 0.9, stopped=True)).in_time


def test_aims_and_reasons_are_of_data_sets_and_metrics_that_there_are() -> None:
    for name, aim in AIMS.items():
        task = SOURCES[name].task
        assert task is not None
        assert aim.metric in {metric.name for metric in TASKS[task].metrics}
    assert REASONS.keys() <= SOURCES.keys()


def test_a_record_without_a_metric_of_today_is_of_another_time() -> None:
    today = record("iris", "classification", [0.9], 0.3, 0.9)
    assert today.is_current
    assert record("iris", "classification", [0.9], 0.3, None).is_current
    run = today.runs[0]
    without = run.replace(model={"accuracy": 0.9})
    assert not today.replace(runs=(without,)).is_current
    more = run.replace(model={**run.model, "lost": 1.0})
    assert today.replace(runs=(more,)).is_current
