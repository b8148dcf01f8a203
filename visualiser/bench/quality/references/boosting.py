"""Gradient-boosted trees of scikit-learn, the usual first choice for tables."""

import numpy as np

from visualiser.bench.quality.references.spec import (
    Answer,
    Reference,
    flat_inputs,
    log_probabilities,
)
from visualiser.core.training.preparation import Preparation


def _fit_classes(preparation: Preparation, seed: int) -> Answer:
    from sklearn.ensemble import HistGradientBoostingClassifier

    train = preparation.split.train
    model = HistGradientBoostingClassifier(random_state=seed)
    model.fit(flat_inputs(preparation, train), train.labels)
    classes = preparation.dataset.class_count
    return lambda part: log_probabilities(
        model.predict_proba(flat_inputs(preparation, part)), model.classes_, classes
    )


def _fit_amounts(preparation: Preparation, seed: int) -> Answer:
    from sklearn.ensemble import HistGradientBoostingRegressor

    train = preparation.split.train
    model = HistGradientBoostingRegressor(random_state=seed)
    model.fit(flat_inputs(preparation, train), preparation.judge.targets(train))
    return lambda part: model.predict(flat_inputs(preparation, part))[:, None].astype(np.float32)


CLASSES = Reference(
    "HistGradientBoosting",
    frozenset({"classification"}),
    frozenset({"points", "table"}),
    _fit_classes,
)
AMOUNTS = Reference(
    "HistGradientBoosting",
    frozenset({"regression", "forecasting"}),
    frozenset({"table", "series"}),
    _fit_amounts,
)
