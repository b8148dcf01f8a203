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
    parser.add_argument(
        "--out", type=path_typed, required=True, metavar="DIR", help="folder for the pictures"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the demonstration and return the exit code."""
    folder = prepare_folder(arguments.out)
    from visualiser.app.demo import run_demo

    return run_demo(folder)
