"""Small data sets whose mistakes are known, and the evidence that finders are given of them."""

from dataclasses import replace
from functools import cache

import numpy as np

from visualiser.core.corruption.registry import spoil
from visualiser.core.data.dataset import DataCard, Dataset, Table
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.split import Part, Split, split_dataset
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, SplitConfig, Spoiling
from visualiser.core.findings.search import Findings, Search, look
from visualiser.core.findings.spec import Evidence, Finding
from visualiser.core.findings.vectors import vectors_of
from visualiser.core.questions.row_record import RowRecord


@cache
def bundled(name: str) -> tuple[Dataset, Split]:
    dataset = load_dataset(DatasetConfig(name=name), 0)
    return dataset, split_dataset(dataset, SplitConfig(), 0)


def spoiled(
    name: str, corruption: str, amount: float, **options: object
) -> tuple[Dataset, Split, Part]:
    dataset, split = bundled(name)
    way = CorruptionConfig(name=corruption, amount=amount, options=options)
    recipe = Spoiling(corruptions=(way,))
    return dataset, split, spoil(split.train, recipe, 0, dataset)[0]


@cache
def searched(name: str, corruption: str, amount: float) -> tuple[Findings, Split]:
    dataset, split, part = spoiled(name, corruption, amount)
    return look(Search(dataset, part, split.validation, 0, None)), split


def table(rows: int = 400, seed: int = 0, **columns: np.ndarray) -> Dataset:
    """Two columns of noise, one that tells a little of two classes, and those that are given."""
    generator = np.random.default_rng(seed)
    labels = generator.integers(0, 2, rows)
    usual = {
        "first": generator.normal(size=rows),
        "second": generator.normal(size=rows),
        "hint": labels + generator.normal(size=rows),
    }
    numbers = usual | columns
    values = np.stack(list(numbers.values()), axis=1).astype(np.float32)
    codes = np.zeros((rows, 0), dtype=np.int32)
    return Dataset(
        name="made",
        title="Made",
        card=DataCard("", "", "", ""),
        modality="table",
        task="classification",
        features=Table(values, tuple(numbers), codes, (), ()),
        labels=labels,
        target="answer",
        class_names=("no", "yes"),
    )


def evidence_of(
    dataset: Dataset, part: Part | None = None, record: RowRecord | None = None, **more: object
) -> Evidence:
    split = split_dataset(dataset, SplitConfig(), 0)
    part = split.train if part is None else part
    vectors = vectors_of(dataset, part, split.validation)
    here, there = vectors.parts
    evidence = Evidence(
        dataset, part, split.validation, here, there, vectors.names, 0, record=record
    )
    return replace(evidence, **more)  # type: ignore[arg-type]


def record_of(given: np.ndarray, answers: list[np.ndarray], classes: int) -> RowRecord:
    """Of a model that gives its answer 90 % in each of some epochs; answers are (n,) each."""
    rows = np.arange(len(given))
    outputs = np.full((len(answers), len(given), classes), 0.1 / (classes - 1))
    for epoch, answer in enumerate(answers):
        outputs[epoch, rows, answer] = 0.9
    right = np.array([answer == given for answer in answers])
    logits = np.log(outputs)
    of_given = logits[:, rows, given]
    others = logits.copy()
    others[:, rows, given] = -np.inf
    return RowRecord(
        seen=np.full(len(given), len(answers)),
        loss=-of_given[-1],
        mean_loss=-of_given.mean(axis=0),
        probabilities=outputs.mean(axis=0).astype(np.float32),
        margin=(of_given - others.max(axis=2)).mean(axis=0),
        learnt=right.any(axis=0),
        forgotten=(right[:-1] & ~right[1:]).sum(axis=0),
    )


def titles(found: tuple[Finding, ...]) -> list[str]:
    """Of what was called, from the first on."""
    return [one.title for one in found if one.weight != "fine"]
