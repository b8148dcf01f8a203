"""Scores against the truth, with scikit-learn as the judge; and the truth itself."""

import numpy as np
import pytest
from hypothesis import given as each
from hypothesis import strategies as st
from sklearn.metrics import (
    average_precision_score,
    precision_recall_curve,
    precision_score,
    recall_score,
)

from tests.core.findings.made_rows import spoiled
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Experiment, Spoiling
from visualiser.core.findings.scores import found_at, ranking, score_of
from visualiser.core.findings.spec import suspects
from visualiser.core.findings.truth import truth_of
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want

ROWS = st.lists(
    st.tuples(st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]), st.booleans(), st.booleans()),
    min_size=1, max_size=30,
)  # fmt: skip


@each(ROWS)
def test_scores_are_those_of_scikit_learn(rows: list[tuple[float, bool, bool]]) -> None:
    score, flagged, wrong = (np.array(column) for column in zip(*rows, strict=True))
    found = score_of(suspects(score, flagged, str), wrong, np.zeros(len(rows)))
    if not wrong.any():
        assert np.isnan(found.average_precision) and np.isnan(found.recall)
        return
    assert found.recall == pytest.approx(recall_score(wrong, flagged))
    if flagged.any():
        assert found.precision == pytest.approx(precision_score(wrong, flagged))
    else:
        assert np.isnan(found.precision)
    if wrong.all():
        assert np.isnan(found.average_precision) and not len(found.curve_recall)
        return
    assert found.average_precision == pytest.approx(average_precision_score(wrong, score))
    recall, precision, _ = ranking(score, wrong)
    expected_precision, expected_recall, _ = precision_recall_curve(wrong, score)
    assert np.allclose(recall[::-1], expected_recall[:-1])
    assert np.allclose(precision[::-1], expected_precision[:-1])


def test_proposals_are_right_where_they_are_the_true_labels() -> None:
    wrong = np.array([True, True, True, False])
    proposed = np.array([1.0, 2.0, np.nan, 5.0])
    found = suspects(np.ones(4), np.ones(4, bool), str, proposed)
    score = score_of(found, wrong, np.array([1.0, 1.0, 1.0, 1.0]))
    assert score.right_proposals == 0.5
    assert found_at(found, wrong, 2) == 2


def test_the_truth_knows_labels_values_and_copies() -> None:
    dataset, split, part = spoiled("penguins", "symmetric_label_noise", 0.3)
    truth = truth_of(dataset, part, split.train)
    assert np.array_equal(truth.label, part.labels != split.train.labels)
    assert not truth.values.any() and not truth.copy.any()
    dataset, split, part = spoiled("digits_8x8", "feature_noise", 0.5)
    truth = truth_of(dataset, part, split.train)
    assert truth.values.mean() > 0.9 and not truth.label.any()
    twice = split.train.take(np.array([0, 1, 1, 2]))
    assert truth_of(dataset, twice, split.train).copy.tolist() == [False, False, True, False]


def test_a_target_counts_as_wrong_from_half_a_standard_deviation_on() -> None:
    dataset, split, part = spoiled("sacramento", "target_noise", 0.5)
    truth = truth_of(dataset, part, split.train)
    off = np.abs(part.labels - split.train.labels) / np.std(split.train.labels)
    assert np.array_equal(truth.label, off > 0.5)
    assert 0.2 < truth.label.mean() < 0.5


def test_clean_data_has_no_known_mistakes() -> None:
    for name in ("penguins", "sms_spam", "sacramento", "drums"):
        dataset, split, _ = spoiled(name, "target_noise" if name == "sacramento" else
                                    "symmetric_label_noise", 0.0)  # fmt: skip
        assert not truth_of(dataset, split.train, split.train).any.any()


@pytest.mark.parametrize("way", ["target_leakage", "irrelevant_features", "test_contamination"])
def test_added_columns_and_rows_from_elsewhere_leave_no_value_of_a_row_wrong(way: str) -> None:
    amount = 5.0 if way == "irrelevant_features" else 0.5
    recipe = Spoiling(corruptions=(CorruptionConfig(name=way, amount=amount),))
    experiment = Experiment(dataset=DatasetConfig(name="iris"), spoiling=recipe)
    trainer = Trainer(experiment, load_dataset(experiment.dataset, 0))
    snapshot = trainer.snapshot(Want.NOTHING, "ready")
    assert snapshot.changes[0].changed
    info = snapshot.info
    truth = truth_of(info.dataset, snapshot.spoiled_train, info.split.train)
    assert not truth.label.any() and not truth.values.any()
