"""Folders that vanish, may not be read, or name their classes from right to left."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.core.data.picture_folders import COLOURS, folder_of_pictures, picture, png_of
from visualiser.core.data import own_sounds
from visualiser.core.data.own_kind import Survey
from visualiser.core.data.own_kinds import recognised
from visualiser.core.data.own_pictures import OwnPicturesOptions, load, survey
from visualiser.core.data.source import Progress
from visualiser.core.errors import UserError


class Vanishing(Progress):
    """The folder, or what is named in it, is taken away as soon as something was said of it."""

    def __init__(self, folder: Path, when: str) -> None:
        self._folder, self._when = folder, when

    def update(self, share: float, text: str = "") -> None:
        if self._when in text and self._folder.exists():
            shutil.rmtree(self._folder)


def looked_through(folder: Path) -> Survey:
    return survey(OwnPicturesOptions(path=str(folder)), Progress())


@pytest.mark.parametrize(
    ("what", "when"),
    [("", "Looking through"), ("", "32 of 80 pictures read"), ("red", "32 of 80 pictures read")],
)
def test_a_folder_that_vanishes_is_said_to_be_gone(tmp_path: Path, what: str, when: str) -> None:
    folder = folder_of_pictures(tmp_path / "shapes", each=40)
    with pytest.raises(UserError, match=r"shapes does not exist \(any more\)") as caught:
        load(OwnPicturesOptions(path=str(folder)), 0, Vanishing(folder / what, when))
    assert "Choose the folder again" in caught.value.hint


@contextmanager
def nobody() -> Iterator[None]:
    """Within, files can be closed to us, also where the tests are run by root."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


@pytest.fixture
def closed() -> Iterator[Path]:
    """A folder of pictures that anybody could read, outside of those of pytest."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        folder = folder_of_pictures(Path(place) / "closed")
        yield folder
        for path in (folder, *folder.iterdir()):
            path.chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_a_folder_that_may_not_be_read_is_called_that(closed: Path) -> None:
    load(OwnPicturesOptions(path=str(closed)), 0, Progress())  # what is imported by now may be
    closed.chmod(0)
    with nobody():
        for attempt in (recognised, looked_through):
            with pytest.raises(UserError, match=r"The folder .*closed may not be read by you"):
                attempt(closed)


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_a_class_that_may_not_be_read_is_named(closed: Path) -> None:
    load(OwnPicturesOptions(path=str(closed)), 0, Progress())
    (closed / "blue").chmod(0)
    with nobody():
        assert "In “closed” there is what you may not read: blue." in looked_through(closed).refusal
    for number in range(12):
        picture(closed / "grey" / f"{number}.png", (90, 90, 90))
    with nobody():
        found = looked_through(closed)
    assert not found.refusal
    assert "Left out, for you may not read it: blue." in found.facts


def test_names_from_the_right_do_not_turn_the_counts_around(tmp_path: Path) -> None:
    for name, colour in zip(("كلب", "قط"), COLOURS.values(), strict=True):
        for number in range(10):
            picture(tmp_path / name / f"{number}.png", colour)
    said = looked_through(tmp_path).facts[0]
    assert said == "20 pictures, 2 classes: \u2068قط\u2069 (10), \u2068كلب\u2069 (10)."


def test_one_picture_a_class_is_counted_as_one(tmp_path: Path) -> None:
    for number in range(60):
        picture(tmp_path / f"c{number}" / "0.png", COLOURS["red"], (8, 8))
    refusal = looked_through(tmp_path).refusal
    assert "has 60 labels with one picture each; 50 are the most." in refusal
    assert "Put what is alike under one label." in refusal


def test_pictures_that_are_all_too_large_are_refused_before_they_are_used(tmp_path: Path) -> None:
    for number in range(20):
        path = tmp_path / "ab"[number % 2] / f"{number}.png"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(png_of(9_000, 9_000))
    found = looked_through(tmp_path)
    assert found.refusal == (
        "There is no picture that can be used: “0.png” is too large: 9,000 × 9,000 pixels. "
        "Use PNG or JPEG files of at most 60 million pixels."
    )
    assert found.samples
    picture(tmp_path / "b" / "19.png", COLOURS["red"])
    assert looked_through(tmp_path).refusal.startswith("Only “b” has pictures that can be used")
    picture(tmp_path / "a" / "18.png", COLOURS["red"])
    assert not looked_through(tmp_path).refusal


def test_clips_that_are_all_empty_are_refused_before_they_are_used(tmp_path: Path) -> None:
    for number in range(20):
        path = tmp_path / "ab"[number % 2] / f"{number}.wav"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"")
    options = own_sounds.OwnSoundsOptions(path=str(tmp_path))
    refusal = own_sounds.survey(options, Progress()).refusal
    assert "There is no clip that can be used: “0.wav” is empty (0 bytes)." in refusal
    assert "Use WAV, FLAC or OGG files that have sound in them." in refusal
