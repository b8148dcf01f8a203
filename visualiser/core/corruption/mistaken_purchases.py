"""Purchases that say nothing about taste."""

import numpy as np

from visualiser.core.corruption.spec import Amount, Change, Context, Corruption, NoOptions
from visualiser.core.data.dataset import Dataset, read_only
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.split import Part


def corrupt(
    part: Part, amount: float, options: NoOptions, context: Context, generator: np.random.Generator
) -> tuple[Part, Change]:
    """Take for each purchase, with probability `amount`, another product at random.

    Symmetric label noise (Han et al., Co-teaching, 2018) with products as labels. The pair says
    the same as its label, so that the purchase is mistaken wherever a model is told of it.
    """
    assert context.dataset.catalogue is not None
    rows, products = len(context.clean), len(context.dataset.catalogue.products)
    dice = generator.random(rows)[part.origin]
    # A step of 1 … K − 1 around the circle of products never lands on the one bought.
    step = generator.integers(1, products, rows)[part.origin]
    hit = dice < amount
    labels = np.where(hit, (part.labels + step) % products, part.labels)
    change = Change(
        "mistaken_purchases",
        amount,
        int(np.count_nonzero(hit)),
        len(part),
        noun_of(context.dataset).many,
        "changed to another product",
        part.origin[hit],
    )
    pairs = np.stack((np.asarray(part.features)[:, 0], labels), axis=1)
    return part.with_values(features=read_only(pairs), labels=labels), change


def refuse_other_than_purchases(dataset: Dataset) -> str | None:
    """Why a corruption of purchases makes no sense for `dataset`, or None where it does."""
    return None if dataset.modality == "purchases" else "it needs customers and what they bought"


CORRUPTION = Corruption(
    name="mistaken_purchases",
    flag="mistaken-purchases",
    title="Mistaken purchases",
    dimension="Labels",
    touches="labels",
    story="Gifts, slips of the finger, an account that a family shares: what was bought is not "
    "what this customer likes.",
    source="Symmetric label noise; Han et al., Co-teaching, 2018",
    amount=Amount("mistake_rate", 0.0, 0.8, "share"),
    options=NoOptions,
    refuses=refuse_other_than_purchases,
    corrupt=corrupt,
)
