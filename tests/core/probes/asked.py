"""Asks a run until nothing more will come."""

from typing import Any

from visualiser.core.questions.spec import Question
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want


def looked(trainer: Trainer, question: Question[Any]) -> Any:
    """The answer of one look."""
    return trainer.snapshot(Want.answers_to(question), "running").answer(question)


def settled(trainer: Trainer, question: Question[Any]) -> Any:
    """The answer at rest, once it is done."""
    while True:
        answer = looked(trainer, question)
        if answer is None or answer.done:
            return answer
