"""What evaluations say of groups, calibration and privacy, against libraries and from runs."""

from dataclasses import replace

import numpy as np
import pytest
from fairlearn import metrics as fairlearn
from sklearn.metrics import roc_auc_score

from tests.core.training.conftest import run, wrong_labels
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig, Experiment
from visualiser.core.starting_point import starting_point
from visualiser.core.tasks.registry import task_of
from visualiser.core.training.audit import audit
from visualiser.core.training.history import COLUMNS
from visualiser.core.training.preparation import prepare
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want

ADDED = COLUMNS[COLUMNS.index("ece") :]


@pytest.fixture(scope="module")
def mortgages() -> Snapshot:
    """With wrong labels from its middle on."""
    experiment = starting_point(DatasetConfig(name="mortgage_hmda"))
    trainer = run(Trainer(experiment, load_dataset(experiment.dataset, 0)), 60)
    trainer.change_spoiling(wrong_labels(0.4))
    return run(trainer, 100).snapshot(Want.PREDICTIONS, "paused", fresh=True)


def known(snapshot: Snapshot) -> set[str]:
    """Columns that have a figure in the last row."""
    history = snapshot.history
    return {name for name in ADDED if np.isfinite(history[name][-1])}


@pytest.mark.parametrize("whose", ["audit", "twin_audit"])
def test_gaps_of_an_evaluation_are_fairlearns(mortgages: Snapshot, whose: str) -> None:
    info, predictions = mortgages.info, mortgages.predictions
    audited, output = getattr(mortgages, whose), predictions.output
    if whose == "twin_audit":
        output = predictions.twin_output
    rows = info.split.validation.take(info.watched)
    arguments = (rows.labels, output.argmax(axis=1))
    columns = audited.columns()
    for name, oracle in {
        "dp_difference": fairlearn.demographic_parity_difference,
        "eo_difference": fairlearn.equalized_odds_difference,
        "tpr_difference": fairlearn.true_positive_rate_difference,
        "worst_group_metric": fairlearn.accuracy_score_group_min,
    }.items():
        expected = oracle(*arguments, sensitive_features=rows.groups)
        assert columns[name] == pytest.approx(expected, abs=1e-9), name


def test_the_history_has_all_figures_of_two_classes_with_groups(mortgages: Snapshot) -> None:
    assert known(mortgages) == set(ADDED)
    history = mortgages.history
    assert (np.unique(history["step"], return_counts=True)[1] == 2).any(), "an edit has two rows"
    until = history["step"] < 60
    for name in ADDED:
        if not name.startswith("twin_"):
            mine, twins = history[name], history[f"twin_{name}"]
            assert np.array_equal(mine[until], twins[until]), "until then it is its own twin"
            assert not np.array_equal(mine, twins)


def test_members_are_judged_by_the_labels_they_were_given(mortgages: Snapshot) -> None:
    audited, twins = mortgages.audit, mortgages.twin_audit
    assert audited is not None and twins is not None
    assert len(audited.member_losses) == len(twins.member_losses) == 500
    is_member = np.repeat([1, 0], [500, len(audited.other_losses)])
    losses = np.concatenate([audited.member_losses, audited.other_losses])
    assert audited.mia_auc == pytest.approx(roc_auc_score(is_member, -losses), abs=1e-12)
    assert audited.member_losses.mean() == pytest.approx(mortgages.train.loss)
    assert audited.other_losses.mean() == pytest.approx(mortgages.validation.loss)


def test_rows_that_were_learnt_by_heart_are_given_away() -> None:
    experiment = starting_point(DatasetConfig(name="wine")).replace(spoiling=wrong_labels(0.3))
    trainer = Trainer(experiment, load_dataset(experiment.dataset, 0))
    before = trainer.snapshot(Want.NOTHING, "ready").twin_audit
    after = run(trainer, 1000).snapshot(Want.NOTHING, "paused", fresh=True)
    assert before is not None and after.audit is not None and after.twin_audit is not None
    assert 0.4 < before.mia_auc < 0.6, "random weights know no row from another"
    assert after.audit.mia_auc > 0.6 > after.twin_audit.mia_auc
    assert after.audit.ece > after.twin_audit.ece


def test_rows_with_a_wrong_label_are_known(mortgages: Snapshot) -> None:
    audited, twins = mortgages.audit, mortgages.twin_audit
    assert audited is not None and twins is not None
    assert audited.mislabelled.mean() == pytest.approx(0.4, abs=0.08)
    assert not twins.mislabelled.any()
    assert len(audited.true_member_losses) == 500 - audited.mislabelled.sum()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("penguins", {"ece", "mia_auc"}),
        ("sacramento", {"mia_auc"}),
        ("bike_daily", {"mia_auc"}),
        ("alice29", {"mia_auc"}),
        ("retail_purchases", set()),
    ],
)
def test_a_task_has_the_figures_that_make_sense_for_it(name: str, expected: set[str]) -> None:
    experiment = starting_point(DatasetConfig(name=name))
    trainer = run(Trainer(experiment, load_dataset(experiment.dataset, 0)), 1)
    found = known(trainer.snapshot(Want.NOTHING, "paused"))
    assert found == expected | {f"twin_{column}" for column in expected}


def test_groups_of_a_regression_are_compared_by_their_mean_error(slope: Dataset) -> None:
    groups = (np.arange(len(slope)) % 3).astype(np.int64)
    data = replace(slope, groups=groups, group_names=("a", "b", "c"), group_title="letter")
    trainer = Trainer(Experiment(dataset=DatasetConfig(name="shapes")), data)
    snapshot = trainer.snapshot(Want.PREDICTIONS, "paused")
    assert snapshot.audit is not None and snapshot.predictions is not None
    rows = trainer.info.split.validation.take(trainer.info.watched)
    assert rows.groups is not None
    off = np.abs(snapshot.predictions.output - rows.labels)
    errors = [off[rows.groups == code].mean() for code in range(3)]
    columns = snapshot.audit.columns()
    assert columns["worst_group_metric"] == pytest.approx(max(errors))
    assert columns["group_metric_difference"] == pytest.approx(max(errors) - min(errors))
    assert "dp_difference" not in columns


def test_answers_that_are_no_numbers_have_no_figures(moons: Dataset) -> None:
    experiment = Experiment(dataset=DatasetConfig(name="shapes"))
    preparation = prepare(experiment, moons)
    rows = preparation.split.validation
    outputs = np.full((len(rows), task_of(moons).outputs(moons)), np.nan, dtype=np.float32)
    found = audit(moons, preparation.judge, outputs, rows, outputs, rows, rows.labels)
    assert np.isnan([found.ece, found.mia_auc]).all() and not found.groups
