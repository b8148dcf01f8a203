"""Linear models of scikit-learn, on the inputs that the default model sees."""

import numpy as np

from visualiser.bench.quality.references.spec import (
    Answer,
    Reference,
    answers_of_amounts,
    answers_of_classes,
)
from visualiser.core.training.preparation import Preparation

_PENALTIES = np.logspace(-2, 4, 13)
_ITERATIONS = 2_000


def _fit_classes(preparation: Preparation, seed: int) -> Answer:
    from sklearn.linear_model import LogisticRegression

    return answers_of_classes(preparation, LogisticRegression(max_iter=_ITERATIONS))


def _fit_amounts(preparation: Preparation, seed: int) -> Answer:
    from sklearn.linear_model import RidgeCV

    return answers_of_amounts(preparation, RidgeCV(_PENALTIES))


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
