"""Linear models of scikit-learn, on the inputs that the default model sees."""

import numpy as np

from visualiser.bench.quality.references.spec import (
    Answer,
    Reference,
    flat_inputs,
    log_probabilities,
)
from visualiser.core.training.preparation import Preparation

_PENALTIES = np.logspace(-2, 4, 13)
_ITERATIONS = 2_000


def _fit_classes(preparation: Preparation, seed: int) -> Answer:
    from sklearn.linear_model import LogisticRegression

    train = preparation.split.train
    model = LogisticRegression(max_iter=_ITERATIONS)
    model.fit(flat_inputs(preparation, train), train.labels)
    classes = preparation.dataset.class_count
    return lambda part: log_probabilities(
        model.predict_proba(flat_inputs(preparation, part)), model.classes_, classes
    )


def _fit_amounts(preparation: Preparation, seed: int) -> Answer:
    from sklearn.linear_model import RidgeCV

    train = preparation.split.train
    model = RidgeCV(_PENALTIES)
    model.fit(flat_inputs(preparation, train), preparation.judge.targets(train))
    return lambda part: model.predict(flat_inputs(preparation, part))[:, None].astype(np.float32)


LOGISTIC = Reference(
    "LogisticRegression",
    frozenset({"classification"}),
    frozenset({"points", "table", "sound"}),
    _fit_classes,
)
RIDGE = Reference(
    "RidgeCV",
    frozenset({"regression", "forecasting"}),
    frozenset({"table", "series"}),
    _fit_amounts,
)
