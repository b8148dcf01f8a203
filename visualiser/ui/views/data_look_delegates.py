"""How a picture and a message look in a list, with their label.

Style options are Any here, since the stubs do not know their public fields.
"""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from visualiser.ui.palette import LIGHT, Palette, category_colour
from visualiser.ui.views.changed_label import changed_label, least_width
from visualiser.ui.views.data_look_model import RowsModel
from visualiser.ui.views.data_look_rows import Rows, copy_text
from visualiser.ui.views.example_picture import example_image, picture_ratio

Index = QModelIndex | QPersistentModelIndex
_LINES = 2
_SHARED_LETTERS = 24
"""Letters that a message and what it was have in common, shown before the first that differs."""
_PAD = 5
_ARROW = "→"
_MOST_WIDE = 2
"""Heights of a picture that its changed label may be wide."""


class _Delegate(QStyledItemDelegate):
    """What pictures and messages share: the ground, and the colours of a label."""

    def __init__(self, model: RowsModel) -> None:
        super().__init__(model)
        self._model = model
        self.palette = LIGHT

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.palette = palette

    def paint_ground(self, painter: QPainter, option: Any) -> None:
        """A quiet ground for the one selected."""
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(self.palette.sunken))

    def label_colour(self, rows: Rows, row: int) -> QColor:
        """The warning colour where the label was changed, or the row copied from elsewhere."""
        changed = rows.label(row) != rows.clean_label(row) or rows.is_foreign(row)
        return QColor(self.palette.spoiled if changed else self.palette.muted)


class PictureDelegate(_Delegate):
    """A picture with its label below; a frame marks one that was changed.

    In pairs what it was stands left of it.
    """

    SIDE_LINES = 3.6

    def sizeHint(self, option: Any, index: Index) -> QSize:
        metrics: QFontMetrics = option.fontMetrics
        side = round(self.SIDE_LINES * metrics.height())
        rows = self._model.rows
        width = side if rows is None else self._width(rows, side, metrics)
        widest = max(width, metrics.horizontalAdvance("0 → 0"))
        if rows is not None and rows.labels_changed:
            names = (least_width(name, metrics) for name in rows.dataset.class_names)
            widest = max(widest, min(max(names, default=0), _MOST_WIDE * side))
        return QSize(widest + 2 * _PAD, side + metrics.height() + 2 * _PAD)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        rows = self._model.rows
        if rows is None:
            return
        box = QRectF(option.rect)
        metrics: QFontMetrics = option.fontMetrics
        self.paint_ground(painter, option)
        side = round(self.SIDE_LINES * metrics.height())
        single = round(side * picture_ratio(rows.dataset))
        width = self._width(rows, side, metrics)
        left = box.center().x() - width / 2
        where = QRectF(left + width - single, box.top() + _PAD, single, side)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        image = example_image(rows.dataset, rows.example(index.row()), self.palette)
        painter.drawImage(where, image)
        if rows.shows_before:
            before = example_image(rows.dataset, rows.clean_example(index.row()), self.palette)
            painter.drawImage(QRectF(left, where.top(), single, side), before)
            painter.setPen(QColor(self.palette.muted))
            between = QRectF(left + single, where.top(), width - 2 * single, side)
            painter.drawText(between, int(Qt.AlignmentFlag.AlignCenter), _ARROW)
        if rows.is_changed(index.row()):
            painter.setPen(QPen(QColor(self.palette.spoiled), 2))
            painter.drawRect(where)
        painter.setPen(self.label_colour(rows, index.row()))
        below = QRectF(box.left(), where.bottom() + 1, box.width(), metrics.height())
        text = label_within(rows, index.row(), metrics, box.width())
        painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), text)
        painter.restore()

    def _width(self, rows: Rows, side: int, metrics: QFontMetrics) -> int:
        """Of the picture, or of what it was, an arrow, and the picture."""
        single = round(side * picture_ratio(rows.dataset))
        return 2 * single + metrics.horizontalAdvance(_ARROW) + 6 if rows.shows_before else single


class MessageDelegate(_Delegate):
    """A label and two lines of a message; all of it is in the tooltip."""

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        rows, row = self._model.rows, index.row()
        if rows is None:
            return
        box = QRectF(option.rect)
        metrics: QFontMetrics = option.fontMetrics
        self.paint_ground(painter, option)
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        if rows.dataset.predicts_classes:
            painter.setBrush(QColor(category_colour(int(rows.label(row)))))
            painter.drawRect(QRectF(box.left(), box.top() + _PAD, 3, box.height() - 2 * _PAD))
        inner = box.adjusted(3 + _PAD, _PAD, -_PAD, -_PAD)
        left = self._label_width(rows, metrics, inner.width())
        font = QFont(option.font)
        if rows.label(row) != rows.clean_label(row):
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(self.label_colour(rows, row))
        label = _label_on_two_lines(rows, row, QFontMetrics(font), int(left))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignTop), label)
        painter.setFont(option.font)
        changed = rows.is_changed(row) and rows.text(row) != rows.clean_text(row)
        painter.setPen(QColor(self.palette.spoiled if changed else self.palette.text))
        words = inner.adjusted(left + 2 * _PAD, 0, 0, 0)
        if changed and rows.pairs:
            _paint_pair(painter, words, rows.clean_text(row), rows.text(row), self.palette)
        else:
            text = _two_lines(rows.text(row), metrics, words.width())
            painter.drawText(words, int(Qt.TextFlag.TextWordWrap), text)
        painter.setPen(QColor(self.palette.grid))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.restore()

    def _label_width(self, rows: Rows, metrics: QFontMetrics, room: float) -> float:
        if rows.dataset.predicts_amounts:
            return 0.25 * room
        if rows.dataset.alphabet:
            return float(metrics.horizontalAdvance(rows.dataset.label_text(10**6)))
        if rows.dataset.catalogue is not None:
            return 0.65 * room  # what was bought says more than by whom
        names = sorted(map(metrics.horizontalAdvance, rows.dataset.class_names))[-2:]
        return min(sum(names) + metrics.horizontalAdvance(" → ") + 8.0, 0.3 * room)


def label_within(rows: Rows, row: int, metrics: QFontMetrics, room: float) -> str:
    """The label of a row in so many pixels; of one that was changed what it is now stays whole."""
    now, before = rows.label(row), rows.clean_label(row)
    given = rows.dataset.label_text(now)
    if now == before:
        return metrics.elidedText(given, Qt.TextElideMode.ElideRight, int(room))
    return changed_label(rows.dataset.label_text(before), given, metrics, room)


def _label_on_two_lines(rows: Rows, row: int, metrics: QFontMetrics, room: int) -> str:
    """The label of a message; what it is now has the second line where one is too short."""
    text = rows.label_text(row)
    if rows.is_copy(row):
        return metrics.elidedText(copy_text(text), Qt.TextElideMode.ElideRight, room)
    given = "→ " + rows.dataset.label_text(rows.label(row))
    if rows.label(row) == rows.clean_label(row) or metrics.horizontalAdvance(text) <= room:
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    true = rows.dataset.label_text(rows.clean_label(row))
    lines = (metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in (true, given))
    return "\n".join(lines)


def _paint_pair(
    painter: QPainter, words: QRectF, before: str, after: str, palette: Palette
) -> None:
    """A line of what a message was, and one of what it is, from shortly before they part."""
    shared = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    start = max(shared - _SHARED_LETTERS, 0)
    metrics, top = painter.fontMetrics(), words.top()
    for text, colour in ((before, palette.muted), (f"{_ARROW} {after}", palette.spoiled)):
        painter.setPen(QColor(colour))
        mark, rest = (text[:2], text[2:]) if text.startswith(_ARROW) else ("", text)
        shown = mark + ("…" if start else "") + rest[start:]
        line = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(QRectF(words.left(), top, words.width(), metrics.height()), 0, line)
        top += metrics.height()


def message_height(metrics: QFontMetrics) -> int:
    """Pixels that a message takes in a list."""
    return _LINES * metrics.height() + 2 * _PAD


def _two_lines(text: str, metrics: QFontMetrics, width: float) -> str:
    """As much of a text as fits two lines of words, ending in “…” where it does not."""
    # Lines break at words, so that the first one is seldom full: a little less than two fit.
    room = int(_LINES * width - 0.12 * width)
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
