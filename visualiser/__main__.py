"""Entry of the program: `visualiser`, `python -m visualiser` and the packaged one."""

import multiprocessing
import sys

from visualiser.cli.main import main as run_command_line


def main() -> int:
    """Run the command line; without arguments it opens the window. Returns the exit code."""
    # First of all: a packaged program starts itself again for each process of a pool.
    multiprocessing.freeze_support()
    return run_command_line()


if __name__ == "__main__":
    sys.exit(main())
