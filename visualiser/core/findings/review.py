"""What somebody who looks through suspects has decided, as a value with a way back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from visualiser.core.data.split import Part
from visualiser.core.experiment import MOST_REPAIRS, Repair
from visualiser.core.findings.scores import found_at
from visualiser.core.findings.spec import Suspects
from visualiser.core.findings.truth import Truth
from visualiser.core.repair import copy_numbers

Verdict = Literal["accept", "relabel", "drop", "skip"]
"""The label is right · it gets another · the row is left out · no decision."""

Row = tuple[int, int]
"""Number in the data set, and which of the equal rows: as in Repair."""


@dataclass(frozen=True)
class Decision:
    """About one row; `label` is the one it gets, if it gets one."""

    verdict: Verdict
    label: float | None = None


@dataclass(frozen=True)
class Review:
    """Decisions in force, and those before them.

    Attributes:
        decisions: the row → what was decided.
        columns: names of those that are left out.
        before: the review before the last decision; None at the beginning.
    """

    decisions: Mapping[Row, Decision] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    before: "Review | None" = None

    @classmethod
    def of(cls, repairs: Iterable[Repair]) -> "Review":
        """The decisions that led to these repairs; what was found to be right is not in them."""
        every = tuple(repairs)
        return cls(
            {(one.row, one.copy_number): _decision(one) for one in every if one.row is not None},
            tuple(one.column for one in every if one.column is not None),
        )

    def decide(self, decisions: Mapping[Row, Decision]) -> "Review":
        """With further decisions, which are taken back together."""
        return replace(self, decisions={**self.decisions, **decisions}, before=self)

    def without_columns(self, names: Iterable[str]) -> "Review":
        """With further columns left out."""
        columns = tuple(dict.fromkeys((*self.columns, *names)))
        return replace(self, columns=columns, before=self)

    def with_columns(self, names: Iterable[str]) -> "Review":
        """With these columns used again."""
        back = set(names)
        columns = tuple(name for name in self.columns if name not in back)
        return replace(self, columns=columns, before=self)

    def undone(self) -> "Review":
        """Without the last decision; itself where there is none."""
        return self if self.before is None else self.before

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """What is to be done about columns, then about rows in their order; as many as may be."""
        columns = (Repair(column=name) for name in self.columns)
        changed = (
            Repair(row=row, copy_number=copy, label=decision.label)
            for (row, copy), decision in sorted(self.decisions.items())
            if decision.verdict in ("relabel", "drop")
        )
        return (*columns, *changed)[:MOST_REPAIRS]

    def leaves_open(self, row: Row) -> bool:
        """Whether nothing was decided about a row, or it was skipped."""
        decision = self.decisions.get(row)
        return decision is None or decision.verdict == "skip"

    def counts(self) -> dict[Verdict, int]:
        """How many rows were decided on in each way."""
        counts: dict[Verdict, int] = {"accept": 0, "relabel": 0, "drop": 0, "skip": 0}
        for decision in self.decisions.values():
            counts[decision.verdict] += 1
        return counts


def _decision(repair: Repair) -> Decision:
    return Decision("drop") if repair.label is None else Decision("relabel", repair.label)


def rows_of(part: Part) -> list[Row]:
    """The name of each row of a part, in its order."""
    return list(zip(part.rows.tolist(), copy_numbers(part).tolist(), strict=True))


def as_proposed(part: Part, suspects: Suspects, count: int) -> dict[Row, Decision]:
    """What a finder proposes for its `count` most suspicious rows."""
    rows = rows_of(part)
    return {
        rows[place]: proposal(float(suspects.proposed[place]))
        for place in suspects.ranked[:count].tolist()
    }


def proposal(label: float) -> Decision:
    """The decision that follows a proposed label; NaN leaves the row out."""
    return Decision("relabel", label) if np.isfinite(label) else Decision("drop")


@dataclass(frozen=True)
class ReviewScore:
    """Of a person's decisions.

    Attributes:
        changed: rows relabelled or left out; `hits` of them are wrong, of `wrong` there are.
        relabelled: of them with a wrong label and given another; `rightly` the true one.
        accepted: rows whose label was called right; `missed` of them are wrong.
        finder_hits: mistakes among the `changed` most suspicious rows of the finder.
    """

    changed: int
    hits: int
    wrong: int
    relabelled: int
    rightly: int
    accepted: int
    missed: int
    finder_hits: int

    @property
    def precision(self) -> float:
        """Share of what was changed that is wrong; NaN where nothing was changed."""
        return self.hits / self.changed if self.changed else float("nan")

    @property
    def recall(self) -> float:
        """Share of what is wrong that was changed; NaN where nothing is."""
        return self.hits / self.wrong if self.wrong else float("nan")


def review_score(review: Review, part: Part, truth: Truth, finder: Suspects) -> ReviewScore:
    """Compare decisions with the truth, and with as many of the finder's suspects."""
    made = [review.decisions.get(row) for row in rows_of(part)]
    changed = np.array([one is not None and one.verdict in ("relabel", "drop") for one in made])
    accepted = np.array([one is not None and one.verdict == "accept" for one in made])
    labels = np.array(
        [np.nan if one is None or one.label is None else one.label for one in made], dtype=float
    )
    wrong, given = truth.any, np.isfinite(labels)
    return ReviewScore(
        changed=int(changed.sum()),
        hits=int((changed & wrong).sum()),
        wrong=int(wrong.sum()),
        relabelled=int((given & truth.label).sum()),
        rightly=int((given & truth.label & (labels == truth.true_labels)).sum()),
        accepted=int(accepted.sum()),
        missed=int((accepted & truth.label).sum()),
        finder_hits=found_at(finder, wrong, int(changed.sum())),
    )


def without(review: Review, rows: Iterable[Row]) -> Review:
    """The same without decisions on those rows, which is a decision that can be taken back."""
    gone = set(rows)
    kept = {row: one for row, one in review.decisions.items() if row not in gone}
    return replace(review, decisions=kept, before=review)
