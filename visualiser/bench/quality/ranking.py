"""A second measure where one of two classes is rare: whether its rows are ranked first.

Of applications that are nearly all approved, the constant answer is nearly always right, and so
accuracy hardly tells a good model from none.
"""

import numpy as np

from visualiser.bench.quality.record import Ranking
from visualiser.core.data.dataset import Dataset, FloatArray, IntArray
from visualiser.core.tasks.classification import f1_class


def ranking(dataset: Dataset, labels: IntArray, model: FloatArray, strong: FloatArray) -> Ranking:
    """The rarer class among the test rows, ranked by the model and by the strong reference.

    Args:
        labels: (N,) class codes, both of which occur.
        model, strong: (N, 2) probabilities.
    """
    from sklearn.metrics import roc_auc_score

    rare = f1_class(dataset)
    assert rare is not None, "one class of two"
    wanted = np.asarray(labels) == rare
    area = float(roc_auc_score(wanted, model[:, rare]))
    return Ranking(
        of=dataset.class_names[rare],
        model=area,
        strong=float(roc_auc_score(wanted, strong[:, rare])),
        standard_error=standard_error(area, int(wanted.sum()), int((~wanted).sum())),
    )


def standard_error(area: float, rare: int, others: int) -> float:
    """Of an area under the ROC curve, from so many rows of each class (Hanley & McNeil 1982)."""
    above = area / (2 - area)
    below = 2 * area**2 / (1 + area)
    variance = area * (1 - area) + (rare - 1) * (above - area**2) + (others - 1) * (below - area**2)
    return float(np.sqrt(max(variance, 0.0) / (rare * others)))
