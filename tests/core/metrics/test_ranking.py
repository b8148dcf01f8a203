import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import ndcg_score

from visualiser.core.metrics.ranking import TOP, ndcgs, ranks, recalls


@given(seed=st.integers(0, 200), products=st.integers(12, 40), held_out=st.integers(1, 15))
def test_ndcg_of_a_customer_equals_scikit_learns(seed: int, products: int, held_out: int) -> None:
    rng = np.random.default_rng(seed)
    held_out = min(held_out, products - 1)
    scores = rng.permutation(products).astype(np.float64)
    wanted = rng.choice(products, held_out, replace=False)
    relevance = np.zeros(products)
    relevance[wanted] = 1
    rank = ranks(np.tile(scores, (held_out, 1)), wanted, np.ones((held_out, products), np.bool_))
    lists = np.zeros(held_out, np.int64)
    assert ndcgs(lists, rank)[0] == pytest.approx(ndcg_score([relevance], [scores], k=TOP))
    top = {*np.argsort(-scores)[:TOP].tolist()}
    assert recalls(lists, rank)[0] == len(top & {*wanted.tolist()}) / min(TOP, held_out)


def test_only_candidates_and_the_product_itself_have_a_place() -> None:
    scores = np.array([[5.0, 4.0, 3.0, 2.0]])
    bought = np.array([[True, False, True, False]])
    assert ranks(scores, np.array([3]), ~bought).tolist() == [2]
    assert ranks(scores, np.array([2]), ~bought).tolist() == [2]


def test_a_model_that_tells_nothing_apart_puts_everything_in_the_middle() -> None:
    scores = np.zeros((1, 101))
    assert ranks(scores, np.array([0]), np.ones((1, 101), np.bool_)).tolist() == [51]


def test_figures_are_of_each_list() -> None:
    lists = np.array([0, 0, 1, 1])
    rank = np.array([1, 11, 2, 10])
    assert recalls(lists, rank).tolist() == [0.5, 1.0]
    assert recalls(np.zeros(12, np.int64), np.arange(1, 13)).tolist() == [1.0]
