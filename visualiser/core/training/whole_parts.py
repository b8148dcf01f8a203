"""Figures over all rows of whole parts: the exam, and what a run came to in the end."""

from visualiser.core.data.split import Part
from visualiser.core.tasks.spec import Figures
from visualiser.core.training.encoded_part import EncodedPart
from visualiser.core.training.learner import Learner
from visualiser.core.training.pair import Pair
from visualiser.core.training.snapshot import Exam

FiguresByPart = dict[str, Figures]


def exam(pair: Pair, step: int) -> Exam:
    """All models on the clean test part, with the weights of now."""
    ground = pair.ground
    rows = ground.rows_of(ground.preparation.split.test)
    figures, outputs = ground.meter.measure(pair.student, rows)
    twin_figures, twin_outputs = figures, outputs
    if pair.twin is not None:
        twin_figures, twin_outputs = ground.meter.measure(pair.twin, rows)
    cleaned_figures = cleaned_answers = None
    if pair.cleaned is not None:
        shown = pair.for_cleaned(rows.part)
        shown_rows = rows if shown is rows.part else ground.rows_of(shown)
        cleaned_figures, cleaned_outputs = ground.meter.measure(pair.cleaned, shown_rows)
        cleaned_answers = ground.answers(cleaned_outputs, rows.part)
    return Exam(
        step=step,
        figures=figures,
        twin_figures=twin_figures if pair.wants_twin else None,
        predictions=ground.answers(outputs, rows.part),
        twin_predictions=ground.answers(twin_outputs, rows.part) if pair.wants_twin else None,
        cleaned_figures=cleaned_figures,
        cleaned_predictions=cleaned_answers,
    )


def final_figures(pair: Pair) -> tuple[FiguresByPart, FiguresByPart | None]:
    """“train”, “validation”, “test” → figures over all rows, of the student and the twin.

    The student's training figures are on the data it was given, spoiled or not.
    """
    student = _all_figures(pair, pair.student, pair.encoded, pair.part)
    if not pair.wants_twin:
        return student, None
    clean = pair.ground.part
    if pair.twin is None and pair.part is clean:
        return student, student  # one and the same, and long to measure
    return student, _all_figures(pair, pair.twin or pair.student, pair.ground.encoded, clean)


def repaired_figures(pair: Pair) -> FiguresByPart | None:
    """As final_figures, of the third model on the data that it was given; None without it."""
    if pair.cleaned is None or pair.mended is None:
        return None
    part = pair.mended.part
    return _all_figures(pair, pair.cleaned, pair.ground.preparation.encode_train(part), part)


def figures_of_test(pair: Pair) -> Figures:
    """Of the student as it stands, over all test rows."""
    rows = pair.ground.rows_of(pair.ground.preparation.split.test)
    return pair.ground.meter.measure(pair.student, rows)[0]


def _all_figures(pair: Pair, learner: Learner, encoded: EncodedPart, train: Part) -> FiguresByPart:
    ground = pair.ground
    figures = {"train": ground.meter.measure(learner, ground.meter.rows(encoded, train))[0]}
    split = ground.preparation.split
    for name, part in (("validation", split.validation), ("test", split.test)):
        shown = pair.for_cleaned(part) if learner is pair.cleaned else part
        figures[name] = ground.meter.measure(learner, ground.rows_of(shown))[0]
    return figures
