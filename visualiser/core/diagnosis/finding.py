"""What a check comes to: a finding with its evidence, or that there is none, or none yet."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.evidence import Evidence
from visualiser.core.questions.spec import Question

Kind = Literal["summary", "alarm", "note", "calm"]
"""summary: how the run stands · alarm: something is wrong · note: something worth knowing ·
calm: nothing that is looked for is wrong."""

Verdict = Literal["nothing found", "too early", "does not apply"]

NOTHING: Verdict = "nothing found"
TOO_EARLY: Verdict = "too early"
NOT_HERE: Verdict = "does not apply"


@dataclass(frozen=True)
class Finding:
    """One thing that the figures of a run say.

    Attributes:
        name: of the check that found it.
        sentence: what it is, in one or two plain sentences.
        kind: how much it matters.
        advice: what to do next, one or two sentences; empty where there is nothing to do.
        evidence: what it rests on, the most telling first.
        view: name of the view that shows more, “curves”, or empty.
    """

    name: str
    sentence: str
    kind: Kind
    advice: str = ""
    evidence: tuple[Evidence, ...] = ()
    view: str = ""

    def as_data(self) -> dict[str, Any]:
        """As in run.json: its fields, and of each piece of evidence what kind it is."""
        evidence = [{"type": type(one).__name__.lower(), **asdict(one)} for one in self.evidence]
        return asdict(replace(self, evidence=())) | {"evidence": evidence}


@dataclass(frozen=True)
class Check:
    """One thing that runs are looked at for.

    Attributes:
        name: key in run.json.
        title: what it looks for, as in “overfitting”.
        find: a pure function of what is known of a run.
        questions: what it asks of the models besides, answered between two steps.
        is_complaint: the thing is something wrong, so that its absence is worth telling.
        explained_by: names of checks whose findings are the reason for this one, which is then
            not told: one thing is to be put right, and that is the other.
    """

    name: str
    title: str
    find: Callable[[Case], Finding | Verdict]
    questions: frozenset[Question[Any]] = frozenset()
    is_complaint: bool = True
    explained_by: frozenset[str] = frozenset()
