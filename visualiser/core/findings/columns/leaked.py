"""Columns that give the answer away: too good to be true."""

from dataclasses import dataclass, replace

import numpy as np

from visualiser.core.data.dataset import Dataset, FloatArray
from visualiser.core.data.isolated_name import isolated
from visualiser.core.findings.characteristics import Characteristic, characteristics
from visualiser.core.findings.power import follows, told_alone
from visualiser.core.findings.spec import DataFinder, Evidence, Finding, Weight, only_labels
from visualiser.core.numerals import share_text

_NAME = "leaked"
_ALL, _MUCH = 0.99, 0.5
_MOST, _MOST_OF_AMOUNTS = 0.85, 0.95
"""With nothing else near it. The size of a flat may well tell nine tenths of its rent."""
_COPY, _SAME = 0.9995, 0.98
"""Rank correlations from which a column is a function of the target, and two columns say the same:
leaked twice, they do not hide each other."""
_FAR_ABOVE = 0.15
_WORDS, _LEAST_WITH_WORD = 3, 0.01
"""Words of texts that are tried, those that tell most; a word must be in so many texts."""
_LOST = 0.3
"""Told in training and no more on validation rows: honest evidence and chance are alike in both."""


@dataclass(frozen=True, eq=False)
class _Power:
    """How much a column tells alone, 0 … 1, in training and on validation rows.

    Attributes:
        follows: size of the rank correlation with an amount; 0 of classes.
        next: what the best tells of the columns that tell less, and something else.
        same: names of the columns that say the same as it.
    """

    column: Characteristic
    here: float
    there: float
    follows: float
    next: float = 0.0
    same: tuple[str, ...] = ()

    @property
    def is_lost(self) -> bool:
        """Whether clean rows do not have the relation."""
        return self.here - self.there > _LOST


def find(evidence: Evidence) -> tuple[Finding, ...]:
    """One finding for each column that alone tells far more of the label than the others do."""
    powers = sorted(_powers(evidence), key=lambda power: (power.follows < _COPY, -power.here))
    found = []
    for power in powers:
        compared = _compared(power, powers)
        weight = _weight(evidence.dataset, compared)
        if weight == "fine":
            break
        found.append(_leak(evidence, compared, weight))
    return tuple(found) or (_nothing(evidence, powers),)


def _weight(dataset: Dataset, power: _Power) -> Weight:
    most = _MOST_OF_AMOUNTS if dataset.predicts_amounts else _MOST
    gap = power.here - power.next
    if power.here >= _ALL or power.follows >= _COPY:
        return "serious"
    # A series that changes in time loses relations by itself.
    lost = power.here >= _MUCH and power.is_lost and dataset.modality != "series"
    if gap >= _FAR_ABOVE and (lost or power.here >= most):
        return "serious"
    return "look" if power.here >= _MUCH and gap >= 2 * _FAR_ABOVE else "fine"


def _compared(power: _Power, powers: list[_Power]) -> _Power:
    """With the best of those that tell less and something else; a lone column has no gap."""
    others = [one for one in powers if one is not power]
    same = [one for one in others if follows(one.column.values, power.column.values) >= _SAME]
    weaker = [one.here for one in others if one not in same and one.here <= power.here]
    best = max(weaker, default=0.0 if others else power.here)
    return replace(power, next=best, same=tuple(one.column.named for one in same))


def _powers(evidence: Evidence) -> list[_Power]:
    dataset, part, validation = evidence.dataset, evidence.part, evidence.validation
    here = (*characteristics(dataset, part.features), *_words(evidence, evidence.vectors))
    there = (
        *characteristics(dataset, validation.features),
        *_words(evidence, evidence.validation_vectors),
    )
    labels = np.asarray(part.labels, dtype=np.float64)
    return [
        _Power(
            one,
            *told_alone(dataset, part, one.values, other.values, validation.labels, evidence.seed),
            follows=follows(one.values, labels) if dataset.predicts_amounts else 0.0,
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
            f"the word “{isolated(evidence.vector_names[word])}”",
            (vectors[:, word] > 0).astype(np.float64),
            is_described=True,
        )
        for word in chosen.tolist()
    )


def _leak(evidence: Evidence, power: _Power, weight: Weight) -> Finding:
    measure, target = _measure(evidence), isolated(evidence.dataset.target)
    sentence = (
        f"Alone it tells {share_text(power.here)} of “{target}” ({measure}); the next that says "
        f"something else tells {share_text(power.next)}."
    )
    if power.same:
        sentence += f" The same is said by {', '.join(power.same)}."
    if power.follows >= _COPY:
        sentence += f" Rows sorted by it are sorted by “{target}”: it is the answer, rewritten."
    if power.is_lost:
        sentence += f" On validation rows it tells {share_text(power.there)} only."
    name = power.column.title
    return Finding(
        _NAME,
        f"{name} may give the answer away" if weight == "serious" else f"{name} tells a lot",
        sentence,
        "Ask when it is known: a column that is written down after the answer, or because of it, "
        "is not there when the model is used. Leave it out then.",
        weight,
        {"power": power.here, "validation_power": power.there, "next": power.next},
        (power.column.name,),
    )


def _measure(evidence: Evidence) -> str:
    return "2 · AUC − 1" if evidence.dataset.predicts_classes else "R²"


def _nothing(evidence: Evidence, powers: list[_Power]) -> Finding:
    title = "No leaked columns"
    if evidence.dataset.modality not in ("table", "series"):
        title = "Nothing simple gives the answer away"
    if not powers:
        return Finding(_NAME, title, "There are no columns to look at.", "", "fine")
    best = powers[0]
    return Finding(
        _NAME, title,
        f"{best.column.title} tells most alone, {share_text(best.here)}, and not far more than others.", "",
        "fine", {"power": best.here},
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
