"""What `visualiser train --report` writes: one page for the run."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from visualiser.core.clue_outcome import ClueOutcome
from visualiser.core.diagnosis.registry import WANT
from visualiser.core.errors import UserError
from visualiser.core.report.build import report_of
from visualiser.core.report.spec import REPAIRED, TWIN, YOURS, FiguresByPart
from visualiser.core.training.snapshot import State

if TYPE_CHECKING:
    from visualiser.core.training.trainer import Trainer

_ENDINGS = (".pdf", ".html")


def report_paths(asked: Path | None, folder: Path | None) -> tuple[Path, ...]:
    """Where reports are to be written, before anything is trained.

    Raises:
        UserError: the name says no kind of file, or there is neither a name nor a folder.
    """
    if asked is None:
        return ()
    if asked == Path():
        if folder is None:
            raise UserError(
                "--report does not know where to write.",
                "Name a file, as in --report run.pdf, or a folder with --out.",
            )
        return tuple(folder / f"report{ending}" for ending in _ENDINGS)
    if asked.suffix.lower() not in _ENDINGS:
        raise UserError(
            f"--report “{asked.name}” names no kind of file that a report can be.",
            "End the name in .pdf or .html.",
        )
    if not asked.absolute().parent.is_dir():
        raise UserError(
            f"--report: the folder of “{asked.name}” does not exist.", "Make it, or choose another."
        )
    return (asked,)


def write_reports(
    paths: tuple[Path, ...],
    trainer: "Trainer",
    state: State,
    final: tuple[FiguresByPart, FiguresByPart | None],
    clues: tuple[ClueOutcome, ...],
) -> None:
    """Write the page of a run, with figures of all its rows, and say so on stderr.

    Raises:
        UserError: a file cannot be written, or Qt's libraries are missing.
    """
    if not paths:
        return
    from visualiser.core.training.secret_test import secret_test

    if state != "diverged" and len(trainer.info.split.test):
        trainer.open_test()  # the figures are of all parts: so are their ranges
    snapshot = trainer.snapshot(WANT, state, fresh=True)
    student, twin = final
    figures = {YOURS: student}
    if twin is not None and snapshot.twin_differs:
        figures[TWIN] = twin
    repaired = trainer.repaired_figures()
    if repaired is not None:
        figures[REPAIRED] = repaired
    today = date.today().isoformat()
    report = report_of(snapshot, figures, today, clues, secret_test(trainer))
    try:
        from visualiser.ui.report_files import save_report
    except ImportError as error:
        raise UserError(
            f"The report was not written, because Qt cannot be loaded ({error}).",
            "docs/architecture.md lists the libraries that are missing.",
        ) from error
    for path in paths:
        save_report(report, snapshot, path)
        print(f"visualiser: The report is in {path}.", file=sys.stderr)
