"""Small data sets of every kind, and comparisons of parts."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.corruption.registry import spare_columns
from visualiser.core.corruption.spare_columns import with_columns
from visualiser.core.corruption.spec import Corruption
from visualiser.core.data.cadence import DAILY
from visualiser.core.data.dataset import DataCard, Dataset, Features, Table
from visualiser.core.data.dated_series import DatedSeries, examples_of
from visualiser.core.data.purchases import purchase_pairs, purchases_dataset
from visualiser.core.data.split import Part, part_of
from visualiser.core.data.text_windows import WindowOptions, text_dataset
from visualiser.core.experiment import CorruptionConfig, Spoiling

CARD = DataCard("Made up for tests.", "here", "none", "small")
WORDS = ("win", "a", "free", "phone", "now", "see", "you", "at", "eight")


def dataset_of(name: str, features: Features, labels: NDArray[Any], **fields: Any) -> Dataset:
    """A data set whose kind follows from its name, a table where it is none of those."""
    regression = labels.dtype.kind == "f"
    classes = () if regression else tuple(f"class {c}" for c in range(int(labels.max()) + 1))
    kinds = {"points": "points", "pictures": "images", "messages": "text", "clips": "sound"}
    return Dataset(
        **{
            "name": name,
            "title": f"Some {name}",
            "card": CARD,
            "modality": kinds.get(name, "table"),
            "task": "regression" if regression else "classification",
            "features": features,
            "labels": labels,
            "target": "answer",
            "class_names": classes,
        }
        | fields
    )


def _table(rows: int, random: np.random.Generator, columns: int = 3) -> Table:
    numeric = random.normal(5, [1.0, 10.0, 0.1][:columns], (rows, columns)).astype(np.float32)
    numeric[random.random(numeric.shape) < 0.1] = np.nan
    return Table(
        numeric=numeric,
        numeric_names=("height", "weight", "share")[:columns],
        categorical=random.integers(-1, 2, (rows, 1), dtype=np.int32),
        categorical_names=("colour",),
        categories=(("red", "blue"),),
    )


def _datasets() -> dict[str, Dataset]:
    random = np.random.default_rng(7)
    rows = 600
    groups = (random.random(rows) < 0.3).astype(np.int64)
    colours_only = _table(rows, random, columns=0)
    made = (
        dataset_of(
            "points",
            random.normal(size=(rows, 2)).astype(np.float32),
            np.arange(rows, dtype=np.int64) % 3,
        ),
        dataset_of(
            "pictures",
            random.random((1000, 1, 6, 6), dtype=np.float32),
            np.arange(1000, dtype=np.int64) % 10,
        ),
        dataset_of(
            "messages",
            np.array(
                [" ".join(random.choice(WORDS, random.integers(0, 20))) for _ in range(rows)],
                dtype=object,
            ),
            (random.random(rows) < 0.2).astype(np.int64),
        ),
        dataset_of(
            "clips",
            random.uniform(-0.5, 0.5, (300, 800)).astype(np.float32),
            np.arange(300, dtype=np.int64) % 3,
            sample_rate=8000,
            blocks=np.arange(300, dtype=np.int64) // 10,
        ),
        dataset_of(
            "prices",
            _table(rows, random),
            random.normal(200_000, 50_000, rows),
            unit="$",
            groups=groups,
            group_names=("east", "west"),
        ),
        dataset_of(
            "decisions",
            _table(rows, random),
            (random.random(rows) < 0.6).astype(np.int64),
            class_names=("denied", "approved"),
            positive_class=1,
            groups=groups,
            group_names=("many", "few"),
            group_title="applicant",
        ),
        dataset_of(
            "diary",
            _table(rows, random),
            random.exponential(40, rows).round(),
            times=np.datetime64("2020-01-01") + random.permutation(rows) // 2,
        ),
        dataset_of(
            "colours",
            colours_only,
            random.normal(size=rows),
            groups=np.zeros(rows, dtype=np.int64),
            group_names=("all",),
        ),
    )
    others = (_purchases(random), _text(random), _days(random))
    return {dataset.name: dataset for dataset in (*made, *others)}


def _purchases(random: np.random.Generator) -> Dataset:
    """Forty customers, each with fifteen of thirty products, the first of which sell best."""
    taste = np.linspace(2.0, 0.5, 30)
    baskets = [random.choice(30, 15, replace=False, p=taste / taste.sum()) for _ in range(40)]
    customers = np.repeat(np.arange(40), 15)
    pairs = purchase_pairs(customers, np.concatenate(baskets))
    return purchases_dataset("purchases", "Some purchases", CARD, pairs)


def _text(random: np.random.Generator) -> Dataset:
    """Some words one after the other, in windows that overlap."""
    words = " ".join(random.choice(WORDS, 1500))
    return text_dataset("text", "Some text", CARD, words, WindowOptions(context=16))


def _days(random: np.random.Generator) -> Dataset:
    """Two series of days of different size, each with a week to look back on."""
    times = np.arange(19_000, 19_200)
    series = tuple(
        DatedSeries(
            DAILY,
            times,
            random.normal(level, level / 10, 200),
            {"rain": random.random(200)},
            {},
            shop,
        )
        for shop, level in (("large", 1000.0), ("small", 50.0))
    )
    found = examples_of(series, past=7)
    return dataset_of(
        "days",
        found.features,
        found.labels,
        modality="series",
        task="forecasting",
        times=found.times,
        seasons=found.seasons,
    )


DATASETS = _datasets()


def clean_part(dataset: Dataset) -> Part:
    """All rows but the first five, so that positions and row numbers differ."""
    return part_of(dataset, np.arange(5, len(dataset)))


def exam_part(dataset: Dataset) -> Part:
    """The others, as a test part."""
    return part_of(dataset, np.arange(5))


def with_room(dataset: Dataset, *corruptions: Corruption) -> Dataset:
    """With the columns that the corruptions fill at their utmost."""
    plan = Spoiling(
        corruptions=tuple(
            CorruptionConfig(name=c.name, amount=c.amount.extreme) for c in corruptions
        )
    )
    return with_columns(dataset, spare_columns(plan, dataset))


def same_features(one: Part, other: Part) -> NDArray[np.bool_]:
    """For each row whether its features are the same in both, NaN being NaN."""
    if isinstance(one.features, Table) and isinstance(other.features, Table):
        numeric = _same(one.features.numeric, other.features.numeric)
        return numeric & _same(one.features.categorical, other.features.categorical)
    return _same(np.asarray(one.features), np.asarray(other.features))


def same_part(one: Part, other: Part) -> bool:
    """Whether both have the same rows with the same values."""
    return (
        np.array_equal(one.origin, other.origin)
        and np.array_equal(one.rows, other.rows)
        and np.array_equal(one.labels, other.labels)
        and bool(same_features(one, other).all())
    )


def _same(one: NDArray[Any], other: NDArray[Any]) -> NDArray[np.bool_]:
    equal = one == other
    if one.dtype.kind == "f":
        equal |= np.isnan(one) & np.isnan(other)
    return np.asarray(equal.reshape(len(equal), -1).all(axis=1))
