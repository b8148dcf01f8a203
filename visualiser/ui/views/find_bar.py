"""Buttons and keys by which a suspect row is decided on."""

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from visualiser.core.data.dataset import Dataset
from visualiser.core.findings.review import Decision
from visualiser.ui.widgets.controls import Choice, Line
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.flow_layout import FlowLayout

LETTERS = (Qt.Key.Key_A, Qt.Key.Key_R, Qt.Key.Key_D, Qt.Key.Key_S)
"""Right, relabel, leave out, skip."""

_PROPOSED = "proposed"


class DecisionBar(Fitted, QWidget):
    """What can be done about the current row.

    Signals:
        decided: a Decision.
        undo_wanted: take the last decision back.
    """

    decided = Signal(object)
    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dataset: Dataset | None = None
        self._proposed, self._label = math.nan, ""
        self.accept = self._button(
            self.tr("Right  A"), self.tr("The label is right: keeps the row as it is (A).")
        )
        self.relabel = self._button(
            self.tr("Relabel  R"), self.tr("Gives the row the label that is proposed (R).")
        )
        self.other = Choice([])
        self.other.setAccessibleName(self.tr("Another label"))
        self.other.setToolTip(self.tr("Gives the row a label of your choice (Shift+R)."))
        self.amount = Line()
        self.amount.setAccessibleName(self.tr("Another target"))
        self.amount.setToolTip(
            self.tr("Gives the row a target of your own: type it and press Enter (Shift+R).")
        )
        self.amount.setPlaceholderText(self.tr("another target"))
        self.amount.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.relabel.setMinimumWidth(1)  # its label is shortened
        self.drop = self._button(
            self.tr("Leave out  D"), self.tr("Takes the row out of the training data (D).")
        )
        self.skip = self._button(self.tr("Skip  S"), self.tr("Goes on without a decision (S)."))
        self.undo = self._button(self.tr("Undo"), self.tr("Takes the last decision back (Ctrl+Z)."))
        self.progress = QLabel()
        self.progress.setProperty("role", "muted")
        row = FlowLayout(self, gap=4)
        for widget in (self.accept, self.relabel, self.other, self.amount, self.drop, self.skip,
                       self.undo, self.progress):  # fmt: skip
            row.addWidget(widget)
        self.accept.clicked.connect(self._accept)
        self.relabel.clicked.connect(self._relabel)
        self.other.edited.connect(self._relabel_otherwise)
        self.amount.returnPressed.connect(self._retarget)
        self.drop.clicked.connect(self._drop)
        self.skip.clicked.connect(self._skip)
        self.undo.clicked.connect(self.undo_wanted)
        self.show_row(None, math.nan)
        self.show_undo(False)

    def start(self, dataset: Dataset) -> None:
        """Offer the labels of a data set."""
        self._dataset = dataset
        classes = dataset.predicts_classes
        self.other.setVisible(classes)
        self.amount.setVisible(dataset.predicts_amounts)
        names = [(code, dataset.label_text(code)) for code in range(dataset.class_count)]
        self.other.offer([(_PROPOSED, self.tr("other label…")), *names])
        self.other.put(_PROPOSED)
        self.amount.put("")

    def show_row(self, dataset: Dataset | None, proposed: float) -> None:
        """The current row, with the label that is proposed (NaN for none), or no row."""
        self._proposed = proposed
        there = dataset is not None
        for widget in (self.accept, self.other, self.amount, self.drop, self.skip):
            widget.setEnabled(there)
        known = there and math.isfinite(proposed)
        self.relabel.setEnabled(known)
        self._label = dataset.label_text(proposed) if dataset is not None and known else ""
        self.fit()

    def fit(self) -> None:
        """Shorten the label that is proposed where the button would be wider than its place."""
        whole = self.tr("Relabel to “{label}”  R") if self._label else self.tr("Relabel  R")
        self.relabel.setText(whole.format(label=self._label))
        over = self.relabel.sizeHint().width() - self.width()
        if self._label and over > 0:
            metrics = self.fontMetrics()
            room = metrics.horizontalAdvance(self._label) - over
            short = metrics.elidedText(self._label, Qt.TextElideMode.ElideRight, room)
            self.relabel.setText(whole.format(label=short))

    def say(self, words: str, tip: str) -> None:
        """How far the looking through has come."""
        self.progress.setText(words)
        self.progress.setToolTip(tip)
        self.progress.setVisible(bool(words))

    def show_undo(self, possible: bool) -> None:
        """Whether there is a decision to take back."""
        self.undo.setEnabled(possible)

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key stands for; False where it means nothing here."""
        if event.matches(QKeySequence.StandardKey.Undo):
            if not event.isAutoRepeat():
                self.undo.click()
            return True
        modifiers = Qt.KeyboardModifier
        if event.modifiers() == modifiers.ShiftModifier and event.key() == Qt.Key.Key_R:
            self._offer_others()
            return True
        buttons = (self.accept, self.relabel, self.drop, self.skip)
        button = dict(zip(LETTERS, buttons, strict=True)).get(Qt.Key(event.key()))
        if button is None or event.modifiers() != modifiers.NoModifier:
            return False
        if not event.isAutoRepeat():
            button.click()
        return True

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setProperty("role", "small")
        return button

    def _offer_others(self) -> None:
        if self._dataset is not None and self._dataset.predicts_amounts:
            self.amount.setFocus()
        elif self.other.isEnabled():
            self.other.showPopup()

    def _accept(self) -> None:
        self.decided.emit(Decision("accept"))

    def _relabel(self) -> None:
        self.decided.emit(Decision("relabel", self._proposed))

    def _relabel_otherwise(self) -> None:
        code = self.other.get()
        self.other.put(_PROPOSED)
        if code != _PROPOSED:
            self.decided.emit(Decision("relabel", float(code)))

    def _retarget(self) -> None:
        text = self.amount.text().replace(",", "").strip()
        try:
            target = float(text)
        except ValueError:
            target = math.nan
        if math.isfinite(target):
            self.amount.put("")
            self.decided.emit(Decision("relabel", target))
        else:
            self.amount.selectAll()

    def _drop(self) -> None:
        self.decided.emit(Decision("drop"))

    def _skip(self) -> None:
        self.decided.emit(Decision("skip"))
