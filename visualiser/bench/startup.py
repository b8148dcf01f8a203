"""From the start of the process to a window that answers."""

import os
import subprocess
import sys
import time
from statistics import median

from PySide6.QtCore import QTimer

TRIES = 3


def startup_seconds() -> float:
    """Median over a few starts of this program, each in a process of its own."""
    return median(_start_once() for _ in range(TRIES))


def _start_once() -> float:
    frozen = getattr(sys, "frozen", False)
    command = [sys.executable] if frozen else [sys.executable, "-m", "visualiser"]
    started = time.time()
    done = subprocess.run(
        [*command, "bench", "--startup-probe"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return float(done.stdout.split()[-1]) - started


def probe() -> int:
    """Open the window, print the time at which it first answers, and quit."""
    from visualiser.app.offscreen import driven_window

    with driven_window() as driver:
        answered: list[float] = []
        QTimer.singleShot(0, lambda: answered.append(time.time()))
        driver.wait_until(lambda: bool(answered), 30, "the window answers")
    print(answered[0])
    return 0
