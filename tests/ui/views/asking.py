"""Shows a view a real run, look after look, until it has what it asked for."""

from typing import Any

from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want
from visualiser.ui.view import ViewSpec


def look(view: Any, trainer: Trainer, spec: ViewSpec) -> Snapshot:
    """One look at a run that rests."""
    snapshot = trainer.snapshot(spec.want | Want(questions=view.questions()), "paused", fresh=True)
    view.show_snapshot(snapshot)
    return snapshot


def settle(view: Any, trainer: Trainer, spec: ViewSpec) -> Snapshot:
    """Look until all answers are whole, as the window does when the view asks again."""
    while True:
        snapshot = look(view, trainer, spec)
        told = [snapshot.answer(question) for question in view.questions()]
        if all(answer is None or getattr(answer, "done", True) for answer in told):
            return look(view, trainer, spec)
