"""What is said of a run in words."""

from dataclasses import replace

import numpy as np
import pytest

from tests.core.corruption.examples import DATASETS
from tests.core.made_snapshots import (
    ROWS,
    accuracy,
    answers,
    change,
    dataset,
    error,
    group_snapshot,
    history,
    prices,
    run_info,
    snapshot,
    told,
    watched,
)
from visualiser.core.data.cell_text import NO_BREAK
from visualiser.core.experiment import (
    CorruptionConfig,
    DatasetConfig,
    Experiment,
    ModelConfig,
    Spoiling,
)
from visualiser.core.outcome import describe
from visualiser.core.outcome_figures import sample_test
from visualiser.core.tasks.spec import Figures
from visualiser.core.training.snapshot import Predictions, Snapshot
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want
from visualiser.core.training.wrong_labels import Memorised


def test_before_the_first_step_it_says_what_to_do():
    before = {"step": 0, "state": "ready", "changes": (), "twin_differs": False}
    assert "Press Play" in told(snapshot(accuracy(0.1), accuracy(0.1), **before))
    spoilt = before | {"changes": (change(),), "twin_differs": True}
    assert "clean twin" in told(snapshot(accuracy(0.1), accuracy(0.1), **spoilt))
    alone = told(snapshot(accuracy(0.1), None, **spoilt))
    assert "Press Play" in alone
    assert "twin" not in alone


def test_on_clean_data_model_and_twin_are_one():
    text = told(snapshot(accuracy(0.9), accuracy(0.9), changes=(), twin_differs=False))
    assert text == "The data is clean: the model and its twin are one and the same."


def test_the_price_of_a_figure_without_a_unit_is_told_in_the_words_of_its_metric():
    way = CorruptionConfig(name="typos", amount=0.3)
    text = DATASETS["text"]
    experiment = Experiment(
        dataset=DatasetConfig(name=text.name),
        model=ModelConfig(name="bigram"),
        spoiling=Spoiling(corruptions=(way,)),
    )
    trainer = Trainer(experiment, text)
    trainer.step()
    spoiled, clean = (
        Figures(bits, {"bits_per_character": bits, "perplexity": 2**bits}, standard_error=0.01)
        for bits in (2.6, 2.4)
    )
    run = replace(
        trainer.snapshot(Want.NOTHING, "paused"), validation=spoiled, twin_validation=clean
    )
    assert "The spoiling costs 0.200 bits a character." in told(run)
    assert "clean validation pieces of text" in told(run)


def test_the_price_of_spoiling_is_told_in_points():
    text = told(snapshot(accuracy(0.817), accuracy(0.942)))
    assert "81.7 % of 500 clean validation points" in text
    assert "its clean twin on 94.2 %" in text
    assert "costs 12.5 points" in text


def test_the_price_of_spoiling_is_told_in_the_targets_unit():
    text = told(snapshot(error(62_100), error(51_000), prices()))
    assert "off by $ 62,100 on average" in text
    assert "its clean twin by $ 51,000" in text
    assert "costs $ 11,100" in text


@pytest.mark.parametrize("student", [0.911, 0.930, 0.942, 0.968])
def test_a_difference_within_chance_is_no_clear_difference(student):
    text = told(snapshot(accuracy(student), accuracy(0.942)))
    assert "no clear difference" in text
    assert "costs" not in text
    assert "better" not in text


def test_one_wrong_answer_of_a_perfect_twin_is_no_clear_difference():
    assert "no clear difference" in told(snapshot(accuracy(0.998), accuracy(1.0)))


def test_few_examples_are_said_to_be_too_few_to_tell():
    whole = snapshot(accuracy(0.5), accuracy(1.0))
    info = whole.info
    few = replace(info, watched=np.arange(4))
    text = " ".join(describe(replace(whole, info=few)).sentences)
    assert "Too few points to tell" in text
    assert "4 validation points" in text
    assert "no clear difference" not in text


def test_being_better_than_the_clean_twin_is_told_as_it_is():
    text = told(snapshot(accuracy(0.90), accuracy(0.80)))
    assert "better than its clean twin, 90.0 % against 80.0 %" in text


def test_a_healed_run_is_told_whether_it_caught_up():
    behind = told(snapshot(accuracy(0.80), accuracy(0.90), changes=()))
    assert "clean again" in behind
    assert "behind its twin by 10.0 points" in behind
    assert "level with its twin" in told(snapshot(accuracy(0.899), accuracy(0.9), changes=()))
    assert "ahead of its twin" in told(snapshot(accuracy(0.9), accuracy(0.8), changes=()))


def test_without_a_twin_only_the_model_is_told_of():
    text = told(snapshot(accuracy(0.817), None, twin_differs=False))
    assert text == "The model is right on 81.7 % of 500 clean validation points."


def test_a_diverged_run_is_told_with_advice():
    lost = Figures(float("nan"), dict.fromkeys(("accuracy", "f1"), float("nan")))
    run = {"state": "diverged", "learning_rate": 100.0}
    outcome = describe(snapshot(lost, lost, **run))
    assert outcome.validation.student_text == "not a number"
    assert outcome.validation.difference is None
    assert outcome.validation.effect is None
    text = " ".join(outcome.sentences)
    assert "broke down by step 200, at a learning rate of 100" in text
    assert "Lower the learning rate" in text
    assert "clean twin" not in text
    assert "The clean twin did not: it stands at 90.0 %." in told(
        snapshot(lost, accuracy(0.9), **run)
    )
    assert "Do this." in told(snapshot(lost, lost, advice="Do this.", **run))


def test_a_diverged_run_shows_no_groups_and_confusions():
    lost = Figures(float("nan"), dict.fromkeys(("accuracy", "f1"), float("nan")))
    nothing = np.full((ROWS, 2), np.nan)
    outcome = describe(
        snapshot(
            lost,
            lost,
            dataset(2, groups=True),
            state="diverged",
            predictions=Predictions(nothing, nothing),
        )
    )
    assert outcome.confusions is None
    assert outcome.groups is None


def test_a_twin_that_broke_down_leaves_nothing_to_compare():
    lost = Figures(float("nan"), dict.fromkeys(("accuracy", "f1"), float("nan")))
    assert "nothing to compare" in told(snapshot(accuracy(0.8), lost))


def test_advice_is_passed_on():
    assert "Use glasses." in told(snapshot(accuracy(0.8), accuracy(0.9), advice="Use glasses."))


def test_spoiled_validation_that_misleads_is_told():
    text = told(snapshot(accuracy(0.82), accuracy(0.9), spoiled_validation=accuracy(0.6)))
    assert "misleads: it shows 60.0 %, the clean one 82.0 %" in text
    text = told(snapshot(accuracy(0.82), accuracy(0.9), spoiled_validation=accuracy(0.81)))
    assert "misleads" not in text


def test_a_gap_that_spoiling_opened_is_told():
    text = told(group_snapshot(40, 0))
    assert "“few”" in text
    assert "“many”" in text
    gap = describe(group_snapshot(40, 0)).groups
    assert gap is not None
    sentence = f"a gap of {gap.student_text}; the twin's is {gap.twin_text}."
    assert sentence.replace(NO_BREAK, " ") in text


def test_a_gap_like_the_twins_is_not_blamed_on_the_spoiling():
    assert "gap" not in told(group_snapshot(3, 2))


def test_a_gap_on_clean_data_is_told_only_if_clear():
    clean = {"changes": (), "twin_differs": False}
    assert "on clean data." in told(group_snapshot(40, 40, **clean))
    assert "gap" not in told(group_snapshot(1, 1, **clean))


def test_learning_by_heart_is_told():
    text = told(snapshot(accuracy(0.8), accuracy(0.9), memorised=Memorised(124, 60, 200)))
    assert "repeats 62 % of the wrong labels: it learns by heart" in text


def test_repeating_biased_labels_is_called_bias():
    text = told(group_snapshot(20, 0, memorised=Memorised(90, 10, 100)))
    assert "repeats 90 % of the biased labels: it took over the bias" in text


def test_wrong_answers_by_mere_mistake_are_not_learnt_by_heart():
    """A model that guesses among ten classes hits upon the wrong label one time in ten."""
    text = told(snapshot(accuracy(0.1), accuracy(0.1), memorised=Memorised(22, 20, 200)))
    assert "heart" not in text
    two = told(
        snapshot(accuracy(0.5), accuracy(0.5), dataset(2), memorised=Memorised(104, 96, 200))
    )
    assert "heart" not in two


def test_resisting_wrong_labels_is_told():
    text = told(snapshot(accuracy(0.9), accuracy(0.92), memorised=Memorised(4, 176, 200)))
    assert "The model sees through 88 % of the wrong labels." in text


def rare(student_wrong: int, twin_wrong: int) -> Snapshot:
    labels = watched(dataset())
    predictions = Predictions(
        answers(labels, 10, {9: (student_wrong, 4)}), answers(labels, 10, {9: (twin_wrong, 4)})
    )
    plan = (change("class_imbalance", "rows", "removed"),)
    return snapshot(
        accuracy(1 - student_wrong / ROWS),
        accuracy(1 - twin_wrong / ROWS),
        predictions=predictions,
        changes=plan,
    )


def test_the_class_that_imbalance_hit_is_named():
    assert "“j” suffers most: the model recognises 40 % of its points, the twin 90 %." in told(
        rare(30, 5)
    )


def test_a_class_that_is_about_as_well_off_is_not_named():
    assert "suffers" not in told(rare(7, 5))


def test_a_model_no_better_than_one_answer_for_all_is_compared_with_that():
    data = replace(dataset(2), labels=(np.arange(3 * ROWS) % 10 == 0).astype(np.int64))
    text = told(snapshot(accuracy(0.9), accuracy(0.9), data, changes=(), twin_differs=False))
    assert "always answering “a” is right on 90.0 %" in text
    better = told(snapshot(accuracy(0.97), accuracy(0.97), data, changes=(), twin_differs=False))
    assert "always" not in better


def test_a_regression_no_better_than_the_mean_is_compared_with_that():
    info = run_info(prices())
    mean = info.split.train.labels.mean()
    off = float(np.abs(info.split.validation.labels - mean).mean())
    for figures in (error(1.2 * off), error(0.99 * off)):
        text = told(snapshot(figures, figures, prices()))
        assert f"always answering the mean is off by $ {off:,.0f} on average" in text
    figures = error(0.5 * off)
    assert "the mean" not in told(snapshot(figures, figures, prices()))


def test_a_model_that_gives_one_answer_to_all_sees_through_nothing():
    data = replace(dataset(2), labels=(np.arange(3 * ROWS) % 10 == 0).astype(np.int64))
    fields = {"memorised": Memorised(0, 200, 200)}
    text = told(snapshot(accuracy(0.9), accuracy(0.9), data, **fields))
    assert "always answering “a”" in text
    assert "sees through" not in text


def test_the_data_being_spoiled_from_the_next_step_on_is_told_so():
    text = told(snapshot(accuracy(0.8), accuracy(0.8), twin_differs=False))
    assert text == "The data is spoiled from the next step on."


def test_a_gap_that_is_gone_is_no_group_left_behind():
    """A model that gives all the same answer treats groups alike, whatever its twin does."""
    shown = group_snapshot(0, 40)
    labels = run_info(shown.info.dataset).split.validation.labels
    assert shown.predictions is not None and shown.predictions.twin_output is not None
    one_answer = Predictions(
        np.eye(2, dtype=np.float32)[np.zeros_like(labels)], shown.predictions.twin_output
    )
    assert "gap" not in told(replace(shown, predictions=one_answer))


def test_a_gap_smaller_than_the_twins_is_not_told_as_one_that_spoiling_opened():
    assert "gap" not in told(group_snapshot(1, 40))


@pytest.mark.parametrize("step", [{"epoch": 0.1}, {"history": history(np.ones(3), np.ones(3))}])
def test_groups_are_not_judged_before_a_run_has_settled(step):
    assert "gap" in told(group_snapshot(40, 0))
    assert "gap" not in told(group_snapshot(40, 0, **step))


def test_what_is_missing_is_blamed_before_time_is():
    even = dataset(2)
    behind = snapshot(accuracy(0.5), accuracy(0.9), even)
    alone = snapshot(accuracy(0.5), None, even, twin_differs=False)
    advice = [
        next(one for one in describe(run).findings if one.name == "no_better").advice
        for run in (behind, alone)
    ]
    assert "training data right first" in advice[0] and "time first" not in advice[0]
    assert "time first" in advice[1]


def test_a_sample_and_all_rows_are_judged_by_one_test_of_chance():
    """Without answers to all rows, the spread of the differences is that of the sample."""
    labels = watched(dataset())
    outputs = (answers(labels, 10, {0: (12, 1)}), answers(labels, 10, {}))
    sample = snapshot(accuracy(0.976), accuracy(1.0), predictions=Predictions(*outputs))
    info = replace(sample.info, watched=np.resize(sample.info.watched, ROWS + 50))
    whole = replace(sample, info=info, predictions=None)
    test = sample_test(sample, whole)
    assert test is not None
    assert test.standard_error < describe(sample).validation.standard_error
    assert describe(whole, test=test).validation.effect == "worse"
    assert describe(sample).validation.effect == "worse"
