"""Rows that are in training and in validation, or in the test."""

from typing import Any

from visualiser.core.data.dataset import Features
from visualiser.core.data.nouns import noun_of
from visualiser.core.findings.neighbours import keys_of
from visualiser.core.findings.spec import DataFinder, Evidence, Finding, only_labels
from visualiser.core.numerals import share_text

_NAME = "contamination"
_MUCH = 0.02
_LEAST_COARSE, _COARSE = 0.1, 0.5
"""Where a tenth of the training rows repeats others, and half as large a share as of the
validation rows, it is the way of the data."""


def find(evidence: Evidence) -> tuple[Finding, ...]:
    """How many validation and test rows are equal to a training row in every value.

    Of the test part, which is sealed, only that is looked at: no label, and no answer to a row.
    """
    train = keys_of(evidence.part.features)
    parts = {"validation": evidence.validation.features, "test": evidence.test}
    found = [
        _compared(evidence, train, where, features)
        for where, features in parts.items()
        if features is not None
    ]
    copies = tuple(one for one in found if one is not None)
    return copies or (_nothing(evidence),)


def _nothing(evidence: Evidence) -> Finding:
    sealed = "" if evidence.test is None else " or test"
    return Finding(
        _NAME,
        f"Nothing is in training and in validation{sealed}",
        f"No validation{sealed} {noun_of(evidence.dataset).one} is also in training, equal in "
        "every value.",
        "",
        "fine",
        {"rows": 0},
    )


def _compared(
    evidence: Evidence, train: list[Any], where: str, features: Features
) -> Finding | None:
    """What is to be said of rows that are also in training; None where none is."""
    known, noun = set(train), noun_of(evidence.dataset)
    repeated = [key in known for key in keys_of(features)]
    count = sum(repeated)
    if not count:
        return None
    share = count / len(repeated)
    if 1 - len(known) / len(train) > max(_LEAST_COARSE, _COARSE * share):
        return _coarse(evidence, count, share, where)
    advice = (
        "Figures of validation look better than they are: what was learnt by heart is asked "
        "again. Leave repeated ones out before the data is split."
        if where == "validation"
        else "The exam asks what was learnt by heart: its figures will look better than they are. "
        "Only whether rows are equal was looked at, none of their labels."
    )
    return Finding(
        _NAME,
        f"The same in training and in {'the test' if where == 'test' else where}",
        f"{noun.counted(count, where)} ({share_text(share)}) {_are(count)} also in training, "
        "equal in every value.",
        advice,
        "serious" if share >= _MUCH else "look",
        {"rows": count, "share": share},
        (where,),
    )


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _coarse(evidence: Evidence, count: int, share: float, where: str) -> Finding:
    """Rows are equal to each other all over: of few columns that need not mean copies."""
    noun = noun_of(evidence.dataset)
    return Finding(
        _NAME,
        f"Different {noun.many} look the same" + (" in the test" if where == "test" else ""),
        f"{noun.counted(count, where)} ({share_text(share)}) {_are(count)} equal to a training one "
        "in every value, and so are many training ones to each other.",
        "With few columns that need not mean that they are the same: what a model can learn is "
        "bounded by what the columns tell apart.",
        "look",
        {"rows": count, "share": share},
        (where,),
    )


FINDER = DataFinder(
    name=_NAME,
    title="In training and elsewhere",
    story="Examples that a model is trained on and then tested on.",
    refuses=only_labels,
    find=find,
)
