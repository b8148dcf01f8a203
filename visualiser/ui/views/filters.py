"""What the first layer of a picture model looks for: its weights as small pictures."""

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visualiser.core.models.layers import Convolution, Dense
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.views.filters_canvas import FiltersCanvas
from visualiser.ui.views.hover import Hover
from visualiser.ui.views.offers.networks import sees_no_pictures
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.weights_layers import LayerNames, layer_names, weight_text
from visualiser.ui.widgets.fitted import Unsqueezed
from visualiser.ui.widgets.paragraph import paragraph

SHOWN = 64
"""Pictures at most: more would be too small to see anything in."""


class FiltersView(Unsqueezed, QWidget):
    """Each neuron or filter of the first layer as a picture of its weights."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: LayerNames | None = None
        self._first: Dense | Convolution | None = None
        self._picture = (1, 1, 1)
        self._places: tuple[str, ...] = ()
        self.words = paragraph("muted")
        self.canvas = FiltersCanvas(self)
        self.canvas.setAccessibleName(self.tr("Weights of the first layer as pictures"))
        self.hover = Hover(self.canvas, self._read)
        self.saving = PictureSaving(self.canvas, "filters", self.tr("Filters"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.words)
        layout.addWidget(self.canvas, 1)

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run."""
        self.canvas.clear()
        self.saving.forget()
        self._first = _first_layer(info)
        if self._first is None or sees_no_pictures(info):
            self._names = None
            self.words.setText("")
            return
        self._names = layer_names(info)[0]
        self._picture = _picture_shape(self._first, info)
        self._places = info.encoder.names if isinstance(self._first, Dense) else ()
        classes = isinstance(self._first, Dense) and self._first.outputs == len(
            info.dataset.class_names
        )
        self.canvas.set_captions(info.dataset.class_names[:SHOWN] if classes else ())
        self.words.setText(self._explanation(classes))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the weights of this step."""
        if not snapshot.layers or self._names is None:
            return
        weight = snapshot.layers[0].weight[:SHOWN]
        pictures = weight.reshape(len(weight), *self._picture)
        # One picture a filter: colours that mean plus and minus cannot also mean a channel.
        self.canvas.show_pictures(
            pictures[:, 0] if self._picture[0] == 1 else pictures.mean(axis=1)
        )
        self.saving.follow(snapshot)
        self.hover.refresh()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.canvas.apply_palette(palette)
        self.saving.apply_palette(palette)

    def _explanation(self, classes: bool) -> str:
        outputs = 0 if self._first is None else self._first.outputs
        if classes:
            text = self.tr("What speaks for each class: blue parts for it, orange against it.")
        elif isinstance(self._first, Convolution):
            text = self.tr(
                "What each filter looks for: blue parts raise its answer, orange lower it."
            )
        else:
            text = self.tr(
                "What each neuron looks for: blue parts raise its answer, orange lower it."
            )
        if outputs > SHOWN:
            more = self.tr("The first {shown} of {count:,}.").format(shown=SHOWN, count=outputs)
            text = f"{more} {text}"
        if self._picture[0] > 1:
            text += " " + self.tr("Mean of {count} channels.").format(count=self._picture[0])
        return text

    def _read(self, place: QPointF) -> str:
        found = self.canvas.cell_at(place)
        if found is None or self._names is None:
            return ""
        tile, row, column, value = found
        if self._places:
            where = self._places[row * self._picture[2] + column]
        else:
            where = self.tr("row {row}, column {column}").format(row=row + 1, column=column + 1)
        return self.tr("{layer}, {name} ← {where}: {value}").format(
            layer=self._names.short,
            name=self._names.rows[tile],
            where=where,
            value=weight_text(value),
        )


def _first_layer(info: RunInfo) -> Dense | Convolution | None:
    return next((layer for layer in info.layers if isinstance(layer, Dense | Convolution)), None)


def _picture_shape(layer: Dense | Convolution, info: RunInfo) -> tuple[int, int, int]:
    """Channels, rows and columns of the picture that one neuron or filter sees."""
    if isinstance(layer, Convolution):
        return layer.input_shape[0], layer.kernel, layer.kernel
    channels, height, width = info.encoder.shape
    return channels, height, width
