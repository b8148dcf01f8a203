"""Rows to look at, and what the view shows of them."""

import numpy as np

from visualiser.core.data.dataset import DataCard, Dataset, Table
from visualiser.core.data.split import part_of
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Experiment, Spoiling
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.views.data_look import DataLookView
from visualiser.ui.views.data_look_rows import Rows


def experiment(dataset: str, corruption: str = "", amount: float = 0.3) -> Experiment:
    spoiling = Spoiling()
    if corruption:
        spoiling = Spoiling(corruptions=(CorruptionConfig(name=corruption, amount=amount),))
    return Experiment(dataset=DatasetConfig(name=dataset), spoiling=spoiling)


SPAM = experiment("sms_spam", "symmetric_label_noise")
DIGITS = experiment("mnist_5k", "symmetric_label_noise")
POINTS = experiment("shapes", "symmetric_label_noise")
HOUSES = experiment("sacramento", "feature_noise", 1.0)
MORTGAGES = experiment("mortgage_hmda", "symmetric_label_noise")
IMBALANCE = experiment("mnist_5k", "class_imbalance", 0.1)


def shown(view: DataLookView) -> Rows:
    rows = view.browser.rows
    assert rows is not None
    return rows


def wrong_labels(snapshot: Snapshot) -> np.ndarray:
    part = snapshot.spoiled_train
    return part.labels != snapshot.info.split.train.labels[part.origin]


def table_rows(values: np.ndarray) -> Rows:
    table = Table(values[:, None], ("value",), np.zeros((len(values), 0), dtype=np.int32), (), ())
    dataset = Dataset(
        name="own",
        title="Own",
        card=DataCard("", "", "", ""),
        modality="table",
        task="regression",
        features=table,
        labels=np.arange(len(values), dtype=np.float64),
        target="y",
    )
    part = part_of(dataset, np.arange(len(values)))
    return Rows.of(dataset, part, part)
