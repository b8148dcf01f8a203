import numpy as np
import pytest

from visualiser.core.data.catalogue import Catalogue
from visualiser.core.data.dataset import DataCard, Dataset
from visualiser.core.data.encoding_purchases import BASKET, PAIR, BasketOptions, PairOptions
from visualiser.core.data.encoding_spec import Inputs, inputs_of
from visualiser.core.data.purchases import Pairs, purchases_dataset
from visualiser.core.data.split import Part, part_of


@pytest.fixture
def dataset() -> Dataset:
    """Two customers: one bought products 0, 2, 4 and 6, the other 1 and 6."""
    pairs = np.array([(0, 0), (0, 2), (0, 4), (0, 6), (1, 1), (1, 6)])
    names = tuple(f"p{code}" for code in range(8))
    times = np.array([1, 9, 3, 7, 2, 1])
    book = Catalogue(("a", "b"), names, times)
    return purchases_dataset("made", "Made", DataCard("", "", "", ""), Pairs(pairs, book, ()))


@pytest.fixture
def train(dataset: Dataset) -> Part:
    """All but the pairs (0, 6) and (1, 6)."""
    return part_of(dataset, np.array([0, 1, 2, 4]))


def test_a_pair_is_its_two_codes(dataset: Dataset, train: Part) -> None:
    encoder = PAIR.fit(dataset, train, PairOptions())
    assert inputs_of(encoder) == Inputs((2,), (2, 8))
    assert encoder.transform(train.features).tolist() == [[0, 0], [0, 2], [0, 4], [1, 1]]


def test_a_basket_holds_what_else_was_bought_in_training_the_most_often_bought_first(
    dataset: Dataset, train: Part
) -> None:
    encoder = BASKET.fit(dataset, train, BasketOptions(products=4))
    assert encoder.shape == (4,)
    assert encoder.transform(train.features).tolist() == [
        [3, 5, 0, 0],
        [5, 1, 0, 0],
        [3, 1, 0, 0],
        [0, 0, 0, 0],
    ]


def test_a_pair_held_out_sees_all_of_its_customers_training_basket(
    dataset: Dataset, train: Part
) -> None:
    encoder = BASKET.fit(dataset, train, BasketOptions(products=4))
    held_out = np.array([(0, 6), (1, 6)])
    assert encoder.transform(held_out).tolist() == [[3, 5, 1, 0], [2, 0, 0, 0]]


def test_of_a_full_basket_the_next_product_takes_the_place_of_the_own_one(
    dataset: Dataset, train: Part
) -> None:
    encoder = BASKET.fit(dataset, train, BasketOptions(products=2))
    assert encoder.transform(train.features)[:3].tolist() == [[3, 5], [5, 1], [3, 1]]
    assert encoder.transform(np.array([(0, 7)])).tolist() == [[3, 5]]
