"""True numbers beside predicted ones, row by row."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication

from visualiser.core.data.dataset import Dataset, Features, IntArray
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.views.example_text import example_text
from visualiser.ui.views.scatter_frame import Values


@dataclass(frozen=True, eq=False)
class Pairs:
    """V true numbers and what was answered; all in the unit of the target.

    Attributes:
        features: of the validation part.
        rows: (V,) positions in `features`.
        true, student: (V,).
        twin: (V,) or None without a twin that differs.
    """

    dataset: Dataset
    features: Features
    rows: IntArray
    true: Values
    student: Values
    twin: Values | None

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Pairs | None":
        """The pairs of a snapshot; None without predictions, or where they are no numbers."""
        predictions, info = snapshot.predictions, snapshot.info
        if predictions is None or not np.isfinite(predictions.output).all():
            return None
        twin = predictions.twin_output if snapshot.twin_differs else None
        if twin is not None and not np.isfinite(twin).all():
            twin = None
        part = info.split.validation
        return cls(
            info.dataset,
            part.features,
            info.watched,
            np.asarray(part.labels[info.watched], dtype=np.float64),
            np.asarray(predictions.output, dtype=np.float64),
            None if twin is None else np.asarray(twin, dtype=np.float64),
        )

    def sentence(self, position: int) -> str:
        """True and predicted number of one of the V rows, and its values."""
        true, answer = float(self.true[position]), float(self.student[position])
        lines = [
            _tr("{target}: truly {true}, predicted {answer} ({error})").format(
                target=self.dataset.target,
                true=self.dataset.label_text(true),
                answer=self.dataset.label_text(answer),
                error=self._error_text(answer - true),
            )
        ]
        if self.twin is not None:
            twin = float(self.twin[position])
            lines.append(
                _tr("clean twin: {answer} ({error})").format(
                    answer=self.dataset.label_text(twin), error=self._error_text(twin - true)
                )
            )
        row = int(self.rows[position])
        return "\n".join((*lines, example_text(self.dataset, self.features, row)))

    def _error_text(self, error: float) -> str:
        size = self.dataset.amount_text(abs(error))
        text = _tr("{size} too high") if error >= 0 else _tr("{size} too low")
        return text.format(size=size)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Pairs", text)
