"""The user's own clips of sound: a folder of them, each with a label."""

from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from visualiser.core.data import own_folder_kind
from visualiser.core.data.clip_file import SUFFIXES, clip_facts, read_clip
from visualiser.core.data.dataset import Dataset, FloatArray
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.own_folder import FolderOptions, folder_of, labelled_files
from visualiser.core.data.own_kind import OwnKind, Sample, Survey
from visualiser.core.data.own_labelled import FileKind
from visualiser.core.data.source import Defaults, Progress, Source
from visualiser.core.errors import UserError

MOST_NUMBERS = 150_000_000
"""Samples of all clips together: they take 600 MB."""
_RATES = {"8000": 8_000, "16000": 16_000, "22050": 22_050}
_SAMPLES = 6
_CLIPS = FileKind("clip", SUFFIXES, "Use WAV, FLAC or OGG files that have sound in them.")


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
    folder, found = folder_of(options), labelled_files(options, _CLIPS, progress)
    rate = _RATES[options.rate]
    if len(found.paths) * rate * options.seconds > MOST_NUMBERS:
        raise UserError(
            f"{len(found.paths):,} clips of {options.seconds:g} seconds are too much.",
            "Choose fewer seconds or fewer samples a second.",
        )
    clips, kept, skipped = _read_all(found.paths, rate, options.seconds, progress)
    read = own_folder_kind.usable(folder, found, _CLIPS, kept, skipped)
    how = f"The first {options.seconds:g} s of each clip, {rate:,} samples a second, mixed to one."
    return Dataset(
        name=SOURCE.name,
        title=folder.name or str(folder),
        card=own_folder_kind.card(
            folder,
            SOURCE.title,
            _CLIPS,
            f"{len(clips):,} clips of {options.seconds:g} s",
            "does the microphone, the room or the loudness give the answer away, and is one voice "
            "on both sides of the split?",
        ),
        modality="sound",
        task="classification",
        features=clips,
        labels=read.labels,
        target="label",
        class_names=read.names,
        blocks=read.blocks,
        sample_rate=rate,
        captions=tuple(path.name for path in read.paths),
        notes=(how, *read.notes),
    )


def _read_all(
    paths: tuple[Path, ...], rate: int, seconds: float, progress: Progress
) -> tuple[FloatArray, NDArray[np.int64], list[str]]:
    """(n, samples) clips, which of the files they are, and the names of the others."""
    clips = np.empty((len(paths), round(rate * seconds)), dtype=np.float32)
    kept, skipped = list[int](), list[str]()
    for place, path in enumerate(paths):
        progress.check()
        progress.update(place / len(paths), f"{place:,} of {len(paths):,} clips read")
        try:
            clips[len(kept)] = read_clip(path, rate, seconds)
        except UserError:
            skipped.append(isolated(path.name))
        else:
            kept.append(place)
    return clips[: len(kept)], np.array(kept, dtype=np.int64), skipped


def survey(options: OwnSoundsOptions, progress: Progress) -> Survey:
    """Classes, how many clips each, and how long some of them are."""
    return own_folder_kind.survey(options, _CLIPS, progress, _sample, _problem, _SAMPLES)


def _sample(path: Path, label: str) -> Sample:
    try:
        facts = clip_facts(path)
    except UserError as error:
        return Sample(label, text=error.message)
    text = f"{path.name}: {facts.seconds:.2g} s, {facts.sample_rate:,} samples a second"
    return Sample(label, text=text)


def _problem(path: Path) -> str:
    try:
        clip_facts(path)
    except UserError as error:
        return error.message
    return ""


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
    lambda path: own_folder_kind.likelihood(path, _CLIPS),
    survey,
    named_options=("labels",),
)
