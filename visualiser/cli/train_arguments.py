"""The options of `visualiser train`."""

import argparse
from pathlib import Path
from typing import get_args

from visualiser.cli.option_text import number_typed, path_typed, whole_typed
from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.corruption.spec import Amount, Corruption
from visualiser.core.data.registry import SOURCES
from visualiser.core.experiment import DeviceName, OptimizerName
from visualiser.core.models.layers import ActivationName
from visualiser.core.models.registry import MODELS
from visualiser.core.starting_point import FIRST_DATASET


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add everything that describes an experiment and what is to be written."""
    add_experiment(parser)
    _add_output(parser.add_argument_group("output"))


def add_experiment(parser: argparse.ArgumentParser) -> None:
    """Add everything that describes an experiment."""
    parser.add_argument(
        "experiment",
        nargs="?",
        type=path_typed,
        metavar="EXPERIMENT.json",
        help="start from this experiment; further options change it",
    )
    _add_data(parser.add_argument_group("data"))
    _add_spoiling(parser.add_argument_group("spoiling, of the training rows"))
    _add_model(parser.add_argument_group("model"))
    _add_training(parser.add_argument_group("training"))


def amount_destination(corruption: Corruption) -> str:
    """Where the parsed amount of a corruption is found."""
    return f"amount_of_{corruption.name}"


def _add_data(group: "argparse._ArgumentGroup") -> None:
    group.add_argument(
        "--dataset", metavar="NAME", help=f"one of: {', '.join(SOURCES)} (default: {FIRST_DATASET})"
    )
    group.add_argument(
        "--data",
        type=path_typed,
        metavar="PATH",
        help="your own file or folder instead: a table (CSV, TSV, Excel, Parquet), a dated series, "
        "purchases, a text, a folder of pictures or of sounds; --dataset own_… says what it is; "
        "of a table --option rows=100000 reads its first rows only, --option encoding=cp1250 says "
        "how it is written, --option types=zip=category what a column is",
    )
    group.add_argument("--target", metavar="COLUMN", help="column of your file to predict")
    group.add_argument(
        "--group", metavar="COLUMN", help="column of your file with groups of people"
    )
    group.add_argument(
        "--task",
        choices=("classification", "regression"),
        help="what your target is (default: seen from the column)",
    )
    group.add_argument(
        "--split",
        metavar="A/B/C",
        help="shares for training, validation and test in per cent (default: 70/15/15)",
    )
    group.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="an option of the data set, as in shape=spiral; with a prefix one of the model "
        "(model.kernel=3), of how examples become numbers (encoding.words=hashed) or of a way "
        "of spoiling (group-bias.group=black); may be repeated",
    )


def _add_spoiling(group: "argparse._ArgumentGroup") -> None:
    for corruption in CORRUPTIONS.values():
        amount = corruption.amount
        group.add_argument(
            f"--{corruption.flag}",
            type=number_typed,
            metavar="AMOUNT",
            dest=amount_destination(corruption),
            help=_escaped(f"{corruption.title}: {amount.range_text}{_shown_as(amount)}"),
        )
    group.add_argument(
        "--spoil-validation",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="measure on spoiled validation rows besides, to see how that misleads",
    )


def _shown_as(amount: Amount) -> str:
    """A share that is kept here is shown as what is left out everywhere else."""
    return "; figures and charts name the share left out" if amount.unit == "retained" else ""


def _add_model(group: "argparse._ArgumentGroup") -> None:
    group.add_argument("--model", metavar="NAME", help=f"one of: {', '.join(MODELS)}")
    group.add_argument(
        "--hidden", metavar="32,32", help="neurons of each hidden layer, separated by commas"
    )
    group.add_argument(
        "--activation",
        choices=get_args(ActivationName),
        help="function after each hidden layer",
    )
    group.add_argument(
        "--dropout", metavar="RATE", help="share of neurons left out of each training step"
    )


def _add_training(group: "argparse._ArgumentGroup") -> None:
    group.add_argument("--optimizer", choices=get_args(OptimizerName), help="default: adam")
    group.add_argument(
        "--learning-rate", type=number_typed, metavar="RATE", help="length of a step"
    )
    group.add_argument("--batch-size", type=whole_typed, metavar="N", help="examples per step")
    group.add_argument("--weight-decay", type=number_typed, metavar="X", help="pull towards zero")
    group.add_argument(
        "--epochs", type=whole_typed, metavar="N", help="how often all rows are seen"
    )
    group.add_argument(
        "--seed", type=whole_typed, metavar="N", help="of the split, the weights and the spoiling"
    )
    group.add_argument(
        "--device",
        choices=get_args(DeviceName),
        help="where to compute (default: auto, the fastest there is)",
    )
    group.add_argument(
        "--twin",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="train a twin on the clean data beside it, to compare with (default: yes)",
    )


def _add_output(group: "argparse._ArgumentGroup") -> None:
    group.add_argument(
        "--out",
        type=path_typed,
        metavar="DIR",
        help="write run.json, history.csv, curves.png and experiment.experiment.json there; "
        "files of an earlier run are replaced",
    )
    group.add_argument(
        "--report",
        nargs="?",
        const=Path(),
        type=path_typed,
        metavar="FILE",
        help="write the questions to ask of any model, answered for this run: to FILE (.pdf or "
        ".html), or without one to report.pdf and report.html in --out",
    )
    group.add_argument("--json", action="store_true", help="print run.json instead of a summary")
    group.add_argument(
        "--quiet", action="store_true", help="no progress bar on stderr; warnings stay"
    )


def _escaped(text: str) -> str:
    """Argparse fills in what follows a per cent sign."""
    return text.replace("%", "%%")
