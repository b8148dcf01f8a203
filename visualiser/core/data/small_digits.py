"""Handwritten digits of 8 × 8 pixels (Alpaydin and Kaynak 1998), as scikit-learn has them."""

import numpy as np

from visualiser.core.data.bundled import read_arrays
from visualiser.core.data.dataset import DataCard
from visualiser.core.data.pictures import DIGIT_NAMES, Pictures, picture_source
from visualiser.core.data.source import Defaults, NoOptions, Progress

_BRIGHTEST = 16.0

CARD = DataCard(
    what="Grey pictures of 8 × 8 pixels of handwritten digits, and which digit each one is.",
    source="Optical Recognition of Handwritten Digits by Ethem Alpaydin and Cenk Kaynak (1998), "
    "UCI Machine Learning Repository; the part that comes with scikit-learn.",
    licence="BSD-3-Clause (scikit-learn)",
    size="1,797 pictures, 174 to 183 of each digit",
    weaknesses=(
        "Written by 43 people in Turkey: the same hands are in the training and in the test data.",
        "Each pixel counts the ink in a square of 4 × 4: thin and thick pens look alike.",
        "Almost too easy: a linear model is right on 19 of 20.",
    ),
)


def read(options: NoOptions, seed: int, progress: Progress) -> Pictures:
    """1,797 pictures of 8 × 8 pixels, 0 for paper and 1 for ink."""
    arrays = read_arrays("digits_8x8.npz")
    pixels = arrays["x"][:, None].astype(np.float32) / np.float32(_BRIGHTEST)
    return Pictures(pixels, arrays["y"].astype(np.int64), DIGIT_NAMES, CARD)


SOURCE = picture_source(
    name="digits_8x8",
    title="Small digits",
    summary="1,797 tiny pictures of handwritten digits: trains in a moment.",
    target="digit",
    read=read,
    defaults=Defaults(
        model="cnn",
        model_options=(("filters", (16, 32)), ("kernel", 3), ("hidden", 64), ("dropout", 0.3)),
        batch_size=32,
        learning_rate=0.003,
        epochs=20,
    ),
)
