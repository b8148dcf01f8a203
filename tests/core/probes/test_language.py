"""What models of text write, expect and look back at, without a trace in the training."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from tests.core.probes.test_trial import trainer_of
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, ModelConfig, Spoiling
from visualiser.core.probes import patience, writing
from visualiser.core.probes.language import Reader
from visualiser.core.probes.writing import drawn
from visualiser.core.questions.language import (
    HeadAttention,
    NextCharacters,
    Sample,
    Writings,
)
from visualiser.core.questions.spec import Question
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want

MODELS = ("gpt", "character_gru", "character_mlp", "bigram")
SAMPLE = Sample("Jan", 0.8, 30, 0)
EXPECTED, LOOK = NextCharacters("Jan"), HeadAttention("Johan", 1, 2)
TYPOS = Spoiling(corruptions=(CorruptionConfig(name="typos", amount=0.3),))


def run_of(model: str, steps: int = 3, **changes: object) -> Trainer:
    trainer = trainer_of("dutch_names", model=ModelConfig(name=model), **changes)
    for _ in range(steps):
        trainer.step()
    return trainer


def asked(trainer: Trainer, question: Question) -> object:
    return trainer.snapshot(Want.answers_to(question), "paused").answer(question)


def written(trainer: Trainer, question: Sample = SAMPLE) -> Writings:
    """The whole text, over as many looks as it takes."""
    while True:
        answer = asked(trainer, question)
        assert isinstance(answer, Writings)
        if answer.newest.done:
            return answer


@pytest.mark.parametrize("model", MODELS)
def test_what_may_follow_adds_up_to_one(model: str) -> None:
    trainer = run_of(model)
    answer = trainer.snapshot(Want.answers_to(EXPECTED), "paused").answer(EXPECTED)
    assert answer is not None and answer.prompt == "Jan" and answer.twin_output is None
    assert answer.output.shape == (len(trainer.info.dataset.alphabet),)
    assert answer.output.sum() == pytest.approx(1, abs=1e-5)


def test_a_text_is_drawn_from_what_the_model_expects() -> None:
    trainer = run_of("gpt", steps=20)
    most = written(trainer, Sample("Jan", 0.0, 8, 0)).newest.text
    alphabet, prompt = trainer.info.dataset.alphabet, "Jan"
    for letter in most:
        question = NextCharacters(prompt)
        expected = trainer.snapshot(Want.answers_to(question), "paused").answer(question)
        assert expected is not None
        assert alphabet[int(expected.output.argmax())] == letter
        prompt += letter


@pytest.mark.parametrize("model", MODELS)
def test_the_same_dice_write_the_same_text(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at_leisure = written(run_of(model)).newest
    monkeypatch.setattr(patience, "_SECONDS", 0.0)
    by_the_letter = written(run_of(model)).newest
    assert at_leisure == by_the_letter
    assert len(at_leisure.text) == 30 and at_leisure.step == 3
    assert written(run_of(model), Sample("Jan", 0.8, 30, 1)).newest.text != at_leisure.text


def test_a_text_is_of_the_step_at_which_it_began(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = written(run_of("gpt")).newest
    monkeypatch.setattr(patience, "_SECONDS", 0.0)
    trainer = run_of("gpt")
    for _ in range(29):
        answer = asked(trainer, SAMPLE)
        assert isinstance(answer, Writings) and not answer.newest.done
        trainer.step()
    assert written(trainer).newest == whole


def test_a_new_text_begins_when_the_model_has_learnt_more() -> None:
    trainer = run_of("bigram")
    first = written(trainer).newest
    for _ in range(10):
        trainer.step()
    assert written(trainer).newest == first
    for _ in range(10):
        trainer.step()
    later = written(trainer)
    assert later.newest.step == 23 and later.earlier == (first,)


def test_a_run_that_rests_writes_with_the_weights_it_stands_at() -> None:
    trainer = run_of("bigram")
    first = written(trainer).newest
    trainer.step()
    assert written(trainer).newest == first, "one look does not tell whether it rests"
    later = written(trainer)
    assert later.newest.step == first.step + 1 and later.earlier == (first,)
    assert written(trainer).newest == later.newest


def test_a_text_that_is_slower_than_the_training_makes_room_for_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(patience, "_SECONDS", 0.0)
    monkeypatch.setattr(writing, "_ENOUGH", 25)
    trainer = run_of("bigram", steps=0)
    for _ in range(25):
        answer = asked(trainer, SAMPLE)
        trainer.step()
    assert isinstance(answer, Writings)
    assert answer.newest.step == 0 and len(answer.newest.text) == 25
    later = asked(trainer, SAMPLE)
    assert isinstance(later, Writings)
    assert later.newest.step == 25 and len(later.newest.text) == 1 and not later.newest.done
    assert later.earlier == (replace(answer.newest, done=True),)


def test_the_first_look_and_a_run_that_rests_have_more_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    moments = iter(range(0, 100_000, 10))
    for module in (patience, writing):
        monkeypatch.setattr(module, "perf_counter", lambda: next(moments) / 10_000)
    trainer = run_of("bigram")
    lengths = []
    for rests in (True, True, False, False):
        answer = asked(trainer, Sample("Jan", 0.8, 500, 0))
        assert isinstance(answer, Writings)
        lengths.append(len(answer.newest.text))
        if not rests:
            trainer.step()
    first, resting, after_step, running = np.diff([0, *lengths])
    assert first == resting == after_step > 3 * running > 0


def test_another_beginning_starts_at_once_and_half_a_text_is_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(patience, "_SECONDS", 0.0)
    trainer = run_of("bigram")
    asked(trainer, SAMPLE)
    answer = asked(trainer, Sample("Piet", 1.0, 30, 0))
    assert isinstance(answer, Writings)
    assert answer.newest.prompt == "Piet" and len(answer.newest.text) == 1
    assert answer.earlier == ()


def test_the_twin_writes_beside_a_model_of_spoiled_text() -> None:
    trainer = run_of("character_mlp", steps=30, spoiling=TYPOS)
    newest = written(trainer).newest
    assert newest.twin_text is not None and newest.twin_text != newest.text
    answer = trainer.snapshot(Want.answers_to(EXPECTED), "paused").answer(EXPECTED)
    assert answer is not None and answer.twin_output is not None
    assert not np.allclose(answer.output, answer.twin_output)


def test_asking_leaves_no_trace_in_the_training() -> None:
    watched, alone = run_of("gpt", steps=0), run_of("gpt", steps=0)
    state = torch.get_rng_state()
    for _ in range(4):
        watched.step()
        watched.snapshot(Want.answers_to(SAMPLE, EXPECTED, LOOK), "running")
        alone.step()
    assert torch.get_rng_state().equal(state)
    first, second = (run.snapshot(Want.WEIGHTS, "paused").layers for run in (watched, alone))
    for mine, other in zip(first, second, strict=True):
        assert np.array_equal(mine.weight, other.weight)
    assert watched._pair.student.model.training


def test_a_head_takes_its_share_from_what_came_before() -> None:
    trainer = run_of("gpt")
    answer = trainer.snapshot(Want.answers_to(LOOK), "paused").answer(LOOK)
    assert answer is not None and answer.text == "Johan"
    assert answer.weights.shape == (5, 5)
    np.testing.assert_allclose(answer.weights.sum(axis=1), 1, atol=1e-5)
    assert not np.triu(answer.weights, 1).any()


def test_a_head_that_is_not_there_is_the_last_one() -> None:
    trainer = run_of("gpt")
    last, beyond = HeadAttention("Johan", 2, 3), HeadAttention("Johan", 9, 9)
    answers = trainer.snapshot(Want.answers_to(last, beyond), "paused").answers
    assert np.array_equal(answers[last].weights, answers[beyond].weights)


@pytest.mark.parametrize("model", ["bigram", "character_gru"])
def test_models_without_attention_are_not_asked_for_it(model: str) -> None:
    assert asked(run_of(model), LOOK) is None


def test_other_data_is_asked_nothing_about_text() -> None:
    trainer = trainer_of("shapes")
    want = Want.answers_to(SAMPLE, EXPECTED, LOOK)
    assert trainer.snapshot(want, "paused").answers == {}


def test_a_diverged_model_stops_writing() -> None:
    trainer = run_of("bigram")
    with torch.no_grad():
        trainer._pair.student.model[0].weight.fill_(float("nan"))
    newest = written(trainer).newest
    assert newest.failed and newest.text == ""


def test_what_the_alphabet_lacks_is_left_out_of_a_prompt() -> None:
    dataset = trainer_of("dutch_names").info.dataset
    reader = Reader(dataset, 24)
    assert reader.text(reader.read("Ja7n! 🎈")) == "Jan"
    assert reader.text(reader.read("")) == "\n"
    assert reader.inputs(reader.read("a" * 100)).shape == (1, 24)


def test_capitals_are_read_as_small_letters_where_there_are_no_others() -> None:
    config = DatasetConfig(name="dutch_names", options={"lower_case": True})
    reader = Reader(load_dataset(config, 0), 24)
    assert reader.text(reader.read("Jan")) == "jan"


def test_dice_fall_by_the_probabilities_at_a_temperature() -> None:
    logits = np.log(np.array([0.1, 0.6, 0.3], dtype=np.float32))
    dice = np.random.default_rng(0).random(4000)
    for temperature in (0.5, 1.0, 2.0):
        codes = [drawn(logits, temperature, die) for die in dice]
        shares = np.array([0.1, 0.6, 0.3]) ** (1 / temperature)
        found = np.bincount(codes, minlength=3) / len(codes)
        np.testing.assert_allclose(found, shares / shares.sum(), atol=0.03)
    assert drawn(logits, 0.0, 0.99) == 1
    assert drawn(logits, 1.0, 1 - 1e-16) == 2


def test_two_texts_are_written_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_SECONDS", 0.0)
    trainer = run_of("bigram")
    questions = [Sample(name, 0.8, 5, 0) for name in ("Jan", "Piet")]
    for _ in range(5):
        answers = trainer.snapshot(Want.answers_to(*questions), "running").answers
    newest = [answers[question].newest for question in questions]
    assert [each.prompt for each in newest] == ["Jan", "Piet"]
    assert all(each.done for each in newest)
    later = trainer.snapshot(Want.answers_to(*questions), "running").answers
    assert later[questions[0]].earlier == (newest[1],)
