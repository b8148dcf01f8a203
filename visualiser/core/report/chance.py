"""How far chance alone takes the figures of a report: 95 % ranges by the percentile bootstrap.

Rows are drawn with replacement, the same ones for both models (core/metrics/intervals.py), so that
the range of a difference is that of the pairs: models err together on hard rows.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset
from visualiser.core.metrics.intervals import Estimate, estimate, resampled_sums
from visualiser.core.metrics.paired import CLEARLY
from visualiser.core.tasks.classification import ACCURACY, F1, f1_class
from visualiser.core.tasks.forecasting import MASE
from visualiser.core.tasks.language import BITS, PERPLEXITY
from visualiser.core.tasks.regression import MAE, R2, RMSE
from visualiser.core.tasks.spec import Figures

Values = NDArray[np.float64]
Samples = Mapping[str, Values]
"""(R,) of each metric by its name: what other samples of as many rows would show."""


def samples_of(
    dataset: Dataset, labels: Values, output: NDArray[np.floating], figures: Figures
) -> Samples:
    """Of one model's answers to N rows, as in Predictions; none where a row says nothing alone.

    `figures` are those of the model; of forecasts they tell what the naive error is.
    """
    if not len(labels) or not np.isfinite(output).all():
        return {}
    if dataset.predicts_classes:
        return _of_classes(dataset, labels.astype(np.int64), output.argmax(axis=1))
    if dataset.predicts_amounts:
        samples = _of_amounts(labels.astype(np.float64), output.astype(np.float64))
        if MASE.name in figures.values:
            naive = figures.values[MAE.name] / figures.values[MASE.name]
            samples[MASE.name] = samples[MAE.name] / naive
        return samples
    if dataset.task == "language":
        bits = resampled_sums(output.mean(axis=1)[:, None])[:, 0] / len(output)
        return {BITS.name: bits, PERPLEXITY.name: np.exp2(bits)}
    return {}


def range_of(value: float, samples: Values | None, standard_error: float) -> Estimate:
    """A figure with the range of its samples; without those two standard errors to each side."""
    if samples is not None:
        return estimate(value, samples)
    reach = CLEARLY * standard_error
    return Estimate(value, value - reach, value + reach)


def _of_classes(
    dataset: Dataset, labels: NDArray[np.int64], answers: NDArray[np.int64]
) -> dict[str, Values]:
    """F1 is 2 · right / (of the class + answered so)."""
    classes = np.arange(dataset.class_count)
    given, said = labels[:, None] == classes, answers[:, None] == classes
    right, both = given & said, given.astype(np.int64) + said
    sums = resampled_sums(np.concatenate((right, both), axis=1))
    found, all_of = np.split(sums, 2, axis=1)
    scores = np.full(found.shape, np.nan)
    np.divide(2 * found, all_of, out=scores, where=all_of > 0)
    code = f1_class(dataset)
    f1 = np.nanmean(scores, axis=1) if code is None else np.nan_to_num(scores[:, code])
    return {ACCURACY.name: found.sum(axis=1) / len(labels), F1.name: f1}


def _of_amounts(labels: Values, answers: Values) -> dict[str, Values]:
    """In units of the spread, as sums are taken in single precision."""
    spread = float(labels.std()) or 1.0
    errors, centred = (answers - labels) / spread, (labels - labels.mean()) / spread
    columns = (np.abs(errors), errors**2, centred, centred**2)
    off, squared, first, second = resampled_sums(np.stack(columns, axis=1)).T
    rows = len(labels)
    varied = np.maximum(second - first**2 / rows, np.finfo(np.float64).tiny)
    return {
        MAE.name: spread * off / rows,
        RMSE.name: spread * np.sqrt(squared / rows),
        R2.name: 1 - squared / varied,
    }
