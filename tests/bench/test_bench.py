"""The benchmark keeps the names that its readers look for, and measures something."""

import json
from typing import Any

import pytest

from visualiser.bench.cases import CASES, further_cases
from visualiser.bench.engine import Engine, PlainLoop
from visualiser.bench.panels import PanelCase, panel_cases
from visualiser.bench.process import startup_seconds
from visualiser.bench.run import measure_window
from visualiser.bench.sweeps import digits_sweep, sweep_figures
from visualiser.ui.views.registry import VIEWS

BY_CASE = ["live_over_headless", "live_over_dataloader", "frames_per_second", "heartbeat_p99_ms"]
BY_PANEL = ["panels_live_over_headless", "panels_heartbeat_p99_ms"]
NUMBERS = [
    "play_to_curve_ms",
    "edit_to_marker_ms",
    "stop_ms",
    "frame_cost_growth_1e6",
    "memory_growth_mb_1e6",
]


def test_three_trainings_are_measured() -> None:
    assert list(CASES) == ["tiny_mlp", "mlp", "cnn"]


def test_every_further_case_trains_in_both_loops() -> None:
    for experiment in further_cases().values():
        small = experiment.replace(training=experiment.training.replace(batch_size=4))
        assert PlainLoop(small).rate(0.01) > 0


@pytest.mark.parametrize("way", [Engine, PlainLoop])
def test_both_ways_without_a_window_make_steps(way: Any) -> None:
    assert way(CASES["tiny_mlp"]).rate(0.1) > 0


def test_the_figures_have_their_names(qapp: object) -> None:
    case = {"tiny_mlp": CASES["tiny_mlp"]}
    panels = (PanelCase(CASES["tiny_mlp"], ("find_it", "calibration")),)
    measured = measure_window(case, panels, rounds=1, seconds=0.1, steps=20_000)
    figures = json.loads(json.dumps(measured))
    assert {*figures} == {*BY_CASE, *NUMBERS, *BY_PANEL, "steps_per_second"}
    assert all(list(figures[name]) == ["find_it", "calibration"] for name in BY_PANEL)
    assert all(list(figures[name]) == ["tiny_mlp"] for name in BY_CASE)
    rates = figures["steps_per_second"]["tiny_mlp"]
    assert list(rates) == ["live", "headless", "dataloader"]
    assert min(rates.values()) > 0
    assert all(isinstance(figures[name], float) for name in NUMBERS)


def test_a_sweep_is_measured_against_its_runs_one_by_one() -> None:
    figures = sweep_figures(digits_sweep(epochs=1, amounts=2, seeds=2), rounds=1)
    assert figures["sweep_over_one_by_one"] > 0
    assert figures["sweep_gap_points"] < 1


def test_a_start_is_timed_in_a_process_of_its_own() -> None:
    assert startup_seconds(tries=1) > 0


def test_the_panels_of_the_laboratory_that_are_measured_are_views_of_the_window() -> None:
    names = {view.name for view in VIEWS}
    assert all(names.issuperset(case.views) for case in panel_cases())
