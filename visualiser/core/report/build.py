"""“The questions to ask of any model”, answered for one run."""

from visualiser import __version__
from visualiser.core.clue_outcome import ClueOutcome
from visualiser.core.models.registry import model_named
from visualiser.core.outcome import describe
from visualiser.core.questions.exposure import Secrets
from visualiser.core.report import cost, evidence, purpose
from visualiser.core.report.spec import (
    REPAIRED,
    TWIN,
    YOURS,
    Answer,
    FiguresByPart,
    Material,
    Question,
    Report,
)
from visualiser.core.tasks.spec import Figures
from visualiser.core.training.snapshot import Snapshot

_UNKNOWN = "Of this run nothing is known of it."
"""A question keeps its place where there is no answer: it is to be asked all the same."""

_LAST = 1
"""What follows is read last, after the cost."""

QUESTIONS: tuple[Question, ...] = (
    *purpose.QUESTIONS,
    *evidence.QUESTIONS[:-_LAST],
    *cost.QUESTIONS,
    *evidence.QUESTIONS[-_LAST:],
)
"""In the order in which they are read."""


def report_of(
    snapshot: Snapshot,
    final: dict[str, FiguresByPart] | None = None,
    when: str = "",
    clues: tuple[ClueOutcome, ...] = (),
    secret: Secrets | None = None,
) -> Report:
    """The report of a run as it stands; `snapshot` must have predictions.

    `final` has figures of all rows by model and part; without it those of the snapshot are used,
    and of the test part those of the exam, if it was opened. `when` is the date that is shown;
    `clues` and `secret` are what was asked of the models besides (core/report/asked.py).
    """
    figures = final if final is not None else _figures_of(snapshot)
    material = Material(snapshot, describe(snapshot), figures, clues, secret)
    experiment, info = snapshot.experiment, snapshot.info
    model = model_named(experiment.model.name).title
    about = (
        model,
        f"step {snapshot.step:,}",
        f"seed {experiment.seed}",
        when,
        f"Training Visualiser {__version__}",
    )
    answers = []
    for question in QUESTIONS:
        blocks = tuple(block for block in question.answer(material) if block)
        answers.append(Answer(question.text, blocks or (_UNKNOWN,)))
    title = experiment.title or info.dataset.title
    return Report(title, " · ".join(filter(None, about)), tuple(answers))


def _figures_of(snapshot: Snapshot) -> dict[str, FiguresByPart]:
    exam = snapshot.exam
    tests: tuple[Figures | None, ...] = (None, None, None)
    if exam is not None:
        tests = (exam.figures, exam.twin_figures, exam.cleaned_figures)
    found = {
        YOURS: (snapshot.train, snapshot.validation, tests[0]),
        TWIN: (snapshot.twin_train, snapshot.twin_validation, tests[1]),
        REPAIRED: (snapshot.cleaned_train, snapshot.cleaned_validation, tests[2]),
    }
    if not snapshot.twin_differs:
        del found[TWIN]
    parts = ("train", "validation", "test")
    figures = {
        model: {part: one for part, one in zip(parts, of, strict=True) if one is not None}
        for model, of in found.items()
    }
    return {model: of for model, of in figures.items() if of}
