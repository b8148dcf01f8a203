"""Strong references give what the model of scikit-learn gives that they are made of."""

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, RidgeCV
from sklearn.metrics import mean_absolute_error

from visualiser.bench.quality.measuring import strong_outputs
from visualiser.bench.quality.references import (
    boosting,
    four_gram,
    kernel,
    linear,
    messages,
    purchases,
)
from visualiser.bench.quality.references.registry import REFERENCES, references_for
from visualiser.bench.quality.references.spec import log_probabilities
from visualiser.core.data.dataset import IntArray
from visualiser.core.data.registry import SOURCES, load_dataset
from visualiser.core.data.split import Part
from visualiser.core.experiment import DatasetConfig
from visualiser.core.starting_point import starting_point
from visualiser.core.tasks.registry import task_of
from visualiser.core.training.preparation import Preparation, prepare


def prepared(name: str) -> Preparation:
    experiment = starting_point(DatasetConfig(name=name))
    return prepare(experiment, load_dataset(experiment.dataset, experiment.seed))


def test_every_bundled_data_set_has_a_strong_reference() -> None:
    for source in SOURCES.values():
        if source.modality is not None:
            assert any(
                source.modality in reference.modalities and source.task in reference.tasks
                for reference in REFERENCES
            ), source.name


def test_logistic_regression_chooses_the_classes_of_scikit_learn() -> None:
    wine = prepared("wine")
    split = wine.split
    model = LogisticRegression(max_iter=2000).fit(wine.train_inputs, split.train.labels)
    expected = model.predict(wine.encode(split.test).inputs)
    assert (linear.LOGISTIC.fit(wine, 0)(split.test).argmax(axis=1) == expected).all()


@pytest.mark.parametrize(
    ("reference", "model"),
    [
        (linear.RIDGE, RidgeCV(np.logspace(-2, 4, 13))),
        (boosting.AMOUNTS, HistGradientBoostingRegressor(random_state=0)),
    ],
)
def test_amounts_come_back_in_the_unit_of_the_target(reference: object, model: object) -> None:
    houses = prepared("sacramento")
    split = houses.split
    model.fit(houses.train_inputs, split.train.labels)  # type: ignore[attr-defined]
    answers = model.predict(houses.encode(split.test).inputs)  # type: ignore[attr-defined]
    answer = reference.fit(houses, 0)  # type: ignore[attr-defined]
    figures = houses.judge.figures(answer(split.test), split.test)
    assert figures.values["mae"] == pytest.approx(
        mean_absolute_error(split.test.labels, answers), rel=0.01
    )


def test_a_forecast_of_a_reference_is_measured_as_one_of_a_model() -> None:
    bikes = prepared("bike_daily")
    name, outputs = strong_outputs(bikes, 0)
    assert name in {"RidgeCV", "HistGradientBoosting"} and outputs is not None
    assert 0 < bikes.judge.figures(outputs, bikes.split.test).values["mase"] < 2


def test_the_kernel_machine_reads_small_digits() -> None:
    digits = prepared("digits_8x8")
    figures = digits.judge.figures(
        kernel.REFERENCE.fit(digits, 0)(digits.split.test), digits.split.test
    )
    assert figures.values["accuracy"] > 0.97


def test_the_kernel_machine_tells_two_classes_apart() -> None:
    shapes = prepared("shapes")
    figures = shapes.judge.figures(
        kernel.REFERENCE.fit(shapes, 0)(shapes.split.test), shapes.split.test
    )
    assert figures.values["accuracy"] > 0.9


def test_messages_are_told_apart_by_words_and_pairs_of_words() -> None:
    spam = prepared("sms_spam")
    train, test = spam.split.train, spam.split.test
    words = TfidfVectorizer(
        ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b|[£$€!?]"
    )
    inputs = words.fit_transform(train.features)
    model = LogisticRegression(C=10, max_iter=2000).fit(inputs, train.labels)
    expected = model.predict(words.transform(test.features))
    assert (messages.REFERENCE.fit(spam, 0)(test).argmax(axis=1) == expected).all()


def test_the_best_on_the_validation_part_is_taken() -> None:
    wine = prepared("wine")
    main = "accuracy"
    ranked = {
        reference.name: wine.judge.figures(
            reference.fit(wine, 0)(wine.split.validation), wine.split.validation
        ).values[main]
        for reference in references_for(wine.dataset)
    }
    assert ranked[strong_outputs(wine, 0)[0]] == max(ranked.values())


def test_a_class_that_no_training_row_has_is_never_answered() -> None:
    probabilities = np.array([[0.2, 0.8], [1.0, 0.0]])
    outputs = log_probabilities(probabilities, np.array([0, 2]), classes=3)
    assert outputs.argmax(axis=1).tolist() == [2, 0]
    assert np.isfinite(outputs).all()
    assert np.exp(outputs[0, [0, 2]]) == pytest.approx([0.2, 0.8])


def witten_bell(text: str, alphabet: str, context: str, letter: str) -> float:
    """By the book, one character at a time: the oracle."""
    if not context and not text:
        return 1 / len(alphabet)
    followers = [
        text[at + len(context)]
        for at in range(len(text) - len(context))
        if text[at : at + len(context)] == context
    ]
    kinds = len(set(followers))
    shorter = witten_bell(text, alphabet, context[1:], letter) if context else 1 / len(alphabet)
    if not followers:
        return shorter
    return (followers.count(letter) + kinds * shorter) / (len(followers) + kinds)


def test_the_four_gram_has_the_probabilities_of_its_formula() -> None:
    text, alphabet = "abracadabra abba", "abcdr "
    codes: IntArray = np.array([[alphabet.index(letter) for letter in text]])
    part = Part(codes, np.array([0]), None, np.array([0]), np.array([0]))
    model = four_gram.CharacterModel.of(part, len(alphabet))
    asked = "dabrbc a"
    found = model.probabilities(np.array([[alphabet.index(letter) for letter in asked]]))[0]
    expected = [
        witten_bell(text, alphabet, asked[max(0, at - 3) : at], asked[at])
        for at in range(1, len(asked))
    ]
    assert found == pytest.approx(expected)


def test_the_four_gram_counts_each_place_of_overlapping_windows_once() -> None:
    text: IntArray = np.random.default_rng(0).integers(0, 5, 41)
    whole = Part(text[None], np.array([0]), None, np.array([0]), np.array([0]))
    starts = np.array([0, 16, 8, 24])
    windows = text[starts[:, None] + np.arange(17)]
    cut = Part(windows, starts, None, np.arange(4), np.arange(4))
    asked = np.random.default_rng(1).integers(0, 5, (3, 12))
    models = [four_gram.CharacterModel.of(part, 5) for part in (whole, cut)]
    assert models[0].probabilities(asked) == pytest.approx(models[1].probabilities(asked))


def test_the_four_gram_is_better_than_the_bigram_on_a_novel() -> None:
    alice = prepared("alice29")
    split = alice.split
    _, outputs = strong_outputs(alice, 0)
    assert outputs is not None
    figures = alice.judge.figures(outputs, split.test)
    bigram = task_of(alice.dataset).baseline(alice.dataset, split.train, split.test)
    assert 2 < figures.values["bits_per_character"] < bigram.figure


def test_recommendations_are_those_of_the_best_approximation_of_the_table() -> None:
    shop = prepared("retail_purchases")
    table = purchases.bought(shop)
    left, sizes, right = np.linalg.svd(table, full_matrices=False)
    best = (left[:, :32] * sizes[:32]) @ right[:32]
    part = shop.split.test.take(np.arange(50))
    scores = purchases.DIRECTIONS.fit(shop, 0)(part)
    expected = best[np.asarray(part.features)[:, 0]]
    assert scores == pytest.approx(expected, abs=1e-3)


def test_recommendations_by_likeness_add_up_cosines_of_what_was_bought() -> None:
    shop = prepared("retail_purchases")
    table = purchases.bought(shop)
    part = shop.split.test.take(np.arange(3))
    scores = purchases.NEIGHBOURS.fit(shop, 0)(part)
    customer, product = np.asarray(part.features)[0]
    lengths = np.linalg.norm(table, axis=0)
    cosines = table[:, product] @ table / (lengths * lengths[product])
    cosines[product] = 0
    assert scores[0, product] == pytest.approx(cosines[table[customer] > 0].sum(), rel=1e-4)
