"""What a quick model says of rows that it was not shown: K-fold cross-validation.

Why not the run's own answers? They are about rows that it learns from: as it learns wrong labels
by heart it agrees with them. Its answers on the way are evidence too, and other finders look at
those (rows/margin.py). Why extremely randomised trees (Geurts et al. 2006)? Of six quick models on
digits, messages, census rows and penguins with 20 % wrong labels they ranked best on all but the
smallest, need no tuning or scaling, and average over trees, so that their shares of votes are
hardly pulled along by single wrong labels.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, FloatArray, IntArray
from visualiser.core.data.source import Portion, Progress
from visualiser.core.data.split import Part
from visualiser.core.findings.spec import Foretold

FOLDS = 5
_TREES, _AT_ONCE = 60, 10
_LEAST_IN_LEAF, _ROWS_A_LEAF = 3, 1_000
"""Rows in a leaf at least, and one more for every so many rows: many rows, many wrong labels."""
_MOST_ROWS = 20_000
"""A tree looks at so many rows at most: of a long table, others see the others."""


def foretell(
    dataset: Dataset, part: Part, vectors: FloatArray, seed: int, progress: Progress
) -> Foretold:
    """Answers to all n rows, each by a model of the other folds."""
    folds = fold_of_rows(dataset, part, seed)
    rows = len(part)
    labels = np.asarray(part.labels)
    output = np.zeros((rows, dataset.class_count) if dataset.predicts_classes else rows)
    for fold in range(FOLDS):
        held_out = folds == fold
        if not held_out.any() or held_out.all():
            continue
        share = Portion(progress, fold / FOLDS, (fold + 1) / FOLDS)
        model = _grown(dataset, vectors[~held_out], labels[~held_out], seed + fold, share)
        _answer(model, vectors[held_out], output, held_out, dataset.predicts_classes)
    how = (
        f"{_TREES} randomised trees, {FOLDS} times, each time asked about the fifth of the rows "
        "that it was not shown"
    )
    return Foretold(output, how)


def _grown(
    dataset: Dataset, vectors: FloatArray, labels: NDArray[Any], seed: int, progress: Progress
) -> Any:
    """The model, grown a few trees at a time, so that Cancel is heard."""
    from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor

    kind = ExtraTreesClassifier if dataset.predicts_classes else ExtraTreesRegressor
    many = len(vectors) > _MOST_ROWS
    model = kind(
        _AT_ONCE,
        min_samples_leaf=max(_LEAST_IN_LEAF, len(vectors) // _ROWS_A_LEAF),
        max_features="sqrt" if dataset.predicts_classes else 0.4,
        bootstrap=many,
        max_samples=_MOST_ROWS if many else None,
        warm_start=True,
        random_state=seed,
        n_jobs=1,  # other processes would start the packaged program again
    )
    for trees in range(_AT_ONCE, _TREES + 1, _AT_ONCE):
        progress.check()
        progress.update(trees / _TREES, "A quick model answers rows that it was not shown")
        model.set_params(n_estimators=trees)
        model.fit(vectors, labels)
    return model


def _answer(
    model: Any,
    vectors: FloatArray,
    output: NDArray[Any],
    held_out: NDArray[np.bool_],
    classes: bool,
) -> None:
    """Write the answers to the rows held out into `output`; unknown classes stay at zero."""
    if not classes:
        output[held_out] = model.predict(vectors)
        return
    answers = np.zeros((len(vectors), output.shape[1]))
    answers[:, model.classes_.astype(np.int64)] = model.predict_proba(vectors)
    output[held_out] = answers


def fold_of_rows(dataset: Dataset, part: Part, seed: int) -> IntArray:
    """(n,) fold of each row; what belongs together, and copies of one row, are never torn apart.

    Folds have their share of each class, as far as that can be. A dated series is cut in times.
    """
    if dataset.seasons is not None and dataset.times is not None:
        order = np.argsort(dataset.times[part.rows], kind="stable")
        folds = np.empty(len(part), dtype=np.int64)
        folds[order] = np.arange(len(part)) * FOLDS // max(len(part), 1)
        return folds
    owner = part.rows if dataset.blocks is None else dataset.blocks[part.rows]
    units, first, unit = np.unique(owner, return_index=True, return_inverse=True)
    shuffled = np.random.default_rng([seed, 5]).permutation(len(units))
    if dataset.predicts_classes:
        labels = np.asarray(part.labels)[first][shuffled]
        shuffled = shuffled[np.argsort(labels, kind="stable")]
    fold = np.empty(len(units), dtype=np.int64)
    fold[shuffled] = np.arange(len(units)) % FOLDS
    return np.asarray(fold[unit], dtype=np.int64)
