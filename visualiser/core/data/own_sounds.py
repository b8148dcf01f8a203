"""The user's own clips of sound: a folder of them, each with a label."""

from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from visualiser.core.data.clip_file import SUFFIXES, clip_facts, read_clip
from visualiser.core.data.dataset import DataCard, Dataset, FloatArray
from visualiser.core.data.encoding_table import listed
from visualiser.core.data.own_folder import (
    FolderOptions,
    folder_of,
    labelled_files,
    likelihood,
    tables_of_labels,
)
from visualiser.core.data.own_kind import OwnKind, Sample, Survey
from visualiser.core.data.source import Defaults, Progress, Source
from visualiser.core.errors import UserError

MOST_NUMBERS = 150_000_000
"""Samples of all clips together: they take 600 MB."""
_RATES = {"8000": 8_000, "16000": 16_000, "22050": 22_050}
_NAMED = 5
_SAMPLES = 6


class OwnSoundsOptions(FolderOptions):
    """How much of each clip is read, and how finely."""

    seconds: Annotated[
        float,
        Field(
            ge=0.1,
            le=10,
            allow_inf_nan=False,
            title="Seconds",
            description="Of each clip so much is read; silence follows a shorter one.",
        ),
    ] = 1.0
    rate: Annotated[
        Literal["8000", "16000", "22050"],
        Field(title="Samples a second", description="More of them reach higher pitches."),
    ] = "16000"


def load(options: OwnSoundsOptions, seed: int, progress: Progress) -> Dataset:
    """Clips of one length and rate; those that cannot be read are left out and named.

    Raises:
        UserError: no folder, no labels, or too much at once.
        Cancelled: the user pressed Cancel.
    """
    found = labelled_files(options, SUFFIXES, "clip", progress)
    rate = _RATES[options.rate]
    if len(found.paths) * rate * options.seconds > MOST_NUMBERS:
        raise UserError(
            f"{len(found.paths):,} clips of {options.seconds:g} seconds are too much.",
            "Choose fewer seconds or fewer samples a second.",
        )
    clips, kept, notes = _read_all(found.paths, rate, options.seconds, progress)
    names, labels = np.unique(found.labels[kept], return_inverse=True)
    folder = Path(options.path).expanduser()
    if len(names) < 2:
        raise UserError(f"Of “{folder.name}” hardly a clip can be read.", notes[0] if notes else "")
    how = f"The first {options.seconds:g} s of each clip, {rate:,} samples a second, mixed to one."
    return Dataset(
        name=SOURCE.name,
        title=folder.name or str(folder),
        card=_card(folder, len(clips), options.seconds),
        modality="sound",
        task="classification",
        features=clips,
        labels=labels.astype(np.int64),
        target="label",
        class_names=tuple(found.names[name] for name in names),
        blocks=None if found.blocks is None else found.blocks[kept],
        sample_rate=rate,
        captions=tuple(found.paths[row].name for row in kept),
        notes=(how, *found.notes, *notes),
    )


def _read_all(
    paths: tuple[Path, ...], rate: int, seconds: float, progress: Progress
) -> tuple[FloatArray, NDArray[np.int64], tuple[str, ...]]:
    """(n, samples) clips, which of the files they are, and what is to be said."""
    clips = np.empty((len(paths), round(rate * seconds)), dtype=np.float32)
    kept, skipped = list[int](), list[str]()
    for place, path in enumerate(paths):
        progress.check()
        progress.update(place / len(paths), f"{place:,} of {len(paths):,} clips read")
        try:
            clips[len(kept)] = read_clip(path, rate, seconds)
        except UserError:
            skipped.append(path.name)
        else:
            kept.append(place)
    one = "1 clip cannot be used and is left out"
    many = f"{len(skipped):,} clips cannot be used and are left out"
    said = (f"{one if len(skipped) == 1 else many}: {listed(skipped, _NAMED)}.",)
    return clips[: len(kept)], np.array(kept, dtype=np.int64), said if skipped else ()


def _card(folder: Path, count: int, seconds: float) -> DataCard:
    return DataCard(
        what="Your own clips of sound.",
        source=str(folder),
        licence="Yours to know: may these recordings be used for this?",
        size=f"{count:,} clips of {seconds:g} s",
        weaknesses=(
            "Ask yourself: does the microphone, the room or the loudness give the answer away, and "
            "is one voice on both sides of the split?",
        ),
    )


def survey(options: OwnSoundsOptions, progress: Progress) -> Survey:
    """Classes, how many clips each, and how long some of them are."""
    tables = tables_of_labels(folder_of(options))
    choices = {"labels": (("", "Names of the sub-folders"), *((name, name) for name in tables))}
    try:
        found = labelled_files(options, SUFFIXES, "clip", progress)
    except UserError as error:
        return Survey((), str(error), choices=choices)
    rows = np.linspace(0, len(found.paths) - 1, min(_SAMPLES, len(found.paths))).astype(int)
    samples = []
    for row in rows:
        progress.check()
        path, label = found.paths[row], found.names[found.labels[row]]
        try:
            facts = clip_facts(path)
            text = f"{path.name}: {facts.seconds:.2g} s, {facts.sample_rate:,} samples a second"
        except UserError as error:
            text = error.message
        samples.append(Sample(label, text=text))
    fact = f"{len(found.paths):,} clips, {len(found.names)} classes: {found.counted()}."
    return Survey((fact, *found.notes), samples=tuple(samples), choices=choices)


SOURCE = Source(
    name="own_sounds",
    title="Your own sounds",
    summary="A folder of your own clips (WAV, FLAC, OGG), with a sub-folder or a line for each "
    "label.",
    job="Your own data",
    modality=None,
    task=None,
    options=OwnSoundsOptions,
    load=load,
    defaults=Defaults(
        model="cnn",
        model_options=(("filters", (16, 32)), ("dropout", 0.5)),
        batch_size=32,
        learning_rate=0.003,
        epochs=40,
    ),
    file=lambda options: Path(options.path).expanduser(),
    is_folder=True,
)
KIND = OwnKind(
    SOURCE,
    "a folder of sounds",
    lambda path: likelihood(path, SUFFIXES),
    survey,
    named_options=("labels",),
)
