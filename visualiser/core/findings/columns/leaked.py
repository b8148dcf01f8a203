"""Columns that give the answer away: too good to be true."""

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from visualiser.core.data.dataset import Dataset, FloatArray
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.split import Part
from visualiser.core.findings.characteristics import Characteristic, characteristics
from visualiser.core.findings.power import follows, told_alone, told_within
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
_LOST, _ERRORS = 0.3, 3.5
"""Told in training and no more on validation rows: honest evidence and chance are alike in both.
Three standard errors of 2 · AUC − 1 over n rows are about 3.5 / √n."""


@dataclass(frozen=True, eq=False)
class _Power:
    """How much a column tells alone, 0 … 1, in training and on validation rows.

    Attributes:
        there: as it was learnt from training rows, or from validation rows if that is more.
        asked: number of validation rows.
        follows: size of the rank correlation with an amount; 0 of classes.
        next: what the best tells of the columns that tell less, and something else.
        same: names of the columns that say the same as it.
        may_lose: whether the relation may be another elsewhere though the column is honest: of a
            series that changes, and of groups whose labels are biased (label_rates.py).
    """

    column: Characteristic
    here: float
    there: float
    asked: int
    follows: float
    next: float = 0.0
    same: tuple[str, ...] = ()
    may_lose: bool = False

    @property
    def is_lost(self) -> bool:
        """Whether clean rows do not have the relation, by more than so few of them vary."""
        return self.here - self.there > max(_LOST, _ERRORS / sqrt(max(self.asked, 1)))


def find(evidence: Evidence) -> tuple[Finding, ...]:
    """One finding for each column that alone tells far more of the label than the others do."""
    powers = sorted(_powers(evidence), key=lambda power: (power.follows < _COPY, -power.here))
    found: list[Finding] = []
    foremost = True
    for power in powers:
        given_away = _is_answer(power)
        if not (given_away or foremost):
            continue
        compared = _compared(power, powers)
        weight: Weight = "serious" if given_away else _by_gap(evidence.dataset, compared)
        if weight == "fine":
            foremost = False
        else:
            found.append(_leak(evidence, compared, weight))
    return tuple(found) or (_nothing(evidence, powers),)


def _is_answer(power: _Power) -> bool:
    """Whether a column is the answer itself, or has a relation to it in training rows only."""
    return _is_accused(power) or power.here >= _ALL or power.follows >= _COPY


def _is_accused(power: _Power) -> bool:
    """Whether a column tells much in training rows and lost it, where honest ones keep it."""
    return power.here >= _MUCH and power.is_lost and not power.may_lose


def _by_gap(dataset: Dataset, power: _Power) -> Weight:
    """How serious it is of the foremost column that it is so far ahead of the next."""
    most = _MOST_OF_AMOUNTS if dataset.predicts_amounts else _MOST
    gap = power.here - power.next
    if power.here >= most and gap >= _FAR_ABOVE:
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
    powers = []
    for one, other in zip(here, there, strict=True):
        power = _Power(
            one,
            *told_alone(dataset, part, one.values, other.values, validation.labels, evidence.seed),
            asked=len(validation),
            follows=follows(one.values, labels) if dataset.predicts_amounts else 0.0,
            may_lose=dataset.modality == "series" or _tells_groups(one, part),
        )
        if _is_accused(power):
            # Texts that have lost words are shorter: the relation is there, elsewhere on the scale.
            own = told_within(dataset, validation, other.values, evidence.seed)
            power = replace(power, there=max(power.there, own))
        powers.append(power)
    return powers


def _tells_groups(column: Characteristic, part: Part) -> bool:
    """Whether a column is the one that says who belongs to which group."""
    if part.groups is None or column.categories is None:
        return False
    pairs = np.unique(np.stack([column.values, part.groups]), axis=1).shape[1]
    return pairs == len(np.unique(column.values)) and len(np.unique(part.groups)) > 1


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
        nouns = noun_of(evidence.dataset).many
        sentence += f" On validation {nouns} it tells {share_text(power.there)} only."
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
        f"{best.column.title} tells most alone, {share_text(best.here)}, and not far more than "
        "others.", "", "fine", {"power": best.here},
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
