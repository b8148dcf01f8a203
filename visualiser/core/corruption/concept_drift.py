"""Answers that were right once: what they mean has changed since."""

from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from visualiser.core.corruption.spec import Amount, Change, Context, Corruption
from visualiser.core.corruption.target_noise import decimals_of
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.split import Part
from visualiser.core.experiment import Value

Shares = NDArray[np.float64]


class ConceptDriftOptions(Value):
    """When the old concept gives way to the one of today.

    `position`: the share of the training rows, in the order of time, that come before the middle
    of the drift. `width`: how long a gradual drift takes, and how long each stretch of a recurring
    one, as a share of the rows. A sudden one has no width.
    """

    kind: Annotated[
        Literal["sudden", "gradual", "recurring"],
        Field(title="How it came", description="At once, little by little, or back and forth."),
    ] = "sudden"
    position: Annotated[
        float,
        Field(
            ge=0,
            le=1,
            allow_inf_nan=False,
            title="When",
            description="Share of the training data that came before the middle of the drift.",
        ),
    ] = 0.5
    width: Annotated[
        float,
        Field(
            ge=0.01,
            le=1,
            allow_inf_nan=False,
            title="How long",
            description="Of a gradual drift, or of each stretch of a recurring one, as a share of "
            "the training data.",
        ),
    ] = 0.25


def corrupt(
    part: Part,
    amount: float,
    options: ConceptDriftOptions,
    context: Context,
    generator: np.random.Generator,
) -> tuple[Part, Change]:
    """Label a row by the old concept with `amount` times the probability that it still held.

    That is 1 before a sudden drift and 0 after it; it falls in a line over a gradual one, in which
    both concepts alternate; in a recurring one the old concept comes back every other stretch
    (Gama et al., “A Survey on Concept Drift Adaptation”, 2014). By the old concept each class is
    called as one some places further on, around the circle of classes, with a seeded number of
    places; an amount is half of what it is today, and a date a standard deviation earlier. Rows
    without a time come in a seeded order, as if they had come in it.
    """
    rows = len(context.clean)
    dice = generator.random(rows)
    places = int(generator.integers(1, max(context.dataset.class_count, 2)))
    made_up = generator.permutation(rows)
    still = _held(_moments(context, made_up), options)
    old = _by_old_concept(part.labels, places, context)
    eligible = (still[part.origin] > 0) & (old != part.labels)
    hit = eligible & (dice < amount * still)[part.origin]
    change = Change(
        "concept_drift",
        amount,
        int(np.count_nonzero(hit)),
        int(np.count_nonzero(eligible)),
        f"{_noun(context.dataset)} from before the drift",
        _changed(context.dataset, places),
        part.origin[hit],
    )
    return part.with_values(labels=np.where(hit, old, part.labels)), change


def _moments(context: Context, made_up: NDArray[np.int64]) -> Shares:
    """(N,) when each clean row came, from 0 to 1; rows of one time come together."""
    rows, times = len(made_up), context.dataset.times
    if times is None:
        return np.asarray(made_up / rows)
    own = times[context.clean.rows]
    return np.asarray(np.searchsorted(np.sort(own), own, side="left") / rows)


def _held(moments: Shares, options: ConceptDriftOptions) -> Shares:
    """(N,) the probability that the old concept held at each moment."""
    ahead = (options.position - moments) / options.width
    if options.kind == "sudden":
        return (moments < options.position).astype(np.float64)
    if options.kind == "gradual":
        return np.asarray(np.clip(ahead + 0.5, 0, 1))
    # Stretches are counted from the drift; the one just before it is of the old concept.
    return np.asarray(np.ceil(ahead) % 2 == 1, dtype=np.float64)


def _by_old_concept(labels: NDArray[Any], places: int, context: Context) -> NDArray[Any]:
    """(n,) what the labels were before the drift."""
    dataset = context.dataset
    if dataset.predicts_classes:
        return np.asarray((labels + places) % dataset.class_count)
    if dataset.target_is_date:
        return np.asarray(np.round(labels - np.std(context.reference.labels)))
    decimals = decimals_of(dataset.labels)
    return labels / 2 if decimals is None else np.round(labels / 2, decimals)


def _noun(dataset: Dataset) -> str:
    return "targets" if dataset.predicts_amounts else "labels"


def _changed(dataset: Dataset, places: int) -> str:
    """“changed to the next class; the order of the rows is made up”."""
    order = "" if dataset.times is not None else "; the order of the rows is made up"
    if dataset.target_is_date:
        return f"made earlier by a standard deviation{order}"
    if dataset.predicts_amounts:
        return f"halved{order}"
    if dataset.class_count == 2:
        return f"swapped{order}"
    further = "the next class" if places == 1 else f"the class {places} places on"
    return f"changed to {further}{order}"


def _refuse(dataset: Dataset) -> str | None:
    if dataset.modality == "purchases":
        return "what was bought then was bought; there are mistaken purchases instead"
    if dataset.modality == "characters":
        return "the target is a character; there are wrong characters instead"
    return None


CORRUPTION = Corruption(
    name="concept_drift",
    flag="drift",
    title="Concept drift",
    dimension="Freshness",
    touches="labels",
    story="Prices of last year, rules that have been changed: what was right when the first half "
    "of the data was collected no longer is.",
    source="Sudden, gradual and recurring drift; Gama et al., A Survey on Concept Drift "
    "Adaptation, 2014",
    amount=Amount("drift_strength", 0.0, 1.0, "share"),
    options=ConceptDriftOptions,
    refuses=_refuse,
    corrupt=corrupt,
    training_only=True,
)
