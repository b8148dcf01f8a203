"""What users' files are taken for, and that each is read as that."""

import os
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.core.data.own_tables import people
from tests.core.data.picture_folders import folder_of_pictures
from tests.core.data.test_own_table_workbook import FLATS
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.own_kinds import OWN_KINDS, recognised
from visualiser.core.data.registry import SOURCES, load_dataset
from visualiser.core.data.source import Progress
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig
from visualiser.core.models.registry import MODELS


def load(name: str, path: Path, **options: object) -> Dataset:
    config = {"name": name, "options": {"path": str(path), **options}}
    return load_dataset(DatasetConfig.model_validate(config), 0)


def notes(dataset: Dataset) -> str:
    return " ".join(dataset.notes)


def folder_of_clips(folder: Path, each: int = 6) -> Path:
    moments = np.arange(4_000) / 8_000
    for name, pitch in {"low": 200, "high": 1_500}.items():
        for number in range(each):
            path = folder / name / f"{number}.{('wav', 'flac', 'ogg')[number % 3]}"
            path.parent.mkdir(parents=True, exist_ok=True)
            soundfile.write(path, 0.5 * np.sin(2 * np.pi * pitch * moments), 8_000)
    return folder


def series(folder: Path, days: int = 120, name: str = "sales.csv") -> Path:
    start = np.datetime64("2023-01-01")
    lines = ["day,sold,price"]
    lines += [f"{start + n},{100 + n % 7},{2 + n % 3}" for n in range(days)]
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def purchases(folder: Path) -> Path:
    lines = ["customer_id,product,quantity"]
    lines += [
        f"c{who},thing {(who + step) % 30},{1 + step % 2}" for who in range(40) for step in range(8)
    ]
    path = folder / "orders.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def prose(folder: Path) -> Path:
    path = folder / "tale.txt"
    path.write_text("Once upon a time there was a model, and it read. \n" * 200, encoding="utf-8")
    return path


def table(folder: Path) -> Path:
    path = folder / "people.csv"
    path.write_text(people(), encoding="utf-8")
    return path


def pictures(folder: Path) -> Path:
    return folder_of_pictures(folder / "pictures")


def clips(folder: Path) -> Path:
    return folder_of_clips(folder / "clips")


MADE = {
    "own_table": table,
    "own_series": series,
    "own_purchases": purchases,
    "own_pictures": pictures,
    "own_sounds": clips,
    "own_text": prose,
}


def test_there_is_an_example_of_each_kind() -> None:
    assert MADE.keys() == OWN_KINDS.keys()


@pytest.mark.parametrize("name", MADE)
def test_each_kind_is_recognised_surveyed_and_read(name: str, tmp_path: Path) -> None:
    path = MADE[name](tmp_path)
    kind = recognised(path)[0]
    assert kind.name == name
    found = kind.survey(kind.source.options.model_validate({"path": str(path)}), Progress())
    assert found.facts
    assert not found.refusal
    dataset = load(name, path)
    assert len(dataset) >= 10
    assert dataset.content.startswith("sha256")
    assert dataset.name == name
    source = SOURCES[name]
    assert source.is_folder == path.is_dir()
    assert source.defaults.model in MODELS


def test_a_guess_can_be_changed_to_what_else_it_could_be(tmp_path: Path) -> None:
    assert {kind.name for kind in recognised(series(tmp_path))} >= {"own_series", "own_table"}
    assert {kind.name for kind in recognised(purchases(tmp_path))} >= {"own_purchases", "own_table"}
    assert recognised(FLATS)[0].name == "own_table"
    folder = {kind.name for kind in recognised(pictures(tmp_path))}
    assert folder == {"own_pictures"}


def test_what_is_nothing_of_use_is_a_sentence(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(UserError, match="“empty” holds nothing that this program can use"):
        recognised(empty)
    with pytest.raises(UserError, match="does not exist"):
        recognised(tmp_path / "gone")
    with pytest.raises(UserError, match="cannot be the name of a file"):
        recognised(Path("nul\0"))


def test_a_folder_of_texts_or_of_tables_is_to_be_opened_file_by_file(tmp_path: Path) -> None:
    for suffix, words in (("txt", "a folder of texts"), ("csv", "a folder of tables")):
        folder = tmp_path / suffix
        folder.mkdir()
        for number in range(3):
            (folder / f"{number}.{suffix}").write_text("a,b\n1,2\n", encoding="utf-8")
        with pytest.raises(UserError, match=words) as caught:
            recognised(folder)
        assert "Open one of them" in caught.value.hint


def test_a_link_to_itself_and_what_is_no_ordinary_file_say_what_they_are(tmp_path: Path) -> None:
    loop = tmp_path / "loop.csv"
    loop.symlink_to(loop)
    with pytest.raises(UserError, match="is a link that leads back to itself"):
        recognised(loop)
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with pytest.raises(UserError, match="is not an ordinary file"):
        recognised(pipe)


def test_a_text_too_short_to_learn_from_is_refused_before_it_is_used(tmp_path: Path) -> None:
    path = tmp_path / "tale.txt"
    path.write_text("hello", encoding="utf-8")
    kind = OWN_KINDS["own_text"]
    found = kind.survey(kind.source.options.model_validate({"path": str(path)}), Progress())
    assert "5 characters, too few" in found.refusal
    path.write_text("", encoding="utf-8")
    with pytest.raises(UserError, match=r"is empty\. Choose one with something in it"):
        kind.survey(kind.source.options.model_validate({"path": str(path)}), Progress())


def test_clips_are_of_one_length_and_rate_and_bad_ones_are_named(tmp_path: Path) -> None:
    folder = clips(tmp_path)
    (folder / "low" / "empty.wav").write_bytes(b"")
    dataset = load("own_sounds", folder, seconds=0.25, rate="8000")
    assert isinstance(dataset.features, np.ndarray)
    assert dataset.features.shape == (12, 2_000)
    assert dataset.sample_rate == 8_000
    assert dataset.class_names == ("high", "low")
    assert "1 clip cannot be used and is left out: empty.wav" in notes(dataset)


def test_purchases_are_counted_by_the_columns_chosen(tmp_path: Path) -> None:
    dataset = load("own_purchases", purchases(tmp_path))
    assert dataset.task == "ranking"
    assert dataset.catalogue is not None
    assert len(dataset.catalogue.products) == 30
    assert "“customer_id” is who buys, “product” what is bought, “quantity” how often" in notes(
        dataset
    )
    with pytest.raises(UserError, match="cannot be both"):
        load("own_purchases", purchases(tmp_path), user="product", item="product")
    with pytest.raises(UserError, match="no column “gone”"):
        load("own_purchases", purchases(tmp_path), count="gone")


def test_a_text_in_another_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "tale.txt"
    path.write_bytes(("Ça et là un été. " * 400).encode("cp1252"))
    dataset = load("own_text", path)
    assert "é" in dataset.alphabet
    path.write_text("too short", encoding="utf-8")
    with pytest.raises(UserError, match="too few"):
        load("own_text", path)


def test_how_a_series_or_purchases_are_written_can_be_said_as_of_any_table(tmp_path: Path) -> None:
    bought = purchases(tmp_path)
    text = bought.read_text(encoding="utf-8").replace("thing", "чай").replace(",", "|")
    bought.write_bytes(text.encode("cp1251"))
    dataset = load("own_purchases", bought, encoding="cp1251", delimiter="|")
    assert dataset.catalogue is not None
    assert "чай 0" in dataset.catalogue.products
    sold = series(tmp_path)
    lines = sold.read_text(encoding="utf-8").splitlines()[1:]
    sold.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert "“column 1” is when" in notes(load("own_series", sold, header="no"))
    with pytest.raises(UserError, match="one column only"):
        load("own_series", sold, delimiter=";")
