"""From the options of `visualiser train` to the experiment that they describe."""

import argparse
import math
import os
import sys
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from visualiser.cli.option_text import split_option, with_option
from visualiser.cli.train_arguments import amount_destination
from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.data import own_table
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.own_kinds import OWN_KINDS, recognised
from visualiser.core.data.registry import source_named
from visualiser.core.data.source import Progress
from visualiser.core.errors import UserError
from visualiser.core.experiment import (
    CorruptionConfig,
    DatasetConfig,
    Experiment,
    ModelConfig,
    SplitConfig,
    Spoiling,
    Value,
)
from visualiser.core.experiment_file import load_experiment
from visualiser.core.experiment_names import check_names
from visualiser.core.misfit import misfit, shown
from visualiser.core.models.registry import model_encoding, model_named
from visualiser.core.own_files import found_beside
from visualiser.core.starting_point import FIRST_DATASET, starting_point, with_model
from visualiser.core.text_file import visible

_V = TypeVar("_V", bound=Value)

OWN_TABLE = own_table.SOURCE.name
_TRAINING = (
    "optimizer",
    "learning_rate",
    "batch_size",
    "weight_decay",
    "epochs",
    "device",
    "twin",
)
_PARTS = 3
_NAME_A_FILE = "Name one with --data FILE."


def experiment_from(arguments: argparse.Namespace) -> Experiment:
    """The experiment file or the data set's defaults, changed by what was said besides.

    Raises:
        UserError: an option contradicts another, is unknown, or is out of range.
    """
    start = _start(arguments)
    model = _model(arguments, start.model)
    changes: dict[str, Any] = {
        "dataset": _dataset(arguments, start.dataset, model.name),
        "split": start.split if arguments.split is None else _split(arguments.split, start.split),
        "spoiling": _spoiling(arguments, start.spoiling),
        "model": model,
    }
    said = vars(arguments)
    training = {name: said[name] for name in _TRAINING if said[name] is not None}
    if arguments.seed is not None:
        changes["seed"] = arguments.seed
    changes["training"] = _replaced(with_model(start, model).training, training)
    experiment = _replaced(start, changes)
    check_names(experiment)
    return experiment


def with_target(experiment: Experiment, dataset: Dataset) -> Experiment:
    """The experiment with the target of the user's table named, where it was left open."""
    config = experiment.dataset
    if config.name != OWN_TABLE or config.options.get("target"):
        return experiment
    named = config.replace(options={**config.options, "target": dataset.target})
    changed: Experiment = experiment.replace(dataset=named)
    return changed


def _start(arguments: argparse.Namespace) -> Experiment:
    dataset = arguments.dataset
    if arguments.data is not None:
        if dataset is not None and dataset not in OWN_KINDS:
            raise UserError(
                "--data and --dataset name two sets of data.", "Leave one of the two out."
            )
        if not os.path.lexists(arguments.data):
            raise UserError(
                f"There is no file or folder {arguments.data}.",
                f"See how it is spelt after --data, from the folder {Path.cwd()}.",
            )
        dataset = dataset or _kind_of(arguments)
    elif dataset in OWN_KINDS:
        raise UserError(f"{dataset} is data of your own, and none is named.", _NAME_A_FILE)
    if arguments.experiment is None:
        return starting_point(DatasetConfig(name=dataset or FIRST_DATASET))
    experiment = _loaded(arguments.experiment)
    if arguments.data is None:
        folder = arguments.experiment.absolute().parent
        experiment, moved = found_beside(experiment, folder, Progress())
        if moved:
            print(f"visualiser: {visible(moved)}", file=sys.stderr)
    if dataset is None or dataset == experiment.dataset.name:
        return experiment
    changed: Experiment = experiment.replace(dataset=DatasetConfig(name=dataset))
    return changed


def _loaded(path: Path) -> Experiment:
    """The experiment in a file; a table in its place is what --data is for."""
    try:
        return load_experiment(path)
    except UserError as error:
        if path.suffix.lower() == ".json" or not path.is_file():
            raise
        raise UserError(
            f"“{path.name}” is not an experiment of this program.",
            f"If it is a table of your own, write --data {path}.",
        ) from error


def _kind_of(arguments: argparse.Namespace) -> str:
    """What the user's data is taken for; a table where a column of one is named."""
    if any((arguments.target, arguments.group, arguments.task)):
        return OWN_TABLE
    kinds = recognised(Path(arguments.data))
    if kinds[0].name != OWN_TABLE:
        others = ", ".join(kind.name for kind in kinds[1:])
        instead = f" --dataset takes it for something else: {others}." if others else ""
        print(f"visualiser: This is taken for {kinds[0].noun}.{instead}", file=sys.stderr)
    return kinds[0].name


def _dataset(arguments: argparse.Namespace, start: DatasetConfig, model: str) -> DatasetConfig:
    source = source_named(start.name)
    options, encoding = start.options, start.encoding
    said = {name: getattr(arguments, name) for name in ("target", "group", "task")}
    named = {name: text for name, text in said.items() if text is not None}
    if named and start.name != OWN_TABLE:
        raise UserError(
            f"--{next(iter(named))} is about a table of your own, and none is named.",
            _NAME_A_FILE,
        )
    if arguments.data is not None:
        named["path"] = str(Path(arguments.data).absolute())
    for key, text in named.items():
        options = with_option(source.options, options, key, text, source.title, f"--{key} {text}")
    for owner, key, text in map(split_option, arguments.option):
        if owner == "":
            options = with_option(source.options, options, key, text, source.title)
        elif owner == "encoding":
            way = model_encoding(model, source.modality or "table")
            said_so = f"--option encoding.{key}={text}"
            encoding = with_option(way.options, encoding, key, text, "the encoding", said_so)
    return DatasetConfig(name=start.name, options=options, encoding=encoding)


def _split(text: str, start: SplitConfig) -> SplitConfig:
    """“70/15/15” or “0.7/0.15/0.15”."""
    try:
        shares = [float(part) for part in text.split("/")]
        total = sum(shares)
        if len(shares) != _PARTS or not (math.isclose(total, 100) or math.isclose(total, 1)):
            raise ValueError
        split: SplitConfig = start.replace(
            **dict(zip(("train", "validation", "test"), (s / total for s in shares), strict=True))
        )
    except ValueError as error:  # pydantic's ValidationError is one too
        raise UserError(
            f"--split {text}: these are not three shares that add up to 100 per cent.",
            "Write --split 70/15/15; each share is at least 1.",
        ) from error
    return split


def _model(arguments: argparse.Namespace, start: ModelConfig) -> ModelConfig:
    config = start if arguments.model in {None, start.name} else ModelConfig(name=arguments.model)
    model = model_named(config.name)
    options = config.options
    for key in ("hidden", "activation", "dropout"):
        text = getattr(arguments, key)
        if text is not None:
            said = f"--{key} {text}"
            options = with_option(model.options, options, key, text, model.title, said)
    for owner, key, text in map(split_option, arguments.option):
        if owner == "model":
            said = f"--option model.{key}={text}"
            options = with_option(model.options, options, key, text, model.title, said)
    return ModelConfig(name=config.name, options=options)


def _spoiling(arguments: argparse.Namespace, start: Spoiling) -> Spoiling:
    """What the start has, with amounts replaced; an amount that changes nothing is left out."""
    configs = {config.name: config for config in start.corruptions}
    for corruption in CORRUPTIONS.values():
        amount = getattr(arguments, amount_destination(corruption))
        if amount is None:
            continue
        if not corruption.amount.contains(amount):
            raise UserError(
                f"--{corruption.flag} {amount:g} is out of range.",
                f"It takes {corruption.amount.range_text}.",
            )
        if amount == corruption.amount.identity:
            if amount:  # of what is kept 1 is all; that 0 spoils nothing needs no words
                what = f"--{corruption.flag} {amount:g} spoils nothing"
                print(
                    f"visualiser: {what}: it takes {corruption.amount.range_text}.", file=sys.stderr
                )
            configs.pop(corruption.name, None)
            continue
        before = configs.get(corruption.name)
        configs[corruption.name] = (
            CorruptionConfig(name=corruption.name, amount=amount, parts=corruption.parts)
            if before is None
            else before.replace(amount=amount)
        )
    _add_corruption_options(arguments.option, configs)
    too = arguments.spoil_validation
    spoiling = Spoiling(corruptions=tuple(configs.values()))
    return spoiling if too is None else spoiling.done_to("both" if too else "train")


def _add_corruption_options(said: list[str], configs: dict[str, CorruptionConfig]) -> None:
    by_flag = {corruption.flag: corruption for corruption in CORRUPTIONS.values()}
    for owner, key, text in map(split_option, said):
        if owner in {"", "encoding", "model"}:
            continue
        corruption = by_flag.get(owner)
        if corruption is None:
            raise UserError(
                f"--option {owner}.{key}: nothing is called “{owner}” here.",
                f"Choose one of: encoding, model, {', '.join(by_flag)}.",
            )
        config = configs.get(corruption.name)
        if config is None:
            raise UserError(
                f"--option {owner}.{key}: {corruption.title} is not in use.",
                f"Say how much with --{corruption.flag} AMOUNT.",
            )
        options = with_option(
            corruption.options,
            config.options,
            key,
            text,
            corruption.title,
            f"--option {owner}.{key}={text}",
        )
        configs[corruption.name] = config.replace(options=options)


def _replaced(value: _V, changes: dict[str, Any]) -> _V:
    """The value with some fields changed; a field that refuses its own is named as an option."""
    try:
        return value.replace(**changes)
    except ValidationError as error:
        wrong = misfit(error, type(value))
        said = f"--{wrong.where.replace('_', '-')} {shown(str(changes.get(wrong.where)))}"
        raise UserError(f"{said} does not fit: {wrong.rule}.") from error


def written_in_file(arguments: argparse.Namespace, experiment: Experiment) -> Path | None:
    """The experiment's file, where what is trained on what data stands there and nowhere else."""
    if arguments.experiment is None:
        return None
    start = load_experiment(arguments.experiment)
    told = experiment.replace(training=start.training, seed=start.seed)
    path: Path = arguments.experiment
    return path if told == start else None
