"""Whose each row is: what has to go as a whole where somebody wants their records back."""

import numpy as np

from visualiser.core.data.dataset import Dataset, IntArray
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.nouns import noun_of


def people_of(dataset: Dataset, rows: IntArray) -> IntArray:
    """(n,) the number of the person whom each of these rows of the data set is of.

    A customer of purchases, or what the data says belongs together (Dataset.blocks), such as the
    recordings of one speaker; where nothing says so, each row is a person of its own.
    """
    if dataset.modality == "purchases":
        return np.asarray(np.asarray(dataset.features)[rows, 0], dtype=np.int64)
    return rows if dataset.blocks is None else dataset.blocks[rows]


def person_text(dataset: Dataset, person: int) -> str:
    """A person in a sentence: “customer 17”, “block 3”, “row 120”."""
    if dataset.catalogue is not None:
        return isolated(dataset.catalogue.customer_text(person))
    if dataset.blocks is not None:
        return f"block {person + 1:,}"
    return f"{noun_of(dataset).one} {person + 1:,}"
