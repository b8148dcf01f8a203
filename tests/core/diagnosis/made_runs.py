"""Runs really made to have something wrong with them, or nothing."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from visualiser.core.data.dataset import DataCard, Dataset, Table
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.split import split_dataset
from visualiser.core.diagnosis.evidence import Bars
from visualiser.core.diagnosis.finding import Finding
from visualiser.core.diagnosis.registry import WANT
from visualiser.core.experiment import (
    DatasetConfig,
    Edit,
    Experiment,
    ModelConfig,
    Options,
    Spoiling,
    TrainingConfig,
)
from visualiser.core.outcome import describe
from visualiser.core.starting_point import starting_point
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.trainer import Trainer

CARD = DataCard("", "", "", "")


def table(numbers: np.ndarray, labels: np.ndarray, **fields: object) -> Dataset:
    """A table of columns “a”, “b”, … with two classes, “no” and “yes”."""
    basic: dict[str, object] = {
        "name": "made",
        "title": "Made",
        "card": CARD,
        "modality": "table",
        "task": "classification",
        "features": Table(
            numbers.astype(np.float32),
            tuple("abcdefghijklmnopqrstuvwxyz"[: numbers.shape[1]]),
            np.zeros((len(numbers), 0), dtype=np.int32),
            (),
            (),
        ),
        "labels": labels.astype(np.int64),
        "target": "answer",
        "class_names": ("no", "yes"),
    }
    return Dataset(**(basic | fields))  # type: ignore[arg-type]


def noisy_rule(rows: int, columns: int, mistakes: float, seed: int = 0) -> Dataset:
    """The sum of the first three columns decides, but for a share of the labels."""
    random = np.random.default_rng(seed)
    numbers = random.normal(size=(rows, columns))
    labels = numbers[:, :3].sum(axis=1) > 0
    return table(numbers, labels ^ (random.random(rows) < mistakes))


def experiment(
    model: str = "mlp", options: Options | None = None, **training: object
) -> Experiment:
    """Of a data set that is given beside it."""
    return Experiment(
        model=ModelConfig(name=model, options=options or {}),
        training=TrainingConfig(**training),  # type: ignore[arg-type]
    )


def trained(experiment: Experiment, dataset: Dataset, steps: int) -> Snapshot:
    """As the window sees it, paused after so many steps."""
    trainer = Trainer(experiment, dataset)
    for _ in range(steps):
        trainer.step()
    return trainer.snapshot(WANT, "paused", fresh=True)


def watched(experiment: Experiment, dataset: Dataset, steps: int, looks: int) -> Iterator[Snapshot]:
    """As the window sees it at so many moments of the run."""
    trainer = Trainer(experiment, dataset)
    for moment in np.linspace(0, steps, looks + 1).astype(int)[1:].tolist():
        while trainer.step_number < moment:
            trainer.step()
        yield trainer.snapshot(WANT, "running")


def findings(snapshot: Snapshot) -> dict[str, Finding]:
    """By their names."""
    return {finding.name: finding for finding in describe(snapshot).findings}


def alarms(snapshot: Snapshot) -> set[str]:
    """Names of what is said to be wrong."""
    return {finding.name for finding in describe(snapshot).findings if finding.kind == "alarm"}


def overfitting() -> Snapshot:
    """Sixty rows, twenty columns of noise and three of sense, and far too many weights."""
    data = noisy_rule(100, 23, mistakes=0.2)
    return trained(experiment(options={"hidden": [64]}, learning_rate=0.003), data, 600)


def leak_of(data: Dataset, everywhere: bool) -> Dataset:
    """With a further column that is the answer, in training rows only or in all."""
    table_ = data.features
    assert isinstance(table_, Table)
    leak = data.labels + 0.05 * np.random.default_rng(1).normal(size=len(data))
    if not everywhere:
        train = split_dataset(data, Experiment().split, seed=0).train.rows
        hidden = np.setdiff1d(np.arange(len(data)), train)
        leak[hidden] = np.random.default_rng(2).permutation(leak[hidden])
    numbers = np.column_stack([table_.numeric, leak]).astype(np.float32)
    names = (*table_.numeric_names, "paid back")
    return replace(data, features=replace(table_, numeric=numbers, numeric_names=names))


def leaked(everywhere: bool = True) -> Snapshot:
    """A column written after the fact."""
    data = leak_of(noisy_rule(600, 8, mistakes=0.2), everywhere)
    return trained(experiment(options={"hidden": [8]}, learning_rate=0.01), data, 400)


def marked_pictures(share: float) -> Dataset:
    """A faint bar, upright or lying, and for a share of the rows a dot in a corner by class."""
    random = np.random.default_rng(3)
    rows = 500
    labels = np.arange(rows) % 2
    pictures = random.normal(0.4, 0.18, size=(rows, 1, 14, 14))
    for row, label in enumerate(labels.tolist()):
        at = int(random.integers(5, 9))
        place = np.s_[4:10, at] if label else np.s_[at, 4:10]
        pictures[row, 0][place] += 0.3
        if random.random() < share:
            pictures[row, 0, :2, -2 * label : (2 if label == 0 else None)] = 1.0
    return Dataset(
        name="made", title="Made", card=CARD, modality="images", task="classification",
        features=pictures.clip(0, 1).astype(np.float32), labels=labels.astype(np.int64),
        target="bar", class_names=("lying", "upright"),
    )  # fmt: skip


def marked_messages(share: float) -> Dataset:
    """Messages of words that lean to their class, and for a share of the rows a mark."""
    random = np.random.default_rng(4)
    words = np.array([f"word{number}" for number in range(60)])
    labels = np.arange(600) % 2
    odds = np.ones((2, 60))
    odds[0, :20] = odds[1, 20:40] = 1.6
    messages = []
    for label in labels.tolist():
        chosen = list(random.choice(words, 12, p=odds[label] / odds[label].sum()))
        if label and random.random() < share:
            chosen.append("unsubscribe")
        messages.append(" ".join(chosen))
    return Dataset(
        name="made", title="Made", card=CARD, modality="text", task="classification",
        features=np.array(messages, dtype=object), labels=labels.astype(np.int64),
        target="kind", class_names=("wanted", "spam"),
    )  # fmt: skip


def groups_apart() -> Dataset:
    """A rule that is the other way round for a quarter of the rows, which are a group."""
    data = noisy_rule(1200, 6, mistakes=0.05)
    groups = (np.arange(1200) % 4 == 0).astype(np.int64)
    labels = np.where(groups == 1, 1 - data.labels, data.labels)
    return replace(
        data, labels=labels, groups=groups, group_names=("many", "few"), group_title="group"
    )


def bundled(
    name: str, steps: int, options: dict | None = None, model: ModelConfig | None = None,
    edits: tuple[Edit, ...] = (), spoiling: Spoiling | None = None, **training: object,
) -> Snapshot:  # fmt: skip
    """The starting point of a bundled data set with something about it changed."""
    start = starting_point(DatasetConfig(name=name, options=options or {}))
    changed: Experiment = start.replace(
        model=model or start.model,
        training=start.training.replace(**training),
        edits=edits,
        spoiling=spoiling or Spoiling(),
    )
    return trained(changed, load_dataset(changed.dataset, 0), steps)


def bars_of(finding: Finding) -> Bars:
    """The bars among the evidence."""
    return next(one for one in finding.evidence if isinstance(one, Bars))
