"""Labels drawn anew from a K × K matrix, against its definition and cleanlab's benchmarking."""

from dataclasses import replace

import numpy as np
import pytest
from cleanlab.benchmarking.noise_generation import generate_noisy_labels
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.core.corruption.spoiling import SURE, bundled, many_labels, spoilt
from visualiser.core.corruption.class_conditional_label_noise import (
    ClassConditionalOptions,
    base_matrix,
    noise_matrix,
)
from visualiser.core.corruption.spec import Context
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.split import part_of
from visualiser.core.errors import UserError
from visualiser.core.experiment import check_options

GIVEN = [[0.7, 0.2, 0.1], [0.0, 0.9, 0.1], [0.35, 0.15, 0.5]]
LEVEL = 1 - np.trace(GIVEN) / 3


@st.composite
def matrices(draw: st.DrawFn) -> np.ndarray:
    """Rows that add to one, with some rows that keep all or nothing of their labels."""
    size = draw(st.integers(2, 6))
    random = np.random.default_rng(draw(st.integers(0, 2**31 - 1)))
    made = random.dirichlet(np.full(size, draw(st.sampled_from([0.1, 1.0, 5.0]))), size)
    if draw(st.booleans()):
        made[0] = np.roll(np.eye(size)[0], 1)
    return made


@settings(max_examples=60, deadline=None)
@given(matrices(), st.floats(0.001, 0.8))
def test_the_amount_is_one_minus_the_mean_of_the_diagonal(base: np.ndarray, amount: float) -> None:
    made = noise_matrix(amount, base)
    np.testing.assert_allclose(made.sum(axis=1), 1)
    assert (made >= 0).all()
    most = np.mean(np.diag(base) < 1)
    # A class whose labels are all kept loses none, however much is asked for.
    assert 1 - np.trace(made) / len(made) == pytest.approx(min(amount, most), abs=2e-3)


@settings(max_examples=40, deadline=None)
@given(matrices(), st.floats(0, 0.8), st.floats(0, 0.8))
def test_each_class_loses_more_with_more_and_in_the_same_proportions(
    base: np.ndarray, one: float, other: float
) -> None:
    less, more = (noise_matrix(amount, base) for amount in sorted((one, other)))
    assert (np.diag(less) >= np.diag(more) - 1e-9).all()
    off = ~np.eye(len(base), dtype=bool)
    shares = [
        m * off / np.maximum((m * off).sum(axis=1, keepdims=True), 1e-12) for m in (less, more)
    ]
    lost = (less * off).sum(axis=1) > 1e-6
    np.testing.assert_allclose(shares[0][lost], shares[1][lost], atol=1e-6)


def test_at_its_own_level_a_matrix_given_is_taken_as_it_stands() -> None:
    np.testing.assert_allclose(noise_matrix(LEVEL, np.array(GIVEN)), GIVEN, atol=1e-9)


@pytest.mark.parametrize("amount", [0.1, LEVEL, 0.6])
def test_labels_are_those_that_cleanlab_makes_of_the_same_matrix(amount: float) -> None:
    clean, part, change = spoilt(
        many_labels((2000, 1000, 3000)), "class_conditional_label_noise", amount, matrix=GIVEN
    )
    matrix = noise_matrix(amount, np.array(GIVEN))
    np.random.seed(0)
    theirs = generate_noisy_labels(clean.labels, matrix.T)  # columns are the true classes there
    for true in range(3):
        of_class = clean.labels == true
        counts = [np.bincount(given[of_class], minlength=3) for given in (part.labels, theirs)]
        seen = np.array(counts)[:, np.sum(counts, axis=0) > 0]
        assert stats.chi2_contingency(seen).pvalue > SURE
        expected = matrix[true] * of_class.sum()
        kept = expected > 0
        assert stats.chisquare(counts[0][kept], expected[kept]).pvalue > SURE
        assert not counts[0][~kept].any()
    assert change.changed == np.count_nonzero(part.labels != clean.labels)


def test_without_a_matrix_those_are_mixed_up_that_look_alike() -> None:
    _, context = bundled("mnist_5k")
    base = base_matrix(ClassConditionalOptions(), context)
    np.testing.assert_allclose(base.sum(axis=1), 1)
    np.fill_diagonal(base, 0)
    assert {base[4].argmax(), base[7].argmax()} == {9}
    assert base[3].argmax() in (5, 8)
    assert base[0].max() < base[4].max(), "a 0 is seldom taken for anything"
    _, flowers = bundled("iris")
    setosa, versicolor, virginica = base_matrix(ClassConditionalOptions(), flowers)
    assert versicolor[2] > 20 * versicolor[0] and virginica[1] > 20 * virginica[0]
    assert setosa[0] > 0.99


def test_it_differs_from_symmetric_noise_of_two_classes_too() -> None:
    """Where both are equally often wrong, nothing but the rates of the classes can differ."""
    _, context = bundled("sms_spam")
    ham, spam = base_matrix(ClassConditionalOptions(), context)
    assert spam[0] > 4 * ham[1]


def test_classes_far_apart_and_classes_without_rows_are_mixed_up_now_and_then() -> None:
    labels = many_labels((40, 40, 40))
    far = np.repeat([[0, 0], [90, 0], [0, 90]], 40, axis=0)
    dataset = replace(labels, features=(labels.features + far).astype(np.float32))
    base = base_matrix(ClassConditionalOptions(), _context_without(dataset, 2))
    assert np.isfinite(base).all()
    np.testing.assert_allclose(base[0], [0.998, 0.001, 0.001], atol=1e-4)
    np.testing.assert_allclose(base[2], [0.001, 0.001, 0.998], atol=1e-4)


@pytest.mark.parametrize(
    ("matrix", "sentence"),
    [
        (((0.5, 0.4), (0, 1)), "row 1 adds up to 0.9, and each row must add up to 1"),
        (((0.5, 0.5), (0, 0.5, 0.5)), "row 2 has 3 numbers, and there are 2 rows"),
        (((1, 0), (0, 1)), "leaves every label as it is"),
        (((1.5, -0.5), (0, 1)), "from 0 to 1"),
    ],
)
def test_what_is_no_noise_matrix_is_refused_in_a_sentence(matrix: object, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        check_options(ClassConditionalOptions, {"matrix": matrix}, "Mixed up")


def test_a_matrix_of_other_classes_is_refused() -> None:
    with pytest.raises(UserError, match="3 × 3, and Labels has 2 classes"):
        spoilt(many_labels((30, 30)), "class_conditional_label_noise", 0.2, matrix=GIVEN)


def test_the_change_names_the_pair_that_is_mixed_up_most() -> None:
    _, _, change = spoilt(
        many_labels((300, 300, 300)), "class_conditional_label_noise", LEVEL, matrix=GIVEN
    )
    assert change.sentence().endswith(" labels changed, most often “c” to “a”")


def _context_without(dataset: Dataset, code: int) -> Context:
    part = part_of(dataset, np.flatnonzero(dataset.labels != code))
    return Context(dataset, part, part)
