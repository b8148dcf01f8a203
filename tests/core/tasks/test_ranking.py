"""Ranking, on six customers and thirty products whose purchases can be counted by hand."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from visualiser.core.data.catalogue import Catalogue
from visualiser.core.data.dataset import DataCard, Dataset
from visualiser.core.data.purchases import Pairs, purchases_dataset
from visualiser.core.data.split import Part, part_of
from visualiser.core.network.losses import loss_of
from visualiser.core.tasks.ranking import TASK

PRODUCTS = 30
CARD = DataCard("", "", "", "")


@pytest.fixture
def dataset() -> Dataset:
    """Customer c bought products c … c + 11; the last two of each are to be held out."""
    pairs = np.array([(who, who + step) for who in range(6) for step in range(12)])
    catalogue = Catalogue(
        tuple(map(str, range(6))),
        tuple(f"p{code}" for code in range(PRODUCTS)),
        np.ones(len(pairs), np.int64),
    )
    return purchases_dataset("made", "Made", CARD, Pairs(pairs, catalogue, ()))


@pytest.fixture
def train(dataset: Dataset) -> Part:
    return part_of(dataset, np.flatnonzero(np.arange(72) % 12 < 10))


@pytest.fixture
def held_out(dataset: Dataset) -> Part:
    return part_of(dataset, np.flatnonzero(np.arange(72) % 12 >= 10))


def test_what_was_bought_in_training_takes_no_place_from_what_was_held_out(
    dataset: Dataset, train: Part, held_out: Part
) -> None:
    judge = TASK.judge(dataset, train)
    scores = np.tile(-np.arange(PRODUCTS, dtype=np.float32), (len(held_out), 1))
    answers = judge.answers(scores, held_out.features)
    # Customer c has c products before the first bought one; the held-out pair follows these.
    assert answers[:, 1].tolist() == [place for who in range(6) for place in (who + 1, who + 2)]
    figures = judge.figures(scores, held_out)
    assert figures.values["recall_at_10"] == 1.0
    worst = judge.figures(-scores, held_out)
    assert worst.values == {"recall_at_10": 0.0, "ndcg_at_10": 0.0}


def test_rows_of_training_are_ranked_one_by_one(
    dataset: Dataset, train: Part, held_out: Part
) -> None:
    judge = TASK.judge(dataset, train)
    scores = np.zeros((len(train), PRODUCTS), np.float32)
    scores[np.arange(len(train)), train.labels] = 1
    answers = judge.answers(scores, train.features)
    assert len(np.unique(answers[:, 0])) == len(train)
    assert (answers[:, 1] == 1).all()
    assert len(np.unique(judge.answers(scores[:12], held_out.features)[:, 0])) == 6


def test_the_loss_compares_a_purchase_with_all_that_was_not_bought(
    dataset: Dataset, train: Part, held_out: Part
) -> None:
    judge = TASK.judge(dataset, train)
    scores = np.random.default_rng(0).normal(size=(12, PRODUCTS)).astype(np.float32)
    by_hand = []
    for score, (who, what) in zip(scores, np.asarray(held_out.features), strict=True):
        others = [p for p in range(PRODUCTS) if not who <= p < who + 10 and p != what]
        by_hand.append(np.mean([np.log1p(np.exp(score[p] - score[what])) for p in others]))
    trained = loss_of(dataset, train)
    targets = torch.tensor(judge.targets(held_out))
    assert float(trained(torch.tensor(scores), targets)) == pytest.approx(np.mean(by_hand))
    assert judge.figures(scores, held_out).loss == pytest.approx(np.mean(by_hand))


def test_a_mistaken_purchase_is_not_compared_with_itself(dataset: Dataset, train: Part) -> None:
    judge = TASK.judge(dataset, train)
    rows = train.take(np.array([0])).with_values(labels=np.array([PRODUCTS - 1]))
    scores = torch.zeros(1, PRODUCTS)
    scores[0, -1] = 3.0
    loss = loss_of(dataset, train)(scores, torch.tensor(judge.targets(rows)))
    assert float(loss) == pytest.approx(float(functional.softplus(torch.tensor(-3.0))))


def test_the_baseline_recommends_what_most_others_bought(
    dataset: Dataset, train: Part, held_out: Part
) -> None:
    counts = np.bincount(train.labels, minlength=PRODUCTS).astype(np.float32)
    judge = TASK.judge(dataset, train)
    popular = judge.figures(np.tile(counts, (len(held_out), 1)), held_out)
    base = TASK.baseline(dataset, train, held_out)
    assert base.figure == popular.values["recall_at_10"]
    assert base.words == "always recommending the ten best sellers"


def test_two_models_are_compared_customer_by_customer(
    dataset: Dataset, train: Part, held_out: Part
) -> None:
    judge = TASK.judge(dataset, train)
    good = np.tile(-np.arange(PRODUCTS, dtype=np.float32), (len(held_out), 1))
    first, second = (judge.answers(scores, held_out.features) for scores in (good, -good))
    test = TASK.paired(held_out.labels, first, second)
    assert test.difference == 1.0 and test.clear
    assert not TASK.paired(held_out.labels, first, first).clear


def test_the_standard_error_is_that_of_customers(
    dataset: Dataset, train: Part, held_out: Part
) -> None:
    judge = TASK.judge(dataset, train)
    scores = np.random.default_rng(1).normal(size=(12, PRODUCTS)).astype(np.float32)
    figures = judge.figures(scores, held_out)
    rank = judge.answers(scores, held_out.features)[:, 1].reshape(6, 2)
    shares = (rank <= 10).mean(axis=1)
    expected = shares.std(ddof=1) / np.sqrt(6)
    assert TASK.standard_error(figures, 12) == pytest.approx(expected)


def test_scores_that_are_no_numbers_have_no_figures_and_no_places(
    dataset: Dataset, train: Part, held_out: Part
) -> None:
    judge = TASK.judge(dataset, train)
    lost = np.full((12, PRODUCTS), np.nan, np.float32)
    assert np.isnan(judge.figures(lost, held_out).loss)
    assert np.isnan(judge.answers(lost, held_out.features)[:, 1]).all()
