"""The diagnosis of a run: what stands out, three sentences in sight, the rest behind a link."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from visualiser.core.diagnosis.finding import Finding
from visualiser.core.outcome_sentences import MOST
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.panels.evidence_pane import CURVES
from visualiser.ui.panels.finding_row import FindingRow
from visualiser.ui.views.registry import VIEWS


class FindingsBox(QFrame):
    """Sentences that unfold their evidence; what is unfolded stays so while its figures change.

    Attributes:
        difference: a bold line above them, to be filled by who has the figures.

    Signals:
        view_wanted: the name of a view that shows more of a finding, or “curves”.
    """

    view_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "sunken")
        self.setToolTip(self.tr("What the figures of the run say, the most important first."))
        self._info: RunInfo | None = None
        self._findings: tuple[Finding, ...] = ()
        self._open: set[str] = set()
        self._shows_all = False
        self._offers_curves = False
        self.difference = QLabel()
        self.difference.setWordWrap(True)
        self.difference.setTextFormat(Qt.TextFormat.PlainText)
        self.difference.setProperty("role", "heading")
        self.rows: list[FindingRow] = []
        self.more = QPushButton()
        self.more.setProperty("role", "link")
        self.more.setFlat(True)
        self.more.setCursor(Qt.CursorShape.PointingHandCursor)
        self.more.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.more.clicked.connect(self._turn_more)
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(5)
        layout.addWidget(self.difference)
        layout.addWidget(self.more)
        for _ in range(MOST):
            self._add_row()
        self.show_findings("", ())

    @property
    def sentences(self) -> tuple[QLabel, ...]:
        """The labels of all rows, shown or not."""
        return tuple(row.sentence for row in self.rows)

    def start_run(self, info: RunInfo | None) -> None:
        """A new run: nothing is known, and nothing unfolded."""
        self._info = info
        self._open.clear()
        self._shows_all = False
        self.show_findings("", ())

    def show_findings(self, difference: str, findings: Sequence[Finding]) -> None:
        """Take what is to be told now."""
        self._findings = tuple(findings)
        if self.difference.text() != difference:
            self.difference.setText(difference)
        self.difference.setVisible(bool(difference))
        while len(self.rows) < len(findings):
            self._add_row()
        for place, row in enumerate(self.rows):
            finding = findings[place] if place < len(findings) else None
            in_sight = place < MOST or self._shows_all
            shown = finding if in_sight else None
            is_open = finding is not None and finding.name in self._open
            row.show_finding(shown, is_open, self._title_of(finding))
            row.setVisible(shown is not None)
        self._say_more(len(findings) - MOST)
        self.setVisible(bool(difference or findings))

    def offer_curves(self, offered: bool) -> None:
        """Link to the curves only where they are out of sight."""
        if offered != self._offers_curves:
            self._offers_curves = offered
            self.show_findings(self.difference.text(), self._findings)

    def _add_row(self) -> None:
        row = FindingRow()
        row.toggled.connect(self._note_open)
        row.view_wanted.connect(self.view_wanted)
        self._layout.insertWidget(self._layout.count() - 1, row)
        self.rows.append(row)

    def _say_more(self, hidden: int) -> None:
        self.more.setVisible(hidden > 0)
        if hidden <= 0:
            return
        words = self.tr("▾ Fewer") if self._shows_all else self.tr("▸ {count} more")
        self.more.setText(words.format(count=hidden))
        self.more.setToolTip(
            self.tr("Show the three most important findings only")
            if self._shows_all
            else self.tr("Show all that was found, the most important first")
        )

    def _turn_more(self) -> None:
        self._shows_all = not self._shows_all
        self.show_findings(self.difference.text(), self._findings)

    def _note_open(self, name: str, is_open: bool) -> None:
        if is_open:
            self._open.add(name)
        else:
            self._open.discard(name)

    def _title_of(self, finding: Finding | None) -> str:
        """The title of the view of a finding; empty where it has nothing to show here."""
        if finding is None or not finding.view:
            return ""
        if finding.view == CURVES:
            return self.tr("Curves") if self._offers_curves else ""
        for spec in VIEWS:
            if spec.name == finding.view:
                offered = self._info is not None and spec.refuses(self._info) is None
                return QCoreApplication.translate("Views", spec.title) if offered else ""
        return ""
