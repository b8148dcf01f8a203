"""Entry of the program: `visualiser`, `python -m visualiser` and the packaged one."""

import os
import sys

from visualiser.cli.main import main as run_command_line


def main() -> int:
    """Run the command line; without arguments it opens the window. Returns the exit code."""
    if getattr(sys, "frozen", False):
        import multiprocessing

        # First of all: a packaged program starts itself again for each process of a pool.
        multiprocessing.freeze_support()
    _settle_libraries()
    return run_command_line()


def _settle_libraries() -> None:
    """What libraries ask the environment when they load; who has set it is heeded."""
    # It would search all installed packages for plugins of pydantic and run them.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # numpy multiplies nothing large here, and to start its threads takes a third of its import.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


if __name__ == "__main__":
    sys.exit(main())
