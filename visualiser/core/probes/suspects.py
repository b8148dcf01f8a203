"""Where to look for what a model may go by, by the kind of data: no model takes part.

Most suspicious is what goes with the class in the rows that the student is given and not in clean
rows of the same source: that was put there, and will not be there when it counts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import FloatArray
from visualiser.core.data.encoding_text import VocabularyEncoder
from visualiser.core.data.encoding_tokens import TokensEncoder
from visualiser.core.probes.clues import (
    CountedWord,
    CountedWords,
    Ground,
    Hum,
    Places,
    ReadWord,
    ReadWords,
    Shown,
    Taking,
    border_of,
)
from visualiser.core.probes.column_suspects import columns_finder
from visualiser.core.probes.look_alikes import spread
from visualiser.core.probes.simple_rules import (
    class_dependence,
    nearest_mean_skill,
    word_skills,
)
from visualiser.core.probes.suspect import RULE_ROWS, SUSPECTS, Finder, Found, Suspect
from visualiser.core.questions.reliance import ClueKind
from visualiser.core.training.encoded_part import EncodedPart
from visualiser.core.training.preparation import Preparation

_NUMBERS, _FEWEST_COMPARED = 1_500_000, 200
"""Of the pictures that are compared, some thirty milliseconds once a training part; and how many
pictures at least, however large they are."""
_WORDS = 2000
_FIRST_WORD = 2
_ONLY_GIVEN = 0.15
"""Dependence on the class that a place of a picture must lose in clean rows. Of ten classes with a
patch of their own each, it is reached where a fifth of the rows has it."""
_ONLY_GIVEN_WORD = 0.3
"""The same of a word, in skill and shared among all classes but one."""
_FEWEST_ROWS = 40
"""Of either part: of fewer, places differ by chance."""
_MOST_PLACES = 0.5
"""Where more of a picture differs, it is another kind of picture and not a mark."""
_MOST_WORDS = 10


def _in_messages(preparation: Preparation, held_out: EncodedPart) -> Finder | None:
    """Words that tell the class by themselves, and those that do so in the given rows only."""
    encoder = preparation.encoder
    if not isinstance(encoder, VocabularyEncoder | TokensEncoder):
        return None
    classes = preparation.dataset.class_count
    words = encoder.names if isinstance(encoder, VocabularyEncoder) else encoder.words
    words = words[:_WORDS]

    def present(inputs: FloatArray) -> NDArray[np.bool_]:
        if isinstance(encoder, VocabularyEncoder):
            return np.asarray(inputs[:, : len(words)] > 0)
        has = np.zeros((len(inputs), _FIRST_WORD + len(encoder.words)), dtype=np.bool_)
        has[np.arange(len(inputs))[:, None], inputs.astype(np.int64)] = True
        return has[:, _FIRST_WORD : _FIRST_WORD + len(words)]

    # Clean rows stay, whatever is done to the others while a slider is dragged.
    clean_labels, clean_has = np.asarray(held_out.targets), present(held_out.inputs)
    clean = np.nan_to_num(word_skills(clean_has, clean_labels, classes))

    def find(train: EncodedPart) -> Found:
        places = spread(len(train.inputs), RULE_ROWS)
        labels, has = np.asarray(train.targets)[places], present(train.inputs[places])
        given = np.nan_to_num(word_skills(has, labels, classes))
        best = np.argsort(-given, kind="stable")[:SUSPECTS].tolist()
        suspects = [
            Suspect("word", (words[place],), _word(encoder, place), *_pair(given, clean, place))
            for place in best
        ]
        marks = _only_given_words(given, clean, classes)
        if marks and len(clean_labels) >= _FEWEST_ROWS:
            rows = _Rows(has[:, marks].astype(np.float32), labels)
            clean_rows = _Rows(clean_has[:, marks].astype(np.float32), clean_labels)
            skills = _skills(rows, clean_rows, classes)
            named = tuple(words[place] for place in marks)
            suspects.append(Suspect("words", named, _words(encoder, marks), *skills))
        return suspects, tuple((words[place], float(given[place])) for place in best)

    return find


def _pair(
    given: NDArray[np.float64], clean: NDArray[np.float64], place: int
) -> tuple[float, float]:
    return float(given[place]), float(clean[place])


def _only_given_words(
    given: NDArray[np.float64], clean: NDArray[np.float64], classes: int
) -> list[int]:
    """Numbers of the words that tell much more in given messages than in clean ones."""
    lead = given - clean
    found = np.flatnonzero(lead > _ONLY_GIVEN_WORD / max(1, classes - 1))
    return sorted(found.tolist(), key=lambda place: -float(lead[place]))[:_MOST_WORDS]


def _word(encoder: VocabularyEncoder | TokensEncoder, place: int) -> Taking:
    counted = isinstance(encoder, VocabularyEncoder)
    return CountedWord(place) if counted else ReadWord(_FIRST_WORD + place)


def _words(encoder: VocabularyEncoder | TokensEncoder, places: list[int]) -> Taking:
    if isinstance(encoder, VocabularyEncoder):
        return CountedWords(tuple(places))
    return ReadWords(tuple(_FIRST_WORD + place for place in places))


def _in_pictures(preparation: Preparation, held_out: EncodedPart) -> Finder | None:
    """What stands at the border, the colour behind the thing, and marks in the given rows only."""
    shape, classes = preparation.encoder.shape, preparation.dataset.class_count
    border = border_of(shape) if len(shape) == 3 else None
    if border is None:
        return None
    takings: list[tuple[ClueKind, Shown]] = [("border", border), ("ground", Ground(border))]
    if not preparation.dataset.predicts_classes:
        return lambda train: ([Suspect(kind, (), one) for kind, one in takings], ())
    clean = _Rows.of(held_out)
    dependence = class_dependence(clean.inputs, clean.targets, classes)
    known = [(kind, taking, clean.shown(taking)) for kind, taking in takings]

    def find(train: EncodedPart) -> Found:
        given = _Rows.of(train)
        marks = _only_given(given, clean, dependence, classes)
        found = known if marks is None else [*known, ("marks", marks, clean.shown(marks))]
        return [_suspect(kind, taking, given, shown, classes) for kind, taking, shown in found], ()

    return find


def _in_clips(preparation: Preparation, held_out: EncodedPart) -> Finder | None:
    """What sounds all along."""
    if len(preparation.encoder.shape) != 3:
        return None
    classes = preparation.dataset.class_count
    if not preparation.dataset.predicts_classes:
        return lambda train: ([Suspect("hum", (), Hum())], ())
    clean = _Rows.of(held_out).shown(Hum())
    return lambda train: ([_suspect("hum", Hum(), _Rows.of(train), clean, classes)], ())


@dataclass(frozen=True, eq=False)
class _Rows:
    """Some rows of a part: inputs (n, *shape) and targets (n,)."""

    inputs: FloatArray
    targets: NDArray[Any]

    @classmethod
    def of(cls, part: EncodedPart) -> "_Rows":
        size = int(np.prod(part.inputs.shape[1:]))
        most = int(np.clip(_NUMBERS / size, _FEWEST_COMPARED, RULE_ROWS))
        places = spread(len(part.inputs), most)
        return cls(part.inputs[places], np.asarray(part.targets)[places])

    def shown(self, taking: Shown) -> "_Rows":
        """Of the inputs nothing but that thing."""
        return _Rows(taking.shown(self.inputs), self.targets)


def _suspect(kind: ClueKind, taking: Shown, given: _Rows, clean: _Rows, classes: int) -> Suspect:
    """With what the nearest mean of a class makes of the thing, which `clean` is already."""
    return Suspect(kind, (), taking, *_skills(given.shown(taking), clean, classes))


def _only_given(
    given: _Rows, clean: _Rows, clean_dependence: NDArray[np.float64], classes: int
) -> Places | None:
    """The places that go with the class in given rows and not in clean ones."""
    if min(len(given.inputs), len(clean.inputs)) < _FEWEST_ROWS:
        return None
    dependence = class_dependence(given.inputs, given.targets, classes)
    mask = dependence - clean_dependence > _ONLY_GIVEN
    return Places(mask) if 0 < mask.mean() <= _MOST_PLACES else None


def _skills(given: _Rows, clean: _Rows, classes: int) -> tuple[float, float]:
    """Of the nearest mean: on halves of the given rows each from the other, and on clean rows."""
    inputs, targets = given.inputs, given.targets
    half = np.random.default_rng(0).permutation(len(inputs)) % 2 == 0  # files may take turns
    halves = [
        nearest_mean_skill(inputs[one], targets[one], inputs[~one], targets[~one], classes)
        for one in (half, ~half)
    ]
    on_clean = nearest_mean_skill(inputs, targets, clean.inputs, clean.targets, classes)
    return float(np.mean(halves)), on_clean


FINDERS: dict[str, Callable[[Preparation, EncodedPart], Finder | None]] = {
    "table": columns_finder,
    "text": _in_messages,
    "images": _in_pictures,
    "sound": _in_clips,
}
"""By the kind of data, for the clean validation rows of a run."""
