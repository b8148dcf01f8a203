"""What a model goes by: what is taken away, and what is left of its skill."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr
from sklearn.feature_selection import f_classif
from sklearn.metrics import accuracy_score, r2_score
from sklearn.neighbors import NearestCentroid
from sklearn.preprocessing import StandardScaler

from tests.core.diagnosis.made_runs import (
    experiment,
    leak_of,
    marked_messages,
    marked_pictures,
    noisy_rule,
)
from tests.core.training.conftest import wrong_labels
from visualiser.core.data.encoding_tokens import UNKNOWN
from visualiser.core.diagnosis.registry import WANT
from visualiser.core.experiment import Spoiling
from visualiser.core.probes.clues import (
    CountedWord,
    CountedWords,
    Ground,
    Hum,
    ReadWord,
    ReadWords,
    border_of,
    column_at,
)
from visualiser.core.probes.simple_rules import (
    cells_of,
    class_dependence,
    nearest_mean_skill,
    rank_correlation,
    rule_skill,
    skill_of,
    word_skills,
)
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


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=40))
def test_rank_correlation_is_that_of_scipy(pairs):
    one, other = np.array(pairs, dtype=np.float32).T
    if len(set(one)) > 1 and len(set(other)) > 1:
        assert rank_correlation(one, other) == pytest.approx(abs(spearmanr(one, other).statistic))
    else:
        assert rank_correlation(one, other) == 0


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


def test_the_nearest_mean_is_that_of_scikit_learn():
    inputs = RANDOM.normal(size=(300, 4)).astype(np.float32) * np.float32([1, 5, 0.1, 2]) + 7
    labels = (inputs[:, 0] + RANDOM.normal(size=300) > 7).astype(np.int64)
    known = np.arange(300) < 200
    scaler = StandardScaler().fit(inputs[known])
    oracle = NearestCentroid().fit(scaler.transform(inputs[known]), labels[known])
    expected = skill_of(oracle.predict(scaler.transform(inputs[~known])), labels[~known], 2)
    found = nearest_mean_skill(inputs[known], labels[known], inputs[~known], labels[~known], 2)
    assert found == pytest.approx(expected)


def test_numbers_that_are_the_same_but_for_rounding_do_not_drown_the_rest():
    labels = np.arange(200) % 2
    tells = labels[:, None].astype(np.float32)
    same = np.float32(-0.14) + np.float32(1e-8) * RANDOM.normal(size=(200, 6)).astype(np.float32)
    inputs = np.column_stack([tells, same])
    assert nearest_mean_skill(inputs[::3], labels[::3], inputs, labels, 2) == 1


def test_what_goes_with_the_class_is_the_f_statistic_without_what_chance_makes():
    labels = RANDOM.integers(0, 3, 500)
    inputs = RANDOM.normal(size=(500, 2, 3)).astype(np.float32)
    inputs[:, 0, 1] += labels
    found = class_dependence(inputs, labels, 3)
    f, _ = f_classif(inputs.reshape(500, -1), labels)
    ratio = 2 * f / (2 * f + 497)
    expected = (1 - (1 - ratio) * 499 / 497).clip(0, 1).reshape(2, 3)
    assert found == pytest.approx(expected, abs=1e-6)
    assert found[0, 1] > 0.3 and np.delete(found.ravel(), 1).max() < 0.05


def test_counted_words_are_dealt_out_together():
    bags = RANDOM.integers(0, 3, size=(30, 8)).astype(np.float32)
    order = RANDOM.permutation(30)
    words = CountedWords((2, 5))
    without, alone = words.without(bags, order), words.alone(bags, order)
    assert np.array_equal(without[:, [2, 5]], bags[order][:, [2, 5]])
    assert np.array_equal(np.delete(without, [2, 5], 1), np.delete(bags, [2, 5], 1))
    assert np.array_equal(alone[:, [2, 5]], bags[:, [2, 5]])


def test_words_that_are_read_take_the_place_of_each_other_or_come_first():
    messages = np.array([[7, 3, 4], [3, 8, 4], [3, 4, 5]], dtype=np.float32)
    words = ReadWords((7, 8))
    dealt = words.without(messages, np.array([1, 2, 0]))
    assert dealt.tolist() == [[8, 3, 4], [3, UNKNOWN, 4], [7, 4, 5]]


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
    assert found.clues[0].names == (found.rules[0][0],) == ("paid back",)
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


def test_after_a_change_what_the_model_goes_by_waits_for_the_second_look_of_a_run_that_goes_on():
    trainer = Trainer(experiment(), noisy_rule(200, 4, mistakes=0.1))
    reliance_of(trainer)
    for spoiling in (wrong_labels(0.3), Spoiling()):
        trainer.step()
        trainer.change_spoiling(spoiling)
        first = trainer.snapshot(WANT, "running")
        assert first.spoiling == spoiling and first.answer(RELIANCE) is None
        assert reliance_of(trainer).measured_at == trainer.step_number


def test_at_rest_it_is_measured_at_once():
    trainer = Trainer(experiment(), noisy_rule(200, 4, mistakes=0.1))
    trainer.change_spoiling(wrong_labels(0.3))
    assert trainer.snapshot(WANT, "paused", fresh=True).answer(RELIANCE) is not None
