"""“What happened”: the figures of a run and one to three sentences drawn from them."""

from collections.abc import Callable
from dataclasses import dataclass

from visualiser.core.corruption.extent import extent, tells_more
from visualiser.core.corruption.registry import change_text
from visualiser.core.data.cell_text import NO_BREAK
from visualiser.core.data.nouns import noun_of
from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.finding import Finding
from visualiser.core.diagnosis.registry import diagnose
from visualiser.core.metrics.paired import PairedTest
from visualiser.core.outcome_figures import (
    Comparison,
    Confusion,
    FurtherFigure,
    audit_figures,
    compare,
    figure_text,
    further_figures,
    paired_test,
    watched_labels,
    worst_confusions,
)
from visualiser.core.outcome_groups import GroupGap, exam_gap, watched_gap
from visualiser.core.outcome_sentences import MOST
from visualiser.core.outcome_wrong_labels import Learning, learning
from visualiser.core.training.snapshot import Exam, RunInfo, Snapshot
from visualiser.core.training.wrong_labels import Memorised


@dataclass(frozen=True)
class Outcome:
    """What the results panel shows of a snapshot.

    Attributes:
        metric_title: “accuracy” or “mean error”.
        unit: “%”, or the unit of the target (may be empty).
        validation: student and twin on the clean validation rows.
        repaired: the third model, of repaired data, and the student in place of its twin, on the
            same rows; None without repairs.
        mended: what was repaired, in words; empty without repairs.
        further: the task's other metrics on the same rows, and how calibrated and private both are.
        exam: the same on the clean test part, None until it is opened.
        exam_repaired: `repaired` there.
        exam_further: the task's other metrics in it.
        exam_step: the step at which it was opened, or None.
        exam_groups: how the groups fare in it; None without groups, or until it is opened.
        spoiled_validation_text: the student's figure on the spoiled validation rows (“71.2 %”);
            empty where that switch is off.
        changed: one sentence for each corruption in force, as in “Wrong labels: 37 of 250 labels
            changed”, which tells what it did to the rows that it was given; where several touch
            the same labels or rows, a last one tells what they came to together, as in “In all,
            316 of 864 training labels are wrong”.
        confusions: the most frequent confusions, at most three; None without predictions, or where
            there are no classes.
        groups: how the groups fare on validation rows; None without groups or predictions.
        memorised: counts of wrong labels, None where there are none.
        memorised_share: share of them that is answered as wrongly given, 0 … 1, or None.
        memorised_text: “62 %” or empty.
        learning: how the wrong labels were taken, as far as that is beyond chance.
        findings: what the figures say, each with its evidence, the most important first.
    """

    metric_title: str
    unit: str
    validation: Comparison
    repaired: Comparison | None
    mended: str
    further: tuple[FurtherFigure, ...]
    exam: Comparison | None
    exam_repaired: Comparison | None
    exam_further: tuple[FurtherFigure, ...]
    exam_step: int | None
    exam_groups: GroupGap | None
    spoiled_validation_text: str
    changed: tuple[str, ...]
    confusions: tuple[Confusion, ...] | None
    groups: GroupGap | None
    memorised: Memorised | None
    memorised_share: float | None
    memorised_text: str
    learning: Learning
    findings: tuple[Finding, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """One to three plain sentences, those of the most important findings."""
        return tuple(finding.sentence for finding in self.findings[:MOST])


def describe(
    snapshot: Snapshot,
    diagnosed: Callable[[Case], tuple[Finding, ...]] = diagnose,
    test: PairedTest | None = None,
) -> Outcome:
    """The outcome of a run as it stands; numpy only, a few milliseconds at most.

    `diagnosed` makes the findings: who looks again and again passes SteadyDiagnosis.of. `test` is
    of student and twin where the snapshot has figures of rows that it has no answers to. Not for a
    snapshot that was kept without its examples.
    """
    info, exam, memorised = snapshot.info, snapshot.exam, snapshot.memorised
    confusions: tuple[Confusion, ...] | None = None
    groups = None
    if snapshot.predictions is not None:
        output, twin_output = snapshot.predictions.output, snapshot.predictions.twin_output
        if snapshot.twin_validation is not None and not snapshot.twin_differs:
            twin_output = output
        confusions = worst_confusions(info, output, twin_output)
        groups = watched_gap(info, output, twin_output)
        test = paired_test(info, watched_labels(info), output, twin_output)
    rows = len(info.watched)
    validation = compare(info, snapshot.validation, snapshot.twin_validation, rows, test)
    case = Case(snapshot, validation, groups)
    share = memorised.learnt / memorised.total if memorised and memorised.total else None
    spoiled = snapshot.spoiled_validation
    return Outcome(
        metric_title=info.metric.title,
        unit=info.metric.unit_text(info.dataset),
        validation=validation,
        repaired=case.repaired,
        mended=_mended(snapshot),
        further=further_figures(info, snapshot.validation, snapshot.twin_validation)
        + audit_figures(snapshot.audit, snapshot.twin_audit),
        exam=None if exam is None else _exam(info, exam),
        exam_repaired=None if exam is None else _exam_repaired(info, exam),
        exam_further=(
            () if exam is None else further_figures(info, exam.figures, exam.twin_figures)
        ),
        exam_step=None if exam is None else exam.step,
        exam_groups=None if exam is None else exam_gap(info, exam),
        spoiled_validation_text=(
            "" if spoiled is None else figure_text(info, spoiled.values[info.metric.name])
        ),
        changed=_changed(snapshot),
        confusions=confusions,
        groups=groups,
        memorised=memorised,
        memorised_share=share,
        memorised_text="" if share is None else f"{100 * share:.0f}{NO_BREAK}%",
        learning=learning(snapshot),
        findings=diagnosed(case),
    )


def _changed(snapshot: Snapshot) -> tuple[str, ...]:
    told = tuple(change_text(change) for change in snapshot.changes)
    if not tells_more(snapshot.changes):
        return told
    whole = extent(
        snapshot.info.dataset, snapshot.info.split.train, snapshot.spoiled_train, snapshot.changes
    )
    return (*told, whole.sentence(snapshot.info.dataset))


def _mended(snapshot: Snapshot) -> str:
    if snapshot.mended is None:
        return ""
    said = snapshot.mended.done.sentence(noun_of(snapshot.info.dataset))
    return f"Repaired for the third model: {said}" if said else ""


def _exam_repaired(info: RunInfo, exam: Exam) -> Comparison | None:
    if exam.cleaned_figures is None or exam.cleaned_predictions is None:
        return None
    test = info.split.test
    paired = paired_test(info, test.labels, exam.cleaned_predictions, exam.predictions)
    return compare(info, exam.cleaned_figures, exam.figures, len(test), paired)


def _exam(info: RunInfo, exam: Exam) -> Comparison:
    test = info.split.test
    paired = paired_test(info, test.labels, exam.predictions, exam.twin_predictions)
    return compare(info, exam.figures, exam.twin_figures, len(test), paired)
