"""Gradient-boosted trees of scikit-learn, the usual first choice for tables."""

from visualiser.bench.quality.references.spec import (
    Answer,
    Reference,
    answers_of_amounts,
    answers_of_classes,
)
from visualiser.core.training.preparation import Preparation


def _fit_classes(preparation: Preparation, seed: int) -> Answer:
    from sklearn.ensemble import HistGradientBoostingClassifier

    return answers_of_classes(preparation, HistGradientBoostingClassifier(random_state=seed))


def _fit_amounts(preparation: Preparation, seed: int) -> Answer:
    from sklearn.ensemble import HistGradientBoostingRegressor

    return answers_of_amounts(preparation, HistGradientBoostingRegressor(random_state=seed))


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
