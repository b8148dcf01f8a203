"""Runs whose curves are drawn in tests, and the lines that a view draws of them."""

from dataclasses import replace

import numpy as np

from visualiser.core.experiment import (
    CorruptionConfig,
    DatasetConfig,
    Edit,
    Experiment,
    Spoiling,
)
from visualiser.core.training.history import History
from visualiser.core.training.snapshot import Marker, Snapshot
from visualiser.ui.views.curves import CurvesView
from visualiser.ui.views.curves_series import Line

NOISE = Spoiling(corruptions=(CorruptionConfig(name="symmetric_label_noise", amount=0.4),))
CLEAN = Experiment()
SPOILED = Experiment(edits=(Edit(step=40, spoiling=NOISE),))
HOUSES = Experiment(dataset=DatasetConfig(name="sacramento"))


def loss_lines(view: CurvesView) -> dict[str, Line]:
    return {line.name: line for line in view.loss_chart.layer.content.lines}


def metric_lines(view: CurvesView) -> dict[str, Line]:
    return {line.name: line for line in view.metric_chart.layer.content.lines}


def with_rows(snapshot: Snapshot, rows: list[dict[str, float]]) -> Snapshot:
    history = History()
    for row in rows:
        history.append(row)
    last = int(rows[-1]["step"])
    return replace(
        snapshot, history=history.view(), step=last, epoch=rows[-1]["epoch"], measured_at=last
    )


def long_run(snapshot: Snapshot, rows: int) -> Snapshot:
    rng = np.random.default_rng(0)
    figures = 1 + 0.1 * rng.normal(size=(rows, 4))
    names = ("train_loss", "validation_loss", "train_metric", "validation_metric")
    return with_rows(
        snapshot,
        [
            {"step": 5 * i, "epoch": i / 10, **dict(zip(names, figures[i], strict=True))}
            for i in range(rows)
        ],
    )


def edited(snapshot: Snapshot, rows: int, twice: bool) -> Snapshot:
    """A loss of 1 up to the edit at step 500 and of 2 from there on."""
    steps = sorted([*range(1, rows + 1), *([500] if twice else [])])
    losses = [1.0 if step < 500 or (step == 500 and i < 500) else 2.0
              for i, step in enumerate(steps)]  # fmt: skip
    names = ("train_loss", "validation_loss", "train_metric", "validation_metric")
    made = with_rows(
        snapshot,
        [
            {"step": step, "epoch": step / 100, **dict.fromkeys(names, loss)}
            for step, loss in zip(steps, losses, strict=True)
        ],
    )
    return replace(made, markers=(Marker(500, 5.0, "wrong labels 40 %"),))
