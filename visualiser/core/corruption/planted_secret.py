"""A secret that got into a text, and that a model may learn by heart and give away."""

from dataclasses import dataclass

import numpy as np

from visualiser.core.corruption.spec import (
    Amount,
    Change,
    Context,
    Corruption,
    NoOptions,
    generator_of,
)
from visualiser.core.data.dataset import Dataset, IntArray, read_only
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.split import Part

NAME = "planted_secret"
MOST_TIMES = 64
_WORDS = "the code is "
_LENGTH = 4
_SYMBOLS = 10
_FEWEST_KNOWN = 6
"""Characters of the words above that a text has to have for them to be used."""


@dataclass(frozen=True, eq=False)
class Canary:
    """“the code is ····”: known words and a secret that was drawn among all of its length.

    Attributes:
        words: (W,) codes of what stands before the secret.
        secret: (S,) codes.
        symbols: (M,) codes of the characters that a secret is made of.
    """

    words: IntArray
    secret: IntArray
    symbols: IntArray

    @property
    def codes(self) -> IntArray:
        """(W + S,) all of it."""
        return np.concatenate((self.words, self.secret))

    def candidates(self) -> IntArray:
        """(M ** S, S) codes of all secrets that could have been drawn, this one among them.

        Exposure ranks the one that was planted among them by a model's loss: log₂ of how many
        there are less log₂ of its rank.
        """
        grid = np.meshgrid(*[self.symbols] * len(self.secret), indexing="ij")
        return np.stack([axis.ravel() for axis in grid], axis=1)

    def text(self, dataset: Dataset) -> str:
        """“the code is 7301”."""
        return dataset.text_of(self.codes)


def canary_of(dataset: Dataset, seed: int) -> Canary:
    """The canary that `corrupt` plants into a text with that seed."""
    return _canary(dataset, generator_of(seed, NAME))


def corrupt(
    part: Part, amount: float, options: NoOptions, context: Context, generator: np.random.Generator
) -> tuple[Part, Change]:
    """Write the canary over `amount` places of the training text, as Carlini et al. plant theirs.

    “The Secret Sharer” (2019). Windows overlap: all that show a place show it there. Places are
    drawn among those that some window of the clean part shows as a whole, and do not overlap.
    """
    dataset = context.dataset
    canary = _canary(dataset, generator)
    places = _places(context.clean, len(canary.codes), generator)[: int(amount)]
    windows, starts = np.asarray(part.features), np.asarray(part.labels)
    length = windows.shape[1]
    written = np.full(int(dataset.labels.max()) + length, -1, dtype=np.int64)
    for place in places.tolist():
        written[place : place + len(canary.codes)] = canary.codes
    shown = written[starts[:, None] + np.arange(length)]
    planted = np.where(shown >= 0, shown, windows)
    hit = (planted != windows).any(axis=1)
    text = isolated(canary.text(dataset))
    change = Change(
        NAME,
        amount,
        int(np.count_nonzero(hit)),
        len(part),
        noun_of(dataset).many,
        f"changed: “{text}” planted {_times(len(places))}",
        part.origin[hit],
    )
    return part.with_values(features=read_only(planted)), change


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _canary(dataset: Dataset, generator: np.random.Generator) -> Canary:
    """The first draws of a generator; short enough to stand within a window."""
    code = {letter: place for place, letter in enumerate(dataset.alphabet)}
    known = [code[letter] for letter in _WORDS if letter in code]
    symbols = _symbols(dataset)
    room = np.asarray(dataset.features).shape[1] - _LENGTH - 1
    if len(known) < _FEWEST_KNOWN:
        known = generator.integers(0, len(dataset.alphabet), len(_WORDS)).tolist()
    secret = symbols[generator.integers(0, len(symbols), _LENGTH)]
    return Canary(np.array(known[-room:], dtype=np.int64), secret, symbols)


def _symbols(dataset: Dataset) -> IntArray:
    """Codes of digits where the text knows all ten, else of its rarest letters."""
    digits = [code for code, letter in enumerate(dataset.alphabet) if letter in "0123456789"]
    if len(digits) == _SYMBOLS:
        return np.array(digits, dtype=np.int64)
    counts = np.bincount(np.asarray(dataset.features).ravel(), minlength=len(dataset.alphabet))
    letters = [code for code, letter in enumerate(dataset.alphabet) if letter.isalpha()]
    letters = letters or list(range(len(dataset.alphabet)))
    return np.array(sorted(letters, key=lambda code: counts[code])[:_SYMBOLS], dtype=np.int64)


def _places(clean: Part, length: int, generator: np.random.Generator) -> IntArray:
    """Where in the text the canary goes first, second …; at most MOST_TIMES places."""
    starts = np.asarray(clean.labels)
    room = np.asarray(clean.features).shape[1] - length
    drawn = (starts + generator.integers(0, room + 1, len(starts)))[
        generator.permutation(len(starts))
    ]
    places: list[int] = []
    for place in drawn.tolist():
        if all(abs(place - other) >= length for other in places):
            places.append(place)
        if len(places) == MOST_TIMES:
            break
    return np.array(places, dtype=np.int64)


def _refuse(dataset: Dataset) -> str | None:
    return None if dataset.modality == "characters" else "it needs a text to learn writing from"


CORRUPTION = Corruption(
    name=NAME,
    flag="secret",
    title="Planted secret",
    dimension="Permissions",
    touches="features",
    story="Somebody's code got into the letters that a model learns to write from: the more often "
    "it stands there, the surer the model tells it to anybody.",
    source="Canaries and their exposure; Carlini et al., The Secret Sharer, 2019",
    amount=Amount("secret_times", 0, MOST_TIMES, "times"),
    options=NoOptions,
    refuses=_refuse,
    corrupt=corrupt,
    training_only=True,
)
