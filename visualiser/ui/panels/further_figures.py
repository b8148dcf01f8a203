"""The metrics beside that of the run, of the model and of its clean twin."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visualiser.core.outcome_figures import FurtherFigure
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.widgets.elided_label import ElidedLabel

_SPARE = 12
"""Pixels that must be left before two lines become one again: digits come and go."""


class _Figure(QWidget):
    """A metric of both models in one line, or the twin's below where one is too short."""

    def __init__(self) -> None:
        super().__init__()
        self._student = self._twin = ""
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._place)
        self._above, self._below = ElidedLabel(), ElidedLabel()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for label in (self._above, self._below):
            label.setProperty("role", "muted")
            rows.addWidget(label)
        self._below.hide()

    @property
    def text(self) -> str:
        """“macro F1 0.81, twin 0.84”."""
        return f"{self._student}, {self._twin}" if self._twin else self._student

    @property
    def lines(self) -> tuple[str, ...]:
        """The same as it is laid out."""
        labels = (self._above,) if self._below.isHidden() else (self._above, self._below)
        return tuple(label.text() for label in labels)

    def show_figures(self, student: str, twin: str) -> None:
        """Take what is said of the model, and of its twin, or nothing of that."""
        if (student, twin) != (self._student, self._twin):
            self._student, self._twin = student, twin
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Not now: for a line that comes while its column is being laid out no room is made.
        self._later.start()

    def _place(self) -> None:
        two = not self._below.isHidden()
        needed = self._above.fontMetrics().horizontalAdvance(self.text) + (_SPARE if two else 2)
        two = bool(self._twin) and needed > self.width()
        self._above.setText(self._student if two else self.text)
        self._below.setText(self._twin if two else "")
        if self._below.isHidden() == two:
            self._below.setVisible(two)


def _tips() -> dict[str, str]:
    """What each figure is, in a sentence, by its name."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("FurtherFigures", text)

    return {
        "ece": tr(
            "Expected calibration error: how far the model's confidence and its share of right "
            "answers are apart."
        ),
        "mia_auc": tr(
            "Membership inference: of a training row and a row never seen, how often the loss "
            "tells which is which; 50 % is guessing. Where training rows are spoiled, they are "
            "compared with clean ones, and a figure far below 50 % tells of the spoiling."
        ),
        "f1": tr(
            "How well a class is found: 1 where all of it is found and nothing else is taken for "
            "it, 0 where none of it is. Macro F1 is the mean over the classes."
        ),
        "mae": tr("The mean of how far the answers are off, in the unit of the target."),
        "rmse": tr(
            "Root mean square error, in the unit of the target: as the mean error, but large "
            "misses weigh more."
        ),
        "r2": tr(
            "The share of the variation that is explained: 1 is perfect, 0 no better than always "
            "answering the mean, and below 0 worse than that."
        ),
        "perplexity": tr(
            "As unsure as between so many equally likely characters; 1 would be sure and right."
        ),
        "ndcg_at_10": tr(
            "How far up the list what was bought stands (NDCG): 1 is all of it on top, 0 none."
        ),
    }


class FurtherFigures(QWidget):
    """To be seen only while there is a figure; a new figure lays nothing out again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles: dict[str, str] = {}
        self._tips = _tips()
        self._lines: list[_Figure] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        """What is said of each metric."""
        return () if self.isHidden() else tuple(line.text for line in self._lines)

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that it takes."""
        return () if self.isHidden() else tuple(row for line in self._lines for row in line.lines)

    def start_run(self, info: RunInfo) -> None:
        """A new run: other metrics, and no figures yet."""
        metrics = info.task.metrics[1:]
        self._titles = {metric.name: metric.title_for(info.dataset) for metric in metrics}
        self._titles |= {
            "ece": self.tr("ECE"),
            "mia_auc": self.tr("MIA AUC"),
        }
        self.show_figures(())

    def show_figures(self, figures: Sequence[FurtherFigure]) -> None:
        """Show them in their order, or nothing."""
        while len(self._lines) < len(figures):
            line = _Figure()
            self._rows.addWidget(line)
            self._lines.append(line)
        while len(self._lines) > len(figures):
            line = self._lines.pop()
            self._rows.removeWidget(line)
            line.deleteLater()
        for line, figure in zip(self._lines, figures, strict=True):
            line.show_figures(*self._texts_of(figure))
            line.setToolTip(self._tips.get(figure.name, ""))
        self.setVisible(bool(figures))

    def _texts_of(self, figure: FurtherFigure) -> tuple[str, str]:
        student = self.tr("{title} {figure}").format(
            title=self._titles[figure.name], figure=figure.student_text
        )
        twin = self.tr("twin {figure}").format(figure=figure.twin_text)
        return student, twin if figure.twin_text else ""
