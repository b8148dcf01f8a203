"""What a model goes by: what is taken away, and what is left of its skill."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, r2_score

from tests.core.diagnosis.made_runs import (
    experiment,
    leak_of,
    marked_messages,
    marked_pictures,
    noisy_rule,
)
from visualiser.core.diagnosis.registry import WANT
from visualiser.core.probes.clues import (
    CountedWord,
    Ground,
    Hum,
    ReadWord,
    border_of,
    column_at,
)
from visualiser.core.probes.simple_rules import cells_of, rule_skill, skill_of, word_skills
from visualiser.core.questions.reliance import RELIANCE, Reliance
from visualiser.core.training.trainer import Trainer

RANDOM = np.random.default_rng(0)


def reliance_of(trainer: Trainer) -> Reliance:
    found = trainer.snapshot(WANT, "running").answer(RELIANCE)
    assert found is not None
    return found


@given(st.integers(2, 40), st.integers(0, 1000))
def test_skill_of_amounts_is_r2(rows, seed):
    random = np.random.default_rng(seed)
    targets = random.normal(size=rows)
    answers = targets + random.normal(size=rows)
    assert skill_of(answers, targets, 0) == pytest.approx(r2_score(targets, answers))


def test_skill_of_classes_is_the_share_of_the_errors_of_one_answer_that_are_gone():
    targets = np.array([0] * 6 + [1] * 4)
    answers = np.array([0] * 6 + [1] * 3 + [0])
    assert skill_of(targets, targets, 2) == 1
    assert skill_of(np.zeros(10), targets, 2) == 0
    wrong = 1 - accuracy_score(targets, answers)
    assert skill_of(answers, targets, 2) == pytest.approx(1 - wrong / 0.4)


def test_skill_is_not_known_where_one_answer_is_always_right():
    assert np.isnan(skill_of(np.zeros(5), np.zeros(5), 2))
    assert np.isnan(skill_of(np.full(5, np.nan), np.arange(5.0), 0))


def test_a_rule_of_one_column_knows_what_the_column_tells_and_no_more():
    codes = RANDOM.integers(0, 4, 400)
    hot = np.eye(4)[codes].astype(np.float32)
    known = np.arange(400) % 2 == 0
    assert rule_skill(cells_of(hot), (codes > 1).astype(np.int64), known, 2) == 1
    chance = rule_skill(cells_of(hot), RANDOM.integers(0, 2, 400), known, 2)
    assert chance < 0.2
    numbers = RANDOM.normal(size=(400, 1)).astype(np.float32)
    assert rule_skill(cells_of(numbers), numbers[:, 0].astype(np.float64), known, 0) > 0.9


def test_missing_values_are_a_cell_of_their_own():
    values = np.column_stack([RANDOM.normal(size=100), np.arange(100) % 5 == 0])
    cells = cells_of(values.astype(np.float32))
    assert len(set(cells[::5].tolist())) == 1
    assert cells[0] not in cells[1:5]


def test_word_skills_are_those_of_the_rule_that_knows_the_word():
    labels = np.array([0, 0, 0, 1, 1, 1, 1, 0])
    present = np.column_stack([labels == 1, np.ones(8, dtype=bool), [1, 0, 0, 1, 1, 1, 0, 0]])
    skills = word_skills(present.astype(bool), labels, 2)
    assert skills.tolist() == pytest.approx([1.0, 0.0, 0.5])


def test_taking_a_thing_away_and_leaving_it_alone_are_each_others_opposite():
    inputs = RANDOM.normal(size=(20, 1, 14, 14)).astype(np.float32)
    order = RANDOM.permutation(20)
    border = border_of((1, 14, 14))
    assert border is not None
    without, alone = border.without(inputs, order), border.alone(inputs, order)
    assert np.array_equal(without[:, :, 2:-2, 2:-2], inputs[:, :, 2:-2, 2:-2])
    assert np.array_equal(without[:, :, 0], inputs[order][:, :, 0])
    assert np.array_equal(alone[order.argsort()][:, :, 5, 5], inputs[:, :, 5, 5])
    assert np.array_equal(alone[:, :, :, -1], inputs[:, :, :, -1])


def test_pictures_too_small_have_no_border():
    assert border_of((1, 5, 5)) is None
    assert border_of((1, 8, 8)) is not None


def test_a_column_is_dealt_out_with_all_its_numbers():
    rows = RANDOM.normal(size=(10, 5)).astype(np.float32)
    order = RANDOM.permutation(10)
    without = column_at((5,), (1, 3)).without(rows, order)
    assert np.array_equal(without[:, 1:3], rows[order, 1:3])
    assert np.array_equal(without[:, [0, 3, 4]], rows[:, [0, 3, 4]])


def test_the_ground_of_another_picture_leaves_the_thing_as_it_is():
    pictures = np.full((2, 3, 12, 12), 0.2, dtype=np.float32)
    pictures[1] = 0.6
    pictures[:, :, 4:8, 4:8] = 1.0
    border = border_of((3, 12, 12))
    assert border is not None
    without = Ground(border).without(pictures, np.array([1, 0]))
    assert np.allclose(without[0, :, 0, 0], 0.6)
    assert np.allclose(without[1, :, 0, 0], 0.2)
    assert np.allclose(without[:, :, 5, 5], 1.0)


def test_the_hum_of_another_clip_is_what_sounds_all_along():
    clips = np.zeros((2, 1, 3, 50), dtype=np.float32)
    clips[0, 0, 1] = 5.0  # a tone in the second band
    clips[:, :, 2, 10:20] = 9.0  # a stroke in the third
    without = Hum().without(clips, np.array([1, 0]))
    assert np.allclose(without[0, 0, 1], 0.0)
    assert np.allclose(without[1, 0, 1], 5.0)
    assert np.allclose(without[:, :, 2], clips[:, :, 2])


def test_a_word_is_left_out_and_not_given_to_others():
    bags = np.array([[1, 0, 1], [0, 1, 1]], dtype=np.float32)
    order = np.array([1, 0])
    assert CountedWord(0).without(bags, order).tolist() == [[0, 0, 1], [0, 1, 1]]
    assert CountedWord(0).alone(bags, order).tolist() == [[1, 1, 1], [0, 0, 1]]
    read = np.array([[5, 7, 0], [7, 7, 2]], dtype=np.float32)
    assert ReadWord(7).without(read, order).tolist() == [[5, 1, 0], [1, 1, 2]]


def test_the_column_that_is_the_answer_is_suspected_first_and_the_model_needs_it():
    data = leak_of(noisy_rule(400, 6, mistakes=0.2), everywhere=True)
    trainer = Trainer(experiment(options={"hidden": [8]}, learning_rate=0.01), data)
    for _ in range(200):
        trainer.step()
    found = reliance_of(trainer)
    assert found.rules[0][0] == found.clues[0].name == "paid back"
    assert found.clues[0].without < 0.5 < found.clues[0].alone
    assert found.skill > 0.9


def test_a_twin_is_asked_about_the_same_rows():
    from visualiser.core.experiment import CorruptionConfig, Spoiling

    noise = Spoiling(corruptions=(CorruptionConfig(name="feature_noise", amount=1.0),))
    start = experiment(options={"hidden": [8]}).replace(spoiling=noise)
    trainer = Trainer(start, noisy_rule(400, 6, mistakes=0.0))
    for _ in range(60):
        trainer.step()
    found = reliance_of(trainer)
    assert np.isfinite(found.twin_skill)
    assert all(np.isfinite(clue.twin_without) for clue in found.clues)


def test_rounds_become_rarer_and_other_data_asks_for_a_new_one():
    trainer = Trainer(experiment(options={"hidden": [8]}), noisy_rule(300, 5, mistakes=0.0))
    measured = []
    for _ in range(120):
        trainer.step()
        measured.append(reliance_of(trainer).measured_at)
    assert len(set(measured)) < 20
    assert all(at >= step / 1.31 for step, at in enumerate(measured, start=1))


def test_asking_changes_nothing_about_a_run():
    for data, model in (
        (noisy_rule(300, 5, mistakes=0.1), "mlp"),
        (marked_pictures(0.5), "cnn"),
        (marked_messages(0.5), "word_average"),
    ):
        start = experiment(model, {"dropout": 0.3} if model != "word_average" else None)
        asked, alone = Trainer(start, data), Trainer(start, data)
        for _ in range(25):
            asked.step()
            asked.snapshot(WANT, "running")
            alone.step()
        losses = [one.history.view().batch_loss for one in (asked, alone)]
        assert np.array_equal(*losses)
        rows = [one.history.view()["validation_loss"] for one in (asked, alone)]
        assert np.array_equal(*rows)


def test_data_with_nothing_of_the_kind_is_not_asked():
    from tests.core.probes.test_trial import trainer_of

    for name in ("shapes", "dutch_names", "bike_daily"):
        assert trainer_of(name).snapshot(WANT, "paused").answer(RELIANCE) is None
