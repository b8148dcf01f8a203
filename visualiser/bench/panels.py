"""The same training with each panel of the laboratory open, in data with wrong labels."""

from dataclasses import dataclass

from visualiser.app.driver import Driver
from visualiser.bench.cases import CASES
from visualiser.bench.live import live_rate
from visualiser.bench.turns import opened, take_turns
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
        engine = opened(driver, case.experiment)
        for view in case.views:
            driver.window.stage.choose(view)
            live_rate(driver, 0.3)
            turns = take_turns(driver, engine, rounds, seconds)
            ratios[view], beats[view] = turns.live_over_headless, turns.heartbeat_p99_ms
    return {"panels_live_over_headless": ratios, "panels_heartbeat_p99_ms": beats}
