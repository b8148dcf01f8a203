"""A support vector machine with Gaussian kernel (SVC of scikit-learn), strong on small pictures."""

import numpy as np

from visualiser.bench.quality.references.spec import Answer, Reference, flat_inputs
from visualiser.core.data.dataset import FloatArray
from visualiser.core.data.split import Part
from visualiser.core.training.preparation import Preparation

_COMPONENTS = 100
"""Principal components of the pixels: more add noise and time, not hits."""
_MARGIN_COST = 10.0


def _fit(preparation: Preparation, seed: int) -> Answer:
    from sklearn.decomposition import PCA
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import SVC

    train = preparation.split.train
    inputs = flat_inputs(preparation, train)
    components = min(_COMPONENTS, *inputs.shape)
    model = make_pipeline(
        PCA(components, random_state=seed), SVC(C=_MARGIN_COST, random_state=seed)
    )
    model.fit(inputs, train.labels)
    codes = np.asarray(model.classes_, dtype=np.int64)

    def answer(part: Part) -> FloatArray:
        distances = np.asarray(model.decision_function(flat_inputs(preparation, part)))
        if distances.ndim == 1:  # of two classes it gives the distance to the second
            distances = np.column_stack([-distances, distances])
        # Distances are no probabilities; as logits they choose the same classes.
        lowest = distances.min() - 1
        outputs = np.full((len(part), preparation.dataset.class_count), lowest, dtype=np.float32)
        outputs[:, codes] = distances
        return outputs

    return answer


REFERENCE = Reference(
    "PCA + SVC",
    frozenset({"classification"}),
    frozenset({"points", "images", "sound"}),
    _fit,
)
