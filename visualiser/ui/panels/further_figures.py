"""The metrics beside that of the run, a line each, of the model and of its clean twin."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from visualiser.core.outcome_figures import FurtherFigure
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.widgets.elided_label import ElidedLabel


class FurtherFigures(QWidget):
    """To be seen only while there is a figure; a new figure lays nothing out again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles: dict[str, str] = {}
        self._lines: list[ElidedLabel] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        """What the lines say."""
        return () if self.isHidden() else tuple(line.text() for line in self._lines)

    def start_run(self, info: RunInfo) -> None:
        """A new run: other metrics, and no figures yet."""
        metrics = info.task.metrics[1:]
        self._titles = {metric.name: metric.title_for(info.dataset) for metric in metrics}
        self.show_figures(())

    def show_figures(self, figures: Sequence[FurtherFigure]) -> None:
        """Show them in their order, or nothing."""
        while len(self._lines) < len(figures):
            line = ElidedLabel()
            line.setProperty("role", "muted")
            self._rows.addWidget(line)
            self._lines.append(line)
        while len(self._lines) > len(figures):
            line = self._lines.pop()
            self._rows.removeWidget(line)
            line.deleteLater()
        for line, figure in zip(self._lines, figures, strict=True):
            text = self._text(figure)
            if text != line.text():
                line.setText(text)
        self.setVisible(bool(figures))

    def _text(self, figure: FurtherFigure) -> str:
        title = self._titles[figure.name]
        if not figure.twin_text:
            return self.tr("{title} {figure}").format(title=title, figure=figure.student_text)
        return self.tr("{title} {figure}, twin {twin}").format(
            title=title, figure=figure.student_text, twin=figure.twin_text
        )
