"""Finders of rows, each on evidence whose mistakes are known."""

from dataclasses import replace

import numpy as np
import pytest
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores
from hypothesis import given as each
from hypothesis import strategies as st

from tests.core.findings.made_rows import bundled, evidence_of, record_of, spoiled, table
from visualiser.core.corruption.registry import spoil
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.source import Progress
from visualiser.core.data.split import Part
from visualiser.core.experiment import CorruptionConfig, Spoiling
from visualiser.core.findings.neighbours import nearest_rows
from visualiser.core.findings.rows import (
    confident,
    duplicates,
    far_away,
    forgetting,
    margin,
    residual,
    training_loss,
    values,
)
from visualiser.core.findings.rows.agreement import Voice, agreed
from visualiser.core.findings.spec import Evidence, Foretold, Suspects, suspects
from visualiser.core.findings.truth import truth_of
from visualiser.core.findings.vectors import vectors_of


def flags(*positions: int, rows: int = 6) -> np.ndarray:
    mask = np.zeros(rows, dtype=bool)
    mask[list(positions)] = True
    return mask


def made(score: list[float], *flagged: int, proposed: list[float] | None = None) -> Suspects:
    mask = flags(*flagged, rows=len(score))
    return suspects(np.array(score), mask, "Row {}.".format, np.array(proposed or score))


def test_confident_learning_flags_and_ranks_as_cleanlab_does() -> None:
    dataset, _, part = spoiled("penguins", "symmetric_label_noise", 0.3)
    generator = np.random.default_rng(0)
    output = generator.dirichlet(np.ones(3), len(part)) + 2 * np.eye(3)[dataset.labels[part.rows]]
    output /= output.sum(axis=1, keepdims=True)
    found = confident.find(evidence_of(dataset, part, foretold=Foretold(output, "")))
    issues = find_label_issues(part.labels, output, n_jobs=1)
    quality = get_label_quality_scores(part.labels, output, method="normalized_margin")
    assert np.array_equal(found.flagged, issues) and found.flagged.sum() > 20
    assert np.allclose(found.score, 1 - quality, atol=1e-5)
    assert (found.proposed != part.labels).all()
    worst = int(found.ranked[0])
    assert f"“{dataset.class_names[int(found.proposed[worst])]}”" in found.reasons[worst]


def test_a_class_that_nobody_gives_and_a_single_class_do_not_disturb_confident_learning() -> None:
    dataset, split = bundled("penguins")
    part = split.train
    two = part.take(np.flatnonzero(part.labels < 2))
    output = np.full((len(two), 3), 1 / 3)
    evidence = evidence_of(dataset, two, foretold=Foretold(output, ""))
    assert not confident.find(evidence).flagged.all()
    one = part.take(np.flatnonzero(part.labels == 0))
    evidence = evidence_of(dataset, one, foretold=Foretold(output[: len(one)], ""))
    assert not confident.find(evidence).flagged.any()


def test_a_target_far_from_the_estimate_is_suspect_by_the_error_usual_for_such_amounts() -> None:
    dataset, split = bundled("sacramento")
    part = split.train
    generator = np.random.default_rng(0)
    answer = np.linspace(1e5, 9e5, len(part))
    # Dear houses are estimated ten times less exactly: the same error is normal there.
    usual = np.where(answer < 5e5, 1e3, 1e4)
    labels = answer + usual * generator.uniform(-2, 2, len(part))
    labels[[3, -3]] = answer[[3, -3]] + 9e3
    evidence = evidence_of(dataset, part.with_values(labels=labels))
    found = residual.find(replace(evidence, foretold=Foretold(answer, "")))
    assert found.flagged[3] and not found.flagged[-3]
    assert found.flagged.sum() < 0.05 * len(part)
    assert found.proposed[3] == answer[3] and "above" in found.reasons[3]


def test_what_the_training_contradicts_over_all_epochs_is_suspect() -> None:
    dataset, split = bundled("penguins")
    part = split.train
    true = np.asarray(part.labels)
    wrong = np.arange(0, len(part), 5)
    labels = true.copy()
    labels[wrong] = (labels[wrong] + 1) % 3
    # At last the wrong labels are learnt by heart, but not on the way.
    record = record_of(labels, [true, true, true, labels], 3)
    evidence = evidence_of(dataset, part.with_values(labels=labels), record)
    for finder in (training_loss, margin):
        found = finder.find(evidence)
        assert np.array_equal(np.flatnonzero(found.flagged), wrong)
        assert np.array_equal(found.proposed[wrong], true[wrong])
        assert found.score[wrong].min() > np.delete(found.score, wrong).max()


def test_what_is_forgotten_again_and_again_or_never_learnt_is_suspect() -> None:
    dataset, split = bundled("penguins")
    part = split.train
    right = np.asarray(part.labels)
    other = (right + 1) % 3
    swinging, never = right.copy(), right.copy()
    swinging[3], never[7] = other[3], other[7]
    answers = [np.where(np.arange(len(part)) == 7, other, one) for one in
               (right, swinging, right, swinging, right, swinging)]  # fmt: skip
    found = forgetting.find(evidence_of(dataset, part, record_of(right, answers, 3)))
    assert set(np.flatnonzero(found.flagged)) == {3, 7}
    assert "never" in found.reasons[7] and "3 times" in found.reasons[3]
    assert found.score[7] > found.score[3]


def test_a_model_that_is_always_right_leaves_no_suspects() -> None:
    dataset, split = bundled("penguins")
    labels = np.asarray(split.train.labels)
    evidence = evidence_of(dataset, record=record_of(labels, [labels, labels], 3))
    for finder in (training_loss, margin, forgetting):
        assert not finder.find(evidence).flagged.any()


@pytest.mark.parametrize("name", ["digits_8x8", "sms_spam", "penguins"])
def test_copies_are_found_with_their_first_one_and_with_a_label_that_contradicts_it(
    name: str,
) -> None:
    dataset, split = bundled(name)
    clean = split.train.take(np.arange(min(len(split.train), 500)))
    part = clean.take(np.concatenate([np.arange(len(clean)), [5, 9]]))
    labels = part.labels.copy()
    labels[-1] = (labels[-1] + 1) % dataset.class_count
    found = find_copies(dataset, part.with_values(labels=labels))
    last = len(part) - 2
    assert found.flagged[[last, last + 1]].all()
    assert part.rows[found.related[last]] == part.rows[5] and found.score[last] == 1
    assert np.isnan(found.proposed[last])
    assert "same label" in found.reasons[last] and "labelled" in found.reasons[last + 1]


def test_a_picture_with_a_grain_of_noise_is_nearly_the_same() -> None:
    dataset, split = bundled("digits_8x8")
    part = split.train.take(np.arange(400))
    pictures = np.asarray(part.features).copy()
    pictures[350] = pictures[20] + np.float32(0.01)
    found = find_copies(dataset, part.with_values(features=pictures))
    assert found.flagged[350] and found.related[350] == 20
    assert found.reasons[350].startswith("Nearly the same")


def with_neighbours(dataset: Dataset, part: Part) -> Evidence:
    evidence = evidence_of(dataset, part)
    near = nearest_rows(part.features, evidence.vectors, dataset.modality == "text", 0, Progress())
    return replace(evidence, neighbours=near)


def find_copies(dataset: Dataset, part: Part) -> Suspects:
    return duplicates.find(with_neighbours(dataset, part))


def test_a_row_far_from_all_others_is_suspect_and_copies_of_it_do_not_hide_it() -> None:
    dataset = table()
    features = dataset.features
    numbers = features.numeric.copy()  # type: ignore[union-attr]
    evidence = evidence_of(dataset)
    part = evidence.part
    numbers = part.features.numeric.copy()  # type: ignore[union-attr]
    numbers[[10, 11]] = 60.0
    moved = part.with_values(features=part.features.with_values(numbers, part.features.categorical))  # type: ignore[union-attr]
    found = far_away.find(with_neighbours(dataset, moved))
    assert set(found.ranked[:2].tolist()) == {10, 11}
    assert found.flagged.mean() < 0.08


@pytest.mark.parametrize(
    ("name", "amount"), [("sacramento", 0.1), ("ames", 0.1), ("penguins", 0.1)]
)
def test_gross_errors_are_flagged_and_few_rows_of_clean_data(name: str, amount: float) -> None:
    dataset, split, part = spoiled(name, "outliers", amount)
    wrong = truth_of(dataset, part, split.train).values
    found, clean = (
        far_away.find(with_neighbours(dataset, rows)).flagged for rows in (part, split.train)
    )
    assert (found & wrong).sum() > 0.4 * wrong.sum()
    assert (found & wrong).sum() > 0.75 * found.sum()
    assert clean.mean() < 0.04


def test_a_value_far_out_is_suspect_with_its_column_even_beside_a_grosser_one() -> None:
    grosser = np.random.default_rng(1).normal(size=400)
    dataset = table(price=grosser)
    evidence = evidence_of(dataset)
    features = evidence.part.features
    numbers = features.numeric.copy()  # type: ignore[union-attr]
    numbers[4, 3], numbers[8, 3] = 1e6, 9.0
    part = evidence.part.with_values(features=features.with_values(numbers, features.categorical))  # type: ignore[union-attr]
    found = values.find(evidence_of(dataset, part))
    assert found.ranked[:2].tolist() == [4, 8]
    assert "price is 9: " in found.reasons[8]
    assert values.FINDER.refuses(bundled("digits_8x8")[0]) is not None


def test_finders_that_look_at_the_same_have_one_voice_together() -> None:
    voices = {"a": Voice("model"), "b": Voice("run"), "c": Voice("run"), "d": Voice("run")}
    run = made([0.9, 0.8, 0.1, 0.0], 0, 1)
    lone = made([0.7, 0.2, 0.9, 0.1], 0, 2, proposed=[3, 3, 3, 3])
    found = agreed({"a": lone, "b": run, "c": run, "d": made([0.1] * 4)}, voices)
    assert found.flagged.tolist() == [True, False, False, False]
    assert found.reasons[0] == "Row 0. 3 of 4 finders agree."
    assert np.argmax(found.score) == 0
    assert found.score[3] == found.score.min()


@each(st.lists(st.floats(0, 1), min_size=2, max_size=20))
def test_suspects_are_ranked_by_their_score(scores: list[float]) -> None:
    found = made(scores, *range(len(scores)))
    assert found.ranked.tolist() == sorted(range(len(scores)), key=lambda i: -scores[i])


def test_a_score_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="between"):
        made([0.5, float("nan")])


def far_from_all(name: str, recipe: Spoiling = Spoiling()) -> tuple[Suspects, np.ndarray]:  # noqa: B008
    """What is called far away, and which rows have other values than the true ones."""
    dataset, split = bundled(name)
    part, _ = spoil(split.train, recipe, 0, dataset)
    (vectors,) = vectors_of(dataset, part).parts
    near = nearest_rows(part.features, vectors, dataset.modality == "text", 0, Progress())
    found = far_away.find(evidence_of(dataset, part, neighbours=near))
    return found, truth_of(dataset, part, split.train).values


@pytest.mark.parametrize(
    ("name", "way", "amount"),
    [("mnist_5k", "image_corruption", 5), ("digits_8x8", "feature_noise", 1)],
)
def test_a_crowd_of_bad_pictures_does_not_hide_itself(name: str, way: str, amount: float) -> None:
    bad = CorruptionConfig(name=way, amount=amount, options={"fraction": 0.2})
    found, wrong = far_from_all(name, Spoiling(corruptions=(bad,)))
    hits = found.flagged & wrong
    assert hits.sum() > 0.8 * wrong.sum() and hits.sum() > 0.8 * found.flagged.sum()
    assert found.score[found.flagged].min() >= 0.5


@pytest.mark.parametrize("name", ["shapes", "digits_8x8", "sacramento", "titanic", "penguins",
                                  "drums", "bike_daily", "mortgage_hmda"])  # fmt: skip
def test_of_clean_data_few_rows_are_unlike_all_others(name: str) -> None:
    found, _ = far_from_all(name)
    assert found.flagged.mean() <= 0.04
