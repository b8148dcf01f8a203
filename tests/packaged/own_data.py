"""Small data of every kind that users have, in every format, and some that nobody can use."""

import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from tests.core.data import test_own_kinds as made
from tests.core.data.own_tables import people, written
from tests.core.data.picture_folders import COLOURS, picture, png_of
from tests.core.data.test_own_table_workbook import FLATS
from visualiser.core.data import clip_file, own_picture_file

EACH = 2
"""Files of each format and class."""
_SOUND_FORMATS = {".oga": "OGG", ".aif": "AIFF"}
"""Of endings that are not the name of their format."""


@dataclass(frozen=True)
class OwnData:
    """What is dropped on the window, or named on the command line.

    Attributes:
        path: the file or folder.
        kind: what it is to be taken for.
        rows: how many examples it has; None where that is another test's business.
    """

    path: Path
    kind: str
    rows: int | None = None


def every_kind(folder: Path) -> Iterator[OwnData]:
    """Each kind at least once, in the formats that need a decoder all of them."""
    yield OwnData(made.table(folder), "own_table", 40)
    yield OwnData(written(folder, people(delimiter="\t"), "people.tsv"), "own_table", 40)
    yield OwnData(_points(folder), "own_table", 60)
    for file in (FLATS, *sorted(FLATS.parent.glob("*.parquet"))):
        yield OwnData(Path(shutil.copy(file, folder)), "own_table")
    yield OwnData(made.series(folder, name="verkoop 🌷 מכירות.csv"), "own_series")
    yield OwnData(made.purchases(folder), "own_purchases")
    yield OwnData(made.prose(folder), "own_text")
    yield _pictures_of_all_formats(folder / "pictures")
    yield _pictures_with_a_table(folder / "pictures and a table")
    yield _clips_of_all_formats(folder / "clips")


def _pictures_of_all_formats(folder: Path) -> OwnData:
    """A sub-folder for each colour."""
    endings = sorted(own_picture_file.SUFFIXES)
    for name, colour in COLOURS.items():
        for number in range(EACH):
            for ending in endings:
                picture(folder / name / f"{number}{ending}", colour)
    return OwnData(folder, "own_pictures", len(COLOURS) * EACH * len(endings))


def _clips_of_all_formats(folder: Path) -> OwnData:
    """A sub-folder for each pitch."""
    moments = np.arange(4_000) / 8_000
    for name, pitch in {"low": 200, "high": 1_500}.items():
        (folder / name).mkdir(parents=True)
        for number in range(EACH):
            for ending in clip_file.SUFFIXES:
                clip = 0.5 * np.sin(2 * np.pi * (pitch + number) * moments)
                kind = _SOUND_FORMATS.get(ending, ending[1:].upper())
                soundfile.write(folder / name / f"{number}{ending}", clip, 8_000, format=kind)
    return OwnData(folder, "own_sounds", 2 * EACH * len(clip_file.SUFFIXES))


def _pictures_with_a_table(folder: Path) -> OwnData:
    lines = ["file,label"]
    for number in range(20):
        name = list(COLOURS)[number % 2]
        lines.append(f"{picture(folder / f'{number}.png', COLOURS[name]).name},{name}")
    written(folder, "\n".join(lines), "labels.csv")
    return OwnData(folder, "own_pictures", 20)


def _points(folder: Path) -> Path:
    turns = np.linspace(0, 12, 60)
    lines = [f"{np.cos(t) * t:.3f},{np.sin(t) * t:.3f},{'ab'[n % 2]}" for n, t in enumerate(turns)]
    return written(folder, "\n".join(["x,y,side", *lines]), "points.csv")


def of_no_use(folder: Path) -> dict[Path, str]:
    """What nobody can use → a part of the sentence that says so."""
    archive = folder / "archive.png"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.txt", "no picture")
    empty = folder / "nothing in it"
    empty.mkdir()
    return {
        written(folder, "", "silent.wav"): "is a single clip",
        archive: "is a single picture",
        _full_of(folder / "silent clips", ".wav", b""): "no clip that can be used",
        _full_of(folder / "archives", ".png", archive.read_bytes()): "no picture that can be used",
        _full_of(folder / "huge", ".png", png_of(50_000, 50_000)): "no picture that can be used",
        written(folder, "only prose is in here", "prose.xlsx"): "has one column only",
        written(folder, "PAR1 and no more", "broken.parquet"): "broken.parquet",
        empty: "holds nothing that this program can use",
        folder / "gone.csv": "does not exist",
    }


def _full_of(folder: Path, ending: str, content: bytes) -> Path:
    for label in "ab":
        (folder / label).mkdir(parents=True)
        for number in range(6):
            (folder / label / f"{number}{ending}").write_bytes(content)
    return folder
