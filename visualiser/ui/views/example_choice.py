"""One of the validation examples, chosen from a list with the worst answers first."""

import textwrap

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from visualiser.core.data.dataset import Features, IntArray, Table, take
from visualiser.core.data.isolated_name import isolated
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.views.example_answers import Answers, Pace, answer_tile
from visualiser.ui.views.gallery import positions_of
from visualiser.ui.views.tile import Tile, Words
from visualiser.ui.views.tiles import ExampleTiles

_LONGEST = 60
"""Characters of a message in the list."""
MOST_SHOWN = 60
"""Each is painted anew when the answers change."""


_BETWEEN = 1.0
"""Seconds between two orders of the list: it is chosen from, and each one costs a frame's time."""


class ExampleChoice(ExampleTiles):
    """Its order follows the answers, but not under the user's hand.

    Attributes:
        row: position in `split.validation` of the example that is looked at.

    Signals:
        chosen: the user turned to another example.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = 0
        self._info: RunInfo | None = None
        self._pace = Pace(_BETWEEN)
        self._rows: tuple[int, ...] = ()
        self._followed = False
        self.setAccessibleName(self.tr("Examples, wrong answers first"))
        self.setToolTip(self.tr("Arrow keys or a click choose the example that is looked at."))
        self.walked.connect(self._turn)

    def start_run(self, info: RunInfo) -> None:
        """The first examples of another run, before anything is answered."""
        self._info, self._followed = info, False
        self._pace.reset()
        self.row = int(info.watched[0])
        rows = info.watched[:MOST_SHOWN]
        labels = info.split.validation.labels[rows]
        tiles = [self._unanswered(float(label)) for label in labels]
        self._show(info, rows.tolist(), tuple(tiles))

    def follow(self, snapshot: Snapshot) -> None:
        """Put the wrong ones first, unless the user is about to choose."""
        busy = self._followed and (self.hasFocus() or self.underMouse())
        if busy or snapshot.predictions is None or not self._pace.lets(snapshot):
            return
        found = _ranked_classes(snapshot) or _ranked_amounts(snapshot)
        if found is None:
            return
        info, (places, tiles) = snapshot.info, found
        rows = info.watched[places].tolist()
        if not self._followed and rows:
            self._followed, self.row = True, rows[0]
            self.chosen.emit()
        if self.row in rows:
            self.place = rows.index(self.row)
        else:
            self.place = -1
        self._show(info, rows, tiles)

    def look_at(self, row: int) -> None:
        """Another example, wherever it stands in the list."""
        self.row, self._followed = row, True
        self.place = self._rows.index(row) if row in self._rows else -1
        self.viewport().update()
        self.chosen.emit()

    @property
    def rows(self) -> tuple[int, ...]:
        """Positions in `split.validation` of the examples listed."""
        return self._rows

    def _show(self, info: RunInfo, rows: list[int], tiles: tuple[Tile, ...]) -> None:
        self._rows = tuple(rows)
        positions = np.array(rows, dtype=np.int64)
        features = take(info.split.validation.features, positions)
        self.show_examples(info.dataset, _in_brief(features), tiles)

    def _unanswered(self, label: float) -> Tile:
        assert self._info is not None
        return Tile((Words(self._info.dataset.label_text(label), "muted"),))

    def _turn(self) -> None:
        if 0 <= self.place < len(self._rows) and self._rows[self.place] != self.row:
            self.row, self._followed = self._rows[self.place], True
            self.chosen.emit()

    def _paint_place(self, painter: QPainter, palette: Palette) -> None:
        """Mark the example that is looked at, whether the keys are here or not."""
        if 0 <= self.place < len(self._boxes):
            colour = QColor(palette.accent if self.hasFocus() else palette.muted)
            painter.setPen(QPen(colour, 2))
            painter.drawRect(self._boxes[self.place].adjusted(1, 1, -1, -1))


def _in_brief(features: Features) -> Features:
    """What tells examples apart in a list: the beginning of a message, no columns of a row."""
    if isinstance(features, Table):
        rows = len(features)
        nothing = np.zeros((rows, 0), np.float32), np.zeros((rows, 0), np.int32)
        return Table(nothing[0], (), nothing[1], (), ())
    if features.dtype == object:
        return np.array([textwrap.shorten(text, _LONGEST, placeholder=" …") for text in features])
    return features


def _ranked_classes(snapshot: Snapshot) -> tuple[IntArray, tuple[Tile, ...]] | None:
    """Wrong answers, the surest first, then right ones, the least sure first."""
    answers = Answers.of(snapshot) if snapshot.info.dataset.predicts_classes else None
    if answers is None:
        return None
    wrong = positions_of(answers, "wrong")
    right = positions_of(answers, "right")[::-1]
    # Some right ones as well: what speaks for those is worth a look too.
    most = MOST_SHOWN - min(len(right), MOST_SHOWN // 3)
    places = np.concatenate((wrong[:most], right))[:MOST_SHOWN]
    return places, tuple(_tile(answers, place) for place in places.tolist())


def _tile(answers: Answers, place: int) -> Tile:
    """The true class, and what it is taken for; the rest is told of the one that is chosen."""
    names = answers.info.dataset.class_names
    true, answer = int(answers.true[place]), int(answers.output[place].argmax())
    lines = [Words(isolated(names[true]), "muted")]
    if answer != true:
        lines.append(Words(f"→ {isolated(names[answer])}", "wrong"))
    return Tile(tuple(lines), answer_tile(answers, place).tip)


def _ranked_amounts(snapshot: Snapshot) -> tuple[IntArray, tuple[Tile, ...]] | None:
    """The largest errors first."""
    info, predictions = snapshot.info, snapshot.predictions
    if predictions is None or not info.dataset.predicts_amounts:
        return None
    if not np.isfinite(predictions.output).all():
        return None
    true = info.split.validation.labels[info.watched]
    errors = np.abs(predictions.output - true)
    places = np.argsort(-errors, kind="stable")[:MOST_SHOWN]
    text = info.dataset.label_text
    tiles = tuple(
        Tile(
            (
                Words(text(float(true[place])), "muted"),
                Words(f"→ {text(float(predictions.output[place]))}", "strong"),
            )
        )
        for place in places.tolist()
    )
    return places, tiles
