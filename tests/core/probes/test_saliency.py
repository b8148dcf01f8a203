"""Integrated gradients: against captum, in what they add up to, and without a trace in the run."""

from typing import Any

import numpy as np
import pytest
import torch
from captum.attr import IntegratedGradients
from torch import nn

from tests.core.probes.asked import looked, settled
from tests.core.probes.test_trial import trainer_of
from visualiser.core.experiment import (
    CorruptionConfig,
    DatasetConfig,
    ModelConfig,
    Spoiling,
)
from visualiser.core.probes import patience, saliency, workshop
from visualiser.core.questions.saliency import BASELINES, Attribution, LookedAt, Saliency
from visualiser.core.training.trainer import Trainer

WRONG = Spoiling(corruptions=(CorruptionConfig(name="symmetric_label_noise", amount=0.3),))
MARKED = Spoiling(corruptions=(CorruptionConfig(name="spurious_shortcut", amount=0.9),))
SMALL_CNN = ModelConfig(name="cnn", options={"filters": [4, 6], "kernel": 3})


def trained(name: str, model: ModelConfig | None = None, steps: int = 25, **more: Any) -> Trainer:
    encoding = more.pop("encoding", {})
    changes = {} if model is None else {"model": model}
    if encoding:
        changes["dataset"] = DatasetConfig(name=name, encoding=encoding)
    trainer = trainer_of(name, **changes, **more)
    for _ in range(steps):
        trainer.step()
    return trainer


def pull(logits: torch.Tensor, code: int | None) -> torch.Tensor:
    if code is None:
        return logits[:, 0]
    others = [other for other in range(logits.shape[1]) if other != code]
    return logits[:, code] - logits[:, others].mean(dim=1)


def by_captum(
    trainer: Trainer, model: nn.Sequential, found: LookedAt, start: np.ndarray, steps: int
) -> np.ndarray:
    """Attributions of the encoded numbers of an example, or of its embedded words summed up."""
    network = model.eval()
    inputs = torch.tensor(trainer.info.encoder.transform(found.features))
    baseline = torch.tensor(start)[None]
    coded = trainer.info.encoder.shape == (48,)
    if coded:
        inputs = network[0](inputs).detach()
        baseline, network = torch.zeros_like(inputs), network[1:]
    gradients = IntegratedGradients(lambda x: pull(network(x), found.code))
    values = gradients.attribute(inputs, baseline, n_steps=steps, method="riemann_middle")
    model.train()
    return (values.sum(dim=-1) if coded else values)[0].detach().numpy()


@pytest.mark.parametrize("baseline", BASELINES["images"])
@pytest.mark.parametrize("model", [ModelConfig(name="mlp"), SMALL_CNN])
def test_pixels_of_both_models_are_those_of_captum(model: ModelConfig, baseline: str) -> None:
    trainer = trained("mnist_5k", model, spoiling=WRONG)
    found = settled(trainer, Saliency(3, baseline=baseline)).newest
    pair, train = trainer._pair, trainer.info.split.train
    start = np.zeros((1, 28, 28), np.float32)
    if baseline == "mean":
        start = np.asarray(train.features).mean(axis=0)
    for learner, model_found in ((pair.student, found.student), (pair.twin, found.twin)):
        values = by_captum(trainer, learner.model, found, start, model_found.steps)
        np.testing.assert_allclose(model_found.values, values.sum(axis=0), atol=1e-5)
    assert not np.allclose(found.student.values, found.twin.values)


@pytest.mark.parametrize(
    ("model", "encoding"),
    [
        ("linear", {}),
        ("mlp", {"words": "hashed", "size": 64}),
        ("word_average", {}),
        ("text_cnn", {}),
    ],
)
def test_words_have_what_captum_gives_their_numbers(model: str, encoding: dict[str, Any]) -> None:
    trainer = trained("sms_spam", ModelConfig(name=model), encoding=encoding)
    row = int(trainer.info.watched[4])
    found = settled(trainer, Saliency(row)).newest
    start = np.zeros(trainer.info.encoder.shape, np.float32)
    values = by_captum(trainer, trainer._pair.student.model, found, start, found.student.steps)
    assert len(found.student.values) == len(found.spans) > 3
    assert found.student.values.sum() == pytest.approx(values.sum(), abs=1e-4)
    if trainer.info.encoder.shape == (48,):
        shown = min(len(found.spans), 48)
        np.testing.assert_allclose(found.student.values[:shown], values[:shown], atol=1e-5)


@pytest.mark.parametrize(
    ("name", "model"),
    [("adult_10k", "mlp"), ("sacramento", "mlp"), ("bike_daily", "mlp"), ("bike_daily", "gru"),
     ("shapes", "mlp")],
)  # fmt: skip
def test_columns_have_what_captum_gives_their_numbers(name: str, model: str) -> None:
    trainer = trained(name, ModelConfig(name=model))
    encoder, train = trainer.info.encoder, trainer.info.split.train
    found = settled(trainer, Saliency(2, baseline="mean")).newest
    start = encoder.transform(train.features).mean(axis=0)
    steps = found.student.steps
    values = by_captum(trainer, trainer._pair.student.model, found, start, steps)
    assert len(found.names) == len(found.student.values)
    whole = found.student.values.sum(dtype=float)
    scale = 1.0 if found.code is not None else whole / values.sum()
    np.testing.assert_allclose(whole, scale * values.sum(), rtol=1e-3, atol=1e-4)
    if name == "shapes":
        np.testing.assert_allclose(found.student.values, values, atol=1e-5)
    if name == "sacramento":  # numbers come first, and have one place each
        first = found.student.values[:3]
        scale = float(trainer._pair.ground.preparation.judge.scale.std)
        np.testing.assert_allclose(first, scale * values[:3], rtol=1e-3)


def test_of_a_moment_each_past_value_and_each_column_that_is_known_has_its_own() -> None:
    trainer = trained("bike_daily", ModelConfig(name="gru"))
    found = settled(trainer, Saliency(2, baseline="mean")).newest
    encoder, seasons = trainer.info.encoder, trainer.info.dataset.seasons
    start = encoder.transform(trainer.info.split.train.features).mean(axis=0)
    values = by_captum(trainer, trainer._pair.student.model, found, start, found.student.steps)
    past = slice(seasons.apart, seasons.past)
    # In the unit of the target, which is another for each day where values are shares of a level.
    each = found.student.values[past] / values[:, 0]
    np.testing.assert_allclose(each, each[0], rtol=1e-3)
    assert found.student.values.sum() == pytest.approx(each[0] * values.sum(), rel=1e-3)


def test_a_spectrogram_is_compared_with_silence_cell_by_cell() -> None:
    trainer = trained("drums", SMALL_CNN, steps=5)
    found = settled(trainer, Saliency(1)).newest
    encoder = trainer.info.encoder
    samples = encoder.frames.samples
    start = encoder.transform(np.zeros((1, samples), np.float32))[0]
    assert np.allclose(encoder.decibels(np.zeros((1, samples), np.float32)), encoder.silence)
    values = by_captum(trainer, trainer._pair.student.model, found, start, found.student.steps)
    np.testing.assert_allclose(found.student.values, values[0], atol=1e-4)


@pytest.mark.parametrize("name", ["mnist_5k", "sms_spam", "adult_10k", "sacramento", "drums"])
def test_all_parts_add_up_to_the_change_of_the_score(name: str) -> None:
    trainer = trained(name, steps=40)
    baseline = BASELINES[trainer.info.dataset.modality][0]
    for row in trainer.info.watched[:5].tolist():
        found: Attribution = settled(trainer, Saliency(row, baseline=baseline)).newest.student
        wanted = found.score - found.baseline
        unit = 1.0 if found.output.ndim else trainer._pair.ground.preparation.judge.scale.std
        assert abs(found.gap) <= 0.021 * max(abs(wanted), unit)


def test_the_score_is_the_log_odds_of_two_classes_and_the_answer_where_it_is_an_amount() -> None:
    spam = settled(trained("sms_spam"), Saliency(5, code=1)).newest.student
    assert spam.score == pytest.approx(np.log(spam.output[1] / spam.output[0]), abs=1e-4)
    price = settled(trained("sacramento"), Saliency(5, baseline="mean")).newest
    assert price.code is None and price.student.score == pytest.approx(float(price.student.output))


def test_more_points_are_taken_only_where_few_do_not_add_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:

    trainer = trained("mnist_5k", ModelConfig(name="mlp"))
    assert settled(trainer, Saliency(0)).newest.student.steps == 16
    monkeypatch.setattr(saliency, "TOLERANCE", 0.0)
    trainer.step()
    found = settled(trainer, Saliency(0)).newest
    assert found.student.steps == 144
    start = np.zeros((1, 28, 28), np.float32)
    values = by_captum(trainer, trainer._pair.student.model, found, start, 144)
    np.testing.assert_allclose(found.student.values, values[0], atol=1e-5)


def test_a_look_in_pieces_is_of_the_weights_that_it_began_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(patience, "_SECONDS", 0.0)
    monkeypatch.setattr(workshop, "_MULTIPLY_ADDS", 1)
    at_once, in_pieces = (trained("mnist_5k", SMALL_CNN) for _ in range(2))
    question = Saliency(2)
    answers = []
    for _ in range(50):
        answers.append(looked(in_pieces, question))
        in_pieces.step()
        if answers[-1].newest is not None:
            break
    assert len(answers) > 1 and answers[0].newest is None and not answers[0].done
    whole = settled(at_once, question).newest
    assert answers[-1].newest.step == whole.step == 25
    np.testing.assert_allclose(answers[-1].newest.student.values, whole.student.values, atol=1e-6)


@pytest.mark.parametrize("name", ["mnist_5k", "sms_spam"])
def test_a_run_is_the_same_to_the_bit_whether_it_was_asked_or_not(name: str) -> None:
    dropout = ModelConfig(name="mlp", options={"hidden": [8], "dropout": 0.3})
    asked, unasked = (trained(name, dropout, steps=0, spoiling=WRONG) for _ in range(2))
    for _ in range(12):
        answer = looked(asked, Saliency(1))
        assert asked._pair.student.model.training
        gradients = [p.grad for p in asked._pair.student.model.parameters()]
        asked.step()
        unasked.step()
        assert answer is not None and len(gradients) == 4
    for one, other in zip(asked._pair._learners(), unasked._pair._learners(), strict=True):
        for first, second in zip(one.model.parameters(), other.model.parameters(), strict=True):
            assert torch.equal(first, second)


def test_a_thing_on_its_ground_and_a_mark_in_the_picture_are_told_apart() -> None:
    trainer = trained("stamps", SMALL_CNN, steps=2, spoiling=MARKED)
    row = int(trainer.info.watched[0])
    part = trainer.info.split.validation.take(np.array([row]))
    thing = settled(trainer, Saliency(row)).newest
    assert thing.region_is == "thing"
    np.testing.assert_array_equal(thing.region, trainer.info.dataset.scenes.things(part.rows)[0])
    marked = settled(trainer, Saliency(row, clue="mark", way="swapped")).newest
    assert marked.region_is == "clue" and 0 < marked.region.mean() < 0.05
    changed = np.asarray(marked.features)[0] != np.asarray(part.features)[0]
    np.testing.assert_array_equal(marked.region > 0, changed.any(axis=0))


def test_the_mark_of_a_message_is_its_first_word() -> None:
    trainer = trained("sms_spam", steps=2, spoiling=MARKED)
    found = settled(trainer, Saliency(0, clue="mark", way="fitting")).newest
    assert found.region.tolist() == [1.0] + [0.0] * (len(found.spans) - 1)


@pytest.mark.parametrize("name", ["retail_purchases", "dutch_names"])
def test_what_has_no_parts_that_speak_for_an_answer_is_not_answered(name: str) -> None:
    assert looked(trained(name, steps=1), Saliency(0)) is None


def test_a_diverged_model_is_answered_with_numbers_that_are_none() -> None:
    trainer = trained("shapes", ModelConfig(name="mlp"), steps=3)
    with torch.no_grad():
        for parameter in trainer._pair.student.model.parameters():
            parameter.fill_(torch.nan)
    found = settled(trainer, Saliency(0, baseline="mean")).newest
    assert not np.isfinite(found.student.values).any()
