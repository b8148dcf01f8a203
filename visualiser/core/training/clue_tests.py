"""Swaps the clues of a run, healed ones too, at its end without a window."""

import numpy as np

from visualiser.core.clue_outcome import ClueOutcome, outcome_of
from visualiser.core.clues import clues_of_run
from visualiser.core.questions.clue_test import ClueAnswers, ClueTest, ClueTested, TestedPart
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want

_PARTS: tuple[TestedPart, ...] = ("validation", "test")


def clue_tests(trainer: Trainer) -> tuple[ClueOutcome, ...]:
    """For each clue of the run all validation and all test rows, with the weights of now."""
    snapshot = trainer.snapshot(Want.NOTHING, "paused")
    dataset = snapshot.info.dataset
    outcomes = []
    for offered in clues_of_run(snapshot):
        for part in _PARTS:
            # Each step is asked anew; a window numbers what it asks from 1 on.
            asked = ClueTest(offered.clue, part, -trainer.step_number)
            answers = _answers(trainer, asked)
            if answers is not None and _known(answers):
                outcomes.append(outcome_of(answers, asked, dataset))
    return tuple(outcomes)


def _answers(trainer: Trainer, asked: ClueTest) -> ClueAnswers | None:
    """Looks until all is answered; None where that cannot be."""
    while True:
        told: ClueTested | None = trainer.snapshot(Want.answers_to(asked), "paused").answer(asked)
        if told is None or told.answers is not None:
            return None if told is None else told.answers


def _known(answers: ClueAnswers) -> bool:
    """Whether the answers are numbers: those of a run that has diverged are not."""
    return all(np.isfinite(output).all() for output in answers.output.values())
