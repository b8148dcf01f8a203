"""Figures that need a process of their own: start-up time and memory."""

import os
import subprocess
import sys
import time
from compileall import compile_dir
from pathlib import Path
from statistics import median

import visualiser

TRIES = 3


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
