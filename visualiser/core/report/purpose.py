"""What the model is for, what it learnt from, and what was done to that."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.corruption.recipe_text import spoiling_text
from visualiser.core.corruption.registry import corruption_named
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.nouns import noun_of
from visualiser.core.experiment import OptimizerName, Spoiling
from visualiser.core.models.registry import model_named
from visualiser.core.numerals import numeral, share_text
from visualiser.core.report.spec import Block, Material, Picture, Question, Table
from visualiser.core.task_words import prediction_sentence

_MOST_CLASSES, _BEST_SOLD = 12, 10
_OPTIMISERS: dict[OptimizerName, str] = {
    "sgd": "plain steps downhill (SGD)",
    "momentum": "steps downhill with momentum (SGD)",
    "adam": "Adam",
    "adamw": "AdamW",
}


def _task(material: Material) -> tuple[Block, ...]:
    info, experiment = material.snapshot.info, material.snapshot.experiment
    model = model_named(experiment.model.name)
    return (
        prediction_sentence(info.dataset),
        f"{info.task.title}, by {model.title} with {info.parameters:,} weights.",
        f"Answering without a model, by {info.baseline.words}, comes to "
        f"{info.metric.text(info.baseline.figure, info.dataset)} {info.metric.title}."
        if np.isfinite(info.baseline.figure)
        else "",
    )


def _examples(material: Material) -> tuple[Block, ...]:
    snapshot = material.snapshot
    info, card, noun = snapshot.info, snapshot.info.dataset.card, noun_of(snapshot.info.dataset)
    split = info.split
    parts = (split.train, split.validation, split.test)
    counts = " · ".join(
        f"{len(part):,} for {name}"
        for part, name in zip(parts, ("training", "validation", "the test"), strict=True)
    )
    facts = Table(
        ("", ""),
        tuple(
            (title, text)
            for title, text in (
                ("What they are", card.what),
                ("Where they are from", card.source),
                ("Licence", card.licence),
                ("Size", card.size),
            )
            if text
        ),
        figures=False,
    )
    weak = [f"Known weakness: {weakness}" for weakness in card.weaknesses]
    notes = [f"Prepared: {note}" for note in (*info.dataset.notes, *info.encoder.notes)]
    return (f"{noun.counted(len(info.dataset))}: {counts}.", facts, *weak, *notes)


def _representative(material: Material) -> tuple[Block, ...]:
    """How often each class or group occurs: as it was, and as the model was given it."""
    snapshot = material.snapshot
    dataset, clean = snapshot.info.dataset, snapshot.info.split.train
    given, blocks = snapshot.spoiled_train, list[Block]()
    for title, names, before, after in (
        (dataset.target, dataset.class_names, clean.labels, given.labels),
        (dataset.group_title, dataset.group_names, clean.groups, given.groups),
    ):
        if not names or before is None or after is None:
            continue
        was, now = (np.bincount(x[x >= 0], minlength=len(names)) for x in (before, after))
        order = np.argsort(-was, kind="stable")[:_MOST_CLASSES]
        rows = tuple(
            (isolated(names[code]), f"{was[code]:,}", f"{now[code]:,}") for code in order.tolist()
        )
        blocks.append(Table((title, "clean", "as trained on"), rows))
        if len(names) > len(order):
            blocks.append(f"The {len(order)} most frequent of {len(names)}.")
    if dataset.predicts_amounts:
        blocks.append(_amounts(dataset, clean.labels, given.labels))
    if dataset.catalogue is not None:
        blocks.append(_purchases(clean.labels, given.labels))
    return tuple(blocks) or (_nothing_to_count(dataset),)


def _purchases(clean: NDArray[Any], given: NDArray[Any]) -> str:
    """What is known of purchases, which have no classes: how much the best sold make up."""
    was, now = (
        share_text(float(np.sort(np.bincount(x))[-_BEST_SOLD:].sum() / max(len(x), 1)))
        for x in (clean, given)
    )
    return (
        f"The {_BEST_SOLD} products that sell best make up {was} of the clean training purchases "
        f"and {now} of those that it was trained on; who buys is known by a name only."
    )


def _nothing_to_count(dataset: Dataset) -> str:
    if dataset.task == "language":
        return (
            "Characters have neither classes nor groups to count: whose words they are is told "
            "above, by where they are from."
        )
    return "There are neither classes nor groups to count."


def _amounts(dataset: Dataset, clean: NDArray[Any], given: NDArray[Any]) -> Table:
    """How the targets lie, as they were and as the model was given them."""
    rows: list[tuple[str, ...]] = [("rows", f"{len(clean):,}", f"{len(given):,}")]
    for title, share in (
        ("one in twenty is below", 5),
        ("half are below", 50),
        ("one in twenty is above", 95),
    ):
        cells = (dataset.label_text(float(np.percentile(x, share))) for x in (clean, given))
        rows.append((title, *cells))
    return Table((dataset.target, "clean", "as trained on"), tuple(rows))


def _spoiled(material: Material) -> tuple[Block, ...]:
    snapshot, outcome = material.snapshot, material.outcome
    blocks: list[Block] = [f"{text}." for text in outcome.changed]
    for change in snapshot.changes:
        corruption = corruption_named(change.name)
        blocks.append(f"{corruption.title}: {corruption.story} ({corruption.source})")
    rows = [(f"{marker.step:,}", f"{marker.epoch:.3g}", marker.text) for marker in snapshot.markers]
    start = spoiling_text(Spoiling(), snapshot.experiment.spoiling)
    if rows:
        blocks.append(
            Table(("step", "epoch", "what was changed"), (("0", "0", start or "clean"), *rows))
        )
    if outcome.mended:
        blocks.append(f"{outcome.mended}.")
    return tuple(blocks) or ("Nothing: the data is as it came.",)


def _rewarded(material: Material) -> tuple[Block, ...]:
    info, training = material.snapshot.info, material.snapshot.experiment.training
    return (
        f"For making the loss smaller: {info.task.loss_title}. It was told nothing of "
        f"{info.metric.title}, nor of fairness, honesty or what its answers are used for.",
        f"Optimiser: {_OPTIMISERS[training.optimizer]}; learning rate "
        f"{numeral(material.snapshot.learning_rate, 4)}, {training.batch_size:,} examples a step.",
        Picture("curves", "How loss and figures went while it trained."),
    )


QUESTIONS = (
    Question("What is the task?", _task),
    Question("Which examples did it learn from?", _examples),
    Question("Were they representative?", _representative),
    Question("What was done to the data?", _spoiled),
    Question("What was it rewarded for?", _rewarded),
)
