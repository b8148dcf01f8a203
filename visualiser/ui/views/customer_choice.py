"""Choosing one customer out of thousands: by name, one after another, or by chance."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from visualiser.ui.widgets.flow_layout import FlowLayout

_SHOWN = 12
_LEAST_LETTERS = 8
"""Of a long name so many are always seen."""


class CustomerChoice(QWidget):
    """A field that completes names, with buttons beside it.

    Signals:
        chosen: the code of another customer, by the user only.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._codes: dict[str, int] = {}
        self._code = 0
        self._dice = np.random.default_rng()
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(_SHOWN)
        completer.activated.connect(self._take_text)
        self.field = QLineEdit()
        self.field.setCompleter(completer)
        self.field.setAccessibleName(self.tr("Customer"))
        self.field.setToolTip(
            self.tr("Which customer to look at: type a part of the name, then press Enter.")
        )
        self.field.returnPressed.connect(self._take)
        self.field.editingFinished.connect(self._show_chosen)
        self.before = self._button("◀", self.tr("The customer before"))
        self.after = self._button("▶", self.tr("The next customer"))
        self.by_chance = QPushButton(self.tr("By chance"))
        self.by_chance.setToolTip(self.tr("Another customer, drawn by chance."))
        self.before.clicked.connect(self._go_back)
        self.after.clicked.connect(self._go_on)
        self.by_chance.clicked.connect(self._draw)
        walk = QWidget()
        layout = QHBoxLayout(walk)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.before)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.after)
        walk.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line = FlowLayout(self, gap=4)
        line.addWidget(walk)
        line.addWidget(self.by_chance)

    @property
    def code(self) -> int:
        """Who is chosen."""
        return self._code

    def offer(self, names: Sequence[str], code: int) -> None:
        """Offer other customers and choose one of them, without emitting anything."""
        self._names = tuple(names)
        self._codes = {name: place for place, name in enumerate(names)}
        self._model.setStringList(list(names))
        self._code = code
        widest = max(self._names, key=len, default="")
        room = self.fontMetrics().horizontalAdvance(widest[:_LEAST_LETTERS] + "xxx")
        self.field.setMinimumWidth(room)
        self._show_chosen()

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        return button

    def _show_chosen(self) -> None:
        """Whatever was typed and not taken is gone."""
        if self._names:
            self.field.setText(self._names[self._code])

    def _take(self) -> None:
        """What was typed: a name, or the first that contains it."""
        text = self.field.text().strip()
        self._take_text(text)

    def _take_text(self, text: str) -> None:
        code = self._codes.get(text)
        if code is None and text:
            lower = text.lower()
            code = next((c for c, name in enumerate(self._names) if lower in name.lower()), None)
        if code is None:
            self._show_chosen()
        else:
            self._choose(code)

    def _go_back(self) -> None:
        self._choose((self._code - 1) % max(len(self._names), 1))

    def _go_on(self) -> None:
        self._choose((self._code + 1) % max(len(self._names), 1))

    def _draw(self) -> None:
        if self._names:
            self._choose(int(self._dice.integers(len(self._names))))

    def _choose(self, code: int) -> None:
        other = code != self._code
        self._code = code
        self._show_chosen()
        if other:
            self.chosen.emit(code)
