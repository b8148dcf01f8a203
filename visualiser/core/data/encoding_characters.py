"""Windows of a text: the codes of the characters that a model sees, without the last one."""

from dataclasses import dataclass

import numpy as np

from visualiser.core.data.dataset import Dataset, Features, FloatArray
from visualiser.core.data.encoding_spec import Encoding
from visualiser.core.data.source import NoOptions
from visualiser.core.data.split import Part

_NAMES = {" ": "space", "\n": "new line"}
"""Of characters that cannot be seen."""


@dataclass(frozen=True)
class CharactersEncoder:
    """Codes as they are; the last character of a window is only foretold, never seen."""

    context: int
    alphabet: tuple[str, ...]
    names: tuple[str, ...] = ()

    @property
    def shape(self) -> tuple[int, ...]:
        """One code a character."""
        return (self.context,)

    @property
    def notes(self) -> tuple[str, ...]:
        """How many characters there are, and what is to be foretold."""
        return (
            f"A window shows {self.context:,} characters of {len(self.alphabet):,} kinds. At each "
            "of them the next one is to be foretold, from it and those before it.",
        )

    @property
    def vocabularies(self) -> tuple[tuple[str, ...], ...]:
        """One, for all places; spaces and ends of lines by name."""
        return (tuple(_NAMES.get(letter, letter) for letter in self.alphabet),)

    def transform(self, features: Features) -> FloatArray:
        """(N, context + 1) codes → (N, context) float32."""
        return np.ascontiguousarray(np.asarray(features)[:, :-1], dtype=np.float32)


def _fit(dataset: Dataset, train: Part, options: NoOptions) -> CharactersEncoder:
    return CharactersEncoder(np.asarray(train.features).shape[1] - 1, dataset.alphabet)


ENCODING = Encoding("characters", "context", NoOptions, _fit)
