"""What `visualiser train` says about a run on stdout, for people."""

import math
from typing import Any

from visualiser.core.models.registry import model_named
from visualiser.core.outcome import describe
from visualiser.core.training.snapshot import Snapshot

_PARTS = ("train", "validation", "test")
_TITLES = {"accuracy": "accuracy", "mae": "mean error", "rmse": "root mean sq. error", "r2": "R²"}


def summary(snapshot: Snapshot, document: dict[str, Any]) -> str:
    """A few lines: what was trained, the figures of both models, and what they mean."""
    info = snapshot.info
    model = model_named(snapshot.experiment.model.name)
    epochs = f"{snapshot.epoch:.3g}"
    lines = [
        f"{info.dataset.title}, {model.title}, {info.parameters:,} parameters, "
        f"{snapshot.device_text}",
        f"{snapshot.step:,} steps, {epochs} epoch{'' if epochs == '1' else 's'}, "
        f"{snapshot.seconds:.1f} s",
        "",
        *_table(snapshot, document),
    ]
    outcome = describe(snapshot)
    sentences = [f"{sentence.rstrip('.')}." for sentence in (*outcome.changed, *outcome.sentences)]
    if snapshot.advice and snapshot.advice not in sentences:
        sentences.append(snapshot.advice)
    return "\n".join([*lines, "", *sentences]) if sentences else "\n".join(lines)


def _table(snapshot: Snapshot, document: dict[str, Any]) -> list[str]:
    """One row for each figure: of the student, of the twin where it differs, on spoiled rows."""
    models = [("", document["final"])]
    if snapshot.twin_differs and document["twin_final"] is not None:
        models.append(("clean twin, ", document["twin_final"]))
    rows = [("", list(_PARTS))]
    for prefix, final in models:
        for figure in final["train"]:
            title = prefix + _TITLES.get(figure, figure)
            rows.append((title, [_text(snapshot, figure, final[part][figure]) for part in _PARTS]))
    misled = document["spoiled_validation"] or {}
    for figure, value in misled.items():
        title = f"spoiled rows, {_TITLES.get(figure, figure)}"
        rows.append((title, ["", _text(snapshot, figure, value), ""]))
    title_width = max(len(title) for title, _ in rows)
    width = 2 + max(len(cell) for _, cells in rows for cell in cells)
    return [
        (f"{title:<{title_width}}" + "".join(f"{cell:>{width}}" for cell in cells)).rstrip()
        for title, cells in rows
    ]


def _text(snapshot: Snapshot, figure: str, value: float | None) -> str:
    if value is None or not math.isfinite(value):
        return "not a number"
    if figure == "accuracy":
        return f"{100 * value:.1f} %"
    if figure in {"mae", "rmse"}:
        return snapshot.info.dataset.label_text(value)
    return f"{value:.3f}"
