"""A run as a file: its figures as CSV, its curves as PNG or SVG."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from visualiser.core.run_files import write_history_csv
from visualiser.core.training.runs import RunRecord
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.curve_picture import save_curves, save_curves_svg
from visualiser.ui.view import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class Export:
    """One format: a sentence on it, to be translated, and what writes it."""

    tip: str
    write: Callable[[Snapshot, Path], None]


def _write_csv(snapshot: Snapshot, path: Path) -> None:
    write_history_csv(snapshot.history, snapshot.info.metric, path)


EXPORTS: dict[str, Export] = {
    "csv": Export(
        QT_TRANSLATE_NOOP("Export", "All figures of the run, one row per evaluation."), _write_csv
    ),
    "png": Export(QT_TRANSLATE_NOOP("Export", "The curves as a picture."), save_curves),
    "svg": Export(
        QT_TRANSLATE_NOOP("Export", "The curves as a drawing that can be enlarged."),
        save_curves_svg,
    ),
}


def export_run(record: RunRecord, kind: str, path: Path) -> None:
    """Write a run to `path`.

    Raises:
        UserError: the file cannot be written.
    """
    EXPORTS[kind].write(record.snapshot, path)
