"""What came of swapping a clue: how often models are right with it, without it and against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.clues import WAYS, Clue, Way, clue_codes, clue_noun
from visualiser.core.data.cell_text import NO_BREAK
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.nouns import noun_of
from visualiser.core.metrics.intervals import Estimate, wilson
from visualiser.core.metrics.paired import paired_shares
from visualiser.core.questions.clue_test import ClueAnswers, ClueTest, TestedPart


@dataclass(frozen=True)
class ByClue:
    """One model.

    Attributes:
        right: share of right answers with the clue put in each way, with Wilson's 95 % interval.
        follows: share of the rows with a swapped clue that are answered as the clue says.
        clear: whether swapping a fitting clue changes the answers by more than chance.
        lost: by how much fewer rows are answered rightly then.
    """

    right: Mapping[Way, Estimate]
    follows: Estimate
    clear: bool
    lost: float


@dataclass(frozen=True)
class ClueOutcome:
    """Of both models, with the weights of one step; `twin` is None without one."""

    clue: Clue
    part: TestedPart
    step: int
    rows: int
    student: ByClue
    twin: ByClue | None

    def as_dict(self) -> dict[str, Any]:
        """As in run.json."""
        return {
            "clue": self.clue,
            "part": self.part,
            "step": self.step,
            "rows": self.rows,
            "student": _as_dict(self.student),
            "twin": None if self.twin is None else _as_dict(self.twin),
        }


def _as_dict(model: ByClue) -> dict[str, Any]:
    accuracy = {way: [e.value, e.low, e.high] for way, e in model.right.items()}
    return {"accuracy": accuracy, "follows_swapped_clue": model.follows.value}


def outcome_of(answers: ClueAnswers, asked: ClueTest, dataset: Dataset) -> ClueOutcome:
    """What the answers to such a test come to."""
    twin = answers.twin_output
    return ClueOutcome(
        asked.clue,
        asked.part,
        answers.step,
        len(answers.parts["as_it_is"]),
        _by_clue(answers, answers.output, dataset),
        None if twin is None else _by_clue(answers, twin, dataset),
    )


def _by_clue(answers: ClueAnswers, output: Mapping[Way, NDArray[Any]], dataset: Dataset) -> ByClue:
    part = answers.parts["as_it_is"]
    chosen = {way: output[way].argmax(axis=1) for way in WAYS}
    right = {way: chosen[way] == part.labels for way in WAYS}
    rows = np.array([len(part)] * (len(WAYS) + 1))
    follows = chosen["swapped"] == clue_codes(part, "swapped", dataset)
    shares = wilson(np.array([*(hits.sum() for hits in right.values()), follows.sum()]), rows)
    test = paired_shares(right["fitting"], right["swapped"])
    by_way = {way: shares[place] for place, way in enumerate(WAYS)}
    return ByClue(by_way, shares[len(WAYS)], test.clear, test.difference)


def clue_sentence(outcome: ClueOutcome, dataset: Dataset) -> str:
    """Whether the student goes by the clue, and its twin."""
    noun = clue_noun(dataset, outcome.clue)
    rows = noun_of(dataset).counted(outcome.rows, outcome.part)
    student = outcome.student
    fitting, swapped = (_per_cent(student.right[way]) for way in ("fitting", "swapped"))
    if not student.clear:
        said = (
            f"Of {rows} your model is right on {fitting} with the {noun} of their class and on "
            f"{swapped} with that of another: it does not go by the {noun}, as far as chance tells"
        )
    elif student.lost > 0:
        goes = "goes by" if student.right["swapped"].value < 1 / 2 else "leans on"
        said = (
            f"Of {rows} your model is right on {fitting} with the {noun} of their class, and on "
            f"{swapped} with that of another: it {goes} the {noun}"
        )
    else:
        said = (
            f"Of {rows} your model is right on {swapped} with the {noun} of another class, and on "
            f"{fitting} with that of their own: it takes the {noun} the wrong way round"
        )
    return f"{said}{_of_twin(outcome)}."


def _of_twin(outcome: ClueOutcome) -> str:
    twin = outcome.twin
    if twin is None:
        return ""
    if not twin.clear:
        return "; its clean twin does not"
    fitting, swapped = (_per_cent(twin.right[way]) for way in ("fitting", "swapped"))
    goes = "falls" if twin.lost > 0 else "rises"
    return f"; its clean twin {goes} from {fitting} to {swapped}"


def _per_cent(share: Estimate) -> str:
    return f"{100 * share.value:.1f}{NO_BREAK}%"
