"""`visualiser bench`: how fast this machine trains with the window open and without."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from visualiser.cli.main import CommandParser


def add_parser(commands: "argparse._SubParsersAction[CommandParser]") -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "bench",
        help="measure the speed of training with and without the window",
        description="Measure, in ratios that compare between machines, what the window costs "
        "a training, and how quickly it answers.",
        epilog="example:\n  visualiser bench --short --json",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--short", action="store_true", help="less exact, in under a minute")
    # How the benchmark starts the program that it times.
    for probe in ("--startup-probe", "--memory-probe"):
        parser.add_argument(probe, action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the benchmark and return the exit code."""
    if arguments.startup_probe:
        from visualiser.bench.process import probe_startup

        return probe_startup()
    if arguments.memory_probe:
        from visualiser.bench.process import probe_memory

        return probe_memory()
    from visualiser.bench.run import run_benchmark

    return run_benchmark(short=arguments.short, as_json=arguments.json)
