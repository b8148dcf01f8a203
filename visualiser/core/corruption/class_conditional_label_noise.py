"""Wrong labels between classes that are alike, at a rate of its own for each class."""

from math import erfc
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, field_validator

from visualiser.core.corruption.lookup import refuse_wrong_classes
from visualiser.core.corruption.simple_features import class_scores, simple_features
from visualiser.core.corruption.spec import Amount, Change, Context, Corruption
from visualiser.core.data.dataset import Dataset, IntArray
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.split import Part
from visualiser.core.errors import UserError
from visualiser.core.experiment import Value

Matrix = NDArray[np.float64]
_Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
_RARELY = 1e-3
"""Odds of taking two classes for each other that are far apart: never is too seldom."""
_SLOPPY = 1e-3
"""How far the numbers of a row may be from adding up to one: thirds are written as 0.333."""
_LEAST_KEPT = 1e-6
"""What a class that never keeps its label is taken to keep, so that it can lose less than all."""


class ClassConditionalOptions(Value):
    """The noise matrix; left empty, classes that are alike are mixed up.

    Row c holds the shares in which examples of class c are labelled as each class, so that each
    row adds up to one. The amount sets how many labels are wrong in all, and the matrix how they
    are distributed: where the amount is one minus the mean of the diagonal, it is the matrix as
    it stands.
    """

    matrix: Annotated[
        tuple[tuple[_Share, ...], ...],
        Field(
            title="Noise matrix",
            description="For each true class in what shares it is labelled as each class; left "
            "automatic, classes that are alike are mixed up.",
        ),
    ] = ()

    @field_validator("matrix")
    @classmethod
    def _rows_are_shares(
        cls, matrix: tuple[tuple[float, ...], ...]
    ) -> tuple[tuple[float, ...], ...]:
        for row, shares in enumerate(matrix, start=1):
            if len(shares) != len(matrix):
                raise ValueError(
                    f"row {row} has {len(shares)} numbers, and there are {len(matrix)} rows: "
                    "a noise matrix has a row and a column for each class"
                )
            if abs(sum(shares) - 1) > _SLOPPY:
                raise ValueError(
                    f"row {row} adds up to {sum(shares):.4g}, and each row must add up to 1"
                )
        if matrix and all(shares[row] == 1 for row, shares in enumerate(matrix)):
            raise ValueError("this matrix leaves every label as it is: lower its diagonal")
        return matrix


def corrupt(
    part: Part,
    amount: float,
    options: ClassConditionalOptions,
    context: Context,
    generator: np.random.Generator,
) -> tuple[Part, Change]:
    """Draw each label anew from the row of its class in a K × K noise matrix.

    `amount` is 1 − trace / K of that matrix, as in the benchmarking of cleanlab (Northcutt et al.,
    “Confident Learning”, 2021): the mean over classes of the share of wrong labels.

    Raises:
        UserError: the matrix given is not of as many classes as the data has.
    """
    rows = len(context.clean)
    dice, fate = (generator.random(rows)[part.origin] for _ in range(2))
    matrix = noise_matrix(amount, base_matrix(options, context))
    labels = np.asarray(part.labels, dtype=np.int64)
    hit = dice < 1 - np.diag(matrix)[labels]
    becomes = np.where(hit, _destination(matrix, labels, fate), labels)
    change = Change(
        "class_conditional_label_noise",
        amount,
        int(np.count_nonzero(hit)),
        len(part),
        "labels",
        _changed(labels[hit], becomes[hit], context.dataset),
        part.origin[hit],
    )
    return part.with_values(labels=becomes), change


def noise_matrix(amount: float, base: Matrix) -> Matrix:
    """(K, K) with 1 − trace / K = `amount`; row c, column j is P(labelled j | truly c).

    A class that keeps its label with probability p in `base` keeps it with p to the power of t,
    and loses it to the others in the proportions of `base`. The exponent t is the same for all
    classes, 1 where `amount` is that of `base`: so each class loses more with more amount, none
    loses more than all, and of those that lose much already it costs least to ask for more.
    """
    kept = np.maximum(np.diag(base), _LEAST_KEPT)
    low, high = 0.0, 1.0
    while np.mean(1 - kept**high) < amount and high < 2**40:
        high *= 2
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if np.mean(1 - kept**middle) < amount else (low, middle)
    wrong = 1 - kept**high if amount > 0 else np.zeros(len(kept))
    others = base - np.diag(np.diag(base))
    total = others.sum(axis=1, keepdims=True)
    matrix = np.divide(others, total, out=np.zeros_like(others), where=total > 0) * wrong[:, None]
    return np.asarray(matrix + np.diag(1 - wrong))


def base_matrix(options: ClassConditionalOptions, context: Context) -> Matrix:
    """(K, K) the matrix given, or that of a careless eye.

    Raises:
        UserError: the matrix given is not of as many classes as the data has.
    """
    if not options.matrix:
        return _alike(context)
    given, classes = np.array(options.matrix), context.dataset.class_count
    if len(given) != classes:
        raise UserError(
            f"The noise matrix is {len(given)} × {len(given)}, and {context.dataset.title} has "
            f"{classes} classes.",
            f"Give it {classes} rows of {classes} shares, or leave it empty.",
        )
    return np.asarray(given / given.sum(axis=1, keepdims=True))


def _alike(context: Context) -> Matrix:
    """(K, K) how often an example would be taken for another class by who only knows the means.

    For each pair c, j it is the probability that an example of c lies nearer to the mean of j
    than to its own, Φ(mean / standard deviation) of how much nearer, as if that were normally
    distributed. These are the odds against keeping the label.
    """
    _, scores = class_scores(simple_features(context), context)
    labels = np.asarray(context.reference.labels, dtype=np.int64)
    classes = context.dataset.class_count
    odds = np.full((classes, classes), _RARELY)
    for code in np.unique(labels).tolist():
        nearer = (scores[labels == code] - scores[labels == code][:, [code]]).astype(np.float64)
        for other in np.flatnonzero(np.isfinite(nearer[0])).tolist():
            mean, spread = nearer[:, other].mean(), nearer[:, other].std()
            if spread > 0:
                odds[code, other] = max(erfc(-mean / spread / np.sqrt(2)) / 2, _RARELY)
    np.fill_diagonal(odds, 1.0)
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def _destination(matrix: Matrix, labels: IntArray, fate: NDArray[np.float64]) -> IntArray:
    """(n,) another class for each label, by the inverse of the cumulated shares of the others.

    The shares do not depend on the amount, so neither does the class that `fate` leads to.
    """
    others = matrix - np.diag(np.diag(matrix))
    cumulated = np.cumsum(others, axis=1)
    reached = cumulated[labels]
    place = (fate * reached[:, -1])[:, None] >= reached
    return np.asarray(np.minimum(place.sum(axis=1), len(matrix) - 1))


def _changed(before: IntArray, after: IntArray, dataset: Dataset) -> str:
    """“changed, most often “4” to “9””; of two classes, or of nothing, there is no need to say."""
    classes = dataset.class_count
    if classes == 2 or not len(before):
        return "changed"
    most = int(np.bincount(before * classes + after).argmax())
    true, given = (isolated(dataset.class_names[code]) for code in divmod(most, classes))
    return f"changed, most often “{true}” to “{given}”"


CORRUPTION = Corruption(
    name="class_conditional_label_noise",
    flag="class-noise",
    title="Similar classes mixed up",
    dimension="Labels",
    touches="labels",
    story="People who label in a hurry take what looks alike for the same: a 4 for a 9, a shirt "
    "for a coat, and some classes oftener than others. The amount is the mean over the classes.",
    source="Class-conditional noise by a noise matrix, 1 − trace / K; Northcutt et al., Confident "
    "Learning, 2021 (cleanlab)",
    amount=Amount("class_noise_rate", 0.0, 0.8, "share"),
    options=ClassConditionalOptions,
    refuses=refuse_wrong_classes,
    corrupt=corrupt,
)
