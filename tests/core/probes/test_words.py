"""Pulls of words: against weights, against whole messages, and without a trace in the training."""

import numpy as np
import pytest
import torch

from tests.core.probes.test_trial import trainer_of
from visualiser.core.data.bag_of_words import tokens, word_spans
from visualiser.core.experiment import CorruptionConfig, ModelConfig, Spoiling
from visualiser.core.questions.words import MOST_OCCLUDED, WORDS, Occlusion
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want

FREE = "Call now! You WON a free prize, call 08001234 or win nothing"
NOISE = Spoiling(corruptions=(CorruptionConfig(name="symmetric_label_noise", amount=0.3),))


def trained(model: str, steps: int = 30, **options: object) -> Trainer:
    trainer = trainer_of("sms_spam", model=ModelConfig(name=model, options=dict(options)))
    for _ in range(steps):
        trainer.step()
    return trainer


def logits(trainer: Trainer, *messages: str) -> np.ndarray:
    encoded = trainer.info.encoder.transform(np.array(messages, dtype=object))
    return trainer._pair.student.outputs(torch.tensor(encoded))


def test_the_pulls_of_a_linear_model_are_its_weights() -> None:
    trainer = trained("linear")
    snapshot = trainer.snapshot(Want.answers_to(WORDS) | Want.WEIGHTS, "paused")
    answer = snapshot.answer(WORDS)
    assert answer is not None
    weight = snapshot.layers[0].weight
    assert answer.words == trainer.info.encoder.names
    np.testing.assert_allclose(answer.pulls[:, 1], weight[1] - weight[0], atol=1e-5)
    np.testing.assert_allclose(answer.pulls[:, 0], -answer.pulls[:, 1])
    assert answer.twin_pulls is None


@pytest.mark.parametrize(
    ("model", "encoding"),
    [("mlp", {}), ("mlp", {"words": "hashed"}), ("word_average", {}), ("text_cnn", {})],
)
def test_a_word_pulls_as_a_message_of_it_alone_does(model: str, encoding: dict) -> None:
    trainer = trainer_of("sms_spam", model=ModelConfig(name=model))
    experiment = trainer.info.experiment
    experiment = experiment.replace(dataset=experiment.dataset.replace(encoding=encoding))
    trainer = Trainer(experiment, trainer.info.dataset)
    for _ in range(20):
        trainer.step()
    answer = trainer.snapshot(Want.answers_to(WORDS), "paused").answer(WORDS)
    assert answer is not None and len(answer.words) > 1000
    for place in (0, 7, 300):
        empty, alone = logits(trainer, "", answer.words[place])
        expected = (alone - empty)[1] - (alone - empty)[0]
        assert answer.pulls[place, 1] == pytest.approx(expected, abs=1e-4)


def test_a_word_of_a_message_pulls_by_what_is_lost_without_it() -> None:
    trainer = trained("text_cnn", steps=40)
    question = Occlusion(FREE)
    answer = trainer.snapshot(Want.answers_to(question), "paused").answer(question)
    assert answer is not None
    read = [FREE[start:end].lower() for start, end in answer.spans]
    assert read == tokens(FREE)
    whole, without = logits(trainer, FREE, FREE.replace("Call", "").replace("call", ""))
    expected = (whole - without)[1] - (whole - without)[0]
    calls = [pull for word, pull in zip(read, answer.pulls[:, 1], strict=True) if word == "call"]
    assert len(calls) == 2
    assert calls == pytest.approx([expected] * 2, abs=1e-4)
    odds = np.exp(whole - whole.max())
    np.testing.assert_allclose(answer.output, odds / odds.sum(), atol=1e-5)


@pytest.mark.parametrize("text", ["", "…", "İstanbul ŞAHANE ẞ", "שלום 😀 you"])
def test_any_text_is_read(text: str) -> None:
    trainer = trained("word_average", steps=1)
    answer = trainer.snapshot(Want.answers_to(Occlusion(text)), "paused").answer(Occlusion(text))
    assert answer is not None
    assert answer.spans == word_spans(text)
    assert answer.pulls.shape == (len(answer.spans), 2)
    assert answer.output.sum() == pytest.approx(1, abs=1e-5)


def test_of_a_very_long_message_the_first_words_are_read() -> None:
    text = " ".join(f"word{i}" for i in range(2 * MOST_OCCLUDED))
    trainer = trained("linear", steps=1)
    answer = trainer.snapshot(Want.answers_to(Occlusion(text)), "paused").answer(Occlusion(text))
    assert answer is not None and len(answer.spans) == MOST_OCCLUDED


def test_the_twin_is_asked_beside_a_spoiled_student() -> None:
    trainer = trainer_of("sms_spam", spoiling=NOISE)
    for _ in range(20):
        trainer.step()
    question = Occlusion(FREE)
    snapshot = trainer.snapshot(Want.answers_to(WORDS, question), "paused")
    words, message = snapshot.answer(WORDS), snapshot.answer(question)
    assert words is not None and words.twin_pulls is not None
    assert not np.allclose(words.pulls, words.twin_pulls)
    assert message is not None and message.twin_output is not None
    assert message.twin_pulls is not None and message.twin_pulls.shape == message.pulls.shape


@pytest.mark.parametrize("model", ["mlp", "text_cnn"])
def test_asking_leaves_the_training_as_it_was(model: str) -> None:
    asked, left = (trainer_of("sms_spam", model=ModelConfig(name=model)) for _ in range(2))
    for _ in range(5):
        asked.step()
        left.step()
        asked.snapshot(Want.answers_to(WORDS, Occlusion(FREE)), "running")
    first, second = (run.snapshot(Want.WEIGHTS, "paused").layers for run in (asked, left))
    for mine, other in zip(first, second, strict=True):
        assert np.array_equal(mine.weight, other.weight)


def test_a_very_wide_network_is_asked_about_fewer_words() -> None:
    trainer = trained("mlp", steps=1, hidden=[256, 256])
    answer = trainer.snapshot(Want.answers_to(WORDS), "paused").answer(WORDS)
    assert answer is not None
    assert 64 <= len(answer.words) < answer.known


def test_other_data_has_no_words() -> None:
    trainer = trainer_of("shapes")
    snapshot = trainer.snapshot(Want.answers_to(WORDS, Occlusion("a")), "ready")
    assert snapshot.answer(WORDS) is None
    assert snapshot.answer(Occlusion("a")) is None
