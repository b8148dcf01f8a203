"""A run of this session, kept for the list of runs, for overlay and for export."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from visualiser.core.corruption.registry import corruption_named
from visualiser.core.corruption.spec import Change
from visualiser.core.data.split import Part, Split
from visualiser.core.experiment import Experiment
from visualiser.core.models.registry import model_named
from visualiser.core.training.snapshot import RunInfo, Snapshot


@dataclass(frozen=True, eq=False)
class RunRecord:
    """A finished run.

    Attributes:
        number: 1 for the first run of the session, then counting up.
        title: as the list shows it; the user may write another one.
        snapshot: the newest one; its history is the whole run.
    """

    number: int
    title: str
    snapshot: Snapshot


def run_title(info: RunInfo, changes: Sequence[Change]) -> str:
    """What a run is called that nobody has named: “Handwritten digits · MLP · wrong labels 20 %”.

    An experiment that has a title is called by it, with what was spoiled.
    """
    experiment = info.experiment
    named = [experiment.title] if experiment.title else [info.dataset.title, _model(experiment)]
    return " · ".join([*named, *map(_spoiled, changes)])


def _model(experiment: Experiment) -> str:
    """The model's name, short where it has a short one: “MLP”, “Linear model”."""
    title = model_named(experiment.model.name).title
    return title[title.find("(") + 1 :].removesuffix(")")


def _spoiled(change: Change) -> str:
    corruption = corruption_named(change.name)
    title = corruption.title[:1].lower() + corruption.title[1:]
    return f"{title} {corruption.amount.text(change.amount)}"


def without_examples(snapshot: Snapshot) -> Snapshot:
    """The same with history and figures, but without examples, weights and predictions.

    A session keeps all its runs: with their examples, each would cost tens of megabytes.
    """
    info = snapshot.info
    split = Split(*(_empty(part) for part in (info.split.train, info.split.validation,
                                              info.split.test)))  # fmt: skip
    return replace(
        snapshot,
        info=replace(info, split=split),
        spoiled_train=split.train,
        exam=None,
        mended=None,
        wrong_labels=None,
        predictions=None,
        layers=(),
        twin_layers=(),
        distributions=(),
        answers={},
    )


def _empty(part: Part) -> Part:
    return part.take(np.empty(0, dtype=np.int64))
