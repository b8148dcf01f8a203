"""`visualiser demo`: drive the real window through the story and keep a picture of each stage."""

import argparse

from visualiser.cli.option_text import path_typed
from visualiser.cli.output_folder import prepare_folder


def describe(parser: argparse.ArgumentParser) -> None:
    """Say what the command does, and add its options."""
    parser.description = (
        "Drive the real window through the story: load data, train on clean data, spoil the data "
        "during the run, compare; then an everyday job after the other. A picture of each stage is "
        "saved. Works without a display; takes a few minutes."
    )
    parser.epilog = "example:\n  visualiser demo --out pictures"
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", type=path_typed, metavar="DIR", help="folder for the pictures")
    where.add_argument(
        "--data-quality",
        type=path_typed,
        metavar="DIR",
        help="instead: write data-quality.md there, a page on every way of spoiling with a picture "
        "of what it does to a model",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the demonstration and return the exit code."""
    if arguments.data_quality is not None:
        folder = prepare_folder(arguments.data_quality)
        from visualiser.app.quality_document import write_quality_document

        write_quality_document(folder)
        return 0
    folder = prepare_folder(arguments.out)
    from visualiser.app.demo import run_demo

    return run_demo(folder)
