"""`visualiser sweep`: one experiment at several amounts of spoiling and with several seeds."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from visualiser.cli.output_folder import check_folder, prepare_folder
from visualiser.cli.progress_bar import SweepBar
from visualiser.cli.sweep_arguments import add_arguments, sweep_from
from visualiser.cli.train import EXIT_INTERRUPTED, EXIT_OK, interrupt_noticed
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.source import Cancelled
from visualiser.core.errors import UserError
from visualiser.core.sweep.measure import LOSS
from visualiser.core.sweep.result import CellLog
from visualiser.core.sweep.run import Place, run_sweep
from visualiser.core.sweep.summary import Summary, summarise, write_csv
from visualiser.core.sweep.sweep import Sweep, check_data, check_sweep
from visualiser.core.sweep.sweep_file import open_folder
from visualiser.core.sweep.verdict import sentences
from visualiser.core.tasks.registry import task_of
from visualiser.core.text_file import visible

_EXAMPLES = """\
examples:
  visualiser sweep --dataset digits_8x8 --corruption label-noise --amounts 0:0.6:7 --out noise
  visualiser sweep --dataset mnist_5k --corruption label-noise --train-sizes 0.1,1 --out sizes
  visualiser sweep lesson.experiment.json --corruption feature-noise --models linear,mlp --out two
  visualiser sweep --out noise                       goes on with the sweep that is there
  visualiser sweep --out noise --seeds 10            with more seeds
  visualiser sweep --out noise --scheduler tcp://192.168.0.5:8786

Several amounts are written 0:0.6:7 (seven from 0 to 0.6) or 0,0.1,0.3. Each seed draws split,
starting weights and spoiling anew. A sweep that was interrupted goes on where it was left, and
one with more amounts or seeds keeps what is there. Figures are of the clean test rows.
"""
_LOST = 1


def describe(parser: argparse.ArgumentParser) -> None:
    """Say what the command does, and add its options."""
    parser.description = (
        "“How much noise can this take?” Train one experiment at several amounts of spoiling, with "
        "several seeds each, and draw mean and band of its figure on clean test rows."
    )
    parser.epilog = _EXAMPLES
    add_arguments(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Sweep, report and return the exit code.

    Raises:
        UserError: the sweep cannot be trained, or its files cannot be written.
    """
    folder: Path = arguments.out
    check_folder(folder)
    place = Place(_workers(arguments.workers), arguments.scheduler or "")
    wanted = sweep_from(arguments)
    check_sweep(wanted)
    dataset = load_dataset(wanted.base.dataset, wanted.seeds[0])
    check_data(wanted, dataset)
    figure = _figure(arguments.figure, dataset)
    prepare_folder(folder)
    sweep, log = open_folder(wanted, folder)
    _say_what_is_there(sweep, log)
    lost, finished = _train(sweep, log, place, arguments.quiet)
    summary = summarise(sweep, log.results, figure)
    written = _write(summary, log, folder)
    if arguments.json:
        print(json.dumps(document(summary), indent=2, allow_nan=False))
    else:
        print("\n".join(_table(summary)))
        print(f"Written to {folder}: {', '.join(written)}.")
    if not finished:
        _say(
            f"Interrupted after {summary.done:,} of {summary.wanted:,} runs. "
            f"“visualiser sweep --out {folder}” goes on."
        )
        return EXIT_INTERRUPTED
    if lost:
        _say(
            f"{lost:,} of {summary.wanted:,} runs are missing: the process that trained them ended "
            "twice, as it does without memory. The same command tries them again."
        )
        return _LOST
    return EXIT_OK


def document(summary: Summary) -> dict[str, Any]:
    """The chart as a JSON object; None where there is no figure."""
    measure = summary.measure
    return {
        "format": "training-visualiser-sweep-summary",
        "corruption": summary.sweep.corruption,
        "data": summary.data,
        "figure": None if measure is None else measure.name,
        "baseline": summary.baseline,
        "runs": {"done": summary.done, "wanted": summary.wanted},
        "lines": [
            {
                "label": curve.label,
                "points": [
                    {
                        "amount": point.amount,
                        "mean": point.mean if point.values else None,
                        "standard_deviation": (point.deviation if len(point.values) > 1 else None),
                        "values": list(point.values),
                        "lost": point.lost,
                    }
                    for point in curve.points
                ],
            }
            for curve in summary.curves
        ],
        "sentences": list(sentences(summary)),
    }


def _workers(said: int | None) -> int:
    if said is not None and said < 1:
        raise UserError(f"--workers {said} does not fit.", "Choose 1 or more.")
    return 0 if said is None else said


def _figure(said: str | None, dataset: Dataset) -> str:
    known = (*(metric.name for metric in task_of(dataset).metrics), LOSS)
    if said is not None and said not in known:
        raise UserError(
            f"--figure {said}: {dataset.title} has no such figure.",
            f"Choose one of: {', '.join(known)}.",
        )
    return said or ""


def _say_what_is_there(sweep: Sweep, log: CellLog) -> None:
    if log.results:
        _say(f"{len(log.results):,} runs are there already.")
    if log.damaged:
        lines = "1 line" if log.damaged == 1 else f"{log.damaged:,} lines"
        _say(f"{lines} of cells.jsonl cannot be read: what stood there is trained again.")
    if sweep.base.edits:
        _say("The planned changes of the experiment are left out: a sweep has none.")


def _train(sweep: Sweep, log: CellLog, place: Place, quiet: bool) -> tuple[int, bool]:
    """How many runs were lost, and whether the sweep came to its end."""
    with interrupt_noticed() as interrupted:
        bar = SweepBar(quiet, interrupted)
        try:
            lost = run_sweep(sweep, log, place, bar, bar.hear)
        except Cancelled:
            return 0, False
        finally:
            bar.close()
    return len(lost), True


def _write(summary: Summary, log: CellLog, folder: Path) -> list[str]:
    """Table and chart; sweep.json and cells.jsonl are there since the start."""
    written = ["sweep.json", "cells.jsonl"]
    if not log.results:
        return written
    write_csv(summary, log.results, folder / "sweep.csv")
    written.append("sweep.csv")
    try:
        from visualiser.ui.sweeps.picture import save_sweep

        for name in ("sweep.png", "sweep.svg"):
            save_sweep(summary, folder / name)
            written.append(name)
    except ImportError as error:  # Qt's libraries of the operating system are missing
        _say(f"The chart was not drawn, because Qt cannot be loaded ({error}).")
    except UserError as error:
        _say(str(error))
    return written


def _table(summary: Summary) -> list[str]:
    """A row for each amount, a column for each line: mean ± standard deviation."""
    measure = summary.measure
    if measure is None:
        return ["No run is done yet."]
    title = f"{summary.data}, {summary.corruption_title}: {measure.axis_title}"
    kept = summary.amount.unit == "retained"  # a share that is shown as what is left out
    header = [
        "left out" if kept else summary.amount.parameter,
        *(curve.label or "mean" for curve in summary.curves),
    ]
    rows = [header]
    for place, amount in enumerate(point.amount for point in summary.curves[0].points):
        cells = []
        for curve in summary.curves:
            point = curve.points[place]
            text = measure.text(point.mean) if point.values else "–"
            if len(point.values) > 1:
                text += f" ± {measure.gap_text(point.deviation)}"
            cells.append(text + (f" ({point.lost} lost)" if point.lost else ""))
        rows.append([summary.amount.text(amount), *cells])
    widths = [max(len(row[column]) for row in rows) for column in range(len(header))]
    lines = [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    if summary.baseline is not None:
        lines.append(f"Without a model: {measure.text(summary.baseline)}.")
    seeds = len(summary.sweep.seeds)
    lines.append(f"Mean and standard deviation over {seeds} seed{'s' if seeds > 1 else ''}.")
    return [title, "", *lines, *sentences(summary)]


def _say(sentence: str) -> None:
    print(f"visualiser: {visible(sentence)}", file=sys.stderr)
