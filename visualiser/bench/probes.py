"""What the benchmark starts in a process of its own: each measures, and prints one number.

They load no more than the program does that they stand for.
"""

import gc
import time

_TRAINED_SECONDS = 3.0


def probe_memory() -> int:
    """Train each case for a while in the window, and print the most memory seen."""
    from visualiser.app.offscreen import driven_window
    from visualiser.bench.cases import CASES
    from visualiser.bench.memory import resident_mb

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
    gc.disable()  # as where the window is opened
    from PySide6.QtCore import QTimer

    from visualiser.app.offscreen import driven_window

    with driven_window() as driver:
        answered: list[float] = []
        QTimer.singleShot(0, lambda: answered.append(time.time()))
        driver.wait_until(lambda: bool(answered), 30, "the window answers")
    print(answered[0])
    return 0
