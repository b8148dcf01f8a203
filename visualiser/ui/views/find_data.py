"""Findings about columns and about the data as a whole, as cards."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from visualiser.core.findings.spec import Finding
from visualiser.ui.widgets.paragraph import paragraph
from visualiser.ui.widgets.unrolling import UnrollingArea

_OF_COLUMNS = frozenset({"leaked", "irrelevant", "constant"})
"""Findings whose advice is to leave columns out."""


class DataFindings(UnrollingArea):
    """The most serious first; what is fine in a line each.

    Signals:
        left_out: names of columns, and whether they are to be left out or used again.
    """

    left_out = Signal(tuple, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column.setContentsMargins(0, 0, 4, 0)
        self.column.setSpacing(6)
        self.column.addStretch(1)
        self._cards: list[_Card] = []
        self.setAccessibleName(self.tr("Columns and splits"))

    def show_findings(self, findings: tuple[Finding, ...], columns: frozenset[str]) -> None:
        """Show these; `columns` are those that can be left out."""
        for card in self._cards:
            self.column.removeWidget(card)
            card.deleteLater()
        order = {"serious": 0, "look": 1, "fine": 2}
        ordered = sorted(findings, key=lambda one: order[one.weight])
        self._cards = [_Card(one, columns) for one in ordered]
        for place, card in enumerate(self._cards):
            self.column.insertWidget(place, card)
            card.left_out.connect(self.left_out)

    def show_left_out(self, columns: tuple[str, ...]) -> None:
        """Which columns are left out now."""
        for card in self._cards:
            card.show_left_out(frozenset(columns))

    @property
    def texts(self) -> tuple[str, ...]:
        """What each card says."""
        return tuple(card.accessibleName() for card in self._cards)

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """By which columns are left out, from the top."""
        return tuple(card.button for card in self._cards if card.columns)


class _Card(QFrame):
    left_out = Signal(tuple, bool)

    def __init__(self, finding: Finding, columns: frozenset[str]) -> None:
        super().__init__()
        known = finding.kind in _OF_COLUMNS and columns.issuperset(finding.about)
        self.columns = finding.about if known else ()
        self._gone = False
        kinds = {"serious": "error", "look": "warning", "fine": ""}
        self.setProperty("role", "bar")
        self.setProperty("kind", kinds[finding.weight])
        self.setAccessibleName(f"{finding.title}. {finding.sentence} {finding.advice}".strip())
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 5, 10, 5)
        column.setSpacing(2)
        for role, text in (("heading", finding.title), ("", finding.sentence),
                           ("muted", finding.advice)):  # fmt: skip
            if text:
                label = paragraph(role)
                label.setText(text)
                column.addWidget(label)
        self.button = QPushButton()
        self.button.setProperty("role", "small")
        self.button.setToolTip(
            self.tr(
                "For the third model, which you train under “Repair”: in training, validation and "
                "test it sees the same in every row there. Your model and its twin keep them."
            )
        )
        self.button.clicked.connect(self._change)
        if self.columns:
            column.addSpacing(2)
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_left_out(frozenset())

    def show_left_out(self, columns: frozenset[str]) -> None:
        """Say what a click does."""
        self._gone = bool(self.columns) and columns.issuperset(self.columns)
        one = len(self.columns) == 1
        if self._gone:
            text = self.tr("Use it again") if one else self.tr("Use them again")
        elif one:
            text = self.tr("Leave this column out")
        else:
            text = self.tr("Leave these {count} out").format(count=len(self.columns))
        self.button.setText(text)

    def _change(self) -> None:
        self.left_out.emit(self.columns, not self._gone)
