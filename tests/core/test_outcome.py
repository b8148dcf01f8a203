"""The figures and sentences of “What happened”, on snapshots made for each of them."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from visualiser.core.corruption.spec import Change
from visualiser.core.data.dataset import DataCard, Dataset
from visualiser.core.data.split import Split, part_of
from visualiser.core.experiment import Experiment, Spoiling
from visualiser.core.models.layers import Dense
from visualiser.core.outcome import describe
from visualiser.core.outcome_figures import difference_text, share_error
from visualiser.core.outcome_sentences import overfitting_since
from visualiser.core.training.history import History, HistoryView
from visualiser.core.training.snapshot import (
    Exam,
    Figures,
    Marker,
    Memorised,
    Predictions,
    RunInfo,
    Snapshot,
)

ROWS = 500
NO_ROWS = np.array([], dtype=np.int64)


def dataset(classes: int = 10, rows: int = 3 * ROWS, *, groups: bool = False) -> Dataset:
    """Classes in turn; with `groups` every fourth row is of “few” and class 1 is favourable."""
    return Dataset(
        name="made",
        title="Made",
        card=DataCard("", "", "", ""),
        modality="points",
        task="classification",
        features=np.zeros((rows, 2), dtype=np.float32),
        labels=np.arange(rows, dtype=np.int64) % classes,
        target="class",
        class_names=("denied", "approved") if groups else tuple("abcdefghij"[:classes]),
        groups=(np.arange(rows) // classes % 4 == 0).astype(np.int64) if groups else None,
        group_names=("many", "few") if groups else (),
        group_title="applicant" if groups else "",
        positive_class=1 if groups else None,
    )


def prices(*, groups: bool = False) -> Dataset:
    data = dataset(2, groups=groups)
    return replace(
        data,
        task="regression",
        labels=np.linspace(1e5, 3e5, 3 * ROWS),
        class_names=(),
        unit="$",
        positive_class=None,
    )


def run_info(data: Dataset) -> RunInfo:
    first, second, third = np.split(np.arange(3 * ROWS), 3)
    return RunInfo(
        experiment=Experiment(),
        dataset=data,
        split=Split(part_of(data, first), part_of(data, second), part_of(data, third)),
        watched=np.arange(ROWS),
        layers=(Dense(2, 10),),
        parameters=30,
        flops_per_step=1,
        encoded_shape=(2,),
        input_names=("x", "y"),
        encoding_notes=(),
        evaluate_every=10,
        metric="accuracy" if data.task == "classification" else "mae",
    )


def history(train: np.ndarray, validation: np.ndarray) -> HistoryView:
    log = History()
    for row, (of_train, of_validation) in enumerate(zip(train, validation, strict=True)):
        log.append({"step": 10 * row, "train_loss": of_train, "validation_loss": of_validation})
    return log.view()


FLAT = history(np.full(20, 0.3), np.full(20, 0.4))


def accuracy(share: float) -> Figures:
    return Figures(loss=1 - share, values={"accuracy": share})


def error(mae: float, r2: float = 0.8) -> Figures:
    """With absolute errors that vary as much as they are large."""
    return Figures(loss=0.3, values={"mae": mae, "rmse": mae * np.sqrt(2), "r2": r2})


def change(
    name: str = "symmetric_label_noise", noun: str = "labels", verb: str = "changed"
) -> Change:
    return Change(name, 0.4, 200, 500, noun, verb, NO_ROWS)


def snapshot(student: Figures, twin: Figures | None, data: Dataset | None = None, **fields):
    info = run_info(data or dataset())
    basic = {
        "info": info,
        "state": "running",
        "step": 200,
        "epoch": 2.0,
        "seconds": 1.0,
        "learning_rate": 0.01,
        "batch_loss": 0.3,
        "history": FLAT,
        "markers": (),
        "train": student,
        "validation": student,
        "twin_train": twin,
        "twin_validation": twin,
        "spoiled_validation": None,
        "measured_at": 200,
        "changes": (change(),),
        "spoiled_train": info.split.train,
        "twin_differs": True,
        "memorised": None,
        "exam": None,
        "experiment": info.experiment,
        "spoiling": Spoiling(),
        "planned_edits_applied": 0,
        "device_text": "CPU, 1 thread",
    }
    return Snapshot(**(basic | fields))


def answers(labels: np.ndarray, classes: int, wrong: dict[int, tuple[int, int]]) -> np.ndarray:
    """(V, K) certain answers: right but for the first n of a class c, told by {c: (n, answer)}."""
    given = labels.copy()
    for true, (count, answer) in wrong.items():
        given[np.flatnonzero(labels == true)[:count]] = answer
    return np.eye(classes, dtype=np.float32)[given]


def watched(data: Dataset) -> np.ndarray:
    return run_info(data).split.validation.labels


# Figures


def test_accuracies_are_compared_in_points():
    outcome = describe(snapshot(accuracy(0.817), accuracy(0.942)))
    assert outcome.metric_title == "accuracy"
    assert outcome.unit == "%"
    figures = outcome.validation
    assert (figures.student_text, figures.twin_text) == ("81.7 %", "94.2 %")
    assert figures.difference == pytest.approx(-0.125)
    assert figures.difference_text == "−12.5 points"
    assert figures.effect == "worse"
    assert figures.rows == ROWS


def test_errors_are_compared_in_the_unit_of_the_target():
    outcome = describe(snapshot(error(62_100), error(51_000), prices()))
    assert outcome.unit == "$"
    assert outcome.validation.student_text == "$ 62,100"
    assert outcome.validation.difference_text == "+$ 11,100"
    assert outcome.validation.effect == "worse"


@pytest.mark.parametrize(
    ("difference", "text"),
    [(0.031, "+3.1 points"), (-0.031, "−3.1 points"), (0.0, "±0.0 points"), (-1e-5, "±0.0 points")],
)
def test_a_difference_has_its_sign(difference, text):
    assert difference_text(run_info(dataset()), difference) == text


def test_the_standard_error_of_a_share_is_the_binomial_one_but_never_nothing():
    assert share_error(0.3, 10_000) == pytest.approx(np.sqrt(0.3 * 0.7 / 10_000), rel=1e-3)
    assert share_error(1.0, 10) > 0.05


def test_the_standard_error_of_a_mean_error_comes_from_the_spread_of_the_errors():
    random = np.random.default_rng(0)
    errors = np.abs(random.normal(0, 1000, ROWS))
    figures = Figures(
        0.1, {"mae": errors.mean(), "rmse": float(np.sqrt((errors**2).mean())), "r2": 0.5}
    )
    outcome = describe(snapshot(figures, None, prices()))
    assert outcome.validation.standard_error == pytest.approx(errors.std() / np.sqrt(ROWS))


def test_the_exam_is_compared_once_it_is_open():
    assert describe(snapshot(accuracy(0.8), accuracy(0.9))).exam is None
    exam = Exam(150, accuracy(0.79), accuracy(0.93), np.zeros((ROWS, 10)), np.zeros((ROWS, 10)))
    outcome = describe(snapshot(accuracy(0.8), accuracy(0.9), exam=exam))
    assert outcome.exam is not None
    assert outcome.exam.difference_text == "−14.0 points"
    assert outcome.exam_step == 150


def shared_mistakes(labels: np.ndarray, own: int) -> Predictions:
    """Student and twin err on the same 100 rows, the student on `own` rows more."""
    twin, student = labels.copy(), labels.copy()
    wrong = (labels + 1) % 10
    twin[:100], student[: 100 + own] = wrong[:100], wrong[: 100 + own]
    return Predictions(np.eye(10)[student], np.eye(10)[twin])


def test_a_difference_too_small_for_two_samples_is_clear_row_by_row():
    figures = accuracy(0.76), accuracy(0.80)
    assert describe(snapshot(*figures)).validation.effect == "no clear difference"
    predictions = shared_mistakes(watched(dataset()), 20)
    outcome = describe(snapshot(*figures, predictions=predictions))
    assert outcome.validation.effect == "worse"
    assert outcome.validation.standard_error == pytest.approx(np.sqrt(20 - 400 / ROWS) / ROWS)
    assert "costs 4.0 points" in " ".join(outcome.sentences)


def test_four_rows_that_only_the_twin_has_right_are_within_chance():
    predictions = shared_mistakes(watched(dataset()), 4)
    text = told(snapshot(accuracy(0.792), accuracy(0.8), predictions=predictions))
    assert "no clear difference" in text


def test_the_exam_is_judged_row_by_row_too():
    labels = run_info(dataset()).split.test.labels
    for own, effect in ((20, "worse"), (4, "no clear difference")):
        answers = shared_mistakes(labels, own)
        exam = Exam(
            150, accuracy(0.8 - own / ROWS), accuracy(0.8), answers.output, answers.twin_output
        )
        outcome = describe(snapshot(accuracy(0.8), accuracy(0.9), exam=exam))
        assert outcome.exam is not None
        assert outcome.exam.effect == effect


def test_errors_of_a_regression_are_judged_row_by_row():
    data = prices()
    labels, random = watched(data), np.random.default_rng(3)
    shared = np.abs(random.normal(0, 20_000, ROWS))
    more = shared + random.normal(700, 2_000, ROWS)
    figures = [
        Figures(0.3, {"mae": e.mean(), "rmse": float(np.sqrt((e**2).mean())), "r2": 0.8})
        for e in (np.abs(more), shared)
    ]
    assert describe(snapshot(*figures, data)).validation.effect == "no clear difference"
    predictions = Predictions(labels + more, labels - shared)
    outcome = describe(snapshot(*figures, data, predictions=predictions))
    assert outcome.validation.effect == "worse"
    oracle = stats.ttest_rel(np.abs(more), shared).statistic
    figure = outcome.validation
    assert figure.difference / figure.standard_error == pytest.approx(oracle)


def test_changes_are_told_with_their_counts():
    plan = (change(), change("class_imbalance", "rows", "removed"))
    outcome = describe(snapshot(accuracy(0.8), accuracy(0.9), changes=plan))
    assert outcome.changed[:2] == ("200 of 500 labels changed", "200 of 500 rows removed")


def test_several_ways_of_spoiling_are_summed_up_by_what_is_left_of_each():
    clean = run_info(dataset()).split.train
    labels = clean.labels.copy()
    labels[:200] = (labels[:200] + 1) % 10
    part = clean.with_values(labels=labels).take(np.arange(150, 400))
    plan = (change(), change("class_imbalance", "rows", "removed"))
    fields = {"changes": plan, "spoiled_train": part}
    outcome = describe(snapshot(accuracy(0.8), accuracy(0.9), **fields))
    whole = "In all, 50 of 250 training labels are wrong and 250 rows are gone"
    assert outcome.changed == (plan[0].sentence(), plan[1].sentence(), whole)
    fields["changes"] = plan[:1]
    assert len(describe(snapshot(accuracy(0.8), accuracy(0.9), **fields)).changed) == 1


def test_the_most_frequent_confusions_come_first_with_their_shares():
    data = dataset()
    labels = watched(data)
    predictions = Predictions(
        answers(labels, 10, {3: (20, 8), 4: (5, 9), 5: (10, 6)}), answers(labels, 10, {3: (4, 8)})
    )
    outcome = describe(snapshot(accuracy(0.93), accuracy(0.99), data, predictions=predictions))
    assert [(c.true, c.predicted, c.count) for c in outcome.confusions] == [
        ("d", "i", 20),
        ("f", "g", 10),
        ("e", "j", 5),
    ]
    assert outcome.confusions[0].share == pytest.approx(20 / 50)
    assert outcome.confusions[0].twin_share == pytest.approx(4 / 50)


def test_a_perfect_model_confuses_nothing():
    data = dataset()
    right = answers(watched(data), 10, {})
    outcome = describe(
        snapshot(accuracy(1.0), accuracy(1.0), data, predictions=Predictions(right, right))
    )
    assert outcome.confusions == ()


def test_without_predictions_there_are_no_rows_of_classes_and_groups():
    outcome = describe(snapshot(accuracy(0.8), accuracy(0.9), dataset(2, groups=True)))
    assert outcome.confusions == ()
    assert outcome.groups is None


def group_snapshot(denied: int, twin_denied: int, **fields) -> Snapshot:
    """So many of the 62 of “few” who deserve a yes get a no; “many” are judged right."""
    data = dataset(2, groups=True)
    part = run_info(data).split.validation
    outputs = []
    for count in (denied, twin_denied):
        given = part.labels.copy()
        given[np.flatnonzero((part.groups == 1) & (part.labels == 1))[:count]] = 0
        outputs.append(np.eye(2, dtype=np.float32)[given])
    student, twin = (accuracy(1 - count / ROWS) for count in (denied, twin_denied))
    plan = {"changes": (change("group_label_bias", "“approved” labels of “few”"),)}
    return snapshot(student, twin, data, predictions=Predictions(*outputs), **(plan | fields))


def test_groups_are_shown_with_the_gap_of_student_and_twin():
    gap = describe(group_snapshot(30, 0)).groups
    assert gap is not None
    assert gap.title == "applicant"
    assert gap.measure == "share answered “approved”"
    many, few = gap.groups
    assert (many.name, few.name) == ("many", "few")
    assert many.rows + few.rows == ROWS
    assert few.student == pytest.approx((few.rows / 2 - 30) / few.rows, abs=0.01)
    assert gap.worst == "few"
    assert gap.student == pytest.approx(many.student - few.student)
    assert gap.twin == pytest.approx(abs(many.twin - few.twin))
    assert gap.student_text == f"{100 * gap.student:.1f} points"
    assert gap.equalised_odds == pytest.approx(30 / np.ceil(few.rows / 2), abs=0.02)


def test_groups_of_a_regression_are_shown_with_their_errors():
    data = prices(groups=True)
    part = run_info(data).split.validation
    output = part.labels + np.where(part.groups == 1, 30_000.0, 10_000.0)
    twin = part.labels + 10_000.0
    gap = describe(
        snapshot(error(15_000), error(10_000), data, predictions=Predictions(output, twin))
    ).groups
    assert gap is not None
    assert gap.measure == "mean error"
    assert gap.worst == "few"
    assert gap.student_text == "$ 20,000"
    assert gap.equalised_odds is None


def test_a_group_of_few_rows_is_shown_but_makes_no_gap():
    data = dataset(2, groups=True)
    groups = np.zeros(3 * ROWS, dtype=np.int64)
    groups[ROWS : ROWS + 4] = 1
    data = replace(data, groups=groups)
    output = answers(watched(data), 2, {1: (2, 0)})
    outcome = describe(
        snapshot(accuracy(0.99), accuracy(0.99), data, predictions=Predictions(output, output))
    )
    assert outcome.groups is not None
    assert outcome.groups.groups[1].rows == 4
    assert np.isnan(outcome.groups.student)
    assert outcome.groups.student_text == ""


def test_learnt_wrong_labels_are_a_share():
    outcome = describe(snapshot(accuracy(0.8), accuracy(0.9), memorised=Memorised(124, 60, 200)))
    assert outcome.memorised_share == pytest.approx(0.62)
    assert outcome.memorised_text == "62 %"
    assert describe(snapshot(accuracy(0.8), accuracy(0.9))).memorised_share is None


# Sentences


def told(snapshot: Snapshot) -> str:
    sentences = describe(snapshot).sentences
    assert 1 <= len(sentences) <= 3
    assert all(sentence.endswith(".") for sentence in sentences)
    return " ".join(sentences)


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


def test_the_price_of_spoiling_is_told_in_points():
    text = told(snapshot(accuracy(0.817), accuracy(0.942)))
    assert "81.7 % of 500 clean validation examples" in text
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
    assert text == "The model is right on 81.7 % of 500 clean validation examples."


def test_a_diverged_run_is_told_with_advice():
    lost = Figures(float("nan"), {"accuracy": float("nan")})
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
    lost = Figures(float("nan"), {"accuracy": float("nan")})
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
    assert outcome.confusions == ()
    assert outcome.groups is None


def test_a_twin_that_broke_down_leaves_nothing_to_compare():
    lost = Figures(float("nan"), {"accuracy": float("nan")})
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
    assert f"a gap of {gap.student_text}; the twin's is {gap.twin_text}." in text


def test_a_gap_like_the_twins_is_not_blamed_on_the_spoiling():
    assert "gap" not in told(group_snapshot(3, 2))


def test_a_gap_on_clean_data_is_told_only_if_clear():
    clean = {"changes": (), "twin_differs": False}
    assert "on clean data." in told(group_snapshot(40, 40, **clean))
    assert "gap" not in told(group_snapshot(1, 1, **clean))


def test_learning_by_heart_is_told():
    text = told(snapshot(accuracy(0.8), accuracy(0.9), memorised=Memorised(124, 60, 200)))
    assert "learnt 62 % of the wrong labels by heart" in text


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
    assert "sees through 88 % of the wrong labels" in text


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
    assert "“j” suffers most: the model recognises 40 % of its examples, the twin 90 %." in told(
        rare(30, 5)
    )


def test_a_class_that_is_about_as_well_off_is_not_named():
    assert "suffers" not in told(rare(7, 5))


def jittered(curve: np.ndarray, size: float = 0.01) -> np.ndarray:
    return curve + np.random.default_rng(5).normal(0, size, len(curve))


STEPS = np.linspace(0, 1, 60)
FALLING = np.exp(-2 * STEPS)
TURNING = 1 - STEPS + 1.2 * STEPS**2


def test_overfitting_is_told_with_the_step_it_began_at():
    view = history(jittered(FALLING), jittered(TURNING))
    since = overfitting_since(view)
    assert since is not None
    assert 150 <= since <= 350, "the validation loss turns at 42 % of 600 steps"
    text = told(snapshot(accuracy(0.8), accuracy(0.9), history=view))
    assert f"Since about step {since:,} the validation loss rises" in text
    assert "overfitting" in text


@pytest.mark.parametrize(
    ("train", "validation"),
    [
        (FALLING, FALLING + 0.1),
        (np.full(60, 0.5), np.full(60, 0.6)),
        (TURNING, TURNING),
        (FALLING[:5], TURNING[:5]),
        (np.full(60, np.nan), np.full(60, np.nan)),
    ],
    ids=["both fall", "both stand", "both rise", "too short", "diverged"],
)
def test_what_is_no_overfitting_is_not_called_so(train, validation):
    assert overfitting_since(history(jittered(train), jittered(validation))) is None


@pytest.mark.parametrize("seed", range(20))
def test_jitter_alone_is_no_overfitting(seed):
    random = np.random.default_rng(seed)
    train = 0.5 + 0.3 * FALLING + random.normal(0, 0.03, 60)
    validation = np.full(60, 0.8) + random.normal(0, 0.05, 60)
    assert overfitting_since(history(train, validation)) is None


def test_a_loss_that_rose_with_an_edit_is_no_overfitting():
    validation = np.concatenate([np.full(30, 0.4), np.full(30, 0.9)])
    view = history(FALLING, jittered(validation))
    marker = Marker(300, 3.0, "label noise 40 %")
    assert overfitting_since(view, from_step=marker.step) is None
    assert "overfitting" not in told(
        snapshot(accuracy(0.8), accuracy(0.9), history=view, markers=(marker,))
    )


def test_a_model_no_better_than_one_answer_for_all_is_compared_with_that():
    data = replace(dataset(2), labels=(np.arange(3 * ROWS) % 10 == 0).astype(np.int64))
    text = told(snapshot(accuracy(0.9), accuracy(0.9), data, changes=(), twin_differs=False))
    assert "always answering “a” is right on 90.0 %" in text
    better = told(snapshot(accuracy(0.97), accuracy(0.97), data, changes=(), twin_differs=False))
    assert "always" not in better


def test_a_regression_no_better_than_the_average_is_told_so():
    figures = error(50_000, r2=-0.1)
    assert "always answering the average" in told(snapshot(figures, figures, prices()))
    figures = error(50_000, r2=0.5)
    assert "average." not in told(snapshot(figures, figures, prices()))


def test_the_data_being_spoiled_from_the_next_step_on_is_told_so():
    text = told(snapshot(accuracy(0.8), accuracy(0.8), twin_differs=False))
    assert text == "The data is spoiled from the next step on."


def test_losses_that_settle_after_an_edit_are_no_overfitting():
    validation = np.concatenate([np.full(30, 0.4), [0.4, 0.6], np.full(58, 0.85)])
    train = np.concatenate([np.full(30, 0.3), np.linspace(4, 1, 60)])
    view = history(train, validation)
    marker = Marker(300, 3.0, "Wrong labels 40 %")
    shown = snapshot(accuracy(0.8), accuracy(0.9), history=view, markers=(marker,))
    assert overfitting_since(view, from_step=marker.step) is not None
    assert "overfitting" not in told(shown)
