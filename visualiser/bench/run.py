"""`visualiser bench`: ratios between ways of training in one run, and how quickly it answers."""

import json
import os
import platform
from collections.abc import Mapping
from statistics import median
from typing import Any

from tqdm import tqdm

from visualiser.app.driver import Driver
from visualiser.app.offscreen import HEIGHT, WIDTH, driven_window
from visualiser.bench.cases import CASES, further_cases
from visualiser.bench.endurance import MANY, Endurance
from visualiser.bench.engine import PlainLoop
from visualiser.bench.live import (
    edit_to_marker_ms,
    play_to_curve_ms,
    stop_ms,
)
from visualiser.bench.panels import PanelCase, measure_panels, panel_cases
from visualiser.bench.process import startup_seconds, training_mb
from visualiser.bench.sweeps import digits_sweep, sweep_figures
from visualiser.bench.turns import opened, ratio, take_turns
from visualiser.core.experiment import Experiment

_ROUNDS, _SECONDS = 7, 3.0
_SHORT_ROUNDS, _SHORT_SECONDS = 4, 0.9
_EPOCHS, _SHORT_EPOCHS = 20, 4
"""Of the runs of a sweep."""


def run_benchmark(short: bool, as_json: bool) -> int:
    """Measure and print; returns the exit code."""
    rounds, seconds = (_SHORT_ROUNDS, _SHORT_SECONDS) if short else (_ROUNDS, _SECONDS)
    figures = measure(CASES if short else CASES | further_cases(), rounds, seconds)
    figures |= sweep_figures(digits_sweep(_SHORT_EPOCHS if short else _EPOCHS), rounds=3)
    if as_json:
        print(json.dumps(figures, indent=2))
    else:
        for name, value in figures.items():
            print(f"{name:24} {_text(value)}")
    return 0


def measure(cases: Mapping[str, Experiment], rounds: int, seconds: float) -> dict[str, Any]:
    """All figures by name, as `visualiser bench` prints them.

    Args:
        cases: What is trained.
        rounds: How often each figure is measured.
        seconds: How long each case trains in a round.
    """
    processes = {"startup_s": round(startup_seconds(), 3), "rss_mb": round(training_mb(), 1)}
    return (
        measure_window(cases, panel_cases(), rounds, seconds, MANY)
        | processes
        | {"measured_on": _machine()}
    )


def measure_window(
    cases: Mapping[str, Experiment],
    panels: tuple[PanelCase, ...],
    rounds: int,
    seconds: float,
    steps: int,
) -> dict[str, Any]:
    """What needs no process of its own; `steps` is the length of the run of many steps."""
    with driven_window() as driver:
        driver.window.stage.choose("weights")
        by_case = {
            name: _measure_case(driver, experiment, rounds, seconds)
            for name, experiment in tqdm(cases.items(), desc="bench", unit="case")
        }
        answers = _measure_answers(driver, rounds)
        snapshot = driver.window.snapshot
        open_panels = measure_panels(driver, panels, max(rounds // 2, 1), seconds)
        assert snapshot is not None
        growth, grown_mb = Endurance(snapshot).run(steps)
    keys = ("live_over_headless", "live_over_dataloader", "frames_per_second", "heartbeat_p99_ms")
    return {
        **{key: {name: case[key] for name, case in by_case.items()} for key in keys},
        **open_panels,
        **answers,
        "frame_cost_growth_1e6": round(growth, 3),
        "memory_growth_mb_1e6": round(grown_mb, 1),
        "steps_per_second": {name: case["steps_per_second"] for name, case in by_case.items()},
    }


def _measure_case(
    driver: Driver, experiment: Experiment, rounds: int, seconds: float
) -> dict[str, Any]:
    """Alternate the three ways, so that a machine that changes its speed changes all of them."""
    engine, plain = opened(driver, experiment), PlainLoop(experiment)
    dataloader: list[float] = []
    turns = take_turns(
        driver, engine, rounds, seconds, lambda: dataloader.append(plain.rate(seconds / 2))
    )
    return {
        "live_over_headless": turns.live_over_headless,
        "live_over_dataloader": ratio(turns.speeds, dataloader),
        "frames_per_second": round(median(live.frames_per_second for live in turns.lives), 1),
        "heartbeat_p99_ms": turns.heartbeat_p99_ms,
        "steps_per_second": {
            "live": round(median(turns.speeds), 1),
            "headless": round(median(turns.headless), 1),
            "dataloader": round(median(dataloader), 1),
        },
    }


def _measure_answers(driver: Driver, rounds: int) -> dict[str, float]:
    experiment = CASES["mlp"]
    curve = [play_to_curve_ms(driver, experiment.replace(seed=i)) for i in range(rounds)]
    marker = [edit_to_marker_ms(driver, 0.1 * (i + 1)) for i in range(rounds)]
    stop = [stop_ms(driver) for _ in range(rounds)]
    return {
        "play_to_curve_ms": round(median(curve), 1),
        "edit_to_marker_ms": round(median(marker), 1),
        "stop_ms": round(median(stop), 1),
    }


def _machine() -> dict[str, Any]:
    import torch

    return {
        "system": platform.system(),
        "machine": platform.machine(),
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "torch": torch.__version__,
        "display": os.environ.get("QT_QPA_PLATFORM", "default"),
        "window": f"{WIDTH}x{HEIGHT}",
    }


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "  ".join(f"{key} {_text(entry)}" for key, entry in value.items())
    return f"{value:g}" if isinstance(value, float) else str(value)
