"""Figures that need a process of their own: start-up time and memory."""

import os
import subprocess
import sys
import time
from compileall import compile_dir
from pathlib import Path
from statistics import median

from PySide6.QtCore import QTimer

import visualiser
from visualiser.bench.cases import CASES
from visualiser.bench.memory import resident_mb

TRIES = 3
_TRAINED_SECONDS = 3.0


def startup_seconds(tries: int = TRIES) -> float:
    """Median over a few starts of this program, each in a process of its own.

    Its bytecode is written first, as it is after the first start anywhere but where Python is
    told to write none.
    """
    compile_dir(Path(visualiser.__path__[0]), quiet=2)
    return median(_start_once() for _ in range(tries))


def training_mb() -> float:
    """Most memory that the program takes while it trains one case after the other, in MB."""
    return _ask("--memory-probe")


def _start_once() -> float:
    started = time.time()
    return _ask("--startup-probe") - started


def _ask(probe: str) -> float:
    """The number that a process of this program prints."""
    frozen = getattr(sys, "frozen", False)
    command = [sys.executable] if frozen else [sys.executable, "-m", "visualiser"]
    done = subprocess.run(
        [*command, "bench", probe],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=180,
        check=True,
    )
    return float(done.stdout.split()[-1])


def probe_memory() -> int:
    """Train each case for a while in the window, and print the most memory seen."""
    from visualiser.app.offscreen import driven_window

    most = 0.0
    with driven_window() as driver:
        driver.window.stage.choose("weights")
        for experiment in CASES.values():
            driver.open(experiment)
            driver.play()
            driver.rest(_TRAINED_SECONDS)
            most = max(most, resident_mb())
            driver.pause()
    print(most)
    return 0


def probe_startup() -> int:
    """Open the window, print the time at which it first answers, and quit."""
    from visualiser.app.offscreen import driven_window

    with driven_window() as driver:
        answered: list[float] = []
        QTimer.singleShot(0, lambda: answered.append(time.time()))
        driver.wait_until(lambda: bool(answered), 30, "the window answers")
    print(answered[0])
    return 0
