"""The view for trying examples, beside a run that answers."""

from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want
from visualiser.ui.tries.example_page import ExamplePage
from visualiser.ui.views.try_it import TryView


class Tried:
    """The view beside a run that answers what it asks, as the program does."""

    def __init__(self, view: TryView, trainer: Trainer) -> None:
        self.view, self.trainer = view, trainer
        view.start_run(trainer.info)
        view.questions_changed.connect(self.answer)
        self.answer()

    @property
    def page(self) -> ExamplePage:
        assert isinstance(self.view.page, ExamplePage)
        return self.view.page

    def answer(self) -> Snapshot:
        want = Want(questions=self.view.questions())
        snapshot = self.trainer.snapshot(want, "paused", fresh=True)
        self.view.show_snapshot(snapshot)
        return snapshot
