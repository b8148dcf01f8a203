"""The same trainings with the window open, and how quickly the window answers."""

from dataclasses import dataclass
from time import perf_counter

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer

from visualiser.app.driver import Driver
from visualiser.core.experiment import Experiment

HEARTBEAT_MS = 10
_NOISE = "symmetric_label_noise"


@dataclass(frozen=True)
class LiveRate:
    """Of one stretch of training at full speed with the window open."""

    steps_per_second: float
    frames_per_second: float
    beats_ms: tuple[float, ...]
    """Time between beats of a timer of 10 ms on the window's thread."""


class Heartbeat(QObject):
    """Notes how long the window's thread takes from one beat to the next."""

    def __init__(self) -> None:
        super().__init__()
        self.beats_ms: list[float] = []
        self._last: float | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(HEARTBEAT_MS)

    def _beat(self) -> None:
        now = perf_counter()
        if self._last is not None:
            self.beats_ms.append(1000 * (now - self._last))
        self._last = now

    def stop(self) -> None:
        """No more beats."""
        self._timer.stop()


def live_rate(driver: Driver, seconds: float) -> LiveRate:
    """Play the run that is open at full speed for so long, then pause."""
    driver.play()
    first_frame = driver.frames
    driver.wait_until(lambda: driver.frames > first_frame, 60, "the run is shown")
    heart = Heartbeat()
    frames, step, started = driver.frames, driver.step, perf_counter()
    driver.rest(seconds)
    shown = driver.frames
    driver.wait_until(lambda: driver.frames > shown, 60, "the run is shown")
    passed, steps, drawn = perf_counter() - started, driver.step - step, driver.frames - frames
    heart.stop()
    driver.pause()
    return LiveRate(steps / passed, drawn / passed, tuple(heart.beats_ms))


def play_to_curve_ms(driver: Driver, experiment: Experiment) -> float:
    """From a click on Play to the first drawn frame with a new point on the curve."""
    driver.open(experiment)
    driver.rest(0.3)
    started = perf_counter()
    driver.play()
    driver.wait_until(lambda: driver.step > 0, 30, "the curve moves")
    passed = perf_counter() - started
    driver.pause()
    return 1000 * passed


def edit_to_marker_ms(driver: Driver, amount: float) -> float:
    """From a change of a slider, in a run at full speed, to the drawn frame with its marker."""
    driver.play()
    driver.rest(0.3)
    started = perf_counter()
    driver.window.column.quality.rows[_NOISE].slider.choose(amount)
    driver.wait_until(lambda: _in_force(driver) == amount, 30, "the marker is there")
    passed = perf_counter() - started
    driver.pause()
    return 1000 * passed


def _in_force(driver: Driver) -> float | None:
    snapshot = driver.window.snapshot
    return None if snapshot is None else snapshot.spoiling.amount(_NOISE)


def stop_ms(driver: Driver) -> float:
    """From a click on Pause, in a run at full speed, to the drawn frame at rest."""
    driver.play()
    driver.rest(0.3)
    started = perf_counter()
    driver.pause()
    return 1000 * (perf_counter() - started)


def percentile(values: list[float], share: float) -> float:
    """The value that so many per cent are below of."""
    return float(np.percentile(values, share)) if values else float("nan")
