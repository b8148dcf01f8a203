"""What a run leaves behind for other programs: history.csv and run.json."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from visualiser import __version__
from visualiser.core.clue_outcome import ClueOutcome
from visualiser.core.corruption.extent import extent
from visualiser.core.outcome import describe
from visualiser.core.tasks.spec import Figures
from visualiser.core.text_file import write_text
from visualiser.core.training.history import COLUMNS, HistoryView
from visualiser.core.training.snapshot import Snapshot

RUN_FORMAT = "training-visualiser-run"
RUN_VERSION = 1

_WHOLE = frozenset({"step"})


FiguresByPart = Mapping[str, Figures]
"""Figures of one model on the parts "train", "validation" and "test"."""


def run_document(
    snapshot: Snapshot,
    final: FiguresByPart,
    twin_final: FiguresByPart | None,
    repaired_final: FiguresByPart | None = None,
    clue_tests: Sequence[ClueOutcome] = (),
) -> dict[str, Any]:
    """The run as a JSON object; figures that are not finite numbers become null.

    `corruption` tells what each way of spoiling in force at the end did to the rows that it was
    given, and `spoiled_in_all` what the training part was like after all of them; `seconds` is the
    time spent in training; `memorised` counts the wrong labels that are answered as given, and
    `changed_errors` tells how far answers are off where targets were changed (null where none is
    wrong); `spoiled_validation` is what the watched rows of a spoiled validation part would have
    shown of the student (null where none is spoiled). `final` is of the student, `twin_final` of
    the clean twin and `repaired_final` of the third model, of repaired data (null without them),
    over all rows: training rows as each was given them, validation and test rows clean. `repairs`
    counts what was repaired. `diagnosis` is what stands out at the end, the most important first,
    each with its sentence, what to do, and the figures behind it, measured on the watched rows.
    `shortcut_test` has, where training data offers a clue besides what it is about, the accuracy
    with that clue swapped (core/clue_outcome.py).
    """
    memorised, errors = snapshot.memorised, snapshot.changed_errors
    misled = snapshot.spoiled_validation
    document = {
        "format": RUN_FORMAT,
        "version": RUN_VERSION,
        "program": __version__,
        "experiment": snapshot.experiment.model_dump(mode="json"),
        "state": snapshot.state,
        "device": snapshot.device_text,
        "parameters": snapshot.info.parameters,
        "steps": snapshot.step,
        "epochs": snapshot.epoch,
        "seconds": round(snapshot.seconds, 3),
        "corruption": [
            {
                "name": change.name,
                "amount": change.amount,
                "changed": change.changed,
                "eligible": change.eligible,
            }
            for change in snapshot.changes
        ],
        "spoiled_in_all": asdict(
            extent(
                snapshot.info.dataset,
                snapshot.info.split.train,
                snapshot.spoiled_train,
                snapshot.changes,
            )
        ),
        "memorised": None if memorised is None else asdict(memorised),
        "changed_errors": None if errors is None else asdict(errors),
        "diagnosis": [finding.as_data() for finding in describe(snapshot).findings],
        "spoiled_validation": None if misled is None else misled.as_dict(),
        "final": _figures(final),
        "twin_final": None if twin_final is None else _figures(twin_final),
        "repairs": None if snapshot.mended is None else asdict(snapshot.mended.done),
        "repaired_final": None if repaired_final is None else _figures(repaired_final),
        "shortcut_test": [outcome.as_dict() for outcome in clue_tests],
    }
    without_nan: dict[str, Any] = _without_nan(document)
    return without_nan


def write_run_json(document: dict[str, Any], path: Path) -> None:
    """Write run.json from run_document, as indented, strict JSON.

    Raises:
        UserError: the file cannot be written.
    """
    write_text(path, json.dumps(document, indent=2, allow_nan=False) + "\n")


def history_columns(metric: str) -> tuple[str, ...]:
    """The header of history.csv, in order.

    step, epoch: when the row was measured. Where the data was changed there are two rows of one
        step: the first before, the second after the change.
    train_…: of the student with the weights of that step, on training rows as it was given them.
    validation_…: the same on clean validation rows. Both look at a fixed sample where there are
        more than 500 training and 1,000 validation rows.
    twin_…: of the clean twin, on clean rows.
    spoiled_validation_…: of the student on spoiled validation rows, where there are any.
    cleaned_…: of the third model, which learns from repaired data, as train_… and validation_….
    memorised: share of the wrong training labels that the student answers as given.
    resisted: share of them that it answers truly all the same.
    changed_given_error, changed_true_error: where the target is a number, the mean absolute error
        on training rows whose target was changed, against the target as it was given and against
        the true one, in its unit.
    changed_by: how far those two targets lie apart on average. It, and the four before it, look at
        a fixed sample where there are more than 500 such rows.
    learning_rate: of the step just made.
    ece: expected calibration error on clean validation rows, 15 bins.
    mia_auc: area under the ROC curve of −loss, training rows as given against validation rows.
    dp_difference: demographic parity: largest less smallest share of a group that is answered
        favourably; tpr_difference and fpr_difference the same of the true and the false positive
        rate, eo_difference (equalised odds) the larger of these two.
    group_…_difference, worst_group_…: of the groups' accuracy or mean absolute error. Groups with
        fewer than ten validation rows are left out.

    Losses are cross-entropy in nats, or mean squared error of the standardised target; `metric`
    is "accuracy" (a share) or "mae" (in the target's unit).
    """
    return tuple(name.replace("metric", metric) for name in COLUMNS)


def history_text(history: HistoryView, metric: str) -> str:
    """One row per evaluation; empty where there is no figure.

    Numbers are the shortest text that reads back as the same double, so equal runs give equal
    bytes.
    """
    lines = [",".join(history_columns(metric))]
    columns = [(name, history[name].tolist()) for name in COLUMNS]
    for row in range(len(history)):
        lines.append(",".join(_cell(name, values[row]) for name, values in columns))
    return "\n".join(lines) + "\n"


def write_history_csv(history: HistoryView, metric: str, path: Path) -> None:
    """Write history.csv; see history_columns for what is in it.

    Raises:
        UserError: the file cannot be written.
    """
    write_text(path, history_text(history, metric))


def _cell(name: str, value: float) -> str:
    if math.isnan(value):
        return ""
    return str(int(value)) if name in _WHOLE else repr(value)


def _figures(parts: Mapping[str, Figures]) -> dict[str, dict[str, float]]:
    return {part: figures.as_dict() for part, figures in parts.items()}


def _without_nan(data: Any) -> Any:
    """The same data with null for every number that JSON does not have."""
    if isinstance(data, dict):
        return {key: _without_nan(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_without_nan(value) for value in data]
    return None if isinstance(data, float) and not math.isfinite(data) else data
