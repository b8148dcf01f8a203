"""`visualiser demo`: drive the real window through the story and keep a picture of each stage."""

import argparse
from typing import TYPE_CHECKING

from visualiser.cli.option_text import path_typed
from visualiser.cli.output_folder import prepare_folder

if TYPE_CHECKING:
    from visualiser.cli.main import CommandParser


def add_parser(commands: "argparse._SubParsersAction[CommandParser]") -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "demo",
        help="save pictures of the window: load, train, spoil, compare",
        description="Drive the real window through the story: load data, train on clean data, "
        "spoil the data during the run, compare. A picture of each stage is saved. Works "
        "without a display.",
        epilog="example:\n  visualiser demo --out pictures",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--out", type=path_typed, required=True, metavar="DIR", help="folder for the pictures"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the demonstration and return the exit code."""
    folder = prepare_folder(arguments.out)
    from visualiser.app.demo import run_demo

    return run_demo(folder)
