"""What a run came to, in figures: the student beside its clean twin."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.cell_text import NO_BREAK
from visualiser.core.metrics.classification import confusion_matrix
from visualiser.core.metrics.paired import CLEARLY, PairedTest
from visualiser.core.tasks.spec import Figures, Metric
from visualiser.core.training.audit import Audit
from visualiser.core.training.snapshot import RunInfo, Snapshot

SELDOM = 0.005
"""A confusion of a smaller share of its class would be shown as 0 %."""

_UNKNOWN = float("nan")

Effect = Literal["worse", "no clear difference", "better"]


_FEWEST_ROWS = 30
"""Of fewer rows only enormous differences can be clear: nothing found says next to nothing."""


@dataclass(frozen=True)
class Comparison:
    """The metric of the run, of the student and of its twin, on the same clean rows.

    Attributes:
        student, twin: accuracy 0 … 1, or the mean absolute error in the target's unit; NaN after a
            divergence. `twin` is None without a twin.
        student_text, twin_text: “81.7 %”, “$ 42,100”; “not a number” after a divergence.
        rows: how many rows were measured.
        difference: student less twin, in `student`'s unit; None where either is missing or NaN.
        difference_text: “−12.5 points”, “+$ 3,100”; empty without a difference.
        standard_error: how far chance alone takes the difference, as one standard deviation.
        effect: how the student stands against its twin; “no clear difference” where the difference
            is within chance, about two standard errors; None where there is none to judge.
    """

    student: float
    twin: float | None
    student_text: str
    twin_text: str
    rows: int
    difference: float | None
    difference_text: str
    standard_error: float
    effect: Effect | None

    @property
    def too_few_rows(self) -> bool:
        """Whether no difference was found because there are too few rows to tell."""
        return self.effect == "no clear difference" and self.rows < _FEWEST_ROWS


@dataclass(frozen=True)
class FurtherFigure:
    """A metric beside that of the run, of the student and of its twin, on the same clean rows.

    Attributes:
        name: as in Metric, or a column of the history.
        student_text, twin_text: as in Comparison.
    """

    name: str
    student_text: str
    twin_text: str


@dataclass(frozen=True)
class Confusion:
    """Examples of one class taken for another.

    Attributes:
        true, predicted: names of the classes.
        count: how many of the watched validation rows.
        share: `count` as a share of the rows of the true class.
        twin_share: the same share of the twin's answers, or None without a twin.
    """

    true: str
    predicted: str
    count: int
    share: float
    twin_share: float | None


def compare(
    info: RunInfo, student: Figures, twin: Figures | None, rows: int, test: PairedTest | None = None
) -> Comparison:
    """The run's metric of both models, measured on `rows` clean rows.

    `test` is paired_test of the answers behind the figures. Without it the two are taken for two
    samples, which is on the safe side: models that err together differ less by chance.
    """
    mine = student.values[info.metric.name]
    other = None if twin is None else twin.values[info.metric.name]
    difference = None if other is None else mine - other
    if difference is not None and not np.isfinite(difference):
        difference = None
    if test is None:
        error = standard_error(info, student, rows)
        if twin is not None:
            error = float(np.hypot(error, standard_error(info, twin, rows)))
        clear = difference is not None and abs(difference) > CLEARLY * error
    else:
        error, clear = test.standard_error, test.clear
    return Comparison(
        mine,
        other,
        figure_text(info, mine),
        "" if other is None else figure_text(info, other),
        rows,
        difference,
        "" if difference is None else difference_text(info, difference),
        error,
        None if difference is None else _effect(info, difference, clear),
    )


def further_figures(
    info: RunInfo, student: Figures, twin: Figures | None
) -> tuple[FurtherFigure, ...]:
    """The metrics of the task after the first one, in their order."""
    return tuple(
        FurtherFigure(
            metric.name,
            figure_text(info, student.values[metric.name], metric),
            "" if twin is None else figure_text(info, twin.values[metric.name], metric),
        )
        for metric in info.task.metrics[1:]
    )


def audit_figures(student: Audit | None, twin: Audit | None) -> tuple[FurtherFigure, ...]:
    """The calibration error and how well losses give rows away, as far as they make sense."""
    if student is None:
        return ()
    return tuple(
        FurtherFigure(
            name, _share_text(getattr(student, name)), _share_text(getattr(twin, name, _UNKNOWN))
        )
        for name in ("ece", "mia_auc")
        if np.isfinite(getattr(student, name))
    )


def _share_text(share: float) -> str:
    """“4.1 %”; empty where it is not known."""
    return f"{100 * share:.1f}{NO_BREAK}%" if np.isfinite(share) else ""


def paired_test(
    info: RunInfo, labels: NDArray[Any], output: NDArray[Any], twin_output: NDArray[Any] | None
) -> PairedTest | None:
    """Whether student and twin differ by more than chance on rows with true `labels`, (V,).

    `output` and `twin_output` as in Predictions; None where there are not two sets of numbers.
    """
    if twin_output is None or not (np.isfinite(output).all() and np.isfinite(twin_output).all()):
        return None
    return info.task.paired(labels, output, twin_output)


def over_more_rows(test: PairedTest | None, difference: float, rows: int) -> PairedTest | None:
    """The test of a sample, for the difference on all `rows` that the sample is part of.

    Its standard error is that of the sample, as much smaller as there are more rows.
    """
    if test is None or not np.isfinite(difference) or not test.rows:
        return None
    error = test.standard_error * float(np.sqrt(test.rows / rows))
    return PairedTest(difference, error, abs(difference) > CLEARLY * error, rows)


def sample_test(snapshot: Snapshot, whole: Snapshot) -> PairedTest | None:
    """Of student and twin in `whole`, whose figures are of all rows, by the answers of a sample.

    None where there are no such answers, or no twin.
    """
    info, predictions = snapshot.info, snapshot.predictions
    if predictions is None or whole.twin_validation is None:
        return None
    outputs = predictions.output, predictions.twin_output
    test = paired_test(info, watched_labels(info), *outputs)
    name = info.metric.name
    difference = whole.validation.values[name] - whole.twin_validation.values[name]
    return over_more_rows(test, difference, len(whole.info.watched))


def standard_error(info: RunInfo, figures: Figures, rows: int) -> float:
    """Standard error of the run's metric of one model on `rows` rows."""
    return info.task.standard_error(figures, rows) if rows else float("nan")


def worst_confusions(
    info: RunInfo, output: NDArray[Any], twin_output: NDArray[Any] | None, most: int = 3
) -> tuple[Confusion, ...] | None:
    """The worst confusions of the student, the largest share of a class first.

    None for a regression. Left out are those of less than SELDOM of their class. `output`,
    `twin_output`: as Predictions.
    """
    if not info.dataset.class_names or not np.isfinite(output).all():
        return None
    names = info.dataset.class_names
    labels = watched_labels(info)
    matrix = confusion_matrix(labels, output.argmax(axis=1), len(names))
    twin_matrix = None
    if twin_output is not None:
        twin_matrix = confusion_matrix(labels, twin_output.argmax(axis=1), len(names))
    sizes = matrix.sum(axis=1)
    wrong = matrix - np.diag(np.diagonal(matrix))
    wrong[wrong < SELDOM * sizes[:, None]] = 0
    shares = wrong / np.maximum(sizes, 1)[:, None]
    rows = []
    for cell in np.argsort(-shares, axis=None, kind="stable")[:most]:
        true, predicted = divmod(int(cell), len(names))
        count = int(wrong[true, predicted])
        if count == 0:
            break
        size = int(sizes[true])
        twin_share = None
        if twin_matrix is not None:
            twin_share = int(twin_matrix[true, predicted]) / size
        rows.append(Confusion(names[true], names[predicted], count, count / size, twin_share))
    return tuple(rows)


def watched_labels(info: RunInfo) -> NDArray[Any]:
    """True labels of the validation rows that evaluations and predictions cover. (V,)."""
    return info.split.validation.labels[info.watched]


def figure_text(info: RunInfo, figure: float, metric: Metric | None = None) -> str:
    """A figure of a metric, of the first one by default, as in “81.7 %” or “$ 42,100”."""
    if not np.isfinite(figure):
        return "not a number"
    return (metric or info.metric).text(figure, info.dataset)


def gap_text(info: RunInfo, gap: float) -> str:
    """A size between two figures: “12.5 points”, “$ 3,100”; empty for NaN."""
    if not np.isfinite(gap):
        return ""
    return info.metric.gap_text(gap, info.dataset)


def difference_text(info: RunInfo, difference: float) -> str:
    """A difference with its sign: “−12.5 points”, “+$ 3,100”, “±0.0 points”."""
    text = gap_text(info, abs(difference))
    if text == gap_text(info, 0.0):
        return f"±{text}"
    return f"{'−' if difference < 0 else '+'}{text}"


def _effect(info: RunInfo, difference: float, clear: bool) -> Effect:
    if not clear:
        return "no clear difference"
    better = (difference < 0) == info.metric.lower_is_better
    return "better" if better else "worse"
