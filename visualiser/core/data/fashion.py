"""Photographs of clothing: 7,000 pictures of Fashion-MNIST (Xiao, Rasul and Vollgraf 2017)."""

import numpy as np

from visualiser.core.data.bundled import read_arrays
from visualiser.core.data.dataset import DataCard
from visualiser.core.data.pictures import Pictures, grey_pixels, picture_source
from visualiser.core.data.source import Defaults, NoOptions, Progress

CLASSES = (
    "T-shirt",
    "trousers",
    "pullover",
    "dress",
    "coat",
    "sandal",
    "shirt",
    "sneaker",
    "bag",
    "ankle boot",
)

CARD = DataCard(
    what="Grey photographs of 28 × 28 pixels of articles of a shop for clothes, and which of ten "
    "kinds each one is.",
    source="Fashion-MNIST by Han Xiao, Kashif Rasul and Roland Vollgraf (2017), Zalando; a "
    "balanced sample of 6,000 training and 1,000 test pictures.",
    licence="MIT, copyright 2017 Zalando SE",
    size="7,000 pictures, 700 of each kind",
    weaknesses=(
        "Product photographs without background: a model that is good here can fail on a person "
        "wearing the thing.",
        "Shirt, T-shirt, pullover and coat are told apart by details that 28 pixels hardly show.",
        "One shop's range of around 2017: what it does not sell is not clothing here.",
    ),
)


def read(options: NoOptions, seed: int, progress: Progress) -> Pictures:
    """7,000 pictures of 28 × 28 pixels, 0 for the ground and 1 for the brightest.

    Raises:
        UserError: the bundled file is missing or damaged.
    """
    arrays = read_arrays("fashion_6k.npz")
    pixels = grey_pixels(np.concatenate([arrays["x"], arrays["xt"]]))
    return Pictures(pixels, np.concatenate([arrays["y"], arrays["yt"]]), CLASSES, CARD)


SOURCE = picture_source(
    name="fashion_6k",
    title="Clothing",
    summary="7,000 small photographs of clothing, of ten kinds.",
    target="kind",
    read=read,
    defaults=Defaults(
        model="cnn",
        model_options=(("filters", (16, 32)), ("hidden", 128), ("dropout", 0.5)),
        batch_size=64,
        learning_rate=0.002,
        epochs=15,
    ),
)
