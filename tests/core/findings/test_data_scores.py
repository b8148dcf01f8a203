"""Finders of columns and groups, scored where the program spoiled the data itself."""

import numpy as np
import pytest

from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Spoiling
from visualiser.core.findings.data_scores import DataScore, data_scores, is_biased
from visualiser.core.findings.search import Search, look
from visualiser.core.findings.truth import truth_of
from visualiser.core.starting_point import starting_point
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want


def run(name: str, *ways: tuple[str, float]) -> Snapshot:
    experiment = starting_point(DatasetConfig(name=name))
    recipe = tuple(CorruptionConfig(name=way, amount=amount) for way, amount in ways)
    experiment = experiment.replace(spoiling=Spoiling(corruptions=recipe))
    trainer = Trainer(experiment, load_dataset(experiment.dataset, 0))
    return trainer.snapshot(Want.NOTHING, "ready", fresh=True)


def scores(snapshot: Snapshot) -> dict[str, DataScore]:
    found = data_scores(look(Search.of(snapshot)), snapshot.info.split.train, snapshot.changes)
    return {one.kind: one for one in found}


def test_leaked_and_irrelevant_columns_and_copies_of_the_test_are_counted() -> None:
    snapshot = run(
        "breast_cancer", ("irrelevant_features", 50), ("target_leakage", 0.95),
        ("test_contamination", 1.0),
    )  # fmt: skip
    found = scores(snapshot)
    assert set(found) == {"leaked", "irrelevant", "contamination"}
    assert found["leaked"].sentence == "Leaked columns: 1 of 1 found, none besides."
    irrelevant = found["irrelevant"]
    assert irrelevant.planted == 50 and irrelevant.recall >= 0.94 and irrelevant.precision > 0.85
    assert found["contamination"].planted == len(snapshot.info.split.test)
    assert found["contamination"].recall == 1


@pytest.mark.parametrize("name", ["stamps", "digits_8x8"])
def test_a_shortcut_is_one_thing_that_was_planted_wherever_it_shows(name: str) -> None:
    snapshot = run(name, ("spurious_shortcut", 1.0))
    sentence = "Leaked columns and shortcuts: 1 of 1 found, none besides."
    assert scores(snapshot)["leaked"].sentence == sentence


def test_of_added_columns_no_row_is_called_wrong() -> None:
    snapshot = run("titanic", ("target_leakage", 0.9))
    truth = truth_of(snapshot.info.dataset, snapshot.spoiled_train, snapshot.info.split.train)
    assert not truth.any.any()
    assert scores(snapshot)["leaked"].recall == 1


def test_a_group_with_biased_labels_is_counted() -> None:
    snapshot = run("mortgage_hmda", ("group_label_bias", 0.7))
    assert is_biased(snapshot.changes)
    assert scores(snapshot)["label_rates"] == DataScore(
        "label_rates", "Groups with biased labels", planted=1, found=1, besides=0
    )


def test_classes_that_were_thinned_out_are_counted_by_their_rows() -> None:
    snapshot = run("digits_8x8", ("class_imbalance", 0.02))
    clean, now = (
        np.bincount(part.labels, minlength=10)
        for part in (snapshot.info.split.train, snapshot.spoiled_train)
    )
    score = scores(snapshot)["coverage"]
    assert score.planted == int((now < clean / 2).sum()) and 0 < score.found < score.planted
    assert "found, none besides. What still has 20 rows" in score.sentence


def test_where_all_was_found_nothing_is_to_be_explained() -> None:
    score = DataScore("coverage", "Classes", planted=2, found=2, besides=0, missed="Why.")
    assert score.sentence == "Classes: 2 of 2 found, none besides."


def test_rows_of_another_kind_are_told_by_the_drift() -> None:
    found = scores(run("sacramento", ("covariate_shift", 1.0)))
    assert found["drift"].sentence.startswith("Training rows of another kind: 1 of 1 found")


@pytest.mark.parametrize("ways", [(), (("symmetric_label_noise", 0.2),)])
def test_where_nothing_of_the_kind_was_planted_there_are_no_scores(
    ways: tuple[tuple[str, float], ...],
) -> None:
    assert scores(run("penguins", *ways)) == {}
