"""The options of `visualiser sweep`, and the sweep that they describe."""

import argparse
from typing import Any

from pydantic import ValidationError

from visualiser.cli.option_text import path_typed, whole_typed
from visualiser.cli.train_arguments import add_experiment
from visualiser.cli.train_experiment import experiment_from
from visualiser.core.corruption.registry import CORRUPTIONS, corruption_named
from visualiser.core.corruption.spec import Corruption
from visualiser.core.errors import UserError
from visualiser.core.experiment import Experiment, ModelConfig
from visualiser.core.misfit import misfit
from visualiser.core.models.registry import model_named
from visualiser.core.sweep.lines import (
    against_lines,
    amounts_from,
    crossed,
    even_amounts,
    model_lines,
    second_lines,
    size_lines,
)
from visualiser.core.sweep.sweep import FEWER, Line, Sweep
from visualiser.core.sweep.sweep_file import SWEEP_FILE, load_sweep

_AMOUNTS = 7
_SEEDS = 5
_COMPARING = ("models", "train_sizes", "second", "against")
_NAMING = ("experiment", "dataset", "data")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what describes the experiment, the sweep, where it is trained and what is written."""
    group = parser.add_argument_group("sweep")
    group.add_argument(
        "--corruption",
        metavar="NAME",
        help="the way of spoiling whose amount is swept: one of "
        f"{', '.join(one.flag for one in CORRUPTIONS.values())}",
    )
    group.add_argument(
        "--amounts",
        metavar="FROM:TO:COUNT",
        help="or a list with commas (default: seven over its whole range)",
    )
    group.add_argument(
        "--seeds", metavar="N", help="how many, or a list with commas (default: 5, from 0 on)"
    )
    group.add_argument("--models", metavar="A,B", help="compare these models")
    group.add_argument(
        "--train-sizes",
        metavar="0.1,1",
        help="compare these shares of the training rows; smaller ones are gone through more often, "
        "so that all models see as many",
    )
    group.add_argument(
        "--second",
        metavar="NAME=AMOUNTS",
        help="compare these amounts of a second way of spoiling, as in feature-noise=0,1",
    )
    group.add_argument(
        "--against", metavar="NAME", help="compare with another way of spoiling, swept alike"
    )
    work = parser.add_argument_group("work")
    work.add_argument(
        "--workers",
        type=whole_typed,
        metavar="N",
        help="processes (default: one for each core once that is worth it)",
    )
    work.add_argument(
        "--scheduler",
        metavar="tcp://…",
        help="address of a Dask cluster that does the work; only of one that you trust, for its "
        "processes run what they are sent",
    )
    output = parser.add_argument_group("output")
    output.add_argument(
        "--out",
        type=path_typed,
        metavar="DIR",
        required=True,
        help="sweep.json, cells.jsonl (a line for each run), sweep.csv, sweep.png and sweep.svg; a "
        "sweep that is there is gone on with, and --amounts and --seeds alone add to it",
    )
    output.add_argument(
        "--figure", metavar="NAME", help="what is drawn, as accuracy, f1, mae or loss"
    )
    output.add_argument("--json", action="store_true", help="print the chart as JSON")
    output.add_argument(
        "--quiet", action="store_true", help="no progress bar on stderr; warnings stay"
    )
    add_experiment(parser)


def sweep_from(arguments: argparse.Namespace) -> Sweep:
    """The sweep that is described, or where nothing names one that of the folder.

    Amounts and seeds may be added to a folder's sweep, and nothing else changed in it.

    Raises:
        UserError: an option is unknown, out of range, or lacks another, or it would change the
            sweep that is there.
    """
    unnamed = all(getattr(arguments, name) is None for name in ("corruption", *_NAMING))
    besides = said_besides(arguments)
    more = arguments.amounts is not None or arguments.seeds is not None
    if unnamed and ((arguments.out / SWEEP_FILE).exists() or not (besides or more)):
        there = load_sweep(arguments.out)
        if besides:
            raise UserError(
                f"The sweep in “{arguments.out}” cannot be changed by {', '.join(besides)}.",
                "Leave that out to go on with it; for another sweep name --corruption and another "
                "folder.",
            )
        return _with_more(there, arguments)
    if arguments.corruption is None:
        raise UserError(
            "What is to be swept is not named.",
            f"Name a way of spoiling with --corruption, as in --corruption "
            f"{next(iter(CORRUPTIONS.values())).flag}.",
        )
    corruption = _corruption(arguments.corruption, "--corruption")
    base = experiment_from(arguments)
    return _made(
        {
            "base": base,
            "corruption": corruption.name,
            "amounts": _amounts(arguments.amounts, corruption),
            "seeds": _seeds(arguments.seeds),
            "lines": _lines(arguments, base, corruption),
        }
    )


def said_besides(arguments: argparse.Namespace) -> list[str]:
    """The options that were said of experiment and comparison, as they are written."""
    usual = argparse.ArgumentParser(add_help=False)
    add_experiment(usual)
    said = vars(arguments)
    flags = {name: f"--{name.replace('_', '-')}" for name in _COMPARING}
    for action in usual._actions:
        flags[action.dest] = action.option_strings[0] if action.option_strings else action.dest
    return [flag for name, flag in flags.items() if said[name] not in (None, [])]


def _with_more(there: Sweep, arguments: argparse.Namespace) -> Sweep:
    """That sweep with the amounts and seeds that are said added to its own."""
    corruption = corruption_named(there.corruption)
    said = arguments.amounts, arguments.seeds
    amounts = () if said[0] is None else _amounts(said[0], corruption)
    seeds = () if said[1] is None else _seeds(said[1])
    more = {
        "amounts": tuple(dict.fromkeys((*there.amounts, *amounts))),
        "seeds": tuple(dict.fromkeys((*there.seeds, *seeds))),
    }
    return _made({name: getattr(there, name) for name in Sweep.model_fields} | more)


def _made(fields: dict[str, Any]) -> Sweep:
    try:
        return Sweep(**fields)
    except ValidationError as error:
        raise UserError(f"This is no sweep: {misfit(error, Sweep).sentence}") from error


def _corruption(name: str, said: str) -> Corruption:
    """By the name of its option or of its entry."""
    by_name = {one.flag: one for one in CORRUPTIONS.values()} | CORRUPTIONS
    if name not in by_name:
        flags = ", ".join(one.flag for one in CORRUPTIONS.values())
        raise UserError(
            f"{said} {name}: there is no such way of spoiling.", f"Choose one of: {flags}."
        )
    return by_name[name]


def _amounts(text: str | None, corruption: Corruption) -> tuple[float, ...]:
    if text is None:
        amount = corruption.amount
        return even_amounts(amount.identity, amount.extreme, _AMOUNTS, amount.whole)
    return amounts_from(text, "--amounts")


def _seeds(text: str | None) -> tuple[int, ...]:
    try:
        numbers = [int(part) for part in (text or str(_SEEDS)).split(",")]
    except ValueError as error:
        raise UserError(
            f"--seeds {text}: this is neither a number nor a list.", "Write --seeds 5 or 0,1,7."
        ) from error
    if "," in (text or ""):
        return tuple(numbers)
    if not 1 <= numbers[0] <= 1000:
        raise UserError(f"--seeds {text} does not fit.", "Choose from 1 to 1,000.")
    return tuple(range(numbers[0]))


def _lines(
    arguments: argparse.Namespace, base: Experiment, corruption: Corruption
) -> tuple[Line, ...]:
    groups: list[tuple[Line, ...]] = []
    if arguments.models is not None:
        names = [name.strip() for name in arguments.models.split(",") if name.strip()]
        groups.append(model_lines([_model(name, base) for name in names]))
    if arguments.train_sizes is not None:
        if corruption.name == FEWER:
            raise UserError("--train-sizes: the size is swept already.", "Leave it out.")
        groups.append(size_lines(amounts_from(arguments.train_sizes, "--train-sizes")))
    if arguments.second is not None:
        groups.append(_second(arguments.second, base, corruption))
    if arguments.against is not None:
        other = _corruption(arguments.against, "--against")
        groups.append(against_lines([corruption.name, other.name]))
    return crossed(*groups)


def _model(name: str, base: Experiment) -> ModelConfig:
    """The experiment's own with its options; others as they come."""
    model = model_named(name)
    return base.model if base.model.name == model.name else ModelConfig(name=model.name)


def _second(text: str, base: Experiment, swept: Corruption) -> tuple[Line, ...]:
    name, equals, amounts = text.partition("=")
    if not equals:
        raise UserError(f"--second {text} has no amounts.", "Write --second feature-noise=0,1.")
    corruption = _corruption(name.strip(), "--second")
    if corruption.name == swept.name:
        raise UserError(f"--second {text}: that is swept already.", "Name another one.")
    configs = base.spoiling.corruptions
    options = next((one.options for one in configs if one.name == corruption.name), {})
    return second_lines(corruption.name, amounts_from(amounts, "--second"), options)
