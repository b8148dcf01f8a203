"""What the model was tested on, whom it serves, where it fails, and what follows."""

import numpy as np

from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.nouns import noun_of
from visualiser.core.metrics.paired import CLEARLY
from visualiser.core.numerals import share_text
from visualiser.core.outcome_figures import figure_text, gap_text, standard_error, watched_labels
from visualiser.core.outcome_groups import GroupGap
from visualiser.core.report.spec import Block, Material, Picture, Question, Table
from visualiser.core.training.snapshot import RunInfo

_PARTS = {"train": "training", "validation": "validation", "test": "test"}
SURE = 0.9
"""From this probability on an answer is called sure."""


def _tested(material: Material) -> tuple[Block, ...]:
    info, final = material.snapshot.info, material.final
    sizes = {part: len(getattr(info.split, part)) for part in _PARTS}
    known = [part for part in _PARTS if any(part in figures for figures in final.values())]
    head = ("", *(f"{_PARTS[part]}, {sizes[part]:,}" for part in known))
    rows = []
    for model, figures in final.items():
        for metric in info.task.metrics:
            cells = []
            for part in known:
                if part not in figures:
                    cells.append("–")
                    continue
                text = figure_text(info, figures[part].values[metric.name], metric)
                if metric is info.metric and part != "train":
                    error = standard_error(info, figures[part], sizes[part])
                    text += _plus_minus(info, error)
                cells.append(text)
            rows.append((f"{model}, {metric.title_for(info.dataset)}", *cells))
    blocks: list[Block] = [Table(head, tuple(rows))]
    blocks.append(
        "± is two standard errors: on so many rows chance alone takes a figure further than "
        "that once in twenty times. Training figures are on the data as each model was given it; "
        "validation and test rows are clean."
    )
    if "test" not in known:
        noun = noun_of(info.dataset)
        blocks.append(f"The test set, {noun.counted(sizes['test'])}, is still sealed.")
    exam = material.snapshot.exam
    if exam is not None:
        blocks.append(f"The test set was opened at step {exam.step:,}.")
    spoiled = material.outcome.spoiled_validation_text
    if spoiled:
        blocks.append(f"On spoiled validation rows it shows {spoiled}: a figure to be deceived by.")
    return tuple(blocks)


def _plus_minus(info: RunInfo, error: float) -> str:
    text = gap_text(info, CLEARLY * error) if np.isfinite(error) else ""
    return f" ± {text}" if text else ""


def _groups(material: Material) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for title, gap in (
        ("validation", material.outcome.groups),
        ("test", material.outcome.exam_groups),
    ):
        if gap is not None:
            blocks += _gap(title, gap)
    if blocks:
        blocks.append(Picture("groups", "How groups fare, with 95 % intervals."))
    return tuple(blocks)


def _gap(part: str, gap: GroupGap) -> list[Block]:
    twin = any(group.twin is not None for group in gap.groups)
    head = (f"{gap.heading}, {part}", "rows", "your model", *(["clean twin"] if twin else []))
    rows = tuple(
        (isolated(g.name), f"{g.rows:,}", g.student_text, *([g.twin_text] if twin else []))
        for g in gap.groups
    )
    blocks: list[Block] = [Table(head, rows)]
    if gap.student_text:
        beside = f"; of the clean twin {gap.twin_text}" if gap.twin_text else ""
        blocks.append(f"The gap between the groups is {gap.student_text}{beside}.")
    return blocks


def _fails(material: Material) -> tuple[Block, ...]:
    outcome, info = material.outcome, material.snapshot.info
    blocks: list[Block] = []
    if outcome.confusions:
        twin = any(c.twin_share is not None for c in outcome.confusions)
        head = ("is taken for", "of its class", *(["by the twin"] if twin else []))
        rows = []
        for c in outcome.confusions:
            cells = [f"“{isolated(c.true)}” as “{isolated(c.predicted)}”", f"{100 * c.share:.0f} %"]
            if twin:
                cells.append("–" if c.twin_share is None else f"{100 * c.twin_share:.0f} %")
            rows.append(tuple(cells))
        blocks.append(Table(head, tuple(rows)))
        blocks.append(Picture("gallery", "Its answers on validation examples."))
    predictions = material.snapshot.predictions
    if predictions is None or not np.isfinite(predictions.output).all():
        return tuple(blocks)
    if info.dataset.predicts_amounts:
        errors = np.abs(predictions.output - watched_labels(info))
        text = info.dataset.amount_text
        half, most = np.percentile(errors, [50, 95])
        blocks.append(
            f"Half of its answers are off by {text(half)} or more, one in twenty by more than "
            f"{text(most)}; the worst by {text(float(errors.max()))}."
        )
        blocks.append(Picture("scatter", "What it answered, and what was true."))
    return tuple(blocks)


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
    """What its losses give away of the rows that it learnt from."""
    audit = material.snapshot.audit
    if audit is None or not np.isfinite(audit.mia_auc):
        return ()
    return (
        f"From the loss of an example alone it can be told with an AUC of "
        f"{share_text(audit.mia_auc)} whether the model learnt from it: 50 % is guessing, 100 % "
        "gives every training row away.",
    )


def _world(material: Material) -> tuple[Block, ...]:
    info = material.snapshot.info
    dataset, split = info.dataset, info.split
    if dataset.times is None:
        return (
            "The examples have no dates, so that nothing here tells whether the world has changed "
            "since they were collected. Where they are from says when that was.",
        )
    rows = []
    for part, name in _PARTS.items():
        times = dataset.times[getattr(split, part).rows]
        rows.append((name, _moment(info, times.min()), _moment(info, times.max())))
    return (
        Table(("", "from", "to"), tuple(rows)),
        "It was trained on the oldest rows and tested on the newest: the test tells how well it "
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
    return tuple(blocks)


QUESTIONS = (
    Question("What was it tested on, and how well did it do?", _tested),
    Question("Whom does it serve less well?", _groups),
    Question("Where does it fail?", _fails),
    Question("Has the world changed?", _world),
    Question("What if it is wrong?", _wrong),
    Question("What does it give away of its examples?", _privacy),
    Question("What follows, and what to do next?", _next),
)
