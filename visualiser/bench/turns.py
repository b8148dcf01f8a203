"""Stretches with the window and without it by turns: changes of the machine change both."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from visualiser.app.driver import Driver
from visualiser.bench.engine import Engine
from visualiser.bench.live import LiveRate, live_rate, percentile
from visualiser.core.experiment import Experiment

_WARM = 0.3


@dataclass(frozen=True)
class Turns:
    """What was measured; each stretch with the window lies between two without it.

    Attributes:
        headless: steps a second of the engine alone, one more than there are `lives`.
    """

    lives: tuple[LiveRate, ...]
    headless: tuple[float, ...]

    @property
    def speeds(self) -> list[float]:
        """Steps a second with the window."""
        return [live.steps_per_second for live in self.lives]

    @property
    def live_over_headless(self) -> float:
        """Each stretch compared with the mean of the two around it."""
        return ratio(self.speeds, [(one + two) / 2 for one, two in pairwise(self.headless)])

    @property
    def heartbeat_p99_ms(self) -> float:
        """Over all stretches with the window."""
        return round(percentile([beat for live in self.lives for beat in live.beats_ms], 99), 1)


def opened(driver: Driver, experiment: Experiment) -> Engine:
    """The run open in the window and trained without it, both warm; returns the engine."""
    engine = Engine(experiment)
    driver.open(experiment)
    live_rate(driver, _WARM)
    engine.rate(_WARM)
    return engine


def take_turns(
    driver: Driver,
    engine: Engine,
    rounds: int,
    seconds: float,
    besides: Callable[[], None] = lambda: None,
) -> Turns:
    """So many stretches of `seconds` with the window, half as long without; then `besides`."""
    lives, headless = [], [engine.rate(seconds / 2)]
    for _ in range(rounds):
        lives.append(live_rate(driver, seconds))
        headless.append(engine.rate(seconds / 2))
        besides()
    return Turns(tuple(lives), tuple(headless))


def ratio(first: list[float], second: list[float]) -> float:
    """Median of the ratios of each round."""
    return round(median(a / b for a, b in zip(first, second, strict=True)), 3)
