"""`visualiser bench`: how fast this machine trains with the window open and without."""

import argparse


def describe(parser: argparse.ArgumentParser) -> None:
    """Say what the command does, and add its options."""
    parser.description = (
        "Measure, in ratios that compare between machines, what the window costs a training, "
        "and how quickly it answers."
    )
    parser.epilog = "example:\n  visualiser bench --short --json"
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--short", action="store_true", help="less exact, in under a minute")
    # How the benchmark starts the program that it times.
    for probe in ("--startup-probe", "--memory-probe"):
        parser.add_argument(probe, action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the benchmark and return the exit code."""
    if arguments.startup_probe:
        from visualiser.bench.probes import probe_startup

        return probe_startup()
    if arguments.memory_probe:
        from visualiser.bench.probes import probe_memory

        return probe_memory()
    from visualiser.bench.run import run_benchmark

    return run_benchmark(short=arguments.short, as_json=arguments.json)
