"""Figures of next characters against closed forms, and the bigram to beat."""

from math import log2

import numpy as np
import pytest
import torch

from visualiser.core.data.dataset import DataCard, Dataset
from visualiser.core.data.split import Part, part_of
from visualiser.core.data.text_windows import WindowOptions, text_dataset
from visualiser.core.network.losses import CONDENSED, loss_of
from visualiser.core.tasks.language import TASK, NextCharacterJudge, bigram_bits

CARD = DataCard("Made up for tests.", "here", "none", "small")
CONTEXT = 8


def dataset_of(text: str) -> Dataset:
    return text_dataset("text", "A text", CARD, text, WindowOptions(context=CONTEXT))


def whole(dataset: Dataset) -> Part:
    return part_of(dataset, np.arange(len(dataset)))


def test_evenly_spread_probabilities_need_the_logarithm_of_the_alphabet() -> None:
    dataset = dataset_of("abcdbcad" * 40)
    rows = whole(dataset)
    targets = torch.tensor(NextCharacterJudge().targets(rows))
    even = torch.zeros(*targets.shape, len(dataset.alphabet))
    figures = NextCharacterJudge().figures(CONDENSED["language"](even, targets).numpy(), rows)
    assert figures.values["bits_per_character"] == pytest.approx(log2(4))
    assert figures.values["perplexity"] == pytest.approx(4, rel=1e-5)
    assert figures.standard_error == pytest.approx(0, abs=1e-6)


def test_the_loss_that_is_trained_is_the_loss_that_is_shown() -> None:
    dataset = dataset_of("the cat sat on the mat " * 20)
    rows, judge = whole(dataset), NextCharacterJudge()
    targets = torch.tensor(judge.targets(rows))
    generator = torch.Generator().manual_seed(0)
    logits = torch.randn(*targets.shape, len(dataset.alphabet), generator=generator)
    nats = CONDENSED["language"](logits, targets).numpy()
    trained = float(loss_of(dataset, rows)(logits, targets))
    assert judge.figures(nats, rows).loss == pytest.approx(trained, rel=1e-5)
    by_hand = -torch.log_softmax(logits, 2).gather(2, targets[..., None])[..., 0].numpy()
    np.testing.assert_allclose(nats, by_hand, rtol=1e-5)
    np.testing.assert_allclose(judge.answers(nats, rows.features), nats / np.log(2), rtol=1e-6)


def test_what_follows_each_character_is_to_be_foretold() -> None:
    dataset = dataset_of("abcdefgh" * 30)
    rows = whole(dataset)
    targets = NextCharacterJudge().targets(rows)
    first = np.asarray(rows.features)[0]
    assert dataset.text_of(first) == "abcdefgha"
    assert dataset.text_of(targets[0]) == "bcdefgha"


def test_the_bigram_knows_pairs_that_it_has_seen_and_none_is_impossible() -> None:
    learnt = dataset_of("ab" * 200 + "c" * 20)
    bits = bigram_bits(learnt, whole(learnt), whole(learnt))
    assert np.isfinite(bits).all()
    early = np.asarray(learnt.labels) < 200
    assert bits[early].mean() < 0.15
    base = TASK.baseline(learnt, whole(learnt), whole(learnt))
    assert base.figure == pytest.approx(float(bits.mean()), rel=1e-5)
    assert "last character" in base.words


def test_pairs_are_tested_by_windows() -> None:
    rng = np.random.default_rng(0)
    better = rng.exponential(2.0, (200, CONTEXT))
    worse = better + rng.normal(0.5, 0.3, (200, CONTEXT))
    test = TASK.paired(np.zeros(200), worse, better)
    assert test.clear and test.difference == pytest.approx(0.5, abs=0.05)
    assert not TASK.paired(np.zeros(200), better, better).clear


def test_the_standard_error_shrinks_with_the_windows() -> None:
    nats = np.random.default_rng(1).exponential(1.5, (400, CONTEXT)).astype(np.float32)
    figures = NextCharacterJudge().figures(nats, whole(dataset_of("abcdefgh" * 210)))
    expected = nats.mean(axis=1).std() / np.log(2) / 20
    assert TASK.standard_error(figures, 400) == pytest.approx(expected, rel=1e-4)


def test_a_lost_model_has_no_figures() -> None:
    rows = whole(dataset_of("abcdefgh" * 30))
    lost = np.full((len(rows), CONTEXT), np.nan, dtype=np.float32)
    figures = NextCharacterJudge().figures(lost, rows)
    assert np.isnan([figures.loss, *figures.values.values()]).all()


def test_a_result_reads_well() -> None:
    bits = TASK.metrics[0]
    assert bits.wording.result_over("2.312", "125 windows") == (
        "needs 2.312 bits a character over 125 windows"
    )
