"""`visualiser bench`: how fast this machine trains, and how good the default models are."""

import argparse
from importlib.util import find_spec
from pathlib import Path

from visualiser.core.errors import UserError

_MOST_SEEDS = 100


def describe(parser: argparse.ArgumentParser) -> None:
    """Say what the command does, and add its options."""
    parser.description = (
        "Measure, in ratios that compare between machines, what the window costs a training, and "
        "how quickly it answers. “quality” measures instead how good the default models are."
    )
    parser.epilog = (
        "examples:\n  visualiser bench --short --json\n  visualiser bench quality --only sms_spam"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--short", action="store_true", help="less exact, in under a minute")
    # How the benchmark starts the program that it times.
    for probe in ("--startup-probe", "--memory-probe"):
        parser.add_argument(probe, action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)
    _add_quality(parser.add_subparsers(metavar="quality", required=False))


def _add_quality(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = kinds.add_parser(
        "quality",
        help="train every default model and measure it beside a trivial and a strong reference",
        description="Train the default model of every bundled data set and measure it on the "
        "test part, beside an answer without a model and a strong model of another kind.",
        epilog="examples:\n  visualiser bench quality --only iris --only wine --seeds 1\n"
        "  visualiser bench quality --out docs/baselines.md",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--only",
        metavar="NAME",
        action="append",
        default=[],
        help="measure this data set alone; may be given several times",
    )
    parser.add_argument(
        "--seeds", metavar="N", type=int, default=3, help="trainings of each (default: 3)"
    )
    parser.add_argument(
        "--out",
        metavar="FILE.md",
        type=Path,
        help="write the table there, and the figures beside it as JSON; lines of data sets that "
        "are not measured now stay",
    )
    parser.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON object"
    )
    parser.set_defaults(run=run_quality)


def run(arguments: argparse.Namespace) -> int:
    """Run the benchmark of speed and return the exit code."""
    if arguments.startup_probe:
        from visualiser.bench.probes import probe_startup

        return probe_startup()
    if arguments.memory_probe:
        from visualiser.bench.probes import probe_memory

        return probe_memory()
    from visualiser.bench.run import run_benchmark

    return run_benchmark(short=arguments.short, as_json=arguments.json)


def run_quality(arguments: argparse.Namespace) -> int:
    """Measure the default models and return the exit code.

    Raises:
        UserError: an option that does not fit, an unknown data set, or a file that cannot be
            read or written.
    """
    if arguments.short:
        raise UserError(
            "--short is for the benchmark of speed.", "Use --seeds 1 or --only NAME here."
        )
    if not 1 <= arguments.seeds <= _MOST_SEEDS:
        raise UserError(
            f"--seeds {arguments.seeds} does not fit.", f"Choose from 1 to {_MOST_SEEDS}."
        )
    if find_spec("sklearn") is None:
        raise UserError(
            "“bench quality” measures against scikit-learn, which the packaged program leaves out.",
            "Use a program that was installed with pip, or the source tree.",
        )
    from visualiser.bench.quality.run import run_quality as measure

    return measure(arguments.only, arguments.seeds, as_json=arguments.json, out=arguments.out)
