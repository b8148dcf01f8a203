"""`visualiser train`: one experiment without a window, with its figures and files."""

import argparse
import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING, Any

from visualiser.cli.output_folder import check_folder, prepare_folder
from visualiser.cli.progress_bar import LoadingBar, TrainingBar
from visualiser.cli.train_arguments import add_arguments
from visualiser.cli.train_experiment import experiment_from, with_target, written_in_file
from visualiser.cli.train_report import report_paths, write_reports
from visualiser.cli.train_summary import summary
from visualiser.core.clue_outcome import clue_sentence
from visualiser.core.corruption.registry import spoil
from visualiser.core.data.cell_text import NO_BREAK
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.own_kinds import OWN_KINDS
from visualiser.core.data.registry import load_dataset
from visualiser.core.diagnosis.registry import WANT as DIAGNOSIS
from visualiser.core.errors import UserError
from visualiser.core.experiment import Experiment
from visualiser.core.experiment_file import SUFFIX, save_experiment
from visualiser.core.own_files import as_read
from visualiser.core.run_files import run_document, write_history_csv, write_run_json
from visualiser.core.task_words import prediction_sentence
from visualiser.core.text_file import visible
from visualiser.core.training.snapshot import RunInfo, Snapshot

if TYPE_CHECKING:
    from visualiser.core.training.trainer import Trainer

EXIT_OK = 0
EXIT_INTERRUPTED = 130

_EXAMPLES = """\
examples:
  visualiser train --dataset mnist_5k --model mlp --label-noise 0.2 --seed 0 --epochs 5 --out run
  visualiser train lesson.experiment.json --epochs 20 --out run
  visualiser train --data flats.csv --target rent --out run
  visualiser train --dataset shapes --option shape=spiral --hidden 16,16 --activation tanh
  visualiser train --dataset mortgage_hmda --group-bias 0.5 --json

What is not said comes from the data set: the model and settings that suit it. A share is
written as 0.2. The same experiment gives the same history.csv, with the window or without.
"""


def describe(parser: argparse.ArgumentParser) -> None:
    """Say what the command does, and add its options."""
    parser.description = "Train a model, and beside it a twin on clean data, without a window."
    parser.epilog = _EXAMPLES
    add_arguments(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Train, report and return the exit code.

    Raises:
        UserError: the experiment cannot be trained, or its files cannot be written.
    """
    experiment = experiment_from(arguments)
    folder: Path | None = arguments.out
    if folder is not None:
        check_folder(folder)
    reports = report_paths(arguments.report, folder)
    try:
        trainer = prepared(experiment, arguments.quiet)
    except UserError as error:
        path = written_in_file(arguments, experiment)
        if path is None:
            raise
        raise UserError(f"“{path.name}”: {error.message}", error.hint) from error
    told = _say_what_was_decided(experiment, trainer.info.dataset)
    finished = train_to_end(trainer, arguments.quiet)
    _say(_longer(trainer, experiment.training.epochs))
    snapshot = trainer.snapshot(DIAGNOSIS, "finished" if finished else "paused", fresh=True)
    final = trainer.final_figures()
    repaired = trainer.repaired_figures()
    from visualiser.core.training.clue_tests import clue_tests

    tested = clue_tests(trainer)
    document = run_document(snapshot, *final, repaired, tested)
    if not arguments.json:
        print(summary(snapshot, *final, repaired))
        for outcome in tested:
            print(clue_sentence(outcome, snapshot.info.dataset).replace(NO_BREAK, " "))
    else:
        print(json.dumps(document, indent=2, allow_nan=False))
        if snapshot.advice not in told:
            _say(snapshot.advice)
    if folder is not None:
        written = _write(folder, snapshot, document)
        if not arguments.json:
            print(f"Written to {folder}: {', '.join(written)}.")
    write_reports(reports, trainer, snapshot.state, final, tested)
    if finished:
        return EXIT_OK
    where = "Nothing was written" if folder is None else f"“{folder}” has the run so far"
    print(f"visualiser: Interrupted at step {snapshot.step:,}. {where}.", file=sys.stderr)
    return EXIT_INTERRUPTED


def prepared(experiment: Experiment, quiet: bool) -> "Trainer":
    """Everything loaded and checked, ready for the first step.

    Raises:
        UserError: the data cannot be read, or the experiment cannot be trained on it.
    """
    loading = LoadingBar(quiet)
    try:
        dataset = load_dataset(experiment.dataset, experiment.seed, loading)
        loading.finish()
    finally:
        loading.close()
    from visualiser.core.training.trainer import Trainer

    experiment, changed = as_read(experiment, dataset)
    _say(changed)
    trainer = Trainer(with_target(experiment, dataset), dataset)
    _check_edits(trainer.info)
    return trainer


def _say_what_was_decided(experiment: Experiment, dataset: Dataset) -> list[str]:
    """Before training: what was done to the user's table, what is predicted, and on which device.

    It goes to stderr, quiet or not: what differs from what was asked for is no progress.
    """
    from visualiser.core.training.device import choose_device

    sentences = [choose_device(experiment.training.device).advice]
    if experiment.dataset.name in OWN_KINDS:
        predicted = prediction_sentence(dataset)
        fields = OWN_KINDS[experiment.dataset.name].source.options.model_fields
        if "target" in fields and not experiment.dataset.options.get("target"):
            predicted += " Name another column with --target COLUMN."
        sentences += [*dataset.notes, predicted]
    for sentence in sentences:
        _say(sentence)
    return sentences


def _say(sentence: str) -> None:
    if sentence:
        print(f"visualiser: {visible(sentence)}", file=sys.stderr)


def _check_edits(info: RunInfo) -> None:
    """Try what is planned for later now, rather than lose an hour's training to it."""
    experiment = info.experiment
    for edit in experiment.edits:
        if edit.spoiling is not None:
            train = edit.spoiling.on("train")
            spoil(info.split.train, train, experiment.seed, info.dataset)


def train_to_end(trainer: "Trainer", quiet: bool) -> bool:
    """Train to the end; False where Ctrl-C ended it before."""
    bar = TrainingBar(quiet)
    try:
        with interrupt_noticed() as interrupted:
            while not (trainer.finished or trainer.diverged or interrupted.is_set()):
                trainer.step()
                bar.show(trainer)
    finally:
        bar.close()
    return trainer.finished or trainer.diverged


def _longer(trainer: "Trainer", epochs: int) -> str:
    """A sentence where the plan of an experiment went on after its epochs."""
    if trainer.epochs == epochs:
        return ""
    return (
        f"What the experiment plans goes on after its {epochs:,} "
        f"epoch{'s' if epochs > 1 else ''}: {trainer.epochs:,} were trained."
    )


@contextmanager
def interrupt_noticed() -> Iterator[Event]:
    """Within, the first Ctrl-C only sets the event, so that a step is never cut in two.

    A second one interrupts as usual.
    """
    noticed = Event()

    def notice(number: int, frame: FrameType | None) -> None:
        noticed.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, notice)
    try:
        yield noticed
    finally:
        signal.signal(signal.SIGINT, before)


def _write(folder: Path, snapshot: Snapshot, document: dict[str, Any]) -> list[str]:
    """Write the files of a run and return their names.

    Raises:
        UserError: the folder cannot be written to any more.
    """
    prepare_folder(folder)
    write_run_json(document, folder / "run.json")
    write_history_csv(snapshot.history, snapshot.info.metric.name, folder / "history.csv")
    save_experiment(snapshot.experiment, folder / f"experiment{SUFFIX}")
    written = ["run.json", "history.csv", f"experiment{SUFFIX}"]
    try:
        from visualiser.ui.curve_picture import save_curves

        save_curves(snapshot, folder / "curves.png")
    except ImportError as error:  # Qt's libraries of the operating system are missing
        print(
            f"visualiser: curves.png was not drawn, because Qt cannot be loaded ({error}). "
            "The other files are complete; docs/architecture.md lists the libraries.",
            file=sys.stderr,
        )
    except UserError as error:
        print(f"visualiser: {error}", file=sys.stderr)
    else:
        written.append("curves.png")
    return written
