"""Folders of files, whatever the files are."""

from pathlib import Path

import pytest

from tests.core.data.picture_folders import COLOURS, picture
from visualiser.core.data.own_kinds import OWN_KINDS, recognised
from visualiser.core.data.own_pictures import OwnPicturesOptions, survey
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.source import Progress
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig


def labelled_by_table(folder: Path, inside: str = "", called: str = "{}.png") -> Path:
    """Twenty pictures, red and blue, and a table that calls them so, beside another table."""
    lines = ["file,label"]
    for number in range(20):
        colour = list(COLOURS)[number % 2]
        picture(folder / inside / f"{number}.png", COLOURS[colour])
        lines.append(f"{called.format(number)},{colour}")
    (folder / "labels.csv").write_text("\n".join(lines), encoding="utf-8")
    (folder / "cameras.csv").write_text("camera,year\na,2001\nb,2002\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("inside", "called"),
    [("", "{}.png"), ("train", "train/{}.png"), ("train", "{}.png"), ("train/all", "{}")],
)
def test_labels_are_those_of_the_table_where_sub_folders_name_no_classes(
    tmp_path: Path, inside: str, called: str
) -> None:
    folder = labelled_by_table(tmp_path, inside, called)
    assert recognised(folder)[0].name == "own_pictures"
    found = survey(OwnPicturesOptions(path=str(folder)), Progress())
    assert found.facts[:2] == (
        "20 pictures, 2 classes: blue (10), red (10).",
        "Labels are those of labels.csv.",
    )
    config = DatasetConfig(name="own_pictures", options={"path": str(folder)})
    dataset = load_dataset(config, 0)
    assert len(dataset) == 20
    assert dataset.class_names == ("blue", "red")
    assert "Labels are those of labels.csv." in dataset.notes


def test_a_name_that_two_files_have_stands_for_none_of_them(tmp_path: Path) -> None:
    folder = labelled_by_table(tmp_path, "train", "{}")
    for twice in ("0.png", "2.png"):
        picture(folder / "train" / "old" / twice, COLOURS["blue"])
    config = {"name": "own_pictures", "options": {"path": str(folder)}}
    dataset = load_dataset(DatasetConfig.model_validate(config), 0)
    assert len(dataset) == 18
    assert "2 rows of labels.csv name no picture in the folder" in " ".join(dataset.notes)


def test_labels_are_the_sub_folders_where_they_name_classes(tmp_path: Path) -> None:
    folder = labelled_by_table(tmp_path)
    for label in ("day", "night"):
        for number in range(6):
            picture(folder / label / f"{number}.png", COLOURS["red"])
    found = survey(OwnPicturesOptions(path=str(folder)), Progress())
    assert found.facts[0] == "12 pictures, 2 classes: day (6), night (6)."


@pytest.mark.parametrize(("name", "noun"), [("cat.JPG", "picture"), ("miaow.wav", "clip")])
def test_a_single_file_of_a_folder_says_to_open_the_folder(
    tmp_path: Path, name: str, noun: str
) -> None:
    path = tmp_path / name
    path.write_bytes(b"whatever is in it")
    with pytest.raises(UserError, match=f"is a single {noun}; a model learns from many") as caught:
        recognised(path)
    assert "Open the folder" in caught.value.hint


def test_a_folder_with_nothing_like_it_is_of_no_such_kind(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing", encoding="utf-8")
    assert [kind.recognise(tmp_path) for kind in OWN_KINDS.values()] == [0.0] * len(OWN_KINDS)
