"""Columns that give the answer away: too good to be true."""

from dataclasses import dataclass

import numpy as np

from visualiser.core.data.dataset import Dataset, FloatArray
from visualiser.core.data.isolated_name import isolated
from visualiser.core.findings.characteristics import Characteristic, characteristics
from visualiser.core.findings.power import told_alone
from visualiser.core.findings.spec import DataFinder, Evidence, Finding, Weight, only_labels
from visualiser.core.numerals import share_text

_NAME = "leaked"
_ALL, _MOST, _MUCH = 0.99, 0.85, 0.5
_FAR_ABOVE = 0.15
_WORDS, _LEAST_WITH_WORD = 3, 0.01
"""Words of texts that are tried, those that tell most; a word must be in so many texts."""
_LOST = 0.3


@dataclass(frozen=True)
class _Power:
    """How much a column tells alone, 0 … 1, in training and on validation rows."""

    name: str
    here: float
    there: float


def find(evidence: Evidence) -> tuple[Finding, ...]:
    """One finding for each column that alone tells far more of the label than the others do."""
    powers = sorted(_powers(evidence), key=lambda power: -power.here)
    found = []
    for place, power in enumerate(powers):
        following = next((p.here for p in powers[place + 1 :]), 0.0)
        weight = _weight(power.here, following if place + 1 < len(powers) else power.here)
        if weight == "fine":
            break
        found.append(_leak(evidence, power, following, weight))
    return tuple(found) or (_nothing(powers),)


def _weight(power: float, following: float) -> Weight:
    gap = power - following
    if power >= _ALL or (power >= _MOST and gap >= _FAR_ABOVE):
        return "serious"
    return "look" if power >= _MUCH and gap >= 2 * _FAR_ABOVE else "fine"


def _powers(evidence: Evidence) -> list[_Power]:
    dataset, part, validation = evidence.dataset, evidence.part, evidence.validation
    here = (*characteristics(dataset, part.features), *_words(evidence, evidence.vectors))
    there = (
        *characteristics(dataset, validation.features),
        *_words(evidence, evidence.validation_vectors),
    )
    return [
        _Power(
            one.name,
            *told_alone(dataset, part, one.values, other.values, validation.labels, evidence.seed),
        )
        for one, other in zip(here, there, strict=True)
    ]


def _words(evidence: Evidence, vectors: FloatArray) -> tuple[Characteristic, ...]:
    """Of texts the words that tell most of a class by being there; chosen by the training rows."""
    if evidence.dataset.modality != "text" or not evidence.vector_names:
        return ()
    there = (evidence.vectors > 0).astype(np.float64)
    often = there.mean(axis=0) >= _LEAST_WITH_WORD
    labels = np.asarray(evidence.part.labels)
    best = np.zeros(there.shape[1])
    for code in np.unique(labels):
        own = labels == code
        if own.any() and not own.all():
            best = np.maximum(best, np.abs(there[own].mean(axis=0) - there[~own].mean(axis=0)))
    chosen = np.argsort(-np.where(often, best, 0.0), kind="stable")[:_WORDS]
    return tuple(
        Characteristic(
            f"the word “{evidence.vector_names[word]}”", (vectors[:, word] > 0).astype(np.float64)
        )
        for word in chosen.tolist()
    )


def _leak(evidence: Evidence, power: _Power, following: float, weight: Weight) -> Finding:
    name, measure = isolated(power.name), _measure(evidence)
    sentence = (
        f"Alone it tells {share_text(power.here)} of “{isolated(evidence.dataset.target)}” "
        f"({measure}); the next column tells {share_text(following)}."
    )
    if power.here - power.there > _LOST:
        sentence += f" On validation rows it tells {share_text(power.there)} only."
    return Finding(
        _NAME,
        f"“{name}” may give the answer away" if weight == "serious" else f"“{name}” tells a lot",
        sentence,
        "Ask when it is known: a column that is written down after the answer, or because of it, "
        "is not there when the model is used. Leave it out then.",
        weight,
        {"power": power.here, "validation_power": power.there, "next": following},
    )


def _measure(evidence: Evidence) -> str:
    return "2 · AUC − 1" if evidence.dataset.predicts_classes else "R²"


def _nothing(powers: list[_Power]) -> Finding:
    if not powers:
        return Finding(_NAME, "No leaked columns", "There are no columns to look at.", "", "fine")
    best = powers[0]
    return Finding(
        _NAME, "No leaked columns",
        f"“{isolated(best.name)}” tells most alone, {share_text(best.here)}, and not far more "
        "than others.", "", "fine", {"power": best.here},
    )  # fmt: skip


def _refuses(dataset: Dataset) -> str | None:
    if dataset.modality == "points":
        return "points have two coordinates, and both are needed"
    return only_labels(dataset)


FINDER = DataFinder(
    name=_NAME,
    title="Leaked columns",
    story="Columns that alone tell nearly all of the answer, far more than any other: often "
    "something that is known only afterwards.",
    refuses=_refuses,
    find=find,
)
