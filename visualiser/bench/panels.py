"""The same training with each panel of the laboratory open, in data with wrong labels."""

from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from visualiser.app.driver import Driver
from visualiser.bench.cases import CASES
from visualiser.bench.engine import Engine
from visualiser.bench.live import LiveRate, live_rate, percentile
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Experiment, Spoiling
from visualiser.core.starting_point import starting_point

_NOISE = Spoiling(corruptions=(CorruptionConfig(name="symmetric_label_noise", amount=0.2),))


@dataclass(frozen=True)
class PanelCase:
    """What is trained, and the views that are looked at meanwhile."""

    experiment: Experiment
    views: tuple[str, ...]


def panel_cases() -> tuple[PanelCase, ...]:
    """Digits, and people in groups; a clean twin learns beside both."""
    people = starting_point(DatasetConfig(name="adult_10k"))
    return (
        PanelCase(
            CASES["mlp"].replace(spoiling=_NOISE),
            ("weights", "data", "find_it", "by_heart", "calibration", "privacy", "looked_at"),
        ),
        PanelCase(people.replace(spoiling=_NOISE), ("groups",)),
    )


def measure_panels(
    driver: Driver, cases: tuple[PanelCase, ...], rounds: int, seconds: float
) -> dict[str, dict[str, float]]:
    """Speed over that of the engine alone, and how smoothly the window answers, by view."""
    ratios: dict[str, float] = {}
    beats: dict[str, float] = {}
    for case in cases:
        engine = Engine(case.experiment)
        driver.open(case.experiment)
        live_rate(driver, 0.3)
        engine.rate(0.3)
        for view in case.views:
            driver.window.stage.choose(view)
            live_rate(driver, 0.3)
            lives, headless = _turns(driver, engine, rounds, seconds)
            around = [(before + after) / 2 for before, after in pairwise(headless)]
            speeds = [live.steps_per_second for live in lives]
            pairs = zip(speeds, around, strict=True)
            ratios[view] = round(median(live / alone for live, alone in pairs), 3)
            beats[view] = round(percentile([b for live in lives for b in live.beats_ms], 99), 1)
    return {"panels_live_over_headless": ratios, "panels_heartbeat_p99_ms": beats}


def _turns(
    driver: Driver, engine: Engine, rounds: int, seconds: float
) -> tuple[list[LiveRate], list[float]]:
    """Each stretch with the window lies between two without it."""
    lives, headless = [], [engine.rate(seconds / 2)]
    for _ in range(rounds):
        lives.append(live_rate(driver, seconds))
        headless.append(engine.rate(seconds / 2))
    return lives, headless
