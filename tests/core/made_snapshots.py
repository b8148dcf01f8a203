"""Snapshots made by hand, to see what is said of them."""

from dataclasses import replace

import numpy as np

from visualiser.core.corruption.spec import Change
from visualiser.core.data.cell_text import NO_BREAK
from visualiser.core.data.dataset import DataCard, Dataset
from visualiser.core.data.encoding_points import PointsEncoder
from visualiser.core.data.split import Split, part_of
from visualiser.core.experiment import Experiment, Spoiling
from visualiser.core.models.layers import Dense
from visualiser.core.outcome import describe
from visualiser.core.tasks.registry import task_of
from visualiser.core.tasks.spec import Figures
from visualiser.core.training.history import History, HistoryView
from visualiser.core.training.snapshot import (
    Plan,
    Predictions,
    RunInfo,
    Snapshot,
)

ROWS = 500
NO_ROWS = np.array([], dtype=np.int64)


def dataset(classes: int = 10, rows: int = 3 * ROWS, *, groups: bool = False) -> Dataset:
    """Classes in turn; with `groups` every fourth row is of “few” and class 1 is favourable."""
    return Dataset(
        name="made",
        title="Made",
        card=DataCard("", "", "", ""),
        modality="points",
        task="classification",
        features=np.zeros((rows, 2), dtype=np.float32),
        labels=np.arange(rows, dtype=np.int64) % classes,
        target="class",
        class_names=("denied", "approved") if groups else tuple("abcdefghij"[:classes]),
        groups=(np.arange(rows) // classes % 4 == 0).astype(np.int64) if groups else None,
        group_names=("many", "few") if groups else (),
        group_title="applicant" if groups else "",
        positive_class=1 if groups else None,
    )


def prices(*, groups: bool = False) -> Dataset:
    data = dataset(2, groups=groups)
    return replace(
        data,
        task="regression",
        labels=np.linspace(1e5, 3e5, 3 * ROWS),
        class_names=(),
        unit="$",
        positive_class=None,
    )


def run_info(data: Dataset) -> RunInfo:
    first, second, third = np.split(np.arange(3 * ROWS), 3)
    return RunInfo(
        experiment=Experiment(),
        dataset=data,
        split=Split(part_of(data, first), part_of(data, second), part_of(data, third)),
        watched=np.arange(ROWS),
        layers=(Dense(2, 10),),
        parameters=30,
        flops_per_step=1,
        encoder=PointsEncoder(("x", "y"), (0.0, 0.0), (1.0, 1.0), notes=()),
        evaluate_every=10,
        task=task_of(data),
    )


def history(train: np.ndarray, validation: np.ndarray) -> HistoryView:
    log = History()
    for row, (of_train, of_validation) in enumerate(zip(train, validation, strict=True)):
        log.append({"step": 10 * row, "train_loss": of_train, "validation_loss": of_validation})
    return log.view()


FLAT = history(np.full(20, 0.3), np.full(20, 0.4))


def accuracy(share: float) -> Figures:
    return Figures(loss=1 - share, values={"accuracy": share, "f1": share})


def error(mae: float, r2: float = 0.8) -> Figures:
    """With absolute errors that vary as much as they are large."""
    return Figures(loss=0.3, values={"mae": mae, "rmse": mae * np.sqrt(2), "r2": r2})


def change(
    name: str = "symmetric_label_noise", noun: str = "labels", verb: str = "changed"
) -> Change:
    return Change(name, 0.4, 200, 500, noun, verb, NO_ROWS)


def snapshot(student: Figures, twin: Figures | None, data: Dataset | None = None, **fields):
    info = run_info(data or dataset())
    basic = {
        "info": info,
        "state": "running",
        "step": 200,
        "epoch": 2.0,
        "seconds": 1.0,
        "learning_rate": 0.01,
        "batch_loss": 0.3,
        "history": FLAT,
        "markers": (),
        "train": student,
        "validation": student,
        "twin_train": twin,
        "twin_validation": twin,
        "spoiled_validation": None,
        "measured_at": 200,
        "changes": (change(),),
        "spoiled_train": info.split.train,
        "twin_differs": True,
        "memorised": None,
        "exam": None,
        "experiment": info.experiment,
        "spoiling": Spoiling(),
        "plan": Plan(),
        "device_text": "CPU, 1 thread",
    }
    return Snapshot(**(basic | fields))


def answers(labels: np.ndarray, classes: int, wrong: dict[int, tuple[int, int]]) -> np.ndarray:
    """(V, K) certain answers: right but for the first n of a class c, told by {c: (n, answer)}."""
    given = labels.copy()
    for true, (count, answer) in wrong.items():
        given[np.flatnonzero(labels == true)[:count]] = answer
    return np.eye(classes, dtype=np.float32)[given]


def watched(data: Dataset) -> np.ndarray:
    return run_info(data).split.validation.labels


def group_snapshot(denied: int, twin_denied: int, **fields) -> Snapshot:
    """So many of the 62 of “few” who deserve a yes get a no; “many” are judged right."""
    data = dataset(2, groups=True)
    part = run_info(data).split.validation
    outputs = []
    for count in (denied, twin_denied):
        given = part.labels.copy()
        given[np.flatnonzero((part.groups == 1) & (part.labels == 1))[:count]] = 0
        outputs.append(np.eye(2, dtype=np.float32)[given])
    student, twin = (accuracy(1 - count / ROWS) for count in (denied, twin_denied))
    plan = {"changes": (change("group_label_bias", "“approved” labels of “few”"),)}
    return snapshot(student, twin, data, predictions=Predictions(*outputs), **(plan | fields))


def told(snapshot: Snapshot) -> str:
    """The sentences of an outcome with plain spaces."""
    sentences = describe(snapshot).sentences
    assert 1 <= len(sentences) <= 3
    assert all(sentence.endswith(".") for sentence in sentences)
    return " ".join(sentences).replace(NO_BREAK, " ")
