"""An experiment as a value: data, split, recipe, model and training, and the edits of a run.

Everything is frozen and comparable, so that one value names a run exactly: the same
experiment gives the same history on one machine. Options of a data set, a corruption or a
model are checked by its own registry entry, so adding one changes nothing here.
"""

from itertools import pairwise
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError, model_validator

from visualiser.core.data.painted_points import MOST_POINTS, PaintedPoint
from visualiser.core.errors import UserError
from visualiser.core.misfit import misfit

FORMAT: Final = "training-visualiser-experiment"
VERSION: Final = 3
MOST_EDITS: Final = 2_000
"""Changes that a run may have: some eight minutes of dragging a slider without a rest."""
MOST_STEPS: Final = 10**12
"""At the quickest, five years of training."""
MOST_EPOCHS: Final = 1_000_000
MOST_REPAIRS: Final = 20_000
"""Rows that may be repaired: more than anybody looks through, and a file of a megabyte."""

OptimizerName = Literal["sgd", "momentum", "adam", "adamw"]
DeviceName = Literal["auto", "cpu", "cuda", "mps"]
PartName = Literal["train", "validation"]
SpoiledParts = Literal["train", "validation", "both"]
Options = dict[str, JsonValue]
Share = Annotated[float, Field(ge=0.01, le=0.98, allow_inf_nan=False)]
LearningRate = Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]
Seed = Annotated[int, Field(ge=0, lt=2**31)]


class Value(BaseModel):
    """A frozen value that ignores nothing: unknown keys and non-finite numbers are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def replace(self, **changes: Any) -> Self:
        """A checked copy with some fields changed.

        Raises:
            pydantic.ValidationError: a changed field is out of its range.
        """
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate(fields | changes)


class DatasetConfig(Value):
    """Which data: a name in the data registry and that source's own options."""

    name: str = "shapes"
    options: Options = {}
    encoding: Options = {}
    """How examples become numbers (see core/data/encoding.py); empty means the defaults."""
    content: Annotated[str, Field(max_length=200)] = ""
    """Fingerprint of the user's own file as it was read (see core/data/own_content.py)."""


class SplitConfig(Value):
    """Shares of the rows for training, validation and test; they add up to one."""

    train: Share = 0.7
    validation: Share = 0.15
    test: Share = 0.15
    stratified: bool = True

    @model_validator(mode="after")
    def _shares_add_up(self) -> "SplitConfig":
        if abs(self.train + self.validation + self.test - 1) > 1e-6:
            raise ValueError("the shares for training, validation and test must add up to 1")
        return self


class CorruptionConfig(Value):
    """One ingredient of a recipe: a way of spoiling, how much of it, and on which part."""

    name: str
    """In the corruption registry."""
    amount: Annotated[float, Field(allow_inf_nan=False)]
    options: Options = {}
    seed: Seed | None = None
    """Of its pattern: which rows it hits, and how. None means that of the experiment."""
    parts: SpoiledParts = "train"

    def hits(self, part: PartName) -> bool:
        """Whether it is done to that part."""
        return self.parts in (part, "both")


class ModelConfig(Value):
    """Which model: a name in the model registry and that model's own options."""

    name: str = "mlp"
    options: Options = {}


class TrainingConfig(Value):
    """How to train.

    `epochs` bounds a run without a window; in the window a run goes on until it is paused.
    `evaluate_every` is in steps; None lets the trainer choose it from the amount of data.
    """

    optimizer: OptimizerName = "adam"
    learning_rate: LearningRate = 0.003
    batch_size: Annotated[int, Field(ge=1, le=100_000)] = 32
    weight_decay: Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)] = 0.0
    epochs: Annotated[int, Field(ge=1, le=MOST_EPOCHS)] = 10
    evaluate_every: Annotated[int, Field(ge=1, le=100_000)] | None = None
    device: DeviceName = "auto"
    twin: bool = True


class Spoiling(Value):
    """A recipe: what is done to the data, one thing after the other, each at most once."""

    corruptions: tuple[CorruptionConfig, ...] = ()

    def amount(self, name: str) -> float | None:
        """The amount of the corruption called `name`, or None where it is not in use."""
        return next((c.amount for c in self.corruptions if c.name == name), None)

    def done_to(self, parts: SpoiledParts) -> "Spoiling":
        """The same recipe, all of it done to those parts."""
        return Spoiling(corruptions=tuple(c.replace(parts=parts) for c in self.corruptions))

    def on(self, part: PartName) -> "Spoiling":
        """What of it is done to that part."""
        return Spoiling(corruptions=tuple(c for c in self.corruptions if c.hits(part)))


class Repair(Value):
    """What is done about a row of the spoiled training part that looks wrong, or about a column."""

    row: Annotated[int, Field(ge=0)] | None = None
    """Its number in the data set; None where it is about a column."""
    copy_number: Annotated[int, Field(ge=0)] = 0
    """Which of the equal rows, where the row is repeated."""
    label: Annotated[float, Field(allow_inf_nan=False)] | None = None
    """The label that it gets; None leaves the row out."""
    column: Annotated[str, Field(min_length=1, max_length=1_000)] | None = None
    """Name of a column that is kept from the third model; None where it is about a row."""

    @model_validator(mode="after")
    def _of_one_thing(self) -> "Repair":
        if (self.row is None) == (self.column is None):
            raise ValueError("a repair is of a row or of a column, and names one of the two")
        if self.column is not None and (self.copy_number or self.label is not None):
            raise ValueError("a column is left out as a whole: it has neither copies nor a label")
        return self


Repairs = Annotated[tuple[Repair, ...], Field(max_length=MOST_REPAIRS)]


class Stroke(Value):
    """What was done to painted points at one moment: first some were erased, then others added."""

    erased: Annotated[
        tuple[Annotated[int, Field(ge=0, lt=MOST_POINTS)], ...], Field(max_length=MOST_POINTS)
    ] = ()
    """Positions among the points that there were, in ascending order."""
    added: Annotated[tuple[PaintedPoint, ...], Field(max_length=MOST_POINTS)] = ()
    """New points, which come after those that were left."""

    @model_validator(mode="after")
    def _erased_once_and_in_order(self) -> "Stroke":
        if any(here >= after for here, after in pairwise(self.erased)):
            raise ValueError("erased points must be named once each, in ascending order")
        return self


class Edit(Value):
    """A change during a run, applied before the step after `step`; None leaves a thing as it is.

    One that is planned may name an epoch instead: it comes when so many epochs are done, however
    many steps they have.
    """

    step: Annotated[int, Field(ge=0, le=MOST_STEPS)] | None = None
    epoch: Annotated[int, Field(ge=0, le=MOST_EPOCHS)] | None = None
    learning_rate: LearningRate | None = None
    spoiling: Spoiling | None = None
    repairs: Repairs | None = None
    dataset: DatasetConfig | None = None
    """Other data of the same kind."""
    stroke: Stroke | None = None
    """What was painted into the data, or erased."""

    @model_validator(mode="after")
    def _data_changed_one_way(self) -> "Edit":
        if self.dataset is not None and self.stroke is not None:
            raise ValueError("an edit brings another data set or a stroke, not both")
        return self

    @model_validator(mode="after")
    def _at_one_time(self) -> "Edit":
        if (self.step is None) == (self.epoch is None):
            raise ValueError("an edit is made at a step or at an epoch, and has one of the two")
        return self

    def is_due(self, step: int, epochs_done: int) -> bool:
        """Whether its time has come after so many steps and whole epochs."""
        if self.step is not None:
            return self.step <= step
        return self.epoch is not None and self.epoch <= epochs_done

    def came_before(self, step: int) -> bool:
        """Whether it has been made at `step`: an edit that was made names its step."""
        return self.step is not None and self.step <= step


class Experiment(Value):
    """Everything that decides a run."""

    format: Literal["training-visualiser-experiment"] = FORMAT
    version: Literal[3] = VERSION
    title: Annotated[str, Field(max_length=200)] = ""
    dataset: DatasetConfig = DatasetConfig()
    split: SplitConfig = SplitConfig()
    spoiling: Spoiling = Spoiling()
    model: ModelConfig = ModelConfig()
    training: TrainingConfig = TrainingConfig()
    seed: Seed = 0
    weights_seed: Seed | None = None
    """Seed of the starting weights; None means `seed`. "Reset with new weights" changes it."""
    repairs: Repairs = ()
    """What is repaired for a third model, which learns beside the student and its twin."""
    edits: tuple[Edit, ...] = ()

    @property
    def seed_of_weights(self) -> int:
        """The seed of the starting weights."""
        return self.seed if self.weights_seed is None else self.weights_seed

    @model_validator(mode="after")
    def _edits_few_and_in_order(self) -> "Experiment":
        if len(self.edits) > MOST_EDITS:
            raise ValueError(
                f"a run may have {MOST_EDITS:,} changes at most, and this has {len(self.edits):,}"
            )
        steps = [edit.step for edit in self.edits if edit.step is not None]
        epochs = [edit.epoch for edit in self.edits if edit.epoch is not None]
        if steps != sorted(steps) or epochs != sorted(epochs):
            raise ValueError("the edits of a run must be in the order of their steps")
        return self


def check_options(model: type[Value], options: Options, owner: str) -> Any:
    """The options of a registry entry as a checked value.

    Raises:
        UserError: an option is unknown or out of range; names the owner and the option.
    """
    try:
        return model.model_validate(options)
    except ValidationError as error:
        wrong = misfit(error, model)
        if wrong.unknown:
            raise UserError(
                f"{owner} has no option “{wrong.where}”.", known_options(model)
            ) from error
        raise UserError(f"{owner}: {wrong.sentence}", known_options(model)) from error


def known_options(model: type[Value]) -> str:
    """A sentence that names the options of a registry entry."""
    known = ", ".join(model.model_fields)
    return f"Its options are: {known}." if known else "It has no options at all."
