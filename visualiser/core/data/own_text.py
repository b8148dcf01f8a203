"""The user's own text, for a model that learns to write like it."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from visualiser.core.data.dataset import DataCard, Dataset
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.own_kind import LIKELY, NO, POSSIBLE, OwnKind, Sample, Survey
from visualiser.core.data.own_table_bytes import READ_ERRORS, size_text, unreadable
from visualiser.core.data.own_table_encoding import (
    EncodingChoice,
    recognise_encoding,
    survey_file,
)
from visualiser.core.data.own_table_opening import container_of, open_bytes, read_sample
from visualiser.core.data.source import Defaults, Progress, Source
from visualiser.core.data.text_windows import (
    MOST_CHARACTERS,
    WindowOptions,
    cut_windows,
    text_dataset,
    tidy,
    unwrapped,
)
from visualiser.core.errors import UserError

SUFFIXES = frozenset([".txt", ".md", ".text"])
_MOST_BYTES = 4 * MOST_CHARACTERS
_SHOWN = 600
_CUT_TO_SEE = 200_000
"""Characters; what can be cut into windows so far can be to its end."""


class OwnTextOptions(WindowOptions):
    """Which file, how it is written, and whether lines that end for want of room are joined."""

    path: str = ""
    encoding: EncodingChoice = "auto"
    join_lines: Annotated[
        bool,
        Field(
            title="Join the lines of a paragraph",
            description="Where lines end for want of room, and an empty line parts paragraphs.",
        ),
    ] = False


def load(options: OwnTextOptions, seed: int, progress: Progress) -> Dataset:
    """The text in windows of characters.

    Raises:
        UserError: no file, no text, or too little of it.
        Cancelled: the user pressed Cancel.
    """
    text, title = read_text(options, progress)
    path = _path(options)
    card = DataCard(
        what="Your own text. At each character the next one is to be foretold.",
        source=str(path),
        licence="Yours to know: may this text be used for this?",
        size=f"{len(text):,} characters",
        weaknesses=(
            "Ask yourself: whose words are these, who is named in them, and would they mind a "
            "model repeating some by heart?",
        ),
    )
    notes = (f"Read as {title}, with single spaces and no control characters.",)
    return text_dataset(SOURCE.name, path.name, card, text, options, notes)


def read_text(options: OwnTextOptions, progress: Progress) -> tuple[str, str]:
    """The text of the file, tidied up, and what its encoding is called.

    Raises:
        UserError: as load.
    """
    path = _path(options)
    progress.update(0, "Reading the text")
    sample = read_sample(path)
    if container_of(path) is not None:
        raise UserError(f"{isolated(path.name)} is no text.", "Save it as plain text (UTF-8).")
    encoding = recognise_encoding(path, sample, options.encoding)
    if encoding.is_doubtful:
        encoding = survey_file(path, encoding, progress)
    try:
        with open_bytes(path) as stream:
            content = stream.read(_MOST_BYTES)
    except READ_ERRORS as error:
        raise unreadable(path, error) from error
    progress.check()
    text = tidy(content.decode(encoding.codec, "replace"))
    return unwrapped(text) if options.join_lines else text, encoding.title


def _path(options: OwnTextOptions) -> Path:
    if not options.path.strip():
        raise UserError("No file has been chosen.", "Open or drop a text file.")
    return Path(options.path).expanduser()


def _likelihood(path: Path) -> float:
    if not path.is_file() or container_of(path) is not None:
        return NO
    return LIKELY if path.suffix.lower() in SUFFIXES else POSSIBLE / 4


def survey(options: OwnTextOptions, progress: Progress) -> Survey:
    """How long the text is, and its beginning."""
    text, title = read_text(options, progress)
    size = size_text(_path(options).stat().st_size)
    distinct = len(set(text))
    fact = f"{len(text):,} characters, {distinct:,} different ones ({title}, {size})."
    try:
        cut_windows(text[:_CUT_TO_SEE], options)
    except UserError as error:
        return Survey((fact,), str(error), recognised={"encoding": title})
    return Survey(
        (fact,),
        samples=(Sample("How it begins", text=text[:_SHOWN]),),
        recognised={"encoding": title},
    )


SOURCE = Source(
    name="own_text",
    title="Your own text",
    summary="A text file of your own: a model learns to write like it, character by character.",
    job="Your own data",
    modality=None,
    task=None,
    options=OwnTextOptions,
    load=load,
    defaults=Defaults(model="gpt", batch_size=8, learning_rate=0.004, epochs=10),
    file=lambda options: Path(options.path).expanduser(),
)
KIND = OwnKind(SOURCE, "a text to learn writing from", _likelihood, survey)
