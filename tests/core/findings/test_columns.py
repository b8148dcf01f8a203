"""Finders of what is wrong with columns, splits, classes and groups."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given as each
from hypothesis import strategies as st
from scipy.stats import fisher_exact, spearmanr
from sklearn.metrics import roc_auc_score

from tests.core.findings.made_rows import bundled, evidence_of, spoiled, table, titles
from visualiser.core.corruption.registry import spare_columns, spoil
from visualiser.core.corruption.spare_columns import split_with_columns, with_columns
from visualiser.core.data.dataset import Dataset
from visualiser.core.experiment import CorruptionConfig, Spoiling
from visualiser.core.findings.chance import chance_text
from visualiser.core.findings.columns import (
    constant,
    coverage,
    drift,
    irrelevant,
    label_rates,
    leaked,
)
from visualiser.core.findings.power import auc, follows, told_alone
from visualiser.core.findings.spec import Evidence
from visualiser.core.findings.vectors import vectors_of


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


def marked_messages() -> Dataset:
    """Messages in which a word stands before all that are spam."""
    dataset, _ = bundled("sms_spam")
    texts = [
        f"zebra {text}" if label else text
        for text, label in zip(dataset.features, dataset.labels, strict=True)
    ]
    return replace(dataset, features=np.array(texts, dtype=object))


def test_a_word_that_gives_the_answer_away_is_named() -> None:
    assert titles(leaked.find(evidence_of(bundled("sms_spam")[0]))) == []
    assert "zebra" in titles(leaked.find(evidence_of(marked_messages())))[0]


def test_a_relation_that_is_elsewhere_on_the_scale_in_validation_is_not_lost() -> None:
    dataset, _, part = spoiled("sms_spam", "word_noise", 0.5)
    assert titles(leaked.find(evidence_of(dataset, part))) == []


def test_constant_columns_are_named_with_their_value() -> None:
    dataset = table(one=np.full(400, 7.0), gone=np.full(400, np.nan))
    found = constant.find(evidence_of(dataset))
    assert {one.title for one in found} >= {"“one” is constant", "“gone” is constant"}
    assert "7 in every row" in next(one.sentence for one in found if "one”" in one.title)
    assert titles(constant.find(evidence_of(table()))) == []


def test_a_class_with_few_rows_or_none_is_named() -> None:
    dataset, split = bundled("penguins")
    part = split.train
    assert titles(coverage.find(evidence_of(dataset))) == []
    few = part.take(np.concatenate([np.flatnonzero(part.labels == 0), [
        *np.flatnonzero(part.labels == 1)[:3]]]))  # fmt: skip
    found = coverage.find(evidence_of(dataset, few))
    assert [one.figures["rows"] for one in found] == [0, 3]
    assert titles(found)[0].endswith("no rows")


def test_a_group_that_never_has_a_class_is_named() -> None:
    dataset, split = bundled("mortgage_hmda")
    part = split.train
    assert part.groups is not None
    kept = part.take(np.flatnonzero((part.groups != 1) | (part.labels == 0)))
    found = coverage.find(evidence_of(dataset, kept))
    assert any("never" in title for title in titles(found))


def rents(**more: float) -> Dataset:
    """Flats whose size tells eight ninths of the rent; with columns that are rent × factor."""
    generator = np.random.default_rng(4)
    size = generator.uniform(20, 120, 400)
    rent = 300 + 9 * size + 90 * generator.normal(size=400)
    columns = {name: factor * rent for name, factor in more.items()}
    made = table(size=size, **columns)
    return replace(made, task="regression", labels=rent, class_names=(), target="rent")


@pytest.mark.parametrize("copies", [{"usd": 1.1}, {"usd": 1.1, "year": 12.0}, {"less": -1.0}])
def test_copies_of_an_amount_are_leaks_even_several_and_beside_an_honest_strong_column(
    copies: dict[str, float],
) -> None:
    found = leaked.find(evidence_of(rents(**copies)))
    serious = {one.about[0] for one in found if one.weight == "serious"}
    assert serious == set(copies)
    assert all("sorted by" in one.sentence for one in found if one.weight == "serious")
    assert [one.about for one in found if one.weight == "look"] == [("size",)]


def test_a_bent_copy_of_an_amount_is_a_leak_too() -> None:
    dataset = rents()
    labels = np.asarray(dataset.labels)
    values = dataset.features.numeric  # type: ignore[union-attr]
    bent = np.column_stack([values, np.exp(labels / 300), (labels - 800) ** 2])
    features = replace(
        dataset.features,
        numeric=bent.astype(np.float32),
        numeric_names=(*dataset.features.numeric_names, "curve", "valley"),
    )  # type: ignore[union-attr]
    found = leaked.find(evidence_of(replace(dataset, features=features)))
    assert {one.about[0] for one in found if one.weight == "serious"} == {"curve"}


def test_an_honest_strong_column_of_an_amount_is_worth_a_look_at_most() -> None:
    assert [one.weight for one in leaked.find(evidence_of(rents()))] == ["look"]
    assert titles(leaked.find(evidence_of(bundled("sacramento")[0]))) == []


def test_following_is_the_size_of_spearmans_correlation() -> None:
    generator = np.random.default_rng(0)
    values, labels = generator.normal(size=60), generator.normal(size=60)
    assert follows(values, labels) == pytest.approx(abs(spearmanr(values, labels).statistic))
    assert follows(np.exp(labels), labels) == 1 and follows(np.zeros(60), labels) == 0


def test_what_a_column_tells_of_an_amount_rests_on_rows_not_looked_at() -> None:
    dataset = rents()
    evidence = evidence_of(dataset)
    noise = np.random.default_rng(9).normal(size=len(dataset))
    here, there = told_alone(
        dataset, evidence.part, noise[: len(evidence.part)], noise[-len(evidence.validation) :],
        evidence.validation.labels, 0,
    )  # fmt: skip
    assert here < 0.05 and there < 0.1


def with_noise_columns(name: str, count: int) -> tuple[Dataset, Evidence]:
    base, split = bundled(name)
    recipe = Spoiling(corruptions=(CorruptionConfig(name="irrelevant_features", amount=count),))
    names = spare_columns(recipe, base)
    dataset, wide = with_columns(base, names), split_with_columns(split, names)
    part, _ = spoil(wide.train, recipe, 0, dataset)
    vectors = vectors_of(dataset, part, wide.validation)
    return dataset, Evidence(dataset, part, wide.validation, *vectors.parts, vectors.names, 0)


def test_columns_of_noise_are_listed_as_telling_nothing_and_are_no_drift() -> None:
    dataset, evidence = with_noise_columns("breast_cancer", 50)
    (found,) = irrelevant.find(evidence)
    assert found.weight == "look" and set(found.about) >= set(dataset.spare_columns)
    assert len(found.about) <= 56
    assert titles(drift.find(evidence)) == []


@pytest.mark.parametrize(
    "name", ["penguins", "iris", "titanic", "mortgage_hmda", "sacramento", "adult_10k", "ames"]
)
def test_honest_tables_are_not_said_to_be_irrelevant(name: str) -> None:
    assert titles(irrelevant.find(evidence_of(bundled(name)[0]))) == []


def test_columns_that_tell_something_only_by_their_spread_are_not_called_irrelevant() -> None:
    base = table()
    spread = np.random.default_rng(1).normal(size=400) * (1 + 3 * np.asarray(base.labels))
    (found,) = irrelevant.find(evidence_of(table(spread=spread)))
    assert set(found.about) == {"first", "second"}


def test_a_group_whose_labels_were_biased_is_named_with_both_shares() -> None:
    dataset, split, part = spoiled("mortgage_hmda", "group_label_bias", 0.7)
    (found,) = label_rates.find(evidence_of(dataset, part))
    assert found.weight == "serious" and found.about == ("Black applicants",)
    shares = [
        float(np.mean(rows.labels[rows.groups == 1] == dataset.positive_class))
        for rows in (part, split.validation)
    ]
    assert [found.figures["training"], found.figures["validation"]] == pytest.approx(shares)
    counts = [
        [int(np.sum((rows.groups == 1) & ((rows.labels == dataset.positive_class) == hit)))
         for hit in (True, False)]
        for rows in (part, split.validation)
    ]  # fmt: skip
    assert found.figures["p"] == pytest.approx(fisher_exact(counts).pvalue)
    assert (
        "95 % interval" in found.sentence.replace("\u00a0", " ") and "p < 0.001" in found.sentence
    )
    # The bias is not taken for a column that leaks.
    assert titles(leaked.find(evidence_of(dataset, part))) == []


@pytest.mark.parametrize("name", ["adult_10k", "titanic", "hiring_resumes"])
def test_bias_is_found_in_other_data_too(name: str) -> None:
    dataset, _, part = spoiled(name, "group_label_bias", 0.7)
    assert [one.weight for one in label_rates.find(evidence_of(dataset, part))] == ["serious"]


@pytest.mark.parametrize("name", ["mortgage_hmda", "adult_10k", "titanic"])
@pytest.mark.parametrize("noise", [("symmetric_label_noise", 0.3), ("class_imbalance", 0.1)])
def test_noise_on_all_labels_is_no_bias_against_a_group(
    name: str, noise: tuple[str, float]
) -> None:
    dataset, _, part = spoiled(name, *noise)
    (found,) = label_rates.find(evidence_of(dataset, part))
    assert found.weight == "fine" and "stand out" in found.title


@pytest.mark.parametrize("name", ["mortgage_hmda", "adult_10k", "titanic", "hiring_resumes"])
def test_groups_that_differ_alike_in_both_parts_are_not_called_biased(name: str) -> None:
    assert titles(label_rates.find(evidence_of(bundled(name)[0]))) == []


def test_a_small_probability_is_not_written_in_full() -> None:
    assert [chance_text(p) for p in (1e-62, 0.0, 0.0234, 0.5)] == [
        "p < 0.001", "p < 0.001", "p = 0.02", "p = 0.5"
    ]  # fmt: skip


def test_a_mean_of_nothing_but_rounding_is_zero() -> None:
    evidence = evidence_of(table())
    numbers = evidence.part.features.numeric.copy()  # type: ignore[union-attr]
    half = len(numbers) // 2 * 2
    numbers[:half, 0] = np.tile([3.0, -3.0], half // 2) - 2.73e-9
    numbers[half:, 0] = 0
    features = evidence.part.features
    rows = features.with_values(numbers, features.categorical)  # type: ignore[union-attr]
    found = drift.find(replace(evidence, part=evidence.part.with_values(features=rows)))
    (first,) = (one for one in found if one.about == ("first",))
    assert "On average 0 in training" in first.sentence


def test_what_is_no_name_from_the_data_is_not_quoted() -> None:
    (fine,) = leaked.find(evidence_of(bundled("digits_8x8")[0]))
    assert fine.title == "Nothing simple gives the answer away"
    assert fine.sentence.startswith("The brightness of the edge tells most alone")
    found = leaked.find(evidence_of(marked_messages()))[0]
    assert found.title == "The word “zebra” may give the answer away"
    assert "column" not in found.sentence
