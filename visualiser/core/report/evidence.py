"""What the model was tested on, whom it serves, what it gives away, and what follows."""

import numpy as np

from visualiser.core.corruption.planted_secret import NAME
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.nouns import noun_of
from visualiser.core.numerals import share_text
from visualiser.core.outcome_figures import watched_labels
from visualiser.core.outcome_groups import GroupGap, group_gap, watched_gap
from visualiser.core.report import failures, figures
from visualiser.core.report.spec import Block, Material, Picture, Question, Table
from visualiser.core.spoiled_before import spoiled_with
from visualiser.core.training.snapshot import RunInfo

SURE = 0.9
"""From this probability on an answer is called sure."""


def _groups(material: Material) -> tuple[Block, ...]:
    snapshot, blocks = material.snapshot, list[Block]()
    for title, gap in (
        ("validation", material.outcome.groups),
        ("test", material.outcome.exam_groups),
    ):
        if gap is not None:
            blocks += _gap(title, gap, _repaired_gap(material, title), snapshot.twin_differs)
    if blocks:
        blocks.append(Picture("groups", "How groups fare, with 95 % intervals."))
    elif snapshot.info.dataset.groups is not None:
        blocks.append(failures.BROKE_DOWN)
    else:
        blocks.append(
            "The data set names no groups, so that the figures cannot say. Ask who is in it, who "
            "is not, and for whom an error costs more."
        )
    return tuple(blocks)


def _repaired_gap(material: Material, part: str) -> GroupGap | None:
    """Of the third model, in place of the student's."""
    snapshot = material.snapshot
    if part == "validation":
        told = snapshot.predictions
        output = None if told is None else told.cleaned_output
        return None if output is None else watched_gap(snapshot.info, output, None)
    exam, test = snapshot.exam, snapshot.info.split.test
    output = None if exam is None else exam.cleaned_predictions
    return (
        None if output is None else group_gap(snapshot.info, test.labels, test.groups, output, None)
    )


def _gap(part: str, gap: GroupGap, repaired: GroupGap | None, twin_differs: bool) -> list[Block]:
    models = ["your model"]
    cells = [[isolated(g.name), f"{g.rows:,}", g.student_text] for g in gap.groups]
    if twin_differs and any(group.twin is not None for group in gap.groups):
        models.append("clean twin")
        for row, group in zip(cells, gap.groups, strict=True):
            row.append(group.twin_text)
    if repaired is not None:
        models.append("repaired")
        for row, group in zip(cells, repaired.groups, strict=True):
            row.append(group.student_text)
    head = (f"{gap.heading}, {part}", "rows", *models)
    rows = tuple(tuple(row) for row in cells)
    blocks: list[Block] = [Table(head, rows)]
    if gap.student_text:
        beside = f"; of the clean twin {gap.twin_text}" if twin_differs and gap.twin_text else ""
        blocks.append(f"The gap between the groups is {gap.student_text}{beside}.")
    return blocks


def _wrong(material: Material) -> tuple[Block, ...]:
    """How often it is wrong, and how often it does not know it."""
    snapshot, info = material.snapshot, material.snapshot.info
    predictions = snapshot.predictions
    blocks: list[Block] = []
    if (
        info.dataset.predicts_classes
        and predictions is not None
        and np.isfinite(predictions.output).all()
    ):
        output, labels = predictions.output, watched_labels(info)
        wrong = output.argmax(axis=1) != labels
        sure = output.max(axis=1) >= SURE
        noun = noun_of(info.dataset)
        blocks.append(
            f"Of {noun.counted(len(labels), 'validation')} it is wrong on {wrong.sum():,}, and on "
            f"{(wrong & sure).sum():,} of these it is sure of itself (a probability of 90 % or "
            "more)."
        )
    blocks += _calibration(material)
    blocks.append(
        "What is lost if it is wrong, who notices, and who can put it right, the figures do not "
        "say: ask it of everyone who is to use the model."
    )
    return tuple(blocks)


def _calibration(material: Material) -> list[Block]:
    """Whether its probabilities can be believed."""
    snapshot, predictions = material.snapshot, material.snapshot.predictions
    audit, twin = snapshot.audit, snapshot.twin_audit
    if audit is None or predictions is None or not np.isfinite(audit.ece):
        return []
    output, labels = predictions.output, watched_labels(snapshot.info)
    said = share_text(float(output.max(axis=1).mean()))
    right = share_text(float(np.mean(output.argmax(axis=1) == labels)))
    beside = ""
    if twin is not None and snapshot.twin_differs and np.isfinite(twin.ece):
        beside = f"; of the clean twin {100 * twin.ece:.1f} points"
    return [
        f"On average it says {said} and is right on {right}. Its calibration error (ECE, 15 bins) "
        f"is {100 * audit.ece:.1f} points{beside}.",
        Picture("calibration", "How often it is right, by how sure it was."),
    ]


def _privacy(material: Material) -> tuple[Block, ...]:
    """What it gives away of the rows that it learnt from."""
    blocks = [*_membership(material), *_secret(material)]
    return tuple(blocks) or (_not_measured(material),)


def _not_measured(material: Material) -> str:
    if material.snapshot.info.dataset.modality == "purchases":
        return (
            "It is not measured for purchases: what one of them costs depends on all others of its "
            "customer, so that its loss alone does not tell whether the model learnt from it."
        )
    return "It was not measured: there are no losses of single examples to compare."


def _membership(material: Material) -> list[Block]:
    snapshot = material.snapshot
    audit = snapshot.audit
    if audit is None or not np.isfinite(audit.mia_auc):
        return []
    text = (
        f"From the loss of an example alone it can be told with an AUC of "
        f"{share_text(audit.mia_auc)} whether the model learnt from it: 50 % is guessing, 100 % "
        "gives every training row away."
    )
    if snapshot.changes:
        text += (
            " Here spoiled training rows are compared with clean ones never seen, so that the "
            "figure tells of the spoiling as well, and may fall below 50 %."
        )
    return [text]


def _secret(material: Material) -> list[Block]:
    told = material.secret
    if told is None or not np.isfinite(told.student.exposure):
        return []
    models = [("your model", told.student), *([("clean twin", told.twin)] if told.twin else [])]
    rows = tuple(
        (name, f"{of.exposure:.1f}", f"{round(of.rank):,}", f"“{isolated(_one_line(of.written))}”")
        for name, of in models
    )
    most = np.log2(told.candidates)
    planted = spoiled_with(material.snapshot, NAME)
    healed = ""
    if planted is not None and planted.healed_at is not None:
        healed = f" The text has been without it since step {planted.healed_at:,}."
    return [
        Table((f"the planted “{_one_line(told.words)}…”", "bits", "rank", "it writes"), rows),
        f"Exposure of the planted secret at step {told.step:,}: {most:.1f} bits are the likeliest "
        f"of all {told.candidates:,} that could have been planted, 1.4 are chance (Carlini et al. "
        f"2019).{healed}",
    ]


def _one_line(text: str) -> str:
    return text.replace("\n", "↵")


def _world(material: Material) -> tuple[Block, ...]:
    info = material.snapshot.info
    dataset, split = info.dataset, info.split
    if dataset.times is None:
        return (
            "The examples have no dates, so that nothing here tells whether the world has changed "
            "since they were collected. Where they are from says when that was.",
        )
    snapshot = material.snapshot
    learnt = [("training", snapshot.spoiled_train.rows)]
    if not np.array_equal(np.unique(learnt[0][1]), np.unique(split.train.rows)):
        learnt = [("training, as it was", split.train.rows), ("as your model has it", learnt[0][1])]
    parts = (*learnt, ("validation", split.validation.rows), ("test", split.test.rows))
    rows = []
    for name, at in parts:
        times = dataset.times[at]
        rows.append((name, _moment(info, times.min()), _moment(info, times.max())))
    return (
        Table(("", "from", "to"), tuple(rows)),
        "It was trained on older rows and is tested on the newest: the test tells how well it "
        "stands the time in between, and nothing of what comes after it.",
    )


def _moment(info: RunInfo, time: float) -> str:
    seasons = info.dataset.seasons
    if seasons is None:
        return f"{time:g}"
    moment: np.datetime64 = np.asarray([time]).astype(seasons.cadence.dtype)[0]
    return seasons.cadence.text(moment)


def _next(material: Material) -> tuple[Block, ...]:
    blocks = []
    for finding in material.outcome.findings:
        advice = f" What to do: {finding.advice}" if finding.advice else ""
        blocks.append(f"{finding.sentence.rstrip('.')}.{advice}")
    return tuple(blocks) or ("The figures of this run say nothing beyond chance.",)


QUESTIONS = (
    figures.QUESTION,
    Question("Whom does it serve less well?", _groups),
    failures.QUESTION,
    Question("Has the world changed?", _world),
    Question("What if it is wrong?", _wrong),
    Question("What does it give away of its examples?", _privacy),
    Question("What follows, and what to do next?", _next),
)
