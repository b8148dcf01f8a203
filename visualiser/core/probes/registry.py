"""The questions that can be answered: one line each."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from visualiser.core.probes import (
    clue_test,
    exposure,
    feature_maps,
    influence,
    language,
    look_alikes,
    own_rows,
    plane,
    product_map,
    recommendations,
    reliance,
    row_record,
    saliency,
    trial,
    words,
    writing,
)
from visualiser.core.probes.spec import Probe, ThirdModelProbe
from visualiser.core.questions.clue_test import ClueTest
from visualiser.core.questions.exposure import Exposure
from visualiser.core.questions.feature_maps import FeatureMaps
from visualiser.core.questions.influence import Dependence, Importance
from visualiser.core.questions.language import HeadAttention, NextCharacters, Sample
from visualiser.core.questions.look_alikes import AskLookAlikes
from visualiser.core.questions.own_rows import OwnRows
from visualiser.core.questions.plane import Plane
from visualiser.core.questions.product_map import ProductMap
from visualiser.core.questions.recommendations import Recommendations
from visualiser.core.questions.reliance import AskReliance
from visualiser.core.questions.row_record import RowHistory
from visualiser.core.questions.saliency import Saliency
from visualiser.core.questions.spec import Question
from visualiser.core.questions.trial import Trial
from visualiser.core.questions.words import Occlusion, Words
from visualiser.core.training.learner import Learner
from visualiser.core.training.preparation import Preparation

_log = logging.getLogger(__name__)

_MOST_REMEMBERED = 100
"""Questions that led to an error; of a control that is dragged each place is another question."""

AnyProbe = Probe[Any] | ThirdModelProbe[Any]

PROBES: dict[type[Question[Any]], Callable[[Preparation], AnyProbe | None]] = {
    Plane: plane.plane_probe,
    Trial: trial.trial_probe,
    Words: words.words_probe,
    FeatureMaps: feature_maps.feature_maps_probe,
    Importance: influence.importance_probe,
    Dependence: influence.dependence_probe,
    Occlusion: words.occlusion_probe,
    Sample: writing.writing_probe,
    NextCharacters: language.next_characters_probe,
    HeadAttention: language.head_attention_probe,
    Recommendations: recommendations.recommendations_probe,
    ProductMap: product_map.product_map_probe,
    AskLookAlikes: look_alikes.look_alikes_probe,
    AskReliance: reliance.reliance_probe,
    RowHistory: row_record.row_record_probe,
    Saliency: saliency.saliency_probe,
    ClueTest: clue_test.clue_test_probe,
    Exposure: exposure.exposure_probe,
    OwnRows: own_rows.own_rows_probe,
}
"""How the probe for a run is made; None where the question makes no sense for its data or model."""


class Probes:
    """The probes of one run, each made when it is first asked."""

    def __init__(self, preparation: Preparation) -> None:
        self._preparation = preparation
        self._made: dict[type[Question[Any]], AnyProbe | None] = {}
        self._unanswerable: dict[Question[Any], None] = {}
        self._reported: set[type[Question[Any]]] = set()

    def answers(
        self,
        questions: Iterable[Question[Any]],
        student: Learner,
        twin: Learner | None,
        step: int,
        mended: Learner | None = None,
    ) -> dict[Question[Any], Any]:
        """For each question that makes sense here its answer, with the weights of `step`.

        `mended` is the model of repaired data, of which few are asked; None without one.

        One that leads to an error is left out, and not tried again while it is remembered; the
        first of each kind is logged.
        """
        answers: dict[Question[Any], Any] = {}
        for question in questions:
            probe = self._probe(type(question))
            if probe is not None and question not in self._unanswerable:
                try:
                    if isinstance(probe, ThirdModelProbe):
                        answer = probe.answer_of_three(question, student, twin, mended, step)
                    else:
                        answer = probe.answer(question, student, twin, step)
                    answers[question] = answer
                except Exception:
                    self._give_up(question)  # a training is not lost for a picture of it
        return answers

    def _give_up(self, question: Question[Any]) -> None:
        """Within the handler of what went wrong."""
        kind = type(question)
        if kind not in self._reported:
            _log.exception("a question of a view cannot be answered: %r", kind)
            self._reported.add(kind)
        self._unanswerable[question] = None
        if len(self._unanswerable) > _MOST_REMEMBERED:
            del self._unanswerable[next(iter(self._unanswerable))]

    def _probe(self, kind: type[Question[Any]]) -> AnyProbe | None:
        if kind not in self._made:
            self._made[kind] = PROBES[kind](self._preparation)
        return self._made[kind]
