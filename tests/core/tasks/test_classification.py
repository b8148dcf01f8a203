"""F1 beside accuracy: of one class or of all, as scikit-learn has it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import f1_score

from tests.core.tasks.test_tasks import made_rows
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig
from visualiser.core.tasks.classification import F1, ClassJudge, f1_class
from visualiser.core.tasks.registry import task_of


def made_logits(answers: np.ndarray, classes: int) -> np.ndarray:
    return np.eye(classes, dtype=np.float32)[answers]


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 1000), classes=st.integers(2, 7), rows=st.integers(1, 30))
def test_f1_equals_scikit_learns(seed: int, classes: int, rows: int) -> None:
    rng = np.random.default_rng(seed)
    labels, answers = rng.integers(0, classes, (2, rows))
    logits, part = made_logits(answers, classes), made_rows(labels)
    macro = ClassJudge().figures(logits, part).values["f1"]
    assert macro == pytest.approx(f1_score(labels, answers, average="macro"))
    for code in range(classes):
        one = ClassJudge(code).figures(logits, part).values["f1"]
        oracle = f1_score(labels, answers, labels=[code], average="macro", zero_division=0)
        assert one == pytest.approx(oracle)


def test_f1_tells_apart_what_accuracy_does_not() -> None:
    labels = np.array([0] * 9 + [1])
    figures = ClassJudge(1).figures(made_logits(np.zeros(10, int), 2), made_rows(labels))
    assert figures.values == {"accuracy": 0.9, "f1": 0.0}


def classes_of(name: str) -> Dataset:
    return load_dataset(DatasetConfig(name=name), 0)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("sms_spam", "F1 of “spam”"),
        ("mortgage_hmda", "F1 of “denied”"),
        ("digits_8x8", "macro F1"),
    ],
)
def test_the_title_says_which_class_f1_is_of(name: str, title: str) -> None:
    dataset = classes_of(name)
    assert F1.title_for(dataset) == title
    assert F1.text(0.9312, dataset) == "0.931"


def test_f1_is_of_the_rarer_of_two_classes_and_of_the_favourable_one_of_equals() -> None:
    mortgages = classes_of("mortgage_hmda")
    assert np.bincount(mortgages.labels)[0] < np.bincount(mortgages.labels)[1]
    assert mortgages.positive_class == 1
    assert f1_class(mortgages) == 0
    turned = replace(mortgages, labels=1 - mortgages.labels)
    assert f1_class(turned) == 1
    even = replace(mortgages, labels=np.arange(len(mortgages)) % 2)
    assert f1_class(even) == 1
    assert f1_class(replace(even, positive_class=0)) == 0
    assert f1_class(replace(even, positive_class=None)) == 1


def test_names_from_the_right_keep_their_place_in_what_is_said_of_figures() -> None:
    named = replace(classes_of("mortgage_hmda"), class_names=("كلب", "قط"))
    assert F1.title_for(named) == "F1 of “\u2068كلب\u2069”"
    rows = made_rows(np.array([0, 1, 1]))
    words = task_of(named).baseline(named, rows, rows).words
    assert words == "always answering “\u2068قط\u2069”"
