"""What a model of purchases is told of spoiled ones: baskets, and what was not bought."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.made_shop import PRODUCTS, made_shop, shop_experiment
from tests.core.training.conftest import assert_same_history, run
from visualiser.core.corruption.registry import spoil
from visualiser.core.data.split import Part
from visualiser.core.experiment import CorruptionConfig, Spoiling
from visualiser.core.network.losses import loss_of
from visualiser.core.training.preparation import Preparation, prepare
from visualiser.core.training.trainer import Trainer

SHOP = made_shop()
WAYS = st.sampled_from(
    [
        (("mistaken_purchases", 0.4),),
        (("best_sellers", 0.2),),
        (("mistaken_purchases", 0.8), ("best_sellers", 0.0)),
    ]
)
MISTAKES = Spoiling(corruptions=(CorruptionConfig(name="mistaken_purchases", amount=0.6),))


@pytest.fixture(scope="module")
def made() -> Preparation:
    return prepare(shop_experiment("two_tower"), SHOP)


def spoilt(made: Preparation, ways: tuple[tuple[str, float], ...], seed: int) -> Part:
    configs = tuple(CorruptionConfig(name=name, amount=amount) for name, amount in ways)
    return spoil(made.split.train, Spoiling(corruptions=configs), seed, SHOP)[0]


@settings(max_examples=12, deadline=None)
@given(WAYS, st.integers(0, 2**31 - 1))
def test_baskets_learnt_from_hold_the_spoiled_purchases_and_never_the_one_to_be_found(
    made: Preparation, ways: tuple[tuple[str, float], ...], seed: int
) -> None:
    part = spoilt(made, ways, seed)
    inputs = made.encode_train(part).inputs
    customers, given = np.asarray(part.features).T
    np.testing.assert_array_equal(given, part.labels)
    for customer, own, basket in zip(customers, given, inputs, strict=True):
        others = set(given[customers == customer].tolist()) - {int(own)}
        told = basket[basket > 0].astype(int) - 1
        assert sorted(told.tolist()) == sorted(others)


def test_clean_and_held_out_purchases_are_encoded_as_ever(made: Preparation) -> None:
    clean = made.split.train
    told = made.encode_train(clean.with_values(features=np.array(clean.features))).inputs
    np.testing.assert_array_equal(told, made.train_inputs)
    held_out = made.split.validation
    before = made.encode(held_out).inputs
    made.encode_train(spoilt(made, (("mistaken_purchases", 0.8),), 0))
    np.testing.assert_array_equal(made.encode(held_out).inputs, before)
    bought = np.asarray(clean.features)
    customer = int(np.asarray(held_out.features)[0, 0])
    basket = before[0][before[0] > 0].astype(int) - 1
    assert set(basket.tolist()) == set(bought[bought[:, 0] == customer, 1].tolist())


def test_the_loss_takes_for_not_bought_what_the_spoiled_part_does_not_have(
    made: Preparation,
) -> None:
    part = spoilt(made, (("best_sellers", 0.0),), 0)
    lost = np.setdiff1d(made.split.train.origin, part.origin)[0]
    customer, hidden = np.asarray(made.split.train.features)[lost].tolist()
    bought = part.labels[np.asarray(part.features)[:, 0] == customer][0]
    scores = torch.zeros(1, PRODUCTS, requires_grad=True)
    loss_of(SHOP, part)(scores, torch.tensor([[customer, bought]])).backward()
    assert scores.grad is not None
    assert scores.grad[0, hidden] > 0, "pushed down, as what a customer does not want"


@pytest.mark.parametrize("model", ["two_tower", "matrix_factorisation"])
def test_the_twin_of_spoiled_purchases_is_the_run_on_clean_ones(model: str) -> None:
    clean = run(Trainer(shop_experiment(model), SHOP), 60).history.view()
    spoiled = run(Trainer(shop_experiment(model, spoiling=MISTAKES), SHOP), 60).history.view()
    np.testing.assert_array_equal(spoiled["twin_validation_loss"], clean["validation_loss"])
    assert not np.allclose(spoiled["validation_loss"], clean["validation_loss"])


@pytest.mark.parametrize("model", ["two_tower", "matrix_factorisation"])
def test_purchases_healed_before_the_first_step_leave_nothing_behind(model: str) -> None:
    clean = run(Trainer(shop_experiment(model), SHOP), 40)
    healed = Trainer(shop_experiment(model, spoiling=MISTAKES), SHOP)
    healed.change_spoiling(Spoiling())
    assert_same_history(run(healed, 40).history.view(), clean.history.view())
