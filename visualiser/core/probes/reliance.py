"""What the student goes by: the most suspicious clue of its examples, taken away and left alone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from visualiser.core.data.dataset import FloatArray, IntArray, Table
from visualiser.core.data.encoding_table import TableEncoder
from visualiser.core.data.encoding_text import VocabularyEncoder
from visualiser.core.data.encoding_tokens import TokensEncoder
from visualiser.core.probes.clues import (
    CountedWord,
    Ground,
    Hum,
    ReadWord,
    Taking,
    border_of,
    column_at,
)
from visualiser.core.probes.look_alikes import spread
from visualiser.core.probes.simple_rules import cells_of, rule_skill, skill_of, word_skills
from visualiser.core.probes.spec import Probe
from visualiser.core.questions.reliance import AskReliance, Clue, ClueKind, Reliance
from visualiser.core.training.learner import EncodedPart, Learner
from visualiser.core.training.preparation import Preparation

_MULTIPLY_ADDS = 150_000_000
"""Of a round, some ten milliseconds; rounds become rarer as the run goes on."""
_MOST_ROWS, _FEWEST_ROWS = 400, 100
_PASSES = 12
"""Times that the rows are answered in a round, at most about."""
_RULE_ROWS = 2000
_WORDS = 2000
_SUSPECTS = 2
"""Columns or words that are tried on the model: those that tell most by themselves."""
_AGAIN = 1.3
"""A round is measured anew once there are so many times the steps: what is found meanwhile is
what the model went by not long ago, and costs nothing."""
_FEWEST_COLUMNS = 3
"""With fewer, one of them always tells most."""
_NAN = float("nan")
_FIRST_WORD = 2


def reliance_probe(preparation: Preparation) -> "Probe[AskReliance] | None":
    """For data in which something can be taken away that is not what it is about."""
    dataset = preparation.dataset
    if not (dataset.predicts_classes or dataset.task == "regression"):
        return None
    finder = _FINDERS.get(dataset.modality)
    find = None if finder is None else finder(preparation)
    enough = min(len(preparation.split.train), len(preparation.watched)) >= 10
    return None if find is None or not enough else RelianceProbe(preparation, find)


@dataclass(frozen=True)
class _Suspect:
    """A clue with what a rule makes of it alone, on training rows as given and on clean ones."""

    kind: ClueKind
    name: str
    taking: Taking
    rule: float = _NAN
    rule_validation: float = _NAN


@dataclass(frozen=True, eq=False)
class _Rows:
    """Rows that are answered, with the order in which things are dealt out among them."""

    inputs: FloatArray
    targets: NDArray[Any]
    order: IntArray

    @classmethod
    def of(cls, part: EncodedPart, most: int) -> "_Rows":
        places = spread(len(part.inputs), most)
        order = np.random.default_rng(0).permutation(len(places))
        return cls(part.inputs[places], np.asarray(part.targets)[places], order)


_Found = tuple[list[_Suspect], tuple[tuple[str, float], ...]]
_Finder = Callable[[EncodedPart, EncodedPart], _Found]
"""(training rows as given, clean validation rows) → suspects and the rules of all columns."""


class RelianceProbe:
    """Looks for suspects once a training part, and asks the models about them ever more rarely."""

    def __init__(self, preparation: Preparation, find: _Finder) -> None:
        self._find = find
        dataset = preparation.dataset
        self._classes = dataset.class_count if dataset.predicts_classes else 0
        cost = max(1, sum(layer.multiply_adds for layer in preparation.layers))
        most = _MULTIPLY_ADDS / (_PASSES * cost)
        self._most = int(np.clip(most, _FEWEST_ROWS, _MOST_ROWS))
        watched = preparation.split.validation.take(preparation.watched)
        self._held_out = preparation.encode(watched)
        self._validation = _Rows.of(self._held_out, self._most)
        self._part: EncodedPart | None = None
        self._had_twin = False
        self._answer: Reliance | None = None

    def answer(
        self, question: AskReliance, student: Learner, twin: Learner | None, step: int
    ) -> Reliance:
        """As measured lately; anew for other data or after many more steps."""
        if student.part is not self._part:
            self._part = student.part
            self._rows = _Rows.of(student.part, self._most)
            self._suspects, self._rules = self._find(student.part, self._held_out)
            self._answer = None
        known = self._answer
        if known is None or not known.measured_at <= step < max(1, known.measured_at) * _AGAIN:
            self._answer = known = self._measure(student, twin, step)
        return known

    def _measure(self, student: Learner, twin: Learner | None, step: int) -> Reliance:
        rows, validation = self._rows, self._validation
        clues = [self._clue(suspect, student, twin) for suspect in self._suspects]
        clues.sort(key=lambda clue: clue.without)
        return Reliance(
            clues=tuple(clues),
            skill=self._skill(student, rows.inputs, rows),
            skill_validation=self._skill(student, validation.inputs, validation),
            twin_skill=_NAN if twin is None else self._skill(twin, rows.inputs, rows),
            rules=self._rules,
            rows=len(rows.inputs),
            measured_at=step,
        )

    def _clue(self, suspect: _Suspect, student: Learner, twin: Learner | None) -> Clue:
        rows, validation, taking = self._rows, self._validation, suspect.taking
        left = taking.alone(rows.inputs, rows.order)
        taken = taking.without(rows.inputs, rows.order)
        held_out = taking.without(validation.inputs, validation.order)
        return Clue(
            kind=suspect.kind,
            name=suspect.name,
            rule=suspect.rule,
            rule_validation=suspect.rule_validation,
            without=self._skill(student, taken, rows),
            without_validation=self._skill(student, held_out, validation),
            alone=_NAN if left is None else self._skill(student, left, rows),
            twin_without=_NAN if twin is None else self._skill(twin, taken, rows),
        )

    def _skill(self, model: Learner, inputs: FloatArray, rows: _Rows) -> float:
        outputs = model.outputs(torch.from_numpy(np.ascontiguousarray(inputs, dtype=np.float32)))
        if not np.isfinite(outputs).all():
            return float("nan")
        if self._classes:
            return skill_of(outputs.argmax(axis=1), rows.targets, self._classes)
        return skill_of(outputs[:, 0].astype(np.float64), rows.targets, 0)


# -- where to look, by the kind of data ---------------------------------------------------------


def _in_tables(preparation: Preparation) -> _Finder | None:
    """Columns that tell the target by themselves."""
    encoder, table = preparation.encoder, preparation.split.train.features
    if not isinstance(encoder, TableEncoder) or not isinstance(table, Table):
        return None
    names, spans, dataset = table.names, encoder.spans, preparation.dataset
    classes = dataset.class_count if dataset.predicts_classes else 0
    if len(names) < _FEWEST_COLUMNS:
        return None

    def find(train: EncodedPart, held_out: EncodedPart) -> _Found:
        places = spread(len(train.inputs), _RULE_ROWS)
        inputs = np.concatenate([train.inputs[places], held_out.inputs])
        targets = np.concatenate([np.asarray(train.targets)[places], held_out.targets])
        given = np.arange(len(inputs)) < len(places)
        even = np.arange(len(places)) % 2 == 0
        told = []
        for name, span in zip(names, spans, strict=True):
            cells = cells_of(inputs[:, slice(*span)])
            own, own_targets = cells[given], targets[given]
            halves = [rule_skill(own, own_targets, known, classes) for known in (even, ~even)]
            clean = rule_skill(cells, targets, given, classes)
            told.append((name, span, float(np.mean(halves)), clean))
        told.sort(key=lambda one: -one[2] if one[2] == one[2] else np.inf)
        suspects = [
            _Suspect("column", name, column_at(encoder.shape, span), rule, clean)
            for name, span, rule, clean in told[:_SUSPECTS]
        ]
        return suspects, tuple((name, rule) for name, _, rule, _ in told)

    return find


def _in_messages(preparation: Preparation) -> _Finder | None:
    """Words that tell the class by themselves."""
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

    def find(train: EncodedPart, held_out: EncodedPart) -> _Found:
        places = spread(len(train.inputs), _RULE_ROWS)
        labels = np.asarray(train.targets)[places]
        given = word_skills(present(train.inputs[places]), labels, classes)
        clean = word_skills(present(held_out.inputs), np.asarray(held_out.targets), classes)
        best = np.argsort(-np.nan_to_num(given), kind="stable")[:_SUSPECTS].tolist()

        def skills(place: int) -> tuple[float, float]:
            return float(given[place]), float(clean[place])

        suspects = [
            _Suspect("word", words[place], _word(encoder, place), *skills(place)) for place in best
        ]
        rules = tuple((words[place], float(given[place])) for place in best)
        return suspects, rules

    return find


def _word(encoder: VocabularyEncoder | TokensEncoder, place: int) -> Taking:
    counted = isinstance(encoder, VocabularyEncoder)
    return CountedWord(place) if counted else ReadWord(_FIRST_WORD + place)


def _in_pictures(preparation: Preparation) -> _Finder | None:
    """What stands at the border, and the colour behind the thing."""
    shape = preparation.encoder.shape
    border = border_of(shape) if len(shape) == 3 else None
    if border is None:
        return None
    clues = [_Suspect("border", "", border), _Suspect("ground", "", Ground(border))]
    return lambda train, held_out: (clues, ())


def _in_clips(preparation: Preparation) -> _Finder | None:
    """What sounds all along."""
    if len(preparation.encoder.shape) != 3:
        return None
    return lambda train, held_out: ([_Suspect("hum", "", Hum())], ())


_FINDERS: dict[str, Callable[[Preparation], _Finder | None]] = {
    "table": _in_tables,
    "text": _in_messages,
    "images": _in_pictures,
    "sound": _in_clips,
}
