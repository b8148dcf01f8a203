"""Finders of what is wrong with columns, splits, classes and groups."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given as each
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from tests.core.findings.made_rows import bundled, evidence_of, table
from visualiser.core.data.dataset import Dataset
from visualiser.core.findings.columns import constant, contamination, coverage, drift, leaked
from visualiser.core.findings.power import auc
from visualiser.core.findings.spec import Finding


def titles(found: tuple[Finding, ...]) -> list[str]:
    return [one.title for one in found if one.weight != "fine"]


def with_answer(noise: float) -> Dataset:
    """A column that says the answer, more or less."""
    dataset = table()
    told = dataset.labels + noise * np.random.default_rng(3).normal(size=len(dataset))
    return table(told=told)


@each(st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=2, max_size=40))
def test_the_area_under_the_curve_is_that_of_scikit_learn(rows: list[tuple[int, bool]]) -> None:
    score, positive = np.array([s for s, _ in rows]), np.array([p for _, p in rows])
    if positive.all() or not positive.any():
        assert np.isnan(auc(score, positive))
    else:
        assert auc(score, positive) == pytest.approx(roc_auc_score(positive, score))


def test_a_column_that_gives_the_answer_away_is_named_and_usual_ones_are_not() -> None:
    found = leaked.find(evidence_of(with_answer(0.05)))
    assert titles(found) == ["“told” may give the answer away"]
    assert found[0].weight == "serious" and found[0].figures["power"] > 0.95
    for name in ("penguins", "iris", "titanic", "mortgage_hmda", "sacramento"):
        assert titles(leaked.find(evidence_of(bundled(name)[0]))) == []


def test_a_clue_that_is_there_in_training_only_is_told_so() -> None:
    evidence = evidence_of(with_answer(0.05))
    features = evidence.validation.features
    numbers = features.numeric.copy()  # type: ignore[union-attr]
    numbers[:, 3] = np.random.default_rng(0).permutation(numbers[:, 3])
    rows = features.with_values(numbers, features.categorical)  # type: ignore[union-attr]
    validation = evidence.validation.with_values(features=rows)
    assert "only" in leaked.find(replace(evidence, validation=validation))[0].sentence


def test_a_word_that_gives_the_answer_away_is_named() -> None:
    dataset, _ = bundled("sms_spam")
    texts = np.array(
        [f"zebra {text}" if label else text
         for text, label in zip(dataset.features, dataset.labels, strict=True)],
        dtype=object,
    )  # fmt: skip
    marked = replace(dataset, features=texts)
    assert titles(leaked.find(evidence_of(dataset))) == []
    assert "zebra" in titles(leaked.find(evidence_of(marked)))[0]


def test_constant_columns_are_named_with_their_value() -> None:
    dataset = table(one=np.full(400, 7.0), gone=np.full(400, np.nan))
    found = constant.find(evidence_of(dataset))
    assert {one.title for one in found} >= {"“one” is constant", "“gone” is constant"}
    assert "7 in every row" in next(one.sentence for one in found if "one”" in one.title)
    assert titles(constant.find(evidence_of(table()))) == []


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


def test_a_series_that_grows_drifts_in_more_columns_than_are_listed() -> None:
    found = drift.find(evidence_of(bundled("bike_daily")[0]))
    assert found[0].weight == "serious" and len(found) <= 7
    assert "more columns differ" in found[-1].title


def test_a_class_whose_share_differs_between_the_splits_is_named() -> None:
    evidence = evidence_of(bundled("penguins")[0])
    labels = np.where(evidence.part.labels == 1, 0, evidence.part.labels)
    found = drift.find(replace(evidence, part=evidence.part.with_values(labels=labels)))
    assert any("species" in title for title in titles(found))


def test_validation_rows_that_are_also_in_training_are_counted() -> None:
    evidence = evidence_of(bundled("digits_8x8")[0])
    assert titles(contamination.find(evidence)) == []
    there = evidence.validation
    pictures = np.asarray(there.features).copy()
    pictures[:20] = np.asarray(evidence.part.features)[:20]
    mixed = replace(evidence, validation=there.with_values(features=pictures))
    found = contamination.find(mixed)[0]
    assert found.figures["rows"] == 20 and found.weight == "serious"


def test_of_few_columns_equal_rows_are_no_proof_of_copies() -> None:
    assert titles(contamination.find(evidence_of(bundled("titanic")[0]))) == [
        "Different rows look the same"
    ]


def test_a_class_with_few_rows_or_none_is_named() -> None:
    dataset, split = bundled("penguins")
    part = split.train
    assert titles(coverage.find(evidence_of(dataset))) == []
    few = part.take(np.concatenate([np.flatnonzero(part.labels == 0), [
        *np.flatnonzero(part.labels == 1)[:3]]]))  # fmt: skip
    found = coverage.find(evidence_of(dataset, few))
    assert [one.figures["rows"] for one in found] == [0, 3]
    assert titles(found)[0].endswith("none")


def test_a_group_that_never_has_a_class_is_named() -> None:
    dataset, split = bundled("mortgage_hmda")
    part = split.train
    assert part.groups is not None
    kept = part.take(np.flatnonzero((part.groups != 1) | (part.labels == 0)))
    found = coverage.find(evidence_of(dataset, kept))
    assert any("never" in title for title in titles(found))
