"""Findings between the parts of the data: drift, and rows that are in two of them."""

from dataclasses import replace

import numpy as np
import pytest

from tests.core.findings.made_rows import bundled, evidence_of, spoiled, table, titles
from visualiser.core.corruption.registry import spoil
from visualiser.core.experiment import CorruptionConfig, Spoiling
from visualiser.core.findings.columns import (
    contamination,
    drift,
)


def test_rows_drawn_alike_do_not_drift_and_a_shifted_column_is_named() -> None:
    evidence = evidence_of(table())
    assert titles(drift.find(evidence)) == []
    features = evidence.validation.features
    numbers = features.numeric + np.array([2.0, 0, 0], dtype=np.float32)  # type: ignore[union-attr]
    rows = features.with_values(numbers, features.categorical)  # type: ignore[union-attr]
    moved = replace(
        evidence,
        validation=evidence.validation.with_values(features=rows),
        validation_vectors=evidence.validation_vectors + np.array([2.0, 0, 0], dtype=np.float32),
    )
    found = drift.find(moved)
    assert titles(found) == [
        "Training and validation can be told apart",
        "“first” differs between training and validation",
    ]
    assert found[0].figures["auc"] > 0.8
    assert found[1].figures["distance"] == pytest.approx(0.7, abs=0.1)


@pytest.mark.parametrize("name", ["titanic", "mortgage_hmda", "penguins"])
def test_rows_that_repeat_each_other_are_no_drift(name: str) -> None:
    assert titles(drift.find(evidence_of(bundled(name)[0]))) == []


def test_pictures_of_one_thing_are_no_drift() -> None:
    assert titles(drift.find(evidence_of(bundled("stamps")[0]))) == []


def test_copies_of_training_rows_are_no_drift() -> None:
    dataset, _, part = spoiled("titanic", "duplicates", 1.0)
    assert "can be told apart" not in " ".join(titles(drift.find(evidence_of(dataset, part))))


def test_a_series_that_grows_drifts_in_more_columns_than_are_listed() -> None:
    found = drift.find(evidence_of(bundled("bike_daily")[0]))
    assert found[0].weight == "serious" and len(found) <= 7
    assert "more columns differ" in found[-1].title
    # The days before a day tell of one change, and one of them stands for all.
    assert sum(" before”" in one.title and "," not in one.title for one in found) == 1


def test_a_class_whose_share_differs_between_the_splits_is_named() -> None:
    evidence = evidence_of(bundled("penguins")[0])
    labels = np.where(evidence.part.labels == 1, 0, evidence.part.labels)
    found = drift.find(replace(evidence, part=evidence.part.with_values(labels=labels)))
    assert any("species" in title for title in titles(found))


def test_categories_of_different_number_may_drift_together() -> None:
    dataset, _, part = spoiled("titanic", "covariate_shift", 1.0)
    evidence = evidence_of(dataset, part)
    codes = evidence.part.features.categorical.copy()  # type: ignore[union-attr]
    codes[:, :] = 0
    features = evidence.part.features
    rows = features.with_values(features.numeric, codes)  # type: ignore[union-attr]
    found = drift.find(replace(evidence, part=evidence.part.with_values(features=rows)))
    assert len(found) > 2


def test_validation_rows_that_are_also_in_training_are_counted() -> None:
    evidence = evidence_of(bundled("digits_8x8")[0])
    assert titles(contamination.find(evidence)) == []
    there = evidence.validation
    pictures = np.asarray(there.features).copy()
    pictures[:20] = np.asarray(evidence.part.features)[:20]
    mixed = replace(evidence, validation=there.with_values(features=pictures))
    found = contamination.find(mixed)[0]
    assert found.figures["rows"] == 20 and found.weight == "serious"


def test_a_single_copy_is_told_in_the_singular() -> None:
    evidence = evidence_of(bundled("digits_8x8")[0])
    pictures = np.asarray(evidence.validation.features).copy()
    pictures[0] = np.asarray(evidence.part.features)[0]
    mixed = replace(evidence, validation=evidence.validation.with_values(features=pictures))
    assert contamination.find(mixed)[0].sentence.startswith("1 validation picture (")
    assert ") is also in training" in contamination.find(mixed)[0].sentence


def test_pictures_are_called_pictures_where_a_class_drifts() -> None:
    evidence = evidence_of(bundled("digits_8x8")[0])
    labels = np.where(evidence.part.labels < 5, 0, evidence.part.labels)
    found = drift.find(replace(evidence, part=evidence.part.with_values(labels=labels)))
    told = next(one.sentence for one in found if "digit" in one.title)
    assert "of the training pictures and in" in told and "of the validation pictures" in told


def test_of_few_columns_equal_rows_are_no_proof_of_copies() -> None:
    assert titles(contamination.find(evidence_of(bundled("titanic")[0]))) == [
        "Different rows look the same"
    ]


def test_copies_of_test_rows_are_counted_without_a_look_at_their_labels() -> None:
    dataset, split = bundled("breast_cancer")
    recipe = Spoiling(corruptions=(CorruptionConfig(name="test_contamination", amount=0.5),))
    part, (change,) = spoil(split.train, recipe, 0, dataset, test=split.test)
    evidence = evidence_of(dataset, part, test=split.test.features)
    (found,) = contamination.find(evidence)
    assert found.figures["rows"] == change.changed and found.weight == "serious"
    assert titles(contamination.find(evidence_of(dataset, test=split.test.features))) == []
    assert titles(contamination.find(evidence_of(dataset, part))) == []
