"""From a text to examples: windows of characters that follow each other.

The text is cut into stretches, at ends of lines where there are any. No window reaches beyond its
stretch, and a stretch is a block that a split never tears apart: so a part of the data never has
characters of another one.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from visualiser.core.data.dataset import DataCard, Dataset, IntArray
from visualiser.core.errors import UserError
from visualiser.core.experiment import Value

MOST_CHARACTERS = 2_000_000
"""Of a longer text so many are read."""
MOST_WINDOWS = 100_000
"""Of 64 characters they take some 150 MB, as codes, as inputs and as targets."""
MOST_ALPHABET = 200
"""Different characters; rarer ones become UNKNOWN."""
UNKNOWN = "\ufffd"
_STRETCHES = 40
_FEWEST_STRETCHES = 4
_WINDOWS_A_STRETCH = 2
"""A stretch is at least so many windows long."""
_CODE_POINT = np.dtype("<u4")


Context = Annotated[
    int,
    Field(
        ge=8,
        le=256,
        title="Context",
        description="How many characters the model sees at once; more take more time.",
    ),
]


Apart = Annotated[
    int,
    Field(
        ge=1,
        le=256,
        title="Apart",
        description="Characters from window to window: where windows overlap, each character is "
        "seen at several places of them.",
    ),
]


class WindowOptions(Value):
    """How many characters a model sees, how far apart windows begin, and what letters count.

    With half a window from one to the next each character is seen twice an epoch, once with at
    least half a window before it.
    """

    context: Context = 64
    apart: Apart = 32
    lower_case: Annotated[
        bool,
        Field(title="Small letters only", description="Reads capital letters as small ones."),
    ] = False


@dataclass(frozen=True, eq=False)
class Windows:
    """A text in windows.

    Attributes:
        codes: (N, context + 1) codes into `alphabet`.
        starts: (N,) where in the text each begins, in characters.
        stretches: (N,) which stretch of the text each lies in.
        alphabet: the characters, in the order of their code points.
        notes: what was left out, one sentence each.
    """

    codes: IntArray
    starts: IntArray
    stretches: IntArray
    alphabet: tuple[str, ...]
    notes: tuple[str, ...]


def tidy(text: str) -> str:
    """One kind of line end, single spaces, no control characters, at most one empty line."""
    text = re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c]", "\n", text)
    text = re.sub(r"[^\S\n]+", " ", text)
    text = "".join(letter for letter in text if letter == "\n" or letter.isprintable())
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" ?\n ?", "\n", text)).strip()


def unwrapped(text: str) -> str:
    """A tidy text with a line for each paragraph: lines that end for want of room are joined."""
    paragraphs = text.split("\n\n")
    return "\n".join(re.sub(r"(?<=\w-)\n", "", part).replace("\n", " ") for part in paragraphs)


def cut_windows(text: str, options: WindowOptions) -> Windows:
    """All windows of a tidy text, in its order.

    Raises:
        UserError: the text is too short, or has one character only.
    """
    text = text.lower() if options.lower_case else text
    notes = []
    if len(text) > MOST_CHARACTERS:
        notes.append(f"Only the first {MOST_CHARACTERS:,} of {len(text):,} characters are used.")
        text = text[:MOST_CHARACTERS]
    length = options.context + 1
    most = len(text) // (_WINDOWS_A_STRETCH * length)
    if most < _FEWEST_STRETCHES:
        raise UserError(
            f"The text has {len(text):,} characters, too few to train, validate and test.",
            f"Use at least {_FEWEST_STRETCHES * _WINDOWS_A_STRETCH * length:,}, or a shorter "
            "context; 20,000 or more make a useful experiment.",
        )
    codes, alphabet, replaced = _codes(text)
    if len(alphabet) < 2:
        raise UserError("The text is one character again and again.", "Use another text.")
    if replaced:
        notes.append(f"{replaced:,} rare characters are read as “{UNKNOWN}”.")
    cuts = _cuts(text, min(_STRETCHES, most), length)
    apart = min(options.apart, options.context)
    if len(text) // apart > MOST_WINDOWS:
        apart = min(-(-len(text) // MOST_WINDOWS), options.context)
        notes.append(f"Windows begin {apart} characters apart, so that they fit in memory.")
    starts = [_starts(*stretch, options.context, apart) for stretch in pairwise(cuts)]
    joined = np.concatenate(starts)
    return Windows(
        codes=codes[joined[:, None] + np.arange(length)],
        starts=joined,
        stretches=np.repeat(np.arange(len(starts)), [len(some) for some in starts]),
        alphabet=alphabet,
        notes=tuple(notes),
    )


def _codes(text: str) -> tuple[IntArray, tuple[str, ...], int]:
    """Codes of all characters, what they mean, and how many characters were too rare to have one.

    `text` may hold lone surrogates, as a damaged file does.
    """
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=_CODE_POINT)
    found, codes, counts = np.unique(points, return_inverse=True, return_counts=True)
    if len(found) <= MOST_ALPHABET:
        return codes.astype(np.int64), tuple(map(chr, found.tolist())), 0
    rare = np.sort(np.argsort(-counts, kind="stable")[MOST_ALPHABET - 1 :])
    points = np.where(np.isin(codes, rare), ord(UNKNOWN), points)
    found, again = np.unique(points, return_inverse=True)
    return again.astype(np.int64), tuple(map(chr, found.tolist())), int(counts[rare].sum())


def _cuts(text: str, stretches: int, length: int) -> list[int]:
    """Where stretches begin, and the end: after the end of a line, or of a word, if one is near."""
    apart = len(text) / stretches
    cuts = [0]
    for number in range(1, stretches):
        wanted = round(number * apart)
        latest = round((number + 1) * apart) - length
        ends = (text.find(end, wanted, latest) for end in ("\n", " "))
        cuts.append(next((end + 1 for end in ends if end >= 0), wanted))
    return [*cuts, len(text)]


def _starts(first: int, last: int, context: int, apart: int) -> NDArray[np.int64]:
    """Where the windows of a stretch begin; the last one ends with it, so that nothing is lost."""
    latest = last - context - 1
    return np.append(np.arange(first, latest, apart, dtype=np.int64), latest)


def text_dataset(
    name: str,
    title: str,
    card: DataCard,
    text: str,
    options: WindowOptions,
    notes: tuple[str, ...] = (),
) -> Dataset:
    """A row for each window of a tidy text.

    `notes` tell what was done to the text before.

    Raises:
        UserError: as cut_windows.
    """
    windows = cut_windows(text, options)
    return Dataset(
        name=name,
        title=title,
        card=card,
        modality="characters",
        task="language",
        features=windows.codes,
        labels=windows.starts,
        target="next character",
        alphabet=windows.alphabet,
        blocks=windows.stretches,
        feature_names=("text",),
        notes=(
            *notes,
            *windows.notes,
            f"The text is cut into {int(windows.stretches[-1]) + 1} stretches; each is for "
            "training, for validation or for the test as a whole.",
        ),
    )
