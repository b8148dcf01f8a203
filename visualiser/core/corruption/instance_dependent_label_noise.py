"""Wrong labels of the examples that are hard to tell."""

from math import erfc, exp, pi, sqrt
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from visualiser.core.corruption.lookup import refuse_wrong_classes
from visualiser.core.corruption.simple_features import class_scores, simple_features
from visualiser.core.corruption.spec import Amount, Change, Context, Corruption
from visualiser.core.data.dataset import FloatArray, IntArray
from visualiser.core.data.split import Part
from visualiser.core.experiment import Value

_SPREAD = 0.1
"""Standard deviation of the rates around their mean, as in the paper."""
_LEAST_MEAN = 0.1
"""The least mean rate of the paper; below it the rates of this mean are scaled down."""
_RATES = np.linspace(0.0, 1.0, 1001)
"""Rates at which the distribution is known; quantiles between them are interpolated."""


class InstanceDependentOptions(Value):
    """What decides how often an example gets a wrong label.

    “margin”: the harder it is, by how much nearer it is to the mean of another class than to its
    own, on simple features; “chance”: a lot, as in the paper, where the features of an example
    decide only which wrong label it gets.
    """

    hardness: Annotated[
        Literal["margin", "chance"],
        Field(
            title="Hit more often",
            description="Those that look like another class, or any; what an example looks like "
            "decides in either case which wrong label it gets.",
        ),
    ] = "margin"


def corrupt(
    part: Part,
    amount: float,
    options: InstanceDependentOptions,
    context: Context,
    generator: np.random.Generator,
) -> tuple[Part, Change]:
    """Give each label, at a rate of its own around `amount`, a wrong one that its features choose.

    Algorithm 2 of Xia et al., “Part-dependent Label Noise” (2020): rates are drawn from a normal
    distribution with standard deviation 0.1, cut off at 0 and 1; a random matrix for each class
    projects the features on K numbers, and their softmax without the true class is how likely
    each wrong label is. Unlike there the cut-off distribution is moved so that its mean is
    `amount`, and with “margin” the drawn rates are given out by hardness instead of by lot.
    """
    rows = len(context.clean)
    lot, dice, fate = (generator.random(rows) for _ in range(3))
    described = simple_features(context)
    place = lot if options.hardness == "chance" else _places(_hardness(described, context))
    wrong = _wrong_label(described[0], context, fate, generator)
    hit = (dice < rates(amount, place))[part.origin]
    labels = np.where(hit, wrong[part.origin], part.labels)
    differs = labels != part.labels
    change = Change(
        "instance_dependent_label_noise",
        amount,
        int(np.count_nonzero(differs)),
        len(part),
        "labels",
        "changed",
        part.origin[differs],
    )
    return part.with_values(labels=labels), change


def rates(mean: float, place: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) the quantiles `place`, in 0 … 1, of the rates with that mean; each rises with it."""
    if mean < _LEAST_MEAN:
        return np.asarray(mean / _LEAST_MEAN * rates(_LEAST_MEAN, place))
    location = _location(mean)
    reached = np.array([_phi((rate - location) / _SPREAD) for rate in _RATES.tolist()])
    return np.interp(place, (reached - reached[0]) / (reached[-1] - reached[0]), _RATES)


def _location(mean: float) -> float:
    """Where the middle of a normal distribution must be so that, cut off, it has that mean."""
    low, high = mean - 10 * _SPREAD, mean + 10 * _SPREAD
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _mean_cut_off(middle) < mean else (low, middle)
    return (low + high) / 2


def _mean_cut_off(location: float) -> float:
    low, high = -location / _SPREAD, (1 - location) / _SPREAD
    density = (exp(-(low**2) / 2) - exp(-(high**2) / 2)) / sqrt(2 * pi)
    return location + _SPREAD * density / (_phi(high) - _phi(low))


def _phi(value: float) -> float:
    return erfc(-value / sqrt(2)) / 2


def _hardness(described: tuple[FloatArray, FloatArray], context: Context) -> NDArray[np.float64]:
    """(n,) for each clean row how much nearer another class is than its own; the more, the harder.

    In half squared distances to the means of the classes, on simple features.
    """
    scores, _ = class_scores(described, context)
    labels = np.asarray(context.clean.labels, dtype=np.int64)
    rows = np.arange(len(labels))
    others = scores.astype(np.float64)
    own = others[rows, labels].copy()
    others[rows, labels] = -np.inf
    return np.asarray(others.max(axis=1, initial=-np.inf) - own)


def _places(hardness: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) 0 … 1, evenly: the harder, the higher."""
    places = np.empty(len(hardness))
    places[np.argsort(hardness, kind="stable")] = np.arange(len(hardness)) + 0.5
    return places / max(len(hardness), 1)


def _wrong_label(
    features: FloatArray,
    context: Context,
    fate: NDArray[np.float64],
    generator: np.random.Generator,
) -> IntArray:
    """(n,) the label that each clean row gets where it gets a wrong one."""
    labels = np.asarray(context.clean.labels, dtype=np.int64)
    classes = context.dataset.class_count
    wrong = np.empty(len(labels), dtype=np.int64)
    for code in range(classes):
        rows = np.flatnonzero(labels == code)
        matrix = generator.standard_normal((features.shape[1], classes), dtype=np.float32)
        wrong[rows] = _drawn(features[rows] @ matrix, code, fate[rows])
    return wrong


def _drawn(projected: FloatArray, own: int, fate: NDArray[np.float64]) -> IntArray:
    """(n,) classes by the softmax of (n, K) without `own`, each where `fate` falls."""
    projected[:, own] = -np.inf
    shares = np.exp(projected - projected.max(axis=1, keepdims=True)).astype(np.float64)
    reached = np.cumsum(shares, axis=1)
    return np.asarray(((fate * reached[:, -1])[:, None] >= reached).sum(axis=1), dtype=np.int64)


CORRUPTION = Corruption(
    name="instance_dependent_label_noise",
    flag="hard-case-noise",
    title="Hard cases mislabelled",
    dimension="Labels",
    touches="labels",
    story="People get the easy cases right and slip where an example looks like something else: a "
    "sloppy 7, an unclear scan.",
    source="Instance-dependent label noise; Xia et al., Part-dependent Label Noise, 2020",
    amount=Amount("instance_noise_rate", 0.0, 0.5, "share"),
    options=InstanceDependentOptions,
    refuses=refuse_wrong_classes,
    corrupt=corrupt,
)
