"""What a finding rests on, below its sentence: pictures, figures, what to do, where to look."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from visualiser.core.diagnosis.evidence import (
    Bars,
    Curves,
    Evidence,
    Examples,
    Lines,
    Table,
)
from visualiser.core.diagnosis.finding import Finding
from visualiser.ui.panels.evidence_curves import EvidenceCurves
from visualiser.ui.widgets.bar_rows import BarRow, BarRows
from visualiser.ui.widgets.figure_rows import FigureRows

CURVES = "curves"
"""Name of what stands above the views."""


class EvidencePane(QWidget):
    """Shows one finding; only what differs is laid out anew.

    Signals:
        view_wanted: the name of a view, or CURVES.
    """

    view_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: Finding | None = None
        self._parts: list[QWidget] = []
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        self.advice = _paragraph("")
        self.link = QPushButton()
        self.link.setProperty("role", "link")
        self.link.setFlat(True)
        self.link.setCursor(Qt.CursorShape.PointingHandCursor)
        self.link.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.link.clicked.connect(self._want_view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 2, 0, 4)
        layout.setSpacing(6)
        layout.addLayout(self._rows)
        layout.addWidget(self.advice)
        layout.addWidget(self.link)

    def show_finding(self, finding: Finding, view_title: str) -> None:
        """Take another finding; `view_title` is that of its view, empty where it is not offered."""
        if self._shown is None or self._kinds(self._shown) != self._kinds(finding):
            self._make(finding)
        self._shown = finding
        for part, evidence in zip(self._parts, finding.evidence, strict=True):
            _fill(part, evidence)
        advice = self.tr("What to do: {advice}").format(advice=finding.advice)
        _set_text(self.advice, advice if finding.advice else "")
        self.advice.setVisible(bool(finding.advice))
        text = self.tr("Show “{view}”").format(view=view_title)
        if self.link.text() != text:
            self.link.setText(text)
            self.link.setToolTip(self.tr("Turn to the part of the window that shows more of it."))
        self.link.setVisible(bool(view_title))

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """One for each piece of evidence."""
        return tuple(self._parts)

    @staticmethod
    def _kinds(finding: Finding) -> tuple[object, ...]:
        """What widgets it needs."""
        return tuple((type(one), len(getattr(one, "rows", ()))) for one in finding.evidence)

    def _make(self, finding: Finding) -> None:
        for part in self._parts:
            self._rows.removeWidget(part)
            part.deleteLater()
        self._parts = [_part_for(evidence) for evidence in finding.evidence]
        for part in self._parts:
            self._rows.addWidget(part)

    def _want_view(self) -> None:
        if self._shown is not None:
            self.view_wanted.emit(self._shown.view)


class _TitledCurves(QWidget):
    """A picture of curves below what they are of."""

    def __init__(self) -> None:
        super().__init__()
        self.title = _paragraph("muted")
        self.picture = EvidenceCurves()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.title)
        layout.addWidget(self.picture)


class _TitledBars(QWidget):
    """Bars below what they are of."""

    def __init__(self) -> None:
        super().__init__()
        self.title = _paragraph("muted")
        self.bars = BarRows("", pitch=1.3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.title)
        layout.addWidget(self.bars)


class _Figures(QWidget):
    """Figures below what they are of."""

    def __init__(self) -> None:
        super().__init__()
        self.title = _paragraph("muted")
        self.rows = FigureRows()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(self.title)
        layout.addWidget(self.rows)


class _Lines(QWidget):
    """Lines of text that wrap."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.title = _paragraph("muted")
        self._rows = [_paragraph("") for _ in range(rows)]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for label in (self.title, *self._rows):
            layout.addWidget(label)

    def show_rows(self, title: str, rows: Sequence[str]) -> None:
        _set_text(self.title, title)
        for label, row in zip(self._rows, rows, strict=True):
            _set_text(label, row)


def _part_for(evidence: Evidence) -> QWidget:
    if isinstance(evidence, Curves):
        return _TitledCurves()
    if isinstance(evidence, Bars):
        return _TitledBars()
    return _Figures() if isinstance(evidence, Table) else _Lines(len(evidence.rows))


def _fill(part: QWidget, evidence: Evidence) -> None:
    if isinstance(part, _TitledCurves) and isinstance(evidence, Curves):
        _set_text(part.title, _capital(evidence.title))
        part.picture.show_curves(evidence)
    elif isinstance(part, _TitledBars) and isinstance(evidence, Bars):
        _set_text(part.title, _capital(evidence.title))
        _fill_bars(part.bars, evidence)
    elif isinstance(part, _Figures) and isinstance(evidence, Table):
        _set_text(part.title, _capital(evidence.title))
        part.rows.show_rows([(_capital(row.title), row.text) for row in evidence.rows])
    elif isinstance(part, _Lines) and isinstance(evidence, Lines):
        part.show_rows(_capital(evidence.title), [_capital(row) for row in evidence.rows])
    elif isinstance(part, _Lines) and isinstance(evidence, Examples):
        words = QCoreApplication.translate("EvidencePane", "Row {row}: {text}")
        texts = [words.format(row=f"{one.row:,}", text=one.text) for one in evidence.rows]
        part.show_rows(_capital(evidence.title), texts)


def _fill_bars(part: BarRows, evidence: Bars) -> None:
    whole, limit = evidence.whole, evidence.limit

    def share(value: float | None) -> float | None:
        return None if value is None else value / whole

    part.show_rows(
        [
            BarRow(
                bar.title,
                bar.value / whole,
                bar.text,
                mark=share(limit if bar.mark is None else bar.mark),
                warning=bar.warning,
                low=share(bar.low),
                high=share(bar.high),
            )
            for bar in evidence.bars
        ]
    )
    tick = QCoreApplication.translate("EvidencePane", "Tick: {what}")
    part.set_note(tick.format(what=evidence.limit_title) if evidence.limit_title else "")


def _paragraph(role: str) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setMinimumWidth(1)  # Qt would ask for more than a narrow column has
    if role:
        label.setProperty("role", role)
    return label


def _set_text(label: QLabel, text: str) -> None:
    """Setting the same text again would lay the panel out again."""
    if label.text() != text:
        label.setText(text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
