"""What the student goes by: the most suspicious clue of its examples, taken away and left alone."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from visualiser.core.data.dataset import FloatArray, IntArray
from visualiser.core.probes.look_alikes import spread
from visualiser.core.probes.simple_rules import skill_of
from visualiser.core.probes.spec import Probe
from visualiser.core.probes.suspect import Finder, Suspect
from visualiser.core.probes.suspects import FINDERS
from visualiser.core.questions.reliance import AskReliance, Clue, Reliance
from visualiser.core.training.encoded_part import EncodedPart
from visualiser.core.training.learner import Learner
from visualiser.core.training.preparation import Preparation

_MULTIPLY_ADDS = 150_000_000
"""Of a round, some ten milliseconds; rounds become rarer as the run goes on."""
_MOST_ROWS, _FEWEST_ROWS = 400, 100
_PASSES = 12
"""Times that the rows are answered in a round, at most about."""
_AGAIN = 1.3
"""A round is measured anew once there are so many times the steps: what is found meanwhile is
what the model went by not long ago, and costs nothing."""
_NAN = float("nan")


def reliance_probe(preparation: Preparation) -> "Probe[AskReliance] | None":
    """For data in which something can be taken away that is not what it is about."""
    dataset = preparation.dataset
    if not (dataset.predicts_classes or dataset.task == "regression"):
        return None
    finder = FINDERS.get(dataset.modality)
    enough = min(len(preparation.split.train), len(preparation.watched)) >= 10
    if finder is None or not enough:
        return None
    held_out = preparation.encode(preparation.split.validation.take(preparation.watched))
    find = finder(preparation, held_out)
    return None if find is None else RelianceProbe(preparation, held_out, find)


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


class RelianceProbe:
    """Looks for suspects once a training part, and asks the models about them ever more rarely."""

    def __init__(self, preparation: Preparation, held_out: EncodedPart, find: Finder) -> None:
        self._find = find
        dataset = preparation.dataset
        self._classes = dataset.class_count if dataset.predicts_classes else 0
        cost = max(1, sum(layer.multiply_adds for layer in preparation.layers))
        most = _MULTIPLY_ADDS / (_PASSES * cost)
        self._most = int(np.clip(most, _FEWEST_ROWS, _MOST_ROWS))
        self._validation = _Rows.of(held_out, self._most)
        self._part: EncodedPart | None = None
        self._answer: Reliance | None = None

    def answer(
        self, question: AskReliance, student: Learner, twin: Learner | None, step: int
    ) -> Reliance:
        """As measured lately; anew for other data or after many more steps."""
        if student.part is not self._part:
            self._part = student.part
            self._rows = _Rows.of(student.part, self._most)
            self._suspects, self._rules = self._find(student.part)
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
            at_stake=self._at_stake(rows),
            measured_at=step,
        )

    def _at_stake(self, rows: _Rows) -> int:
        whole = len(rows.targets)
        if not self._classes:
            return whole
        return whole - int(np.bincount(rows.targets.astype(np.int64)).max())

    def _clue(self, suspect: Suspect, student: Learner, twin: Learner | None) -> Clue:
        rows, validation, taking = self._rows, self._validation, suspect.taking
        left = taking.alone(rows.inputs, rows.order)
        taken = taking.without(rows.inputs, rows.order)
        held_out = taking.without(validation.inputs, validation.order)
        return Clue(
            kind=suspect.kind,
            names=suspect.names,
            rule=suspect.rule,
            rule_validation=suspect.rule_validation,
            without=self._skill(student, taken, rows),
            without_validation=self._skill(student, held_out, validation),
            alone=_NAN if left is None else self._skill(student, left, rows),
            twin_without=_NAN if twin is None else self._skill(twin, taken, rows),
            twin_alone=_NAN if twin is None or left is None else self._skill(twin, left, rows),
        )

    def _skill(self, model: Learner, inputs: FloatArray, rows: _Rows) -> float:
        outputs = model.outputs(torch.from_numpy(np.ascontiguousarray(inputs, dtype=np.float32)))
        if not np.isfinite(outputs).all():
            return float("nan")
        if self._classes:
            return skill_of(outputs.argmax(axis=1), rows.targets, self._classes)
        return skill_of(outputs[:, 0].astype(np.float64), rows.targets, 0)
