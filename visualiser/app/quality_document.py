"""docs/data-quality.md: every way of spoiling, with its figures and a picture of a real run."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tqdm import tqdm

from visualiser.core.corruption.registry import CORRUPTIONS, change_text
from visualiser.core.corruption.spec import Corruption
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig, Experiment, Spoiling
from visualiser.core.outcome_figures import figure_text
from visualiser.core.starting_point import starting_point
from visualiser.core.text_file import write_text
from visualiser.core.timeline import rough
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.want import Want
from visualiser.ui.effect_picture import save_effect

SHOWN_ON = (
    "mnist_5k",
    "adult_10k",
    "sms_spam",
    "bike_daily",
    "sacramento",
    "retail_purchases",
    "dutch_names",
    "drums",
)
"""Of these the first that a way of spoiling makes sense for shows what it does."""
_STEPS, _SHARE = 300, 0.75
"""Much of each, so that its damage is seen in a small picture."""
PICTURES = "images/data-quality"

_HEAD = """# Ways to spoil data

This page is written by the program: `visualiser demo --data-quality docs` trains a model on spoiled
data and its twin on clean data for each way, and draws what it sees. The figures are those of the
clean test part after {steps} steps with the settings a data set starts with. What is exact at zero,
nested in its amount, seeded and leaves the test part alone is tested for all of them at once.
"""


@dataclass(frozen=True, eq=False)
class Effect:
    """A run that shows what a way of spoiling does; its snapshot has been through the exam."""

    corruption: Corruption
    experiment: Experiment
    snapshot: Snapshot


def write_quality_document(folder: Path) -> None:
    """Write data-quality.md and its pictures.

    Raises:
        UserError: a file cannot be written.
    """
    pictures = folder / PICTURES
    pictures.mkdir(parents=True, exist_ok=True)
    pages: dict[str, list[str]] = {}
    for effect in effects():
        name = effect.corruption.name
        save_effect(effect.snapshot, pictures / f"{name}.png")
        pages.setdefault(effect.corruption.dimension, []).append(_entry(effect))
    sides = (f"## {side}\n\n" + "\n".join(entries) for side, entries in pages.items())
    text = "\n".join([_HEAD.format(steps=_STEPS), *sides])
    write_text(folder / "data-quality.md", text)


def effects() -> Iterator[Effect]:
    """A run for every way of spoiling, in the order of the registry."""
    for corruption in tqdm(CORRUPTIONS.values(), desc="data quality", unit="way"):
        experiment = _experiment(corruption)
        yield Effect(corruption, experiment, _trained(experiment))


def _experiment(corruption: Corruption) -> Experiment:
    for name in SHOWN_ON:
        start = starting_point(DatasetConfig(name=name))
        if corruption.refuses(_dataset(start.dataset.name)) is None:
            return start.replace(spoiling=Spoiling(corruptions=(rough(corruption.name, _SHARE),)))
    raise LookupError(corruption.name)


@cache
def _dataset(name: str) -> Dataset:
    """As it comes; each is looked at for many ways of spoiling."""
    start = starting_point(DatasetConfig(name=name))
    return load_dataset(start.dataset, start.seed)


def _trained(experiment: Experiment) -> Snapshot:
    from visualiser.core.training.trainer import Trainer

    trainer = Trainer(experiment, _dataset(experiment.dataset.name))
    for _ in range(_STEPS):
        trainer.step()
    trainer.open_test()
    return trainer.snapshot(Want.PREDICTIONS, "paused", fresh=True)


def _entry(effect: Effect) -> str:
    corruption, snapshot = effect.corruption, effect.snapshot
    info, exam = snapshot.info, snapshot.exam
    assert exam is not None
    mine = figure_text(info, exam.figures.values[info.metric.name])
    twin = exam.twin_figures or exam.figures
    clean = figure_text(info, twin.values[info.metric.name])
    amount = corruption.amount
    facts = [
        f"### {corruption.title}",
        "",
        f"{corruption.story}",
        "",
        f"`--{corruption.flag}`: {amount.parameter.replace('_', ' ')}, {amount.range_text}."
        f"{_options(corruption)} After: {corruption.source}.",
        "",
        f"![{corruption.title} on {info.dataset.title}]({PICTURES}/{corruption.name}.png)",
        "",
        f"{info.dataset.title}: {'; '.join(map(change_text, snapshot.changes))}. "
        f"On the clean test part the model comes to {mine}, its clean twin to {clean} "
        f"({info.metric.title}).",
        "",
    ]
    return "\n".join(facts).replace("\u00a0", " ")


def _options(corruption: Corruption) -> str:
    names = [f"`{name}`" for name in corruption.options.model_fields]
    if not names:
        return ""
    return f" Option{'s' * (len(names) > 1)}: {', '.join(names)}."
