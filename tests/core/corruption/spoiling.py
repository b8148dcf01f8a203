"""Spoiling a small data set one way, for the tests of single ways."""

from typing import Any

import numpy as np

from tests.core.corruption.examples import CARD, clean_part, exam_part
from visualiser.core.corruption.registry import spare_columns, spoil
from visualiser.core.corruption.spare_columns import with_columns
from visualiser.core.corruption.spec import Change, Context
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.split import Part, part_of
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Spoiling

SURE = 1e-4
"""Level of the tests: seeds are fixed, so that they pass or fail for ever."""


def spoilt(
    dataset: Dataset, name: str, amount: float, seed: int = 0, **options: Any
) -> tuple[Part, Part, Change]:
    """(clean part, spoiled part, what was done), with room for the columns that are filled.

    A test part is in reach.
    """
    config = CorruptionConfig(name=name, amount=amount, options=options)
    plan = Spoiling(corruptions=(config,))
    roomy = with_columns(dataset, spare_columns(plan, dataset))
    clean = clean_part(roomy)
    part, (change,) = spoil(clean, plan, seed, roomy, test=exam_part(roomy))
    return clean, part, change


def bundled(name: str) -> tuple[Dataset, Context]:
    """A bundled data set, with all of its rows as the clean part."""
    dataset = load_dataset(DatasetConfig(name=name), 0)
    whole = part_of(dataset, np.arange(len(dataset)))
    return dataset, Context(dataset, whole, whole)


def many_labels(counts: tuple[int, ...]) -> Dataset:
    """Points that say nothing, with so many labels of each class."""
    labels = np.repeat(np.arange(len(counts)), counts)
    return Dataset(
        name="labels",
        title="Labels",
        card=CARD,
        modality="points",
        task="classification",
        features=np.random.default_rng(1).normal(size=(len(labels), 2)).astype(np.float32),
        labels=labels,
        target="class",
        class_names=tuple("abcdefghij"[: len(counts)]),
    )
