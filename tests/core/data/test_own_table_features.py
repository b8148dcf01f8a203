from pathlib import Path

import numpy as np
import pytest

from tests.core.data.encoded import encoder_of
from tests.core.data.own_tables import categories, load, notes, written
from visualiser.core.data import own_table_columns
from visualiser.core.data.dataset import Table
from visualiser.core.data.split import split_dataset
from visualiser.core.experiment import SplitConfig


def test_rare_categories_become_other(tmp_path: Path) -> None:
    rows = [f"v{n % 120},{'ab'[n // 120 % 2]}" for n in range(600)]
    dataset = load(written(tmp_path, "kind,goal\n" + "\n".join(rows)))
    assert isinstance(dataset.features, Table)
    assert len(dataset.features.categories[0]) == 50
    assert categories(dataset, "kind").count("other") == 5 * (120 - 49)
    assert "“kind” has 120 categories" in notes(dataset)


def test_of_equally_frequent_categories_the_first_by_the_alphabet_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [f"v{n:03}" for n in range(119, -1, -1)] * 2 + ["often"] * 5
    path = written(tmp_path, "n,kind\n" + "\n".join(f"{n},{w}" for n, w in enumerate(words)))
    sorted_first = load(path, target="n")
    monkeypatch.setattr(own_table_columns, "MOST_SORTED", 100)
    for dataset in (sorted_first, load(path, target="n")):
        assert isinstance(dataset.features, Table)
        kept = ("often", *(f"v{n:03}" for n in range(48)), "other")
        assert dataset.features.categories == (kept,)
        assert categories(dataset, "kind")[:73] == ["other"] * 72 + ["v047"]


def messages(rows: int = 40) -> list[str]:
    return [
        f"win a free prize number {n} now" if n % 2 else f"see you at home tonight at {n}"
        for n in range(rows)
    ]


def test_text_as_the_only_feature_stays_text(tmp_path: Path) -> None:
    rows = [f'"{text}",{("ham", "spam")[n % 2]}' for n, text in enumerate(messages())]
    dataset = load(written(tmp_path, "message,label\n" + "\n".join(rows)))
    assert dataset.modality == "text"
    assert np.asarray(dataset.features)[1] == "win a free prize number 1 now"
    train = split_dataset(dataset, SplitConfig(), 0).train
    assert "free" in encoder_of(dataset, train, {}).names


def test_text_beside_other_columns_becomes_counted_words(tmp_path: Path) -> None:
    rows = [f'"{text}",{n % 5},{("ham", "spam")[n % 2]}' for n, text in enumerate(messages())]
    dataset = load(written(tmp_path, "message,n,label\n" + "\n".join(rows)))
    assert isinstance(dataset.features, Table)
    assert dataset.features.numeric.shape == (40, 65)
    words = dataset.features.numeric[:, :-1].sum(axis=1)
    assert words.tolist() == [len(text.split()) for text in messages()]
    assert "64 numbers" in notes(dataset)
