"""How the student has answered each training row, as its own steps left it."""

from visualiser.core.probes.spec import Probe
from visualiser.core.questions.row_record import RowHistory, RowRecord
from visualiser.core.training.learner import Learner
from visualiser.core.training.preparation import Preparation


def row_record_probe(preparation: Preparation) -> Probe[RowHistory] | None:
    """For rows that have a class or an amount each."""
    dataset = preparation.dataset
    return RowRecordProbe() if dataset.predicts_classes or dataset.predicts_amounts else None


class RowRecordProbe:
    """Copies what was recorded; nothing is computed by the model."""

    def answer(
        self, question: RowHistory, student: Learner, twin: Learner | None, step: int
    ) -> RowRecord | None:
        """Of the student; None where it was too much to record."""
        return None if student.recorder is None else student.recorder.view()
