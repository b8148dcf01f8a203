"""A sweep as a value: one experiment at several amounts of spoiling, with several seeds.

“How much noise can this take?” Each pair of an amount and a seed is a cell: an experiment of its
own, named by what is in it. So the same cell is never trained twice, and a sweep that is given
more amounts or seeds keeps what it has.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from visualiser.core.corruption import fewer_examples
from visualiser.core.corruption.registry import check_spoiling, corruption_named
from visualiser.core.data.dataset import Dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import (
    CorruptionConfig,
    Experiment,
    ModelConfig,
    Options,
    Spoiling,
    Value,
    check_options,
)
from visualiser.core.experiment_names import check_names
from visualiser.core.models.registry import model_named, refusal
from visualiser.core.starting_point import with_model

SWEEP_FORMAT: Final = "training-visualiser-sweep"
SWEEP_VERSION: Final = 1
MOST_CELLS: Final = 5_000
MOST_EPOCHS: Final = 1_000_000

_LEAST_SHARE = 0.001
"""Less is refused, but not here."""

FEWER: Final = fewer_examples.CORRUPTION.name
"""The way of spoiling that makes a training set smaller."""

Amount = Annotated[float, Field(allow_inf_nan=False)]
Seed = Annotated[int, Field(ge=0, lt=2**31)]


class Line(Value):
    """What one line of the chart is of.

    Attributes:
        label: what stands at its end; empty where there is but one.
        model: in place of the experiment's.
        besides: further ways of spoiling, the same at all amounts, as a smaller training set.
        instead: a way of spoiling that is swept in place of the sweep's, over the same amounts.
    """

    label: Annotated[str, Field(max_length=100)] = ""
    model: ModelConfig | None = None
    besides: Annotated[tuple[CorruptionConfig, ...], Field(max_length=4)] = ()
    instead: Annotated[str, Field(max_length=100)] = ""


class Sweep(Value):
    """Everything that decides a sweep.

    Attributes:
        base: what is the same in all cells; its own spoiling stays in force, its planned edits
            and its twin are left out. Fewer examples are gone through more often, so that all
            models see as many.
        corruption: the way of spoiling whose amount is swept.
        options: of that way of spoiling.
        amounts: along the chart's x axis.
        seeds: each draws split, starting weights, order of examples and spoiling anew.
        lines: what is compared.
    """

    format: Literal["training-visualiser-sweep"] = SWEEP_FORMAT
    version: Literal[1] = SWEEP_VERSION
    base: Experiment
    corruption: Annotated[str, Field(max_length=100)]
    options: Options = Field(default={})
    amounts: Annotated[tuple[Amount, ...], Field(min_length=1, max_length=100)]
    seeds: Annotated[tuple[Seed, ...], Field(min_length=1, max_length=1000)]
    lines: Annotated[tuple[Line, ...], Field(min_length=1, max_length=12)] = (Line(),)

    @model_validator(mode="after")
    def _nothing_twice(self) -> "Sweep":
        labels = [line.label for line in self.lines]
        for what, values in (("amounts", self.amounts), ("seeds", self.seeds), ("lines", labels)):
            if len(set(values)) < len(values):
                raise ValueError(f"the {what} of a sweep must differ from each other")
        if self.count > MOST_CELLS:
            raise ValueError(
                f"a sweep may have {MOST_CELLS:,} runs at most, and this has {self.count:,}"
            )
        return self

    @property
    def count(self) -> int:
        """How many pairs of a point of the chart and a seed there are."""
        return len(self.amounts) * len(self.seeds) * len(self.lines)


@dataclass(frozen=True)
class Cell:
    """One run of a sweep.

    Attributes:
        key: what it is known by: equal for equal experiments.
        line: place of its line in the sweep.
    """

    key: str
    line: int
    amount: float
    seed: int
    experiment: Experiment


def cells_of(sweep: Sweep) -> tuple[Cell, ...]:
    """All runs, seed by seed, so that whole lines are there early.

    Two may have the same key: at the amount that spoils nothing it is one way of spoiling as
    well as another.
    """
    return tuple(
        _cell(sweep, place, line, amount, seed)
        for seed in sweep.seeds
        for place, line in enumerate(sweep.lines)
        for amount in sweep.amounts
    )


def check_sweep(sweep: Sweep) -> None:
    """Refuse what no registry knows or allows, before any data is loaded.

    Raises:
        UserError: a name is unknown, or an amount or an option does not fit.
    """
    check_names(sweep.base)
    for name in {sweep.corruption, *(line.instead for line in sweep.lines if line.instead)}:
        corruption = corruption_named(name)
        check_options(corruption.options, _options(sweep, name), corruption.title)
    for place, line in enumerate(sweep.lines):
        for amount in sweep.amounts:
            check_names(_cell(sweep, place, line, amount, sweep.seeds[0]).experiment)


def check_data(sweep: Sweep, dataset: Dataset) -> None:
    """Refuse what makes no sense for such data, before anything is trained.

    Raises:
        UserError: a way of spoiling or a model does not fit.
    """
    for place, line in enumerate(sweep.lines):
        for amount in sweep.amounts:
            experiment = _cell(sweep, place, line, amount, sweep.seeds[0]).experiment
            model = model_named(experiment.model.name)
            if (why := refusal(model, dataset.modality)) is not None:
                raise UserError(f"{model.title} cannot take this data: {why}.")
            check_spoiling(experiment.spoiling, dataset)


def cell_key(experiment: Experiment) -> str:
    """A name for what is in an experiment; new fields with their defaults do not change it."""
    content = experiment.model_dump(mode="json", exclude_defaults=True)
    text = json.dumps(content, sort_keys=True, ensure_ascii=True)
    return sha256(text.encode()).hexdigest()[:24]


def _cell(sweep: Sweep, place: int, line: Line, amount: float, seed: int) -> Cell:
    base = sweep.base if line.model is None else with_model(sweep.base, line.model)
    training = base.training
    device = "cpu" if training.device == "auto" else training.device
    corruptions = _corruptions(sweep, line, amount)
    epochs = min(round(training.epochs / _share_kept(corruptions)), MOST_EPOCHS)
    experiment = base.replace(
        title="",
        seed=seed,
        weights_seed=None,
        edits=(),
        repairs=(),
        spoiling=Spoiling(corruptions=corruptions),
        training=training.replace(
            twin=False, evaluate_every=None, device=device, epochs=max(epochs, 1)
        ),
    )
    return Cell(cell_key(experiment), place, amount, seed, experiment)


def _share_kept(corruptions: tuple[CorruptionConfig, ...]) -> float:
    """Of the training rows: as often more they are gone through.

    With as many epochs a small set would give a model that has made few steps, and who compares
    it with a large one would see that instead.
    """
    shares = (one.amount for one in corruptions if one.name == FEWER)
    return max(next(shares, 1.0), _LEAST_SHARE)


def _corruptions(sweep: Sweep, line: Line, amount: float) -> tuple[CorruptionConfig, ...]:
    """The experiment's own, then those of the line, then what is swept; each way once."""
    swept = line.instead or sweep.corruption
    configs = {config.name: config for config in sweep.base.spoiling.corruptions}
    own = configs.get(swept) or CorruptionConfig(name=swept, amount=amount)
    axis = own.replace(amount=amount, options=_options(sweep, swept))
    if swept != sweep.corruption:
        configs.pop(sweep.corruption, None)
    configs |= {config.name: config for config in (*line.besides, axis)}
    return tuple(
        config
        for config in configs.values()
        if config.amount != corruption_named(config.name).amount.identity
    )


def _options(sweep: Sweep, name: str) -> Options:
    """Those of the sweep for its own way of spoiling; else the experiment's, if it has them."""
    if name == sweep.corruption and sweep.options:
        return sweep.options
    configs = sweep.base.spoiling.corruptions
    return next((config.options for config in configs if config.name == name), {})
