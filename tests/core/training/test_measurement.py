import numpy as np

from visualiser.core.training.measurement import count_memorised


def test_wrong_labels_are_learnt_resisted_or_neither() -> None:
    logits = np.eye(3, dtype=np.float32)
    counted = count_memorised(logits, given=np.array([0, 2, 0]), true=np.array([1, 1, 1]))
    assert (counted.learnt, counted.resisted, counted.total) == (1, 1, 3)
