"""What each filter of a convolutional network finds in a chosen picture, as the network learns."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from visualiser.core.data.isolated_name import isolated
from visualiser.core.numerals import probability_text
from visualiser.core.questions.feature_maps import FeatureMaps, Stage, Way, Ways
from visualiser.core.questions.spec import Question
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.example_answers import Answers
from visualiser.ui.views.example_picture import example_image
from visualiser.ui.views.feature_maps_canvas import MOST_SHOWN, Block, FeatureMapsCanvas
from visualiser.ui.views.hover import Hover
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.side_column import SideColumn, turning_layout
from visualiser.ui.views.weights_layers import weight_text
from visualiser.ui.widgets.controls import Choice, Switch
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.flow_layout import FlowLayout
from visualiser.ui.widgets.paragraph import paragraph

_SIDE = 96
"""Pixels of the chosen picture."""
_COLUMN = 225
"""Pixels of the column with the picture and what is said of it, at the usual size of text."""
_GAP, _UNBOUNDED = 12, 16_777_215
"""Pixels beside that column, and Qt's largest width."""


class FeatureMapsView(Fitted, QWidget):
    """A picture of the validation part, the answer to it, and the maps on the way there.

    Signals:
        questions_changed: another picture is looked at.
    """

    questions_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: RunInfo | None = None
        self._row = 0
        self._place = 0
        self._answers: Answers | None = None
        self._ways: Ways | None = None
        self._random = np.random.default_rng(0)
        self.picture = _Picture(self)
        self.words = paragraph("muted")
        self.canvas = FeatureMapsCanvas(self)
        self.hover = Hover(self.canvas, self._read)
        self.shown = Choice(
            [("maps", self.tr("after the activation")), ("pooled", self.tr("after pooling"))], self
        )
        self.shown.setAccessibleName(self.tr("Maps shown"))
        self.shown.setToolTip(self.tr("Where in the network the maps are taken."))
        self.shown.edited.connect(self._draw)
        self.twin = Switch(self.tr("Clean twin"), self)
        self.twin.setToolTip(self.tr("Shows the maps of the model trained on clean data."))
        self.twin.edited.connect(self._draw)
        self.saving = PictureSaving(
            self.canvas, "feature-maps", self.tr("Feature maps"), chosen=self._chosen_text
        )
        self._build()

    def _build(self) -> None:
        buttons = QWidget()
        row = FlowLayout(buttons, gap=4)
        for text, tip, act in (
            (self.tr("Previous"), self.tr("The picture before."), self._previous),
            (self.tr("Next"), self.tr("The picture after it."), self._next),
            (self.tr("Random"), self.tr("Any picture of the validation part."), self._any),
            (self.tr("Wrong"), self.tr("The next picture answered wrongly."), self._next_wrong),
        ):
            button = QToolButton()
            button.setText(text)
            button.setToolTip(tip)
            button.setAccessibleName(text)
            button.setProperty("role", "flat")
            button.clicked.connect(act)
            row.addWidget(button)
        top = QWidget()
        beside = QHBoxLayout(top)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.picture)
        beside.addWidget(self.words, 1, Qt.AlignmentFlag.AlignTop)
        self._side = SideColumn(top, buttons, self.shown, self.twin, parent=self)
        self._layout = turning_layout(self, _GAP)
        self._layout.addWidget(self._side)
        self._layout.addWidget(self.canvas, 1)

    def questions(self) -> frozenset[Question[Ways]]:
        """The way of the chosen picture."""
        return frozenset({FeatureMaps(self._row)})

    def fit(self) -> None:
        """The picture and its words stand beside the maps, or below where those would be cut."""
        column = max(_COLUMN, self._side.narrowest())
        beside = column + _GAP + self.canvas.minimumSizeHint().width() <= self.width()
        self._side.setMinimumWidth(column if beside else 0)
        self._side.setMaximumWidth(column if beside else _UNBOUNDED)
        self._layout.turn(beside=beside, upwards=True)
        self._side.unroll(not beside)

    def start_run(self, info: RunInfo) -> None:
        """Another run; the same place among the pictures, if there are as many."""
        self._info, self._answers, self._ways = info, None, None
        self._place = min(self._place, len(info.watched) - 1)
        self._row = int(info.watched[self._place])
        self.canvas.clear()
        self.saving.forget()
        self.twin.setVisible(info.experiment.training.twin)
        self._show_picture()
        self.words.setText(self._truth())  # until it is answered

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the maps of this step."""
        if snapshot.predictions is not None:
            self._answers = Answers.of(snapshot) if snapshot.info.dataset.class_names else None
        ways = snapshot.answer(FeatureMaps(self._row))
        if ways is None:
            return
        self._ways = ways
        self.twin.setEnabled(ways.twin is not None)
        self._draw()
        self._say(ways)
        self.saving.follow(snapshot)
        self.hover.refresh()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.canvas.apply_palette(palette)
        self.saving.apply_palette(palette)
        self.picture.palette_ = palette
        self._show_picture()

    def _way(self, ways: Ways) -> Way:
        return ways.twin if self.twin.isChecked() and ways.twin is not None else ways.student

    def _draw(self) -> None:
        if self._ways is None:
            return
        stages = self._way(self._ways).stages
        self.canvas.show_blocks(
            tuple(self._block(number, stage) for number, stage in enumerate(stages, start=1))
        )

    def _block(self, number: int, stage: Stage) -> Block:
        pooled = self.shown.get() == "pooled" and stage.pooled is not None
        maps = stage.pooled if pooled and stage.pooled is not None else stage.maps
        title = self.tr("Convolution {number} · {height} × {width}").format(
            number=number, height=maps.shape[1], width=maps.shape[2]
        )
        if len(maps) > MOST_SHOWN:
            title += self.tr(", the first {shown} of {count}").format(
                shown=MOST_SHOWN, count=len(maps)
            )
        return Block(title, stage.filters, maps)

    def _say(self, ways: Ways) -> None:
        assert self._info is not None
        lines = [self._truth(), self.tr("model: {answer}").format(answer=self._text(ways.student))]
        if ways.twin is not None:
            lines.append(self.tr("twin: {answer}").format(answer=self._text(ways.twin)))
        text = "\n".join(lines)
        if text != self.words.text():
            self.words.setText(text)

    def _truth(self) -> str:
        assert self._info is not None
        label = float(self._info.split.validation.labels[self._row])
        return self.tr("true: {label}").format(label=self._info.dataset.label_text(label))

    def _text(self, way: Way) -> str:
        assert self._info is not None
        dataset, output = self._info.dataset, way.output
        if not np.isfinite(output).all():
            return "–"
        if not dataset.predicts_classes:
            return dataset.label_text(float(output))
        answer = int(output.argmax())
        return (
            f"{isolated(dataset.class_names[answer])} · {probability_text(float(output[answer]))}"
        )

    def _previous(self) -> None:
        self._go(self._place - 1)

    def _next(self) -> None:
        self._go(self._place + 1)

    def _any(self) -> None:
        if self._info is not None:
            self._go(int(self._random.integers(len(self._info.watched))))

    def _next_wrong(self) -> None:
        if self._answers is None:
            return
        wrong = np.flatnonzero(self._answers.predicted != self._answers.true)
        if len(wrong):
            after = wrong[wrong > self._place]
            self._go(int(after[0] if len(after) else wrong[0]))

    def _go(self, place: int) -> None:
        if self._info is None:
            return
        self._place = place % len(self._info.watched)
        self._row = int(self._info.watched[self._place])
        self._show_picture()
        self.words.setText(self._truth())
        self.questions_changed.emit()

    def _show_picture(self) -> None:
        if self._info is None:
            return
        example = np.asarray(self._info.split.validation.features)[self._row]
        palette = self.picture.palette_
        self.picture.show_image(example_image(self._info.dataset, example, palette), self._truth())

    def _chosen_text(self) -> str:
        return self._truth()

    def _read(self, place: QPointF) -> str:
        spot = self.canvas.spot_at(place)
        if spot is None:
            return ""
        text = self.tr("convolution {number}, what filter {filter} finds at ({row}, {column}): ")
        if spot.in_filter:
            text = self.tr("convolution {number}, weight of filter {filter} at ({row}, {column}): ")
        text = text.format(
            number=spot.block + 1, filter=spot.tile + 1, row=spot.row + 1, column=spot.column + 1
        ) + weight_text(spot.value)
        channels = 1 if self._ways is None else self._ways.student.stages[spot.block].channels
        if spot.in_filter and channels > 1:
            text += self.tr(" (mean of {count} channels)").format(count=channels)
        return text


class _Picture(QWidget):
    """The chosen example, crisp."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.palette_ = LIGHT
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_image(self, image: QImage, spoken: str) -> None:
        """Another example, and what it is for who cannot see it."""
        self._image = image
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image.isNull():
            return
        painter = QPainter(self)
        size = self._image.size().scaled(_SIDE, _SIDE, Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRectF(0, 0, size.width(), size.height()), self._image)
        painter.end()
