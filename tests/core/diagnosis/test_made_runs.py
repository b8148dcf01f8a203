"""Runs really trained to have something wrong with them: it is found, and nothing unrelated is."""

import json
from dataclasses import replace

import numpy as np
import pytest

from tests.core.diagnosis.made_runs import (
    alarms,
    bars_of,
    bundled,
    experiment,
    findings,
    groups_apart,
    leaked,
    marked_messages,
    marked_pictures,
    noisy_rule,
    overfitting,
    trained,
)
from visualiser.core.data.cell_text import NO_BREAK
from visualiser.core.diagnosis.evidence import Bars, Curves, Examples, Lines, Table
from visualiser.core.diagnosis.finding import Finding
from visualiser.core.experiment import (
    CorruptionConfig,
    Edit,
    ModelConfig,
    Spoiling,
)

SMALL_MLP = ModelConfig(name="mlp", options={"hidden": [32]})


def curves_of(finding: Finding) -> Curves:
    return next(one for one in finding.evidence if isinstance(one, Curves))


def test_overfitting_is_found_and_marked_where_it_began():
    run = overfitting()
    found = findings(run)["overfitting"]
    assert "overfitting" in found.sentence
    marked = curves_of(found).marked
    assert marked is not None
    assert 0 < marked[0] < marked[1] <= run.step
    assert f"{int(marked[0]):,}" in found.sentence
    # So many weights on so few rows are sure of what they learnt by heart, too.
    assert alarms(run) <= {"overfitting", "overconfidence"}


def test_a_model_too_small_for_its_task_is_found_to_underfit():
    run = bundled("shapes", 700, {"shape": "circle", "points": 1000}, ModelConfig(name="linear"))
    found = findings(run)["underfitting"]
    mine, theirs = bars_of(found).bars
    assert theirs.value > mine.value + 0.2
    assert alarms(run) == {"underfitting"}
    # A linear model has no hidden layers that could be made wider.
    assert found.sentence.startswith("A linear model is too simple")
    assert "choose another model" in found.advice
    assert "wider" not in found.advice


def test_a_larger_model_on_the_same_data_is_found_nothing():
    run = bundled("shapes", 700, {"shape": "circle", "points": 1000})
    assert alarms(run) == set()


@pytest.mark.parametrize(
    ("name", "rate", "steps"), [("iris", 0.3, 560), ("sacramento", 0.3, 400), ("titanic", 0.3, 500)]
)
def test_a_learning_rate_too_high_is_found(name, rate, steps):
    run = bundled(name, steps, learning_rate=rate)
    found = findings(run)["learning_rate_high"]
    assert f"{rate:g}" in found.sentence
    assert "Lower the learning rate" in found.advice
    # Steps too long are what kills ReLUs, and what is dead cannot tell groups apart any more.
    assert alarms(run) <= {"learning_rate_high", "dead_units", "left_behind"}


@pytest.mark.parametrize(
    ("name", "steps", "training"),
    [
        ("iris", 560, {"learning_rate": 0.0001}),
        ("wine", 320, {"learning_rate": 0.00003}),
        ("digits_8x8", 400, {"optimizer": "sgd", "learning_rate": 0.001}),
    ],
)
def test_a_learning_rate_too_low_is_found_and_not_taken_for_underfitting(name, steps, training):
    model = SMALL_MLP if name == "digits_8x8" else None
    run = bundled(name, steps, model=model, **training)
    assert "falls steadily" in findings(run)["learning_rate_low"].sentence
    assert alarms(run) == {"learning_rate_low"}


def test_dead_relus_are_found_long_after_what_killed_them():
    """A learning rate far too high for the first steps only."""
    edits = (Edit(step=40, learning_rate=0.003),)
    run = bundled("digits_8x8", 700, model=SMALL_MLP, edits=edits, learning_rate=0.3)
    found = findings(run)["dead_units"]
    (bar,) = bars_of(found).bars
    assert bar.warning
    assert bar.value > 0.8
    assert bar.text in found.sentence
    assert alarms(run) == {"dead_units"}


def test_a_model_that_answers_one_thing_to_all_is_told_neither_to_wait_nor_that_it_is_too_sure():
    model = ModelConfig(name="mlp", options={"hidden": [64, 64]})
    run = bundled("digits_8x8", 200, model=model, optimizer="sgd", learning_rate=2.0)
    told = findings(run)
    assert "For comparison" in told["no_better"].sentence
    assert told["no_better"].advice == ""
    assert alarms(run) == {"dead_units"}


def test_gradients_that_explode_are_found_with_their_sizes():
    run = bundled("wine", 320, optimizer="sgd", learning_rate=10.0)
    assert run.state == "diverged"
    found = findings(run)["exploding_gradients"]
    sizes = curves_of(found)
    assert sizes.logarithmic
    values = [value for _, value in sizes.lines[0].points]
    assert max(values) > 1000 * values[0]
    assert alarms(run) == {"exploding_gradients"}


def test_wrong_labels_learnt_by_heart_are_found_with_examples():
    noise = Spoiling(corruptions=(CorruptionConfig(name="symmetric_label_noise", amount=0.4),))
    large = ModelConfig(name="mlp", options={"hidden": [128]})
    run = bundled("digits_8x8", 1600, model=large, spoiling=noise, learning_rate=0.005)
    found = findings(run)["by_heart"]
    assert "by heart" in found.sentence
    shown = next(one for one in found.evidence if isinstance(one, Examples))
    dataset = run.info.dataset
    for example in shown.rows:
        true = dataset.class_names[dataset.labels[example.row]]
        assert f"truly “{true}”" in example.text
    assert alarms(run) <= {"by_heart", "overfitting", "overconfidence"}


def test_a_group_left_behind_is_found_with_the_interval_of_each():
    run = trained(experiment(options={"hidden": [8]}, learning_rate=0.01), groups_apart(), 300)
    found = findings(run)["left_behind"]
    by_name = {bar.title.split(" ")[0]: bar for bar in bars_of(found).bars}
    assert by_name["few"].warning
    assert by_name["few"].high < by_name["many"].low
    assert all(bar.low <= bar.value <= bar.high for bar in by_name.values())
    assert alarms(run) == {"left_behind"}


def test_a_gap_that_the_clean_data_has_larger_is_no_alarm():
    leak = Spoiling(corruptions=(CorruptionConfig(name="target_leakage", amount=1.0),))
    run = bundled("titanic", 290, spoiling=leak)
    assert "the twin's is" in findings(run)["left_behind"].sentence
    assert alarms(run) == {"leaked_column"}


def test_a_mark_at_the_border_is_found_to_be_a_shortcut():
    run = trained(experiment(options={"hidden": [16]}, learning_rate=0.003),
                  marked_pictures(1.0), 260)  # fmt: skip
    found = findings(run)["shortcut"]
    assert "the border of the pictures" in found.sentence
    assert alarms(run) == {"shortcut"}


def test_a_ground_that_goes_with_the_thing_is_found_to_be_a_shortcut():
    """Squares and discs of any colour, on grounds of one colour each."""
    run = trained(experiment(options={"hidden": [16]}, learning_rate=0.003), on_grounds(), 200)
    assert "the colour behind the thing" in findings(run)["shortcut"].sentence
    assert alarms(run) == {"shortcut"}


def on_grounds():
    random = np.random.default_rng(6)
    data = marked_pictures(0.0)
    pictures = random.normal(0.0, 0.03, size=(len(data), 3, 14, 14))
    for row, label in enumerate(data.labels.tolist()):
        pictures[row] += np.array([[0.3, 0.6, 0.3], [0.5, 0.5, 0.8]])[label][:, None, None]
        y, x = np.mgrid[:14, :14]
        inside = np.maximum(abs(y - 7), abs(x - 7)) if label else np.hypot(y - 7, x - 7)
        pictures[row][:, inside < random.uniform(3, 4)] = random.uniform(0, 1, size=(3, 1))
    return replace(data, features=pictures.clip(0, 1).astype(np.float32))


def test_pictures_without_a_mark_are_found_no_shortcut():
    run = trained(experiment(options={"hidden": [16]}, learning_rate=0.003),
                  marked_pictures(0.0), 260)  # fmt: skip
    assert "shortcut" not in findings(run)


@pytest.mark.parametrize("model", ["linear", "word_average"])
def test_one_word_that_decides_is_found_to_be_a_shortcut(model):
    run = trained(experiment(model, learning_rate=0.02), marked_messages(1.0), 260)
    assert "“unsubscribe”" in findings(run)["shortcut"].sentence
    assert alarms(run) == {"shortcut"}


def test_many_words_that_decide_together_are_no_shortcut():
    run = trained(experiment("linear", learning_rate=0.01), marked_messages(0.0), 260)
    assert "shortcut" not in findings(run)


def test_overconfidence_is_found_with_what_was_said_and_what_was_right():
    data = noisy_rule(700, 12, mistakes=0.3)
    run = trained(experiment(options={"hidden": [64]}, learning_rate=0.01), data, 500)
    found = findings(run)["overconfidence"]
    assert json.loads(json.dumps(found.as_data()))["name"] == "overconfidence"
    assert run.predictions is not None
    said = float(run.predictions.output.max(axis=1).mean())
    assert f"{100 * said:.0f}{NO_BREAK}% sure" in found.sentence
    assert sum(bar.warning for bar in bars_of(found).bars) >= 1
    assert alarms(run) <= {"overconfidence", "overfitting"}


def test_every_finding_is_plain_sentences_with_evidence_that_a_file_can_keep():
    for run in (overfitting(), leaked(), leaked(everywhere=False)):
        for finding in findings(run).values():
            assert finding.sentence.endswith(".")
            assert finding.kind != "alarm" or (finding.advice and finding.evidence)
            data = finding.as_data()
            assert json.loads(json.dumps(data))["sentence"] == finding.sentence
            kinds = {"curves", "bars", "table", "examples", "lines"}
            assert {one["type"] for one in data["evidence"]} <= kinds
            assert finding == replace(finding)  # of plain values that can be compared
            assert all(
                isinstance(one, Curves | Bars | Table | Examples | Lines)
                for one in finding.evidence
            )


def test_a_class_that_is_missing_from_the_training_is_named():
    gone = Spoiling(
        corruptions=(
            CorruptionConfig(name="missing_region", amount=0.0, options={"of": "Chinstrap"}),
        )
    )
    run = bundled("penguins", 200, spoiling=gone)
    found = findings(run)["rare_class"]
    assert found.sentence.startswith("“Chinstrap” is missing from the training data")
    assert f"recognises 0{NO_BREAK}% of its rows" in found.sentence


def test_misleading_validation_is_drawn_in_the_unit_and_with_two_kinds_of_lines():
    noise = Spoiling(corruptions=(CorruptionConfig(name="pair_flip", amount=0.4),))
    run = bundled("digits_8x8", 400, spoiling=noise.done_to("both"))
    found = findings(run)["misleading_validation"]
    curves = curves_of(found)
    assert curves.title.endswith("%")
    assert {one.role for one in curves.lines} == {"validation", "spoiled"}
    last = {one.title: one.points[-1][1] for one in curves.lines}
    assert last["clean rows"] == pytest.approx(100 * run.history["validation_metric"][-1])
    assert last["clean rows"] > 2 and last["clean rows"] != last["spoiled rows"]


@pytest.mark.parametrize(
    ("name", "way", "amount", "steps"),
    [("sacramento", "concept_drift", 0.8, 420), ("digits_8x8", "pair_flip", 0.3, 300)],
)
def test_calm_is_not_claimed_beside_a_clear_loss(name, way, amount, steps):
    spoiling = Spoiling(corruptions=(CorruptionConfig(name=way, amount=amount),))
    run = bundled(name, steps, spoiling=spoiling)
    told = findings(run)
    assert "The spoiling costs" in told["comparison"].sentence
    assert "healthy" not in told
    calm = [one.sentence for one in told.values() if one.kind == "calm"]
    assert all("but the clean twin does better" in sentence for sentence in calm)
    assert calm or alarms(run)
