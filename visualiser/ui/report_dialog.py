"""One page for a run, to be read, saved and printed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from visualiser.core.clue_outcome import ClueOutcome
from visualiser.core.questions.exposure import Secrets
from visualiser.core.report.build import report_of
from visualiser.core.report.html import Pictures, for_qt, html_of
from visualiser.core.report.spec import Report
from visualiser.core.text_file import write_text
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.message_bar import Message
from visualiser.ui.report_files import write_pdf
from visualiser.ui.report_pages import print_report
from visualiser.ui.report_pictures import report_pictures
from visualiser.ui.style_sheet import BASE_PIXELS
from visualiser.ui.views.saving_menu import SavingMenu

_WIDE, _HIGH = 96, 40
"""Characters and lines that there is room for."""


Page = tuple[Report, Pictures]


class ReportSaving(SavingMenu):
    """Saves the page that is shown."""

    def __init__(self, widget: QWidget, page: Callable[[], Page | None]) -> None:
        super().__init__(widget, "report")
        self._page = page
        self._offer("pdf", self.tr("As PDF…"), self.tr("PDF (*.pdf)"))
        self._offer("html", self.tr("As HTML…"), self.tr("Web page (*.html)"))

    def _something(self) -> bool:
        return self._page() is not None

    def _write(self, suffix: str, path: Path) -> None:
        page = self._page()
        assert page is not None
        if suffix == "pdf":
            write_pdf(*page, path)
        else:
            write_text(path, html_of(*page))


class ReportDialog(QDialog):
    """Shows the report of the run as it stands.

    Signals:
        message: something to tell in the window's message bar.
        refresh_wanted: the run as it stands is to be given by `show_run`, at once.
    """

    message = Signal(object)
    refresh_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("The questions to ask of any model"))
        self._page: Page | None = None
        self._size = 0.0
        self.text = QTextBrowser()
        self.text.setOpenExternalLinks(False)
        self.text.setAccessibleName(self.tr("Report of the run"))
        # A page is paper, in the dark theme too: what is seen is what is printed.
        self.text.setStyleSheet("QTextBrowser { background: #ffffff; color: #1c2127; }")
        self.saving = ReportSaving(self, lambda: self._page)
        self.saving.message.connect(self.message)
        self.save_button = QPushButton(self.tr("Save ▾"))
        self.save_button.setMenu(self.saving.menu)
        self.print_button = QPushButton(self.tr("Print…"))
        self.print_button.clicked.connect(self._print)
        self.again = QPushButton(self.tr("Refresh"))
        self.again.setToolTip(self.tr("Writes the page anew, for the run as it stands now."))
        self.again.clicked.connect(self.refresh_wanted)
        buttons = QHBoxLayout()
        for button in (self.save_button, self.print_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.again)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text, 1)
        layout.addLayout(buttons)

    def show_run(
        self,
        snapshot: Snapshot,
        clues: tuple[ClueOutcome, ...] = (),
        secret: Secrets | None = None,
    ) -> None:
        """Write the page for a run as it stands, and what was asked of its models besides."""
        today = date.today().isoformat()
        report = report_of(snapshot, when=today, clues=clues, secret=secret)
        self._page = report, report_pictures(report, snapshot)
        self._draw()

    def _draw(self) -> None:
        """In text of the window's size; on paper and in files it has that of paper."""
        if self._page is None:
            return
        self._size = self._letters()
        bar = self.text.verticalScrollBar()
        place = bar.value()
        self.text.setHtml(for_qt(html_of(*self._page, self._size)))
        bar.setValue(place)

    def _letters(self) -> float:
        """Height of the window's letters in pixels."""
        self.ensurePolished()
        return float(max(self.font().pixelSize(), BASE_PIXELS))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        changed = event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange)
        if changed and self._page is not None and self._size != self._letters():
            self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        metrics, screen = self.fontMetrics(), self.screen().availableSize()
        usual = QSize(_WIDE * metrics.averageCharWidth(), _HIGH * metrics.height())
        self.resize(self.size().expandedTo(usual).boundedTo(screen))

    def _print(self) -> None:
        """Ask for a printer; where the system has no printing, say so."""
        try:
            from PySide6.QtPrintSupport import QPrintDialog, QPrinter
        except ImportError:
            text = self.tr("This system has no printing.")
            self.message.emit(Message(text, self.tr("Save the page as PDF instead."), "error"))
            return
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(self._printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._print_out)
        dialog.show()

    def _print_out(self) -> None:
        if self._page is not None:
            print_report(*self._page, self._printer)
