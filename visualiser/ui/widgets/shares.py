"""Three linked shares for training, validation and test."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QToolTip, QVBoxLayout, QWidget

from visualiser.core.experiment import SplitConfig
from visualiser.ui.widgets.controls import Switch
from visualiser.ui.widgets.elided_label import ElidedLabel
from visualiser.ui.widgets.wheel_guard import guard_wheel

LEAST, MOST = 1.0, 98.0
"""Bounds of a share, in per cent, as in SplitConfig."""
PARTS = ("train", "validation", "test")


class Shares(QWidget):
    """Spin boxes that always add up to 100 %, and whether classes keep their shares.

    What one part gains, training gives; what training gains, the other two give in proportion.

    Signals:
        edited: the user changed a share or the switch.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._split = SplitConfig()
        self.stratified = Switch(self.tr("Stratified"))
        self.stratified.setToolTip(
            self.tr("Every part gets the classes in the same shares as the whole.")
        )
        self.stratified.edited.connect(self._switch)
        titles = (self.tr("Training"), self.tr("Validation"), self.tr("Test"))
        tips = (
            self.tr("Share of the data that the model learns from."),
            self.tr("Share that it is measured on while it trains."),
            self.tr("Share that stays sealed until the exam."),
        )
        self.spins: dict[str, QDoubleSpinBox] = {}
        row = QHBoxLayout()
        row.setSpacing(6)
        for part, title, tip in zip(PARTS, titles, tips, strict=True):
            spin = self._spin(part, title, tip)
            label = ElidedLabel(title)
            label.setToolTip(tip)
            label.setProperty("role", "muted")
            label.setBuddy(spin)
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(label)
            column.addWidget(spin)
            row.addLayout(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(row)
        layout.addWidget(self.stratified)
        self.put(self._split)

    def get(self) -> SplitConfig:
        """The split asked for."""
        return self._split

    def put(self, split: SplitConfig) -> None:
        """Show a split without emitting anything."""
        self._split = split
        for part, spin in self.spins.items():
            with QSignalBlocker(spin):
                spin.setValue(100 * getattr(split, part))
        self.stratified.put(split.stratified)

    def _spin(self, part: str, title: str, tip: str) -> QDoubleSpinBox:
        spin = QDoubleSpinBox()
        spin.setObjectName(part)
        spin.setDecimals(0)
        # Wider than allowed: a number that cannot be would not let its last digit be typed.
        spin.setRange(0, 100)
        spin.setSuffix(" %")
        spin.setSingleStep(5)
        spin.setKeyboardTracking(False)
        spin.setMinimumWidth(40)
        spin.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        spin.setAccessibleName(title)
        spin.setToolTip(f"{tip} {self._rule()}")
        guard_wheel(spin)
        spin.valueChanged.connect(self._change)
        self.spins[part] = spin
        return spin

    def _rule(self) -> str:
        return self.tr("From {least:.0f} to {most:.0f} %: each part keeps at least 1 %.").format(
            least=LEAST, most=MOST
        )

    def _change(self, value: float) -> None:
        spin = self.sender()
        assert isinstance(spin, QDoubleSpinBox)
        shares = {name: 100 * getattr(self._split, name) for name in PARTS}
        shares = linked(shares, spin.objectName(), value)
        fractions = {name: shares[name] / 100 for name in PARTS}
        before = self._split
        self.put(before.replace(**fractions))
        if not LEAST <= value <= MOST:
            QToolTip.showText(spin.mapToGlobal(spin.rect().bottomLeft()), self._rule(), spin)
        if self._split != before:
            self.edited.emit()

    def _switch(self) -> None:
        self._split = self._split.replace(stratified=self.stratified.get())
        self.edited.emit()


def linked(shares: dict[str, float], part: str, value: float) -> dict[str, float]:
    """Shares in per cent after one of them was set to `value`; the sum stays 100.

    Each stays at least 1 %: a value that leaves the others too little is lowered.
    """
    value = min(max(value, LEAST), MOST)
    others = [name for name in shares if name != part]
    rest = 100 - value
    if part != "train":
        other = next(name for name in others if name != "train")
        kept = min(shares[other], rest - LEAST)
        return {part: value, other: kept, "train": rest - kept}
    first, second = others
    share = shares[first] / (shares[first] + shares[second])
    given = min(max(round(rest * share), LEAST), rest - LEAST)
    return {part: value, first: given, second: rest - given}
