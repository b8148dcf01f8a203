"""How well finders of columns and groups did, where the program itself spoiled the data."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.corruption.spec import Change
from visualiser.core.data.dataset import Dataset, Table
from visualiser.core.data.split import Part
from visualiser.core.findings.columns.coverage import FEW, RARE
from visualiser.core.findings.search import Findings
from visualiser.core.numerals import share_text

_THINNED = 0.5
"""Share of its clean rows below which a class or a group counts as thinned out."""
_STILL_ENOUGH = (
    f"What still has {FEW} rows and {share_text(RARE)} of an equal share is not called rare: "
    "whoever does not know the data from before cannot see that some are gone."
)
_OTHER_KIND = frozenset({"covariate_shift", "missing_region", "stale_data"})
"""Ways of spoiling after which training rows are of another kind than validation rows."""

_SHORTCUT = "spurious_shortcut"


@dataclass(frozen=True)
class DataScore:
    """Of a kind of finding.

    Attributes:
        kind: name of its finder; `title` is what was planted, as the user reads it.
        planted: how many there are, of which `found` were called.
        besides: how many others were called: with nothing planted there, a false alarm or
            something that the data has of its own.
        missed: why those that were not found were not, where the finder's rule tells.
    """

    kind: str
    title: str
    planted: int
    found: int
    besides: int
    missed: str = ""

    @property
    def sentence(self) -> str:
        """As in “Leaked columns: 1 of 1 found, none besides”."""
        found = f"{self.found:,} of {self.planted:,} found" if self.planted else "none planted"
        called = "none besides" if not self.besides else f"{self.besides:,} called besides"
        why = f" {self.missed}" if self.missed and self.found < self.planted else ""
        return f"{self.title}: {found}, {called}.{why}"

    @property
    def precision(self) -> float:
        """Share of what was called that was planted; NaN where nothing was called."""
        called = self.found + self.besides
        return self.found / called if called else float("nan")

    @property
    def recall(self) -> float:
        """Share of what was planted that was called; NaN where nothing was planted."""
        return self.found / self.planted if self.planted else float("nan")


def data_scores(
    findings: Findings, clean: Part, changes: Sequence[Change]
) -> tuple[DataScore, ...]:
    """A score for each kind of thing that was planted, or of leaks called where none was.

    Args:
        findings: of a search of spoiled rows.
        clean: the training part before it was spoiled.
        changes: what was done to it.
    """
    if not changes:
        return ()
    found = (judge(findings, clean, changes) for judge in _JUDGES)
    return tuple(one for one in found if one.planted or (one.kind == "leaked" and one.besides))


def is_biased(changes: Iterable[Change]) -> bool:
    """Whether labels were changed by a rule, which single rows do not show."""
    return any(change.name == "group_label_bias" and change.changed for change in changes)


def _score(kind: str, title: str, planted: set[str], called: set[str]) -> DataScore:
    return DataScore(kind, title, len(planted), len(planted & called), len(called - planted))


def _called(findings: Findings, kind: str) -> set[str]:
    """What findings of a kind are about; of columns that tell nothing also the quiet ones."""
    return {
        name
        for one in findings.data
        if one.kind == kind and (one.weight != "fine" or kind == "irrelevant")
        for name in one.about
    }


def _filled_by(name: str, changes: Sequence[Change], dataset: Dataset) -> set[str]:
    """Columns that a way of spoiling has filled."""
    corruption = CORRUPTIONS[name]
    assert corruption.widen is not None
    names: set[str] = set()
    for change in changes:
        if change.name == name and len(change.rows):
            names.update(corruption.widen(dataset, change.amount, corruption.options()))
    return names


def _leaked(findings: Findings, clean: Part, changes: Sequence[Change]) -> DataScore:
    """Of a shortcut that was planted every column it shows in is the one thing that was planted."""
    planted = _filled_by("target_leakage", changes, findings.search.dataset)
    called = _called(findings, "leaked")
    if not any(change.name == _SHORTCUT and change.changed for change in changes):
        return _score("leaked", "Leaked columns", planted, called)
    title = "Leaked columns and shortcuts"
    found = len(planted & called) + bool(called - planted)
    return DataScore("leaked", title, len(planted) + 1, found, 0)


def _irrelevant(findings: Findings, clean: Part, changes: Sequence[Change]) -> DataScore:
    planted = _filled_by("irrelevant_features", changes, findings.search.dataset)
    return _score("irrelevant", "Irrelevant columns", planted, _called(findings, "irrelevant"))


def _constant(findings: Findings, clean: Part, changes: Sequence[Change]) -> DataScore:
    planted = _varying(clean) - _varying(findings.part)
    return _score("constant", "Constant columns", planted, _called(findings, "constant"))


def _varying(part: Part) -> set[str]:
    """Names of the columns of a table that have several values."""
    table = part.features
    if not isinstance(table, Table):
        return set()
    columns = zip(table.names, (*table.numeric.T, *table.categorical.T), strict=True)
    return {name for name, values in columns if len(np.unique(values)) > 1}


def _thinned(findings: Findings, clean: Part, changes: Sequence[Change]) -> DataScore:
    dataset, part = findings.search.dataset, findings.part
    planted: set[str] = set()
    if dataset.predicts_classes:
        planted |= _fewer(dataset.class_names, part.labels, clean.labels)
    if part.groups is not None and clean.groups is not None:
        planted |= _fewer(dataset.group_names, part.groups, clean.groups)
    title = "Classes and groups thinned out"
    score = _score("coverage", title, planted, _called(findings, "coverage"))
    return replace(score, missed=_STILL_ENOUGH)


def _fewer(names: Sequence[str], now: np.ndarray, before: np.ndarray) -> set[str]:
    counts = [
        np.bincount(codes[codes >= 0].astype(np.int64), minlength=len(names))
        for codes in (np.asarray(now), np.asarray(before))
    ]
    return {
        name
        for name, here, there in zip(names, *(count.tolist() for count in counts), strict=True)
        if here < _THINNED * there
    }


def _biased(findings: Findings, clean: Part, changes: Sequence[Change]) -> DataScore:
    names, planted = findings.search.dataset.group_names, set[str]()
    for change in changes:
        if change.name == "group_label_bias" and clean.groups is not None:
            planted |= {names[code] for code in np.unique(clean.groups[change.rows]).tolist()}
    title = "Groups with biased labels"
    return _score("label_rates", title, planted, _called(findings, "label_rates"))


def _drifted(findings: Findings, clean: Part, changes: Sequence[Change]) -> DataScore:
    planted = any(change.name in _OTHER_KIND and change.changed for change in changes)
    called = any(one.kind == "drift" and one.weight != "fine" for one in findings.data)
    return DataScore(
        "drift", "Training rows of another kind", int(planted), int(planted and called),
        int(called and not planted),
    )  # fmt: skip


def _copied(findings: Findings, clean: Part, changes: Sequence[Change]) -> DataScore:
    planted = sum(change.changed for change in changes if change.name == "test_contamination")
    copies = [one for one in findings.data if one.kind == "contamination" and "test" in one.about]
    called = int(sum(one.figures["rows"] for one in copies))
    found = min(planted, called)
    return DataScore("contamination", "Test rows in training", planted, found, called - found)


_JUDGES: tuple[Callable[[Findings, Part, Sequence[Change]], DataScore], ...] = (
    _leaked,
    _irrelevant,
    _constant,
    _thinned,
    _biased,
    _drifted,
    _copied,
)
