"""The user's own pictures: a folder of them, each with a label."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from visualiser.core.data import own_folder_kind
from visualiser.core.data.dataset import Dataset, FloatArray
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.own_folder import FolderOptions, folder_of, labelled_files
from visualiser.core.data.own_kind import OwnKind, Sample, Survey
from visualiser.core.data.own_labelled import FileKind, LabelledFiles
from visualiser.core.data.own_picture_file import (
    GREY,
    MOST_PIXELS,
    SUFFIXES,
    Fit,
    Unreadable,
    bombs_refused,
    read_picture,
)
from visualiser.core.data.source import Defaults, Progress, Source
from visualiser.core.errors import UserError

MOST_NUMBERS = 100_000_000
"""Of all pictures together: they take 400 MB."""
_AT_ONCE = 32
"""Pictures read between two looks at whether to go on."""
_READERS = 2
_SAMPLES, _SAMPLE_SIZE = 12, 64
_ALMOST_GREY = 6
_DONE_LOOKING = 0.02
_PICTURES = FileKind(
    "picture",
    SUFFIXES,
    f"Use PNG or JPEG files of at most {MOST_PIXELS // 1_000_000} million pixels.",
)


class OwnPicturesOptions(FolderOptions):
    """How pictures become squares of the same size, and how many are read."""

    size: Annotated[
        int, Field(ge=8, le=128, title="Size", description="Pixels of a side of each picture.")
    ] = 32
    colour: Annotated[
        Literal["auto", "grey", "colour"],
        Field(title="Colour", description="Grey pictures train faster."),
    ] = "auto"
    fit: Annotated[
        Fit, Field(title="Not square", description="White beside it, its middle, or stretched.")
    ] = "pad"
    most: Annotated[
        int | None,
        Field(ge=10, le=200_000, title="At most", description="Of more pictures some are drawn."),
    ] = None


def load(options: OwnPicturesOptions, seed: int, progress: Progress) -> Dataset:
    """The pictures as numbers from 0 to 1; those that cannot be read are left out and named.

    Raises:
        UserError: no folder, no labels, or too much at once.
        Cancelled: the user pressed Cancel.
    """
    folder, found = folder_of(options), labelled_files(options, _PICTURES, progress)
    chosen = _drawn(found, options, seed)
    pixels, kept, skipped = _pixels(found, chosen, options, progress)
    read = own_folder_kind.usable(folder, found, _PICTURES, chosen[kept], skipped)
    progress.update(1, "Done")
    count, _, height, width = pixels.shape
    return Dataset(
        name=SOURCE.name,
        title=folder.name or str(folder),
        card=own_folder_kind.card(
            folder,
            SOURCE.title,
            _PICTURES,
            f"{count:,} pictures of {height} × {width} pixels",
            "does the background, the camera or the light give the answer away, and are pictures "
            "of one thing on both sides of the split?",
        ),
        modality="images",
        task="classification",
        features=pixels,
        labels=read.labels,
        target="label",
        class_names=read.names,
        blocks=read.blocks,
        notes=(_how_read(options, pixels), *read.notes),
    )


def _drawn(found: LabelledFiles, options: OwnPicturesOptions, seed: int) -> NDArray[np.int64]:
    """Which of the pictures are read, in their order."""
    count = len(found.paths)
    if options.most is None or count <= options.most:
        chosen = np.arange(count)
    else:
        chosen = np.sort(np.random.default_rng(seed).permutation(count)[: options.most])
    channels = 1 if options.colour == "grey" else 3
    if len(chosen) * channels * options.size**2 > MOST_NUMBERS:
        raise UserError(
            f"{len(chosen):,} pictures of {options.size} × {options.size} pixels are too much.",
            "Choose a smaller size, grey, or fewer of them (“At most”).",
        )
    return chosen


def _pixels(
    found: LabelledFiles,
    chosen: NDArray[np.int64],
    options: OwnPicturesOptions,
    progress: Progress,
) -> tuple[FloatArray, NDArray[np.int64], list[str]]:
    """(n, C, H, W) pixels, which of `chosen` they are, and the names of the others."""
    size, done = options.size, 0
    colours = np.empty((len(chosen), size, size, 3), dtype=np.uint8)
    kept, skipped = list[int](), list[str]()
    paths = [found.paths[row] for row in chosen]
    with bombs_refused():
        for place, picture in enumerate(_read_all(paths, size, options.fit, progress)):
            if isinstance(picture, Unreadable):
                skipped.append(f"{isolated(paths[place].name)} ({picture})")
            else:
                colours[done] = picture
                kept.append(place)
                done += 1
    colours = colours[:done]
    grey = options.colour == "grey" or (options.colour == "auto" and _is_grey(colours))
    pixels = np.empty((done, 1 if grey else 3, size, size), dtype=np.float32)
    for start in range(0, done, _AT_ONCE):
        progress.check()
        some = colours[start : start + _AT_ONCE].astype(np.float32) / np.float32(255)
        pixels[start : start + _AT_ONCE] = (
            (some @ GREY)[:, None] if grey else some.transpose(0, 3, 1, 2)
        )
    return pixels, np.array(kept, dtype=np.int64), skipped


def _read_all(
    paths: list[Path], size: int, fit: Fit, progress: Progress
) -> Iterator[NDArray[np.uint8] | Unreadable]:
    """Each picture in order, or why it cannot be read; decoders leave other threads alone."""

    def read(path: Path) -> NDArray[np.uint8] | Unreadable:
        try:
            return read_picture(path, size, fit)
        except Unreadable as reason:
            return reason

    with ThreadPoolExecutor(_READERS, "reading pictures") as pool:
        for start in range(0, len(paths), _AT_ONCE):
            progress.check()
            yield from pool.map(read, paths[start : start + _AT_ONCE])
            done = min(len(paths), start + _AT_ONCE)
            share = _DONE_LOOKING + (1 - _DONE_LOOKING) * done / len(paths)
            progress.update(share, f"{done:,} of {len(paths):,} pictures read")


def _is_grey(colours: NDArray[np.uint8]) -> bool:
    some = colours[:: len(colours) // 200 + 1].astype(np.int16)
    return len(some) > 0 and int(np.ptp(some, axis=3).max(initial=0)) <= _ALMOST_GREY


def _how_read(options: OwnPicturesOptions, pixels: FloatArray) -> str:
    beside = {
        "pad": "white fills what is missing to a square",
        "crop": "the middle is cut out of those that are no squares",
        "stretch": "those that are no squares are stretched",
    }
    colours = "grey" if pixels.shape[1] == 1 else "in colour"
    size = options.size
    return f"Pictures are read {colours}, {size} × {size} pixels; {beside[options.fit]}."


def survey(options: OwnPicturesOptions, progress: Progress) -> Survey:
    """Classes, how many pictures each, and a few of them."""
    with bombs_refused():
        return own_folder_kind.survey(options, _PICTURES, progress, _sample, _problem, _SAMPLES)


def _sample(path: Path, label: str) -> Sample:
    try:
        return Sample(label, read_picture(path, _SAMPLE_SIZE))
    except Unreadable as reason:
        return Sample(label, text=f"{path.name}: {reason}")


def _problem(path: Path) -> str:
    try:
        read_picture(path, _SAMPLE_SIZE)
    except Unreadable as reason:
        return f"“{isolated(path.name)}” is {reason}."
    return ""


SOURCE = Source(
    name="own_pictures",
    title="Your own pictures",
    summary="A folder of your own pictures, with a sub-folder or a line of a table for each label.",
    job="Your own data",
    modality=None,
    task=None,
    options=OwnPicturesOptions,
    load=load,
    defaults=Defaults(model="cnn", batch_size=32, learning_rate=0.002, epochs=15),
    file=lambda options: Path(options.path).expanduser(),
    is_folder=True,
)
KIND = OwnKind(
    SOURCE,
    "a folder of pictures",
    lambda path: own_folder_kind.likelihood(path, _PICTURES),
    survey,
    named_options=("labels",),
)
