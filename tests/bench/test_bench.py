"""The benchmark keeps the names that its readers look for, and measures something."""

import json
from typing import Any

import pytest

from visualiser.bench.cases import CASES
from visualiser.bench.engine import Engine, PlainLoop
from visualiser.bench.run import measure

BY_CASE = ["live_over_headless", "live_over_dataloader", "frames_per_second", "heartbeat_p99_ms"]
NUMBERS = [
    "play_to_curve_ms",
    "edit_to_marker_ms",
    "stop_ms",
    "frame_cost_growth_1e6",
    "memory_growth_mb_1e6",
    "startup_s",
    "rss_mb",
]


def test_three_trainings_are_measured() -> None:
    assert list(CASES) == ["tiny_mlp", "mlp", "cnn"]


@pytest.mark.parametrize("way", [Engine, PlainLoop])
def test_both_ways_without_a_window_make_steps(way: Any) -> None:
    assert way(CASES["tiny_mlp"]).rate(0.1) > 0


def test_the_figures_have_their_names(monkeypatch: pytest.MonkeyPatch, qapp: object) -> None:
    monkeypatch.setattr("visualiser.bench.process.TRIES", 1)
    monkeypatch.setattr("visualiser.bench.process._TRAINED_SECONDS", 0.1)
    figures = json.loads(json.dumps(measure(rounds=1, seconds=0.1, steps=20_000)))
    assert list(figures) == [*BY_CASE, *NUMBERS, "steps_per_second", "measured_on"]
    for name in BY_CASE:
        assert list(figures[name]) == list(CASES)
    for rates in figures["steps_per_second"].values():
        assert list(rates) == ["live", "headless", "dataloader"]
        assert min(rates.values()) > 0
    assert all(isinstance(figures[name], float) for name in NUMBERS)
    assert {"processors", "torch", "display", "window"} <= {*figures["measured_on"]}
