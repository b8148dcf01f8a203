"""Tables of users, written and loaded by the tests."""

from pathlib import Path

import numpy as np

from visualiser.core.data.dataset import Dataset, Table
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.source import Progress
from visualiser.core.experiment import DatasetConfig


def load(path: Path, progress: Progress | None = None, **options: object) -> Dataset:
    config = {"name": "own_table", "options": {"path": str(path), **options}}
    return load_dataset(DatasetConfig.model_validate(config), 0, progress)


def written(folder: Path, text: str, name: str = "table.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def people(rows: int = 40, delimiter: str = ",") -> str:
    lines = ["age,income,city,sex,date,hired"]
    for row in range(rows):
        city, sex = ("Delft", "Gouda", "Breda")[row % 3], ("f", "m")[row % 2]
        day = f"2024-{row % 12 + 1:02}-{row % 27 + 1:02}"
        hired = ("no", "yes")[row // 2 % 2]
        lines.append(f"{20 + row * 7 % 40},{1000.5 + row * 3.25},{city},{sex},{day},{hired}")
    return "\n".join(lines).replace(",", delimiter) + "\n"


def numeric(dataset: Dataset, name: str) -> np.ndarray:
    assert isinstance(dataset.features, Table)
    return dataset.features.numeric[:, dataset.features.numeric_names.index(name)]


def categories(dataset: Dataset, name: str) -> list[str]:
    """Values of a categorical column as text, empty where missing."""
    table = dataset.features
    assert isinstance(table, Table)
    column = table.categorical_names.index(name)
    texts = (*table.categories[column], "")
    return [texts[code] for code in table.categorical[:, column]]


def notes(dataset: Dataset) -> str:
    return "\n".join(dataset.notes)
