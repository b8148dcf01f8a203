"""Which words pull a message to which class, of all messages and of one."""

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from visualiser.core.data.dataset import FloatArray
from visualiser.core.questions.spec import Question

MOST_WORDS = 2048
"""More are not measured of a large vocabulary: those found in most messages."""
MOST_OCCLUDED = 120
"""Different words of a message that are left out in turn; a longer one is read so far."""


@dataclass(frozen=True, eq=False)
class WordPulls:
    """What each word does alone.

    Attributes:
        words: W of them, those found in most training messages first.
        known: how many words the model knows in all.
        pulls: (W, K): what a message of that word alone adds to the logit of a class, less the
            mean of what it adds to the others, against an empty message; of two classes the
            change of the log-odds.
        twin_pulls: the same of the twin, or None without one.
    """

    words: tuple[str, ...]
    known: int
    pulls: FloatArray
    twin_pulls: FloatArray | None


@dataclass(frozen=True)
class Words(Question[WordPulls]):
    """Of data of messages with classes."""


WORDS = Words()


@dataclass(frozen=True, eq=False)
class WordsOfMessage:
    """What each word does in a message.

    Attributes:
        spans: (start, end) of T words in the text.
        pulls: (T, K): what is lost, as in WordPulls, where a word is left out wherever it stands.
        output: (K,) class probabilities for the whole message.
        twin_pulls, twin_output: the same of the twin, or None without one.
    """

    spans: tuple[tuple[int, int], ...]
    pulls: FloatArray
    output: NDArray[Any]
    twin_pulls: FloatArray | None
    twin_output: NDArray[Any] | None


@dataclass(frozen=True)
class Occlusion(Question[WordsOfMessage]):
    """What each word of a message does to the answer (after Zeiler & Fergus 2014)."""

    text: str
