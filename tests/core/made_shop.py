"""A small shop whose customers have two tastes, quick to train on."""

import numpy as np

from visualiser.core.data.dataset import DataCard, Dataset
from visualiser.core.data.purchases import purchase_pairs, purchases_dataset
from visualiser.core.experiment import DatasetConfig, Experiment, ModelConfig, TrainingConfig

CUSTOMERS, PRODUCTS, BASKET = 60, 40, 14


def made_shop(seed: int = 0) -> Dataset:
    """Customers with an even number buy mostly the first half of the products, others the rest.

    Names of products tell their half: “tea 3”, “tool 7”.
    """
    rng = np.random.default_rng(seed)
    names = np.array([f"tea {n}" for n in range(20)] + [f"tool {n}" for n in range(20)])
    who, what = [], []
    for customer in range(CUSTOMERS):
        taste = np.where((np.arange(PRODUCTS) < 20) == (customer % 2 == 0), 8.0, 1.0)
        bought = rng.choice(PRODUCTS, BASKET, replace=False, p=taste / taste.sum())
        who.append(np.full(BASKET, customer))
        what.append(names[bought])
    customers = np.concatenate(who)
    counts = rng.integers(1, 5, len(customers))
    pairs = purchase_pairs(customers, np.concatenate(what), counts)
    return purchases_dataset("retail_purchases", "Made-up shop", DataCard("", "", "", ""), pairs)


def shop_experiment(model: str = "matrix_factorisation", **changes: object) -> Experiment:
    """Settings that learn the two tastes within some hundred steps."""
    return Experiment(
        dataset=DatasetConfig(name="retail_purchases"),
        model=ModelConfig(name=model, options={"dimensions": 8, "dropout": 0.2}),
        training=TrainingConfig(batch_size=64, learning_rate=0.02, epochs=20),
    ).replace(**changes)
