"""What `visualiser train` says about a run on stdout, for people."""

import math
from dataclasses import replace

import numpy as np

from visualiser.core.data.cell_text import NO_BREAK
from visualiser.core.data.nouns import noun_of
from visualiser.core.metrics.paired import PairedTest
from visualiser.core.models.registry import model_named
from visualiser.core.outcome import describe
from visualiser.core.outcome_figures import sample_test
from visualiser.core.run_files import FiguresByPart
from visualiser.core.task_words import prediction_sentence
from visualiser.core.tasks.spec import Metric
from visualiser.core.text_file import visible
from visualiser.core.training.snapshot import RunInfo, Snapshot

_PARTS = ("train", "validation", "test")
_OF_ALL_ROWS = frozenset({"comparison", "repairs", "no_better"})
"""Findings about figures that stand in the table, and so on the rows that it is of."""


def summary(
    snapshot: Snapshot,
    final: FiguresByPart,
    twin_final: FiguresByPart | None,
    repaired_final: FiguresByPart | None = None,
) -> str:
    """A few lines: what was trained, the figures of the models, and what they mean.

    All figures are over all rows, as in run_document; the sentences rest on them too.
    """
    info = snapshot.info
    model = model_named(snapshot.experiment.model.name)
    epochs = f"{snapshot.epoch:.3g}"
    lines = [
        f"{info.dataset.title}, {model.title}, {info.parameters:,} parameters, "
        f"{snapshot.device_text}",
        visible(prediction_sentence(info.dataset)),
        f"{snapshot.step:,} step{'' if snapshot.step == 1 else 's'}, "
        f"{epochs} epoch{'' if epochs == '1' else 's'}, "
        f"{snapshot.seconds:.1f} s",
        "",
        *_table(snapshot, final, twin_final, repaired_final),
    ]
    whole = _over_all_rows(snapshot, final, twin_final, repaired_final)
    sentences = _sentences(snapshot, whole, sample_test(snapshot, whole))
    lines += ["", *sentences] if sentences else []
    text = "\n".join([*lines, *_diagnosis(snapshot)])
    return text.replace(NO_BREAK, " ")  # to be found by grep


def _sentences(snapshot: Snapshot, whole: Snapshot, test: PairedTest | None) -> list[str]:
    """What was done to the data, and how the model stands on all rows, judged by that test."""
    outcome = describe(whole, test=test)
    broke = whole.state == "diverged"
    told = [one.sentence for one in outcome.findings if broke or one.name in _OF_ALL_ROWS]
    done = (*outcome.changed, *filter(None, [outcome.mended]))
    sentences = [f"{sentence.rstrip('.')}." for sentence in (*done, *told)]
    if snapshot.advice and snapshot.advice not in sentences:
        sentences.append(snapshot.advice)
    return sentences


def _diagnosis(snapshot: Snapshot) -> list[str]:
    """What stands out, and what to do about it."""
    told = describe(snapshot).findings
    findings = [
        one for one in told if one.name not in _OF_ALL_ROWS and one.sentence != snapshot.advice
    ]
    if not findings or snapshot.state == "diverged":
        return []
    rows, noun = len(snapshot.info.watched), noun_of(snapshot.info.dataset)
    sample = rows < len(snapshot.info.split.validation)
    where = f", on a sample of {noun.counted(rows, 'validation')}" if sample else ""
    lines = ["", f"Diagnosis{where}:"]
    for finding in findings:
        lines.append(f"- {finding.sentence}")
        lines += [f"  What to do: {finding.advice}"] if finding.advice else []
    return lines


def _over_all_rows(
    snapshot: Snapshot,
    final: FiguresByPart,
    twin_final: FiguresByPart | None,
    repaired_final: FiguresByPart | None,
) -> Snapshot:
    """The snapshot with figures of all rows, so that no sentence contradicts the table.

    What is known of a sample alone would: of a large validation part that goes for the answers to
    single examples and for the figures on spoiled rows.
    """
    whole = replace(
        snapshot,
        train=final["train"],
        validation=final["validation"],
        twin_train=None if twin_final is None else twin_final["train"],
        twin_validation=None if twin_final is None else twin_final["validation"],
        cleaned_train=None if repaired_final is None else repaired_final["train"],
        cleaned_validation=None if repaired_final is None else repaired_final["validation"],
    )
    rows = np.arange(len(snapshot.info.split.validation))
    if len(snapshot.info.watched) == len(rows):
        return whole
    info = replace(snapshot.info, watched=rows)
    return replace(whole, info=info, predictions=None, spoiled_validation=None)


def _table(
    snapshot: Snapshot,
    final: FiguresByPart,
    twin_final: FiguresByPart | None,
    repaired_final: FiguresByPart | None,
) -> list[str]:
    """A row for each figure: of the student, of the others where they differ, on spoiled rows."""
    models = [("", final)]
    if snapshot.twin_differs and twin_final is not None:
        models.append(("clean twin, ", twin_final))
    if repaired_final is not None:
        models.append(("repaired, ", repaired_final))
    rows = [("", list(_PARTS))]
    for prefix, parts in models:
        figures = {part: parts[part].as_dict() for part in _PARTS}
        for figure in figures["train"]:
            cells = [_text(snapshot, figure, figures[part][figure]) for part in _PARTS]
            rows.append((prefix + _title(snapshot.info, figure), cells))
    if snapshot.spoiled_validation is not None:
        for figure, value in snapshot.spoiled_validation.as_dict().items():
            title = f"{_spoiled_rows(snapshot.info)}, {_title(snapshot.info, figure)}"
            rows.append((title, ["", _text(snapshot, figure, value), ""]))
    title_width = max(len(title) for title, _ in rows)
    width = 2 + max(len(cell) for _, cells in rows for cell in cells)
    table = [
        (f"{title:<{title_width}}" + "".join(f"{cell:>{width}}" for cell in cells)).rstrip()
        for title, cells in rows
    ]
    return [*table, *_about_the_columns(snapshot)]


def _spoiled_rows(info: RunInfo) -> str:
    sample, rows = len(info.watched), f"spoiled {noun_of(info.dataset).many}"
    return rows if sample == len(info.split.validation) else f"{rows}, a sample of {sample:,}"


def _about_the_columns(snapshot: Snapshot) -> list[str]:
    """What the columns were measured on, where the data is spoiled."""
    if not snapshot.changes:
        return []
    twin = "; the twin on clean data" if snapshot.twin_differs else ""
    return [
        f"train: the model on the data it was given, spoiled labels included{twin}.",
        "validation, test: on clean data.",
    ]


def _text(snapshot: Snapshot, figure: str, value: float) -> str:
    if not math.isfinite(value):
        return "not a number"
    metric = _metric(snapshot.info, figure)
    return f"{value:.3f}" if metric is None else metric.text(value, snapshot.info.dataset)


def _title(info: RunInfo, figure: str) -> str:
    metric = _metric(info, figure)
    return figure if metric is None else metric.title_for(info.dataset)


def _metric(info: RunInfo, figure: str) -> Metric | None:
    """The metric of that name; None for the loss."""
    return next((metric for metric in info.task.metrics if metric.name == figure), None)
