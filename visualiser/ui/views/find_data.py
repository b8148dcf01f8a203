"""Findings about columns and about the data as a whole, as cards."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from visualiser.core.findings.spec import Finding
from visualiser.ui.views.side_column import paragraph


class DataFindings(QScrollArea):
    """The most serious first; what is fine in a line each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = QWidget()
        self._page.setProperty("role", "page")
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(6)
        self._column.addStretch(1)
        self._cards: list[QFrame] = []
        self.setWidget(self._page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(self.tr("Columns and splits"))

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Show these."""
        for card in self._cards:
            self._column.removeWidget(card)
            card.deleteLater()
        order = {"serious": 0, "look": 1, "fine": 2}
        ordered = sorted(findings, key=lambda one: order[one.weight])
        self._cards = [_card(one) for one in ordered]
        for place, card in enumerate(self._cards):
            self._column.insertWidget(place, card)

    @property
    def texts(self) -> tuple[str, ...]:
        """What each card says."""
        return tuple(card.accessibleName() for card in self._cards)


def _card(finding: Finding) -> QFrame:
    frame = QFrame()
    frame.setProperty("role", "bar")
    kinds = {"serious": "error", "look": "warning", "fine": ""}
    frame.setProperty("kind", kinds[finding.weight])
    frame.setAccessibleName(f"{finding.title}. {finding.sentence} {finding.advice}".strip())
    column = QVBoxLayout(frame)
    column.setContentsMargins(10, 5, 10, 5)
    column.setSpacing(2)
    for role, text in (("heading", finding.title), ("", finding.sentence),
                       ("muted", finding.advice)):  # fmt: skip
        if text:
            label = paragraph(role)
            label.setText(text)
            column.addWidget(label)
    return frame
