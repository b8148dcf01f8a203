import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import (
    accuracy_score,
    log_loss,
    mean_absolute_error,
    mean_squared_error,
    r2_score,
)

from visualiser.core.data.encoding import TargetScale
from visualiser.core.training.evaluation import (
    classification_figures,
    memorised,
    probabilities,
    regression_figures,
)


@given(seed=st.integers(0, 50), classes=st.integers(2, 6))
def test_classification_figures_equal_scikit_learns(seed: int, classes: int) -> None:
    rng = np.random.default_rng(seed)
    logits = rng.normal(scale=5, size=(40, classes)).astype(np.float32)
    labels = rng.integers(0, classes, 40)
    figures = classification_figures(logits, labels)
    chances = np.exp(logits.astype(float))
    chances /= chances.sum(axis=1, keepdims=True)
    assert np.isclose(figures.loss, log_loss(labels, chances, labels=range(classes)), atol=1e-9)
    assert figures.values["accuracy"] == accuracy_score(labels, logits.argmax(axis=1))
    assert np.allclose(probabilities(logits), chances, atol=1e-6)


def test_regression_figures_are_in_the_targets_unit() -> None:
    rng = np.random.default_rng(1)
    target = rng.normal(200_000, 50_000, size=100)
    scale = TargetScale.fit(target)
    outputs = rng.normal(size=(100, 1)).astype(np.float32)
    predicted = scale.to_unit(outputs[:, 0])
    values = regression_figures(outputs, target, scale).values
    assert np.isclose(values["mae"], mean_absolute_error(target, predicted))
    assert np.isclose(values["rmse"], mean_squared_error(target, predicted) ** 0.5)
    assert np.isclose(values["r2"], r2_score(target, predicted))


def test_a_lost_model_has_no_accuracy() -> None:
    figures = classification_figures(np.full((3, 2), np.nan, np.float32), np.zeros(3, int))
    assert np.isnan(figures.loss) and np.isnan(figures.values["accuracy"])


def test_wrong_labels_are_learnt_resisted_or_neither() -> None:
    logits = np.eye(3, dtype=np.float32)
    counted = memorised(logits, given=np.array([0, 2, 0]), true=np.array([1, 1, 1]))
    assert (counted.learnt, counted.resisted, counted.total) == (1, 1, 3)
