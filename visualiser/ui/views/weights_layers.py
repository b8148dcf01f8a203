"""What is said of layers with weights: their names, the words for their updates, their cells."""

import math
from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QCoreApplication

from visualiser.core.data.dataset import FloatArray
from visualiser.core.data.encoding_spec import CodingEncoder, Encoder
from visualiser.core.models.language_layers import Places
from visualiser.core.models.layers import Convolution, Dense, Layer, Matrix
from visualiser.core.models.purchase_layers import Basket, Customers, Products, ProductTower
from visualiser.core.models.recurrent_layers import GATES, GRU
from visualiser.core.models.text_layers import Embedding, WordConvolution
from visualiser.core.numerals import numeral
from visualiser.core.training.snapshot import LayerState, RunInfo

TOO_SLOW, TOO_FAST = 1e-5, 1e-2
"""Update-to-weight ratios outside are a sign of a learning rate that does not fit.

About 0.001 is healthy (Karpathy 2015, CS231n notes, “Neural networks part 3”).
"""


@dataclass(frozen=True)
class LayerNames:
    """The weights of a LayerState, in words.

    Attributes:
        title: “Layer 1 · 784 → 64”.
        short: “layer 1”, as within a sentence.
        rows: the name of each output: “neuron 3”, “class “7””.
        columns: the name of each column of the unrolled weights: “sqft”, “neuron 2 of layer 1”.
    """

    title: str
    short: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]

    @property
    def word(self) -> str:
        """“Layer 1”: the title without the shape."""
        return self.title.partition(" · ")[0]


def _tr(text: str) -> str:
    return QCoreApplication.translate("layers", text)


def layer_names(info: RunInfo) -> tuple[LayerNames, ...]:
    """One entry for each LayerState of the run, in their order."""
    weighted = [layer for layer in info.layers if layer.matrices]
    names: list[LayerNames] = []
    numbers: Counter[type[Layer]] = Counter()
    for layer in weighted:
        last = layer is weighted[-1]
        before = names[-1] if names else None
        numbers[type(layer)] += 1
        number = numbers[type(layer)]
        if isinstance(layer, Convolution):
            names.append(_convolution_names(layer, number, before))
        elif isinstance(layer, Dense):
            names.append(_dense_names(layer, number, last, before, info))
        elif isinstance(layer, Embedding):
            names.append(_embedding_names(layer, number, last, info.encoder))
        elif isinstance(layer, Places):
            names.append(_place_names(layer))
        elif isinstance(layer, WordConvolution):
            names.append(_word_convolution_names(layer, number))
        elif isinstance(layer, GRU):
            names.extend(_gru_names(layer, number, before, info))
        elif isinstance(layer, Customers | Basket | Products | ProductTower):
            names.extend(_vector_names(layer, matrix, info) for matrix in layer.matrices)
        else:
            answers = _codes(info.encoder, layer.output_shape[-1]) if last else ()
            names.extend(_matrix_names(layer, matrix, number, answers) for matrix in layer.matrices)
    return tuple(names)


def _matrix_names(
    layer: Layer, matrix: Matrix, number: int, answers: tuple[str, ...]
) -> LayerNames:
    """Of a layer of some family of models, which gives itself and its matrices a name.

    `answers` are what its outputs stand for, as of a model that foretells characters.
    """
    word = " ".join(filter(None, (_tr(layer.title), str(number), _tr(matrix.title))))
    return LayerNames(
        f"{word} · {matrix.inputs:,} → {matrix.outputs:,}",
        word[0].lower() + word[1:],
        answers or tuple(_tr("neuron {n}").format(n=n + 1) for n in range(matrix.outputs)),
        tuple(_tr("input {n}").format(n=n + 1) for n in range(matrix.inputs)),
    )


def _vector_names(layer: Layer, matrix: Matrix, info: RunInfo) -> LayerNames:
    """Each row is named after the customer or the product whose numbers it holds."""
    book = info.dataset.catalogue
    assert book is not None
    rows = tuple(_tr("neuron {n}").format(n=n + 1) for n in range(matrix.outputs))
    if isinstance(layer, Customers):
        rows = tuple(book.customer_text(code) for code in range(matrix.outputs))
    elif matrix.outputs == len(book.products):
        rows = book.products
    word = " ".join(filter(None, (_tr(layer.title), _tr(matrix.title))))
    return LayerNames(
        f"{word} · {matrix.outputs:,} × {matrix.inputs:,}",
        word[0].lower() + word[1:],
        rows,
        tuple(_tr("number {n}").format(n=n + 1) for n in range(matrix.inputs)),
    )


def _codes(encoder: Encoder, count: int) -> tuple[str, ...]:
    """What each of `count` codes stands for; empty where they are not known."""
    known = encoder.vocabularies if isinstance(encoder, CodingEncoder) else ()
    words = next((words for words in known if len(words) == count), ())
    return tuple(_tr("“{name}”").format(name=word) for word in words)


def _embedding_names(layer: Embedding, number: int, last: bool, encoder: Encoder) -> LayerNames:
    """Each row is named after what its code stands for; columns too where they are answers."""
    answers = _codes(encoder, layer.width) if last else ()
    return LayerNames(
        _tr("Embedding {number} · {codes:,} × {width}").format(
            number=number, codes=layer.codes, width=layer.width
        ),
        _tr("embedding {number}").format(number=number),
        _codes(encoder, layer.codes)
        or tuple(_tr("code {n}").format(n=n) for n in range(layer.codes)),
        answers or tuple(_tr("number {n}").format(n=n + 1) for n in range(layer.width)),
    )


def _place_names(layer: Places) -> LayerNames:
    """Each row holds the numbers that are added at one place of a text."""
    return LayerNames(
        _tr("Places · {places:,} × {width}").format(places=layer.codes, width=layer.width),
        _tr("places"),
        tuple(_tr("place {n}").format(n=n + 1) for n in range(layer.codes)),
        tuple(_tr("number {n}").format(n=n + 1) for n in range(layer.width)),
    )


def _word_convolution_names(layer: WordConvolution, number: int) -> LayerNames:
    width, window = layer.input_shape[1], layer.window
    return LayerNames(
        _tr("Word convolution {number} · {width} → {outputs}, {window} words").format(
            number=number, width=width, outputs=layer.outputs, window=window
        ),
        _tr("word convolution {number}").format(number=number),
        tuple(_tr("filter {n}").format(n=n + 1) for n in range(layer.outputs)),
        tuple(
            _tr("number {n} of word {place}").format(n=n + 1, place=place + 1)
            for n in range(width)
            for place in range(window)
        ),
    )


def _gru_names(
    layer: GRU, number: int, before: LayerNames | None, info: RunInfo
) -> tuple[LayerNames, LayerNames]:
    """Rows are the gates of each unit; columns what comes in, and the units of the state."""
    come_in, state = (_matrix_names(layer, matrix, number, ()) for matrix in layer.matrices)
    text = _tr("{gate}, unit {n}")
    gates = {"reset": _tr("reset gate"), "update": _tr("update gate"), "new": _tr("new state")}
    rows = tuple(
        text.format(gate=gates[gate], n=n + 1) for gate in GATES for n in range(layer.units)
    )
    units = tuple(_tr("unit {n} of the state").format(n=n + 1) for n in range(layer.units))
    first = before is None and len(info.encoder.names) == layer.input_shape[1]
    columns = info.encoder.names if first else come_in.columns
    return replace(come_in, rows=rows, columns=columns), replace(state, rows=rows, columns=units)


def _convolution_names(layer: Convolution, number: int, before: LayerNames | None) -> LayerNames:
    channels, size = layer.input_shape[0], layer.kernel
    title = _tr("Convolution {number} · {inputs} → {outputs}, {size}×{size}")
    of = _tr(" of channel {channel}") if before else ""
    return LayerNames(
        title.format(number=number, inputs=channels, outputs=layer.outputs, size=size),
        _tr("convolution {number}").format(number=number),
        tuple(_tr("filter {n}").format(n=n + 1) for n in range(layer.outputs)),
        tuple(
            _tr("place ({row}, {column})").format(row=row + 1, column=column + 1)
            + of.format(channel=channel + 1)
            for channel in range(channels)
            for row in range(size)
            for column in range(size)
        ),
    )


def _dense_names(
    layer: Dense, number: int, last: bool, before: LayerNames | None, info: RunInfo
) -> LayerNames:
    word = _tr("Output") if last else _tr("Layer {number}").format(number=number)
    classes = info.dataset.class_names
    if last and len(classes) == layer.outputs:
        rows = tuple(_tr("“{name}”").format(name=name) for name in classes)
    elif last and layer.outputs == 1:
        rows = (info.dataset.target,)
    else:
        rows = tuple(_tr("neuron {n}").format(n=n + 1) for n in range(layer.outputs))
    return LayerNames(
        f"{word} · {layer.inputs:,} → {layer.outputs:,}",
        word[0].lower() + word[1:],
        rows,
        _input_names(layer, before, info),
    )


def _input_names(layer: Dense, before: LayerNames | None, info: RunInfo) -> tuple[str, ...]:
    if before is None and len(info.encoder.names) == layer.inputs:
        return info.encoder.names
    if before is None:
        _, _, width = (1, 1, *info.encoder.shape)[-3:]
        if info.dataset.modality == "images":
            text = _tr("pixel (row {row}, column {column})")
            return tuple(
                text.format(row=i // width + 1, column=i % width + 1) for i in range(layer.inputs)
            )
    elif len(before.rows) == layer.inputs:
        return tuple(f"{name}, {before.short}" for name in before.rows)
    return tuple(_tr("input {n}").format(n=n + 1) for n in range(layer.inputs))


def unrolled(state: LayerState) -> FloatArray:
    """(outputs, inputs) weights; the filters of a convolution as one row each."""
    return state.weight.reshape(len(state.weight), -1)


def update_note(ratio: float) -> tuple[str, bool]:
    """What the update-to-weight ratio is, and whether it is a reason to worry."""
    if math.isnan(ratio):
        return "", False
    text = _tr("changes by {ratio} a step").format(ratio=ratio_text(ratio))
    if ratio > TOO_FAST:
        return text + _tr(", large"), True
    return text + (_tr(", tiny") if ratio < TOO_SLOW else ""), False


def update_explanation(ratio: float) -> str:
    """What the ratio means, and what it means that it is what it is."""
    if math.isnan(ratio):
        return ""
    meaning = _tr(
        "One step changes these weights by {ratio} of their size (update-to-weight ratio); 0.001 "
        "is healthy."
    )
    advice = ""
    if ratio > TOO_FAST:
        advice = " " + _tr("That is large: the learning rate may be too high.")
    elif ratio < TOO_SLOW:
        advice = " " + _tr("That is tiny: this layer hardly learns any more.")
    return meaning.format(ratio=ratio_text(ratio)) + advice


def ratio_text(ratio: float) -> str:
    """One significant digit: “0.002”, “3e−6”."""
    if not math.isfinite(ratio):
        return _tr("not a number") if math.isnan(ratio) else "∞"
    if 1 <= ratio < 1e5:
        return f"{ratio:,.0f}"
    return numeral(ratio, 1)


def weight_text(value: float) -> str:
    """Two significant digits: “−0.31”."""
    if not np.isfinite(value):
        return _tr("not a number")
    return numeral(value, 2)
