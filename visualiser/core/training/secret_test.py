"""Asks at the end of a run without a window how well a planted secret is known."""

from visualiser.core.questions.exposure import Secrets
from visualiser.core.spoiled_before import secret_question
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want


def secret_test(trainer: Trainer) -> Secrets | None:
    """With the weights of now; None where none was planted in this run, or none can be."""
    asked = secret_question(trainer.snapshot(Want.NOTHING, "paused"))
    if asked is None:
        return None
    while True:
        told = trainer.snapshot(Want.answers_to(asked), "paused").answer(asked)
        if told is None or told.done:
            return None if told is None else told.newest
