"""`visualiser find`: train, then look for what is wrong with the training data, and score it."""

import argparse
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from visualiser.cli.option_text import path_typed, whole_typed
from visualiser.cli.output_folder import check_folder, prepare_folder
from visualiser.cli.progress_bar import SearchBar
from visualiser.cli.train import EXIT_INTERRUPTED, EXIT_OK, prepared, train_to_end
from visualiser.cli.train_arguments import add_experiment
from visualiser.cli.train_experiment import experiment_from
from visualiser.core.errors import UserError
from visualiser.core.experiment import MOST_REPAIRS, Experiment
from visualiser.core.experiment_file import SUFFIX, save_experiment
from visualiser.core.findings.data_scores import DataScore, data_scores
from visualiser.core.findings.files import findings_document, suspects_text
from visualiser.core.findings.registry import finder_title
from visualiser.core.findings.review import Review, as_proposed
from visualiser.core.findings.rows.agreement import AGREEMENT
from visualiser.core.findings.search import Findings, Search, look, refusal
from visualiser.core.findings.truth import truth_of
from visualiser.core.numerals import share_text
from visualiser.core.questions.row_record import ROW_HISTORY
from visualiser.core.text_file import write_text
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.want import Want

_EXAMPLES = """\
examples:
  visualiser find --dataset mnist_5k --label-noise 0.2 --epochs 5 --out found
  visualiser find lesson.experiment.json --repair 100 --out found
  visualiser train found/repaired.experiment.json --out run

Writes suspects.csv (every suspect of every finder, with why) and findings.json (scores, where the
program spoiled the rows itself, and what is wrong with columns and splits). With --repair N also
repaired.experiment.json, in which a third model learns with the first N suspects repaired.
"""


def describe(parser: argparse.ArgumentParser) -> None:
    """Say what the command does, and add its options."""
    parser.description = "Train, then look for rows and columns that look wrong, without a window."
    parser.epilog = _EXAMPLES
    add_experiment(parser)
    group = parser.add_argument_group("output")
    group.add_argument(
        "--out",
        type=path_typed,
        metavar="DIR",
        help="write suspects.csv and findings.json there; files of an earlier search are replaced",
    )
    group.add_argument(
        "--repair",
        type=whole_typed,
        metavar="N",
        help="also write repaired.experiment.json: what is proposed for the first N suspects",
    )
    group.add_argument(
        "--json", action="store_true", help="print findings.json instead of a summary"
    )
    group.add_argument(
        "--quiet", action="store_true", help="no progress bar on stderr; warnings stay"
    )
    # Known, so that it is refused in a sentence that says where reports are made.
    parser.add_argument("--report", nargs="?", const="", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Train, search, report and return the exit code.

    Raises:
        UserError: the experiment cannot be trained or searched, or files cannot be written.
    """
    _check_output(arguments)
    experiment = experiment_from(arguments)
    folder: Path | None = arguments.out
    if folder is not None:
        check_folder(folder)
    trainer = prepared(experiment, arguments.quiet)
    reason = refusal(trainer.info.dataset)
    if reason is not None:
        title = trainer.info.dataset.title
        raise UserError(f"{title} cannot be searched: {reason}.", "Choose other data.")
    finished = train_to_end(trainer, arguments.quiet)
    snapshot = trainer.snapshot(Want.answers_to(ROW_HISTORY), "finished")
    findings = _search(snapshot, arguments.quiet)
    truth = truth_of(snapshot.info.dataset, findings.part, snapshot.info.split.train)
    planted = data_scores(findings, snapshot.info.split.train, snapshot.changes)
    document = findings_document(findings, truth, snapshot.experiment, planted)
    text = json.dumps(document, indent=2, allow_nan=False)
    written: list[str] = []
    if folder is not None:
        files = {"suspects.csv": suspects_text(findings, truth), "findings.json": f"{text}\n"}
        written = _write(folder, files)
        if arguments.repair is not None:
            repaired = _repaired(snapshot.experiment, findings, arguments.repair)
            save_experiment(repaired, folder / f"repaired{SUFFIX}")
            written.append(f"repaired{SUFFIX}")
    print(text if arguments.json else _summary(findings, document, planted))
    if written and not arguments.json:
        print(f"Written to {folder}: {', '.join(written)}.")
    return EXIT_OK if finished else EXIT_INTERRUPTED


def _check_output(arguments: argparse.Namespace) -> None:
    """Refuse what cannot be written, before anything is trained.

    Raises:
        UserError: an option does not fit the others, or is none of this command.
    """
    if arguments.report is not None:
        raise UserError(
            "find writes no report.", "“visualiser train --report” writes one for the same run."
        )
    if arguments.repair is None:
        return
    if not 1 <= arguments.repair <= MOST_REPAIRS:
        raise UserError(
            f"--repair {arguments.repair}: so many suspects cannot be repaired.",
            f"Write a number from 1 to {MOST_REPAIRS:,}.",
        )
    if arguments.out is None:
        raise UserError("--repair writes an experiment.", "Say where to with --out DIR.")


def _write(folder: Path, files: Mapping[str, str]) -> list[str]:
    """Write the files, and return their names."""
    prepare_folder(folder)
    for name, text in files.items():
        write_text(folder / name, text)
    return list(files)


def _search(snapshot: Snapshot, quiet: bool) -> Findings:
    bar = SearchBar(quiet)
    try:
        return look(Search.of(snapshot), bar)
    finally:
        bar.close()


def _repaired(experiment: Experiment, findings: Findings, count: int) -> Experiment:
    """The same with what is proposed for the first suspects, by agreement if there is any."""
    finder = AGREEMENT if AGREEMENT in findings.suspects else next(iter(findings.suspects))
    proposed = as_proposed(findings.part, findings.suspects[finder], count)
    return experiment.replace(repairs=Review().decide(proposed).repairs)


def _summary(findings: Findings, document: dict[str, Any], planted: tuple[DataScore, ...]) -> str:
    """A line for each finder, then what else was found."""
    lines = [f"{document['rows']:,} training rows were searched."]
    for name, figures in document["finders"].items():
        line = f"{finder_title(name):<24} {figures['flagged']:>6,} suspects"
        lines.append(line + _scored(figures))
    lines += [f"{finder_title(name)}: {reason}." for name, reason in findings.silent.items()]
    lines += [one.sentence for one in planted]
    if document["wrong"] is None and not planted:
        lines.append("No row is known to be wrong: there are no scores.")
    for one in findings.data:
        if one.weight != "fine":
            mark = "!" if one.weight == "serious" else "-"
            lines.append(f"{mark} {one.title}. {one.sentence} {one.advice}".rstrip())
    return "\n".join(lines)


def _scored(figures: Mapping[str, Any]) -> str:
    """How well a finder did; empty where nothing of its kind is wrong."""
    if figures.get("average_precision") is None:
        return ""
    told = {
        name: math.nan if figures[name] is None else float(figures[name])
        for name in ("precision", "recall")
    }
    return (
        f"   precision {share_text(told['precision'])}, recall {share_text(told['recall'])}, "
        f"average precision {figures['average_precision']:.3f}"
    )
