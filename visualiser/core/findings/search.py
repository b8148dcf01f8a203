"""Looking for suspects: what is needed is gathered once, then every finder is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import perf_counter

from visualiser.core.data.dataset import Dataset, Features
from visualiser.core.data.source import Portion, Progress
from visualiser.core.data.split import Part
from visualiser.core.findings.foretold import foretell
from visualiser.core.findings.neighbours import nearest_rows
from visualiser.core.findings.registry import DATA_FINDERS, ROW_FINDERS
from visualiser.core.findings.rows.agreement import AGREEMENT, Voice, agreed
from visualiser.core.findings.spec import (
    Evidence,
    Finding,
    Foretold,
    Need,
    RowFinder,
    Suspects,
    only_labels,
)
from visualiser.core.findings.vectors import vectors_of
from visualiser.core.questions.row_record import ROW_HISTORY, RowRecord
from visualiser.core.training.snapshot import Snapshot

FEWEST_ROWS = 20
_FEWEST_EPOCHS = 2


@dataclass(frozen=True, eq=False)
class Search:
    """What is to be searched, as read-only values: any thread may do it beside a run.

    Attributes:
        part: the training part as the student sees it.
        validation: clean validation rows.
        record: what training has seen of `part` so far; None where it is not known.
        test: test rows without their labels, so that copies of them are found and nothing else
            can be learnt of the exam; None leaves them out.
    """

    dataset: Dataset
    part: Part
    validation: Part
    seed: int
    record: RowRecord | None
    test: Features | None = None

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Search":
        """Of a run as it stands; ROW_HISTORY was asked where it is to be looked at."""
        info = snapshot.info
        return cls(
            info.dataset,
            snapshot.spoiled_train,
            info.split.validation,
            info.experiment.seed,
            snapshot.answer(ROW_HISTORY),
            info.split.test.features,
        )


@dataclass(frozen=True, eq=False)
class Findings:
    """What a search has found.

    Attributes:
        suspects: name of each finder that could look, and of AGREEMENT, → its suspects.
        silent: name of each other finder → why it has nothing to say.
        data: what is told of columns and of the data as a whole.
        seconds: name of what was done → how long it took.
    """

    search: Search
    suspects: Mapping[str, Suspects]
    silent: Mapping[str, str]
    data: tuple[Finding, ...]
    foretold: Foretold | None
    seconds: Mapping[str, float]

    @property
    def part(self) -> Part:
        """The rows that were searched: positions in suspects are in it."""
        return self.search.part


def refusal(dataset: Dataset) -> str | None:
    """Why such data cannot be searched at all; None where it can."""
    reason = only_labels(dataset)
    if reason is None and len(dataset) < FEWEST_ROWS:
        return "there are too few rows"
    return reason


def look(search: Search, progress: Progress | None = None) -> Findings:
    """Ask every finder that has something to look at.

    Raises:
        Cancelled: the user pressed Cancel.
    """
    progress = progress or Progress()
    clock = _Clock()
    finders, silent = _able(search)
    needs = {need for finder in finders for need in finder.needs}
    evidence = _gather(search, needs, progress, clock)
    found: dict[str, Suspects] = {}
    for finder in finders:
        progress.check()
        found[finder.name] = finder.find(evidence)
        clock.lap(finder.name)
    of_labels = {name: one for name, one in found.items() if _is_of_labels(name)}
    if len(of_labels) > 1:
        found[AGREEMENT] = agreed(of_labels, {name: _voice(name) for name in of_labels})
        clock.lap(AGREEMENT)
    data: list[Finding] = []
    able = [finder for finder in DATA_FINDERS if finder.refuses(search.dataset) is None]
    for place, one in enumerate(able):
        progress.check()
        progress.update(0.75 + 0.25 * place / len(able), one.title)
        data += one.find(evidence)
        clock.lap(one.name)
    return Findings(search, found, silent, tuple(data), evidence.foretold, clock.seconds)


def _is_of_labels(name: str) -> bool:
    """A copy or a far value says nothing of the label: those finders do not vote on it."""
    return ROW_FINDERS[name].looks_for == "label"


def _voice(name: str) -> Voice:
    """What the finder looks at: the gathered evidence, or else the values themselves."""
    finder = ROW_FINDERS[name]
    source = "+".join(sorted(finder.needs)) or finder.name
    return Voice(source)


def _able(search: Search) -> tuple[list[RowFinder], dict[str, str]]:
    """The finders that can look, and why the others cannot."""
    finders, silent = [], {}
    for finder in ROW_FINDERS.values():
        reason = finder.refuses(search.dataset)
        if reason is None and "record" in finder.needs:
            reason = _no_record(search.record)
        if reason is None:
            finders.append(finder)
        else:
            silent[finder.name] = reason
    return finders, silent


def _no_record(record: RowRecord | None) -> str | None:
    if record is None:
        return "there are too many rows and classes to be recorded while they are learnt"
    if record.epochs < _FEWEST_EPOCHS:
        return f"train {_FEWEST_EPOCHS} epochs first: how each row was learnt is looked at"
    return None


def _gather(search: Search, needs: set[Need], progress: Progress, clock: "_Clock") -> Evidence:
    dataset, part = search.dataset, search.part
    progress.update(0.0, "Laying out the rows")
    vectors = vectors_of(dataset, part, search.validation)
    clock.lap("vectors")
    here, there = vectors.parts
    evidence = Evidence(
        dataset=dataset,
        part=part,
        validation=search.validation,
        vectors=here,
        validation_vectors=there,
        vector_names=vectors.names,
        seed=search.seed,
        record=search.record,
        test=search.test,
    )
    if "foretold" in needs:
        share = Portion(progress, 0.0, 0.6)
        told = foretell(dataset, part, evidence.vectors, search.seed, share)
        evidence = replace(evidence, foretold=told)
        clock.lap("foretold")
    if "neighbours" in needs:
        share = Portion(progress, 0.6, 0.75)
        cosine = dataset.modality == "text"
        near = nearest_rows(part.features, evidence.vectors, cosine, search.seed, share)
        evidence = replace(evidence, neighbours=near)
        clock.lap("neighbours")
    return evidence


class _Clock:
    """How long each piece of work took."""

    def __init__(self) -> None:
        self._last = perf_counter()
        self.seconds: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = perf_counter()
        self.seconds[name] = now - self._last
        self._last = now
