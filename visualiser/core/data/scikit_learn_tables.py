"""The tables that scikit-learn brings along, as columns of numbers."""

from typing import Literal

import numpy as np

from visualiser.core.data.described_table import Columns
from visualiser.core.errors import UserError

TARGET = "target"
"""The column of class names."""


def read_scikit_learn(name: Literal["iris", "wine", "breast_cancer"]) -> Columns:
    """Features by scikit-learn's own names, float64, and the class names as TARGET.

    Raises:
        UserError: scikit-learn's file is missing or damaged.
    """
    from sklearn import datasets

    loaders = {
        "iris": datasets.load_iris,
        "wine": datasets.load_wine,
        "breast_cancer": datasets.load_breast_cancer,
    }
    try:
        bunch = loaders[name]()
    except (OSError, ValueError) as error:
        raise UserError(
            f"The data set {name} of scikit-learn cannot be read ({error}).",
            "Install the program again; scikit-learn comes with it.",
        ) from error
    columns = {str(n): bunch.data[:, place] for place, n in enumerate(bunch.feature_names)}
    return {**columns, TARGET: np.asarray(bunch.target_names, dtype=str)[bunch.target]}
