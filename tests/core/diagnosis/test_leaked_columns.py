"""Columns that give the answer away, alone and together, and those that do not."""

from dataclasses import replace

import numpy as np
import pytest

from tests.core.diagnosis.made_runs import (
    alarms,
    bars_of,
    bundled,
    experiment,
    findings,
    leak_of,
    leaked,
    noisy_rule,
    trained,
)
from visualiser.core.experiment import (
    CorruptionConfig,
    Spoiling,
)


def test_the_column_of_the_groups_is_not_blamed_for_biased_labels():
    bias = Spoiling(corruptions=(CorruptionConfig(name="group_label_bias", amount=0.8),))
    run = bundled("mortgage_hmda", 1000, spoiling=bias)
    assert "took over the bias" in findings(run)["by_heart"].sentence
    # Clean labels are missed the more the surer it is of biased ones: “more data” cures neither.
    assert alarms(run) == {"by_heart", "left_behind"}


def test_a_column_that_is_the_answer_is_found_by_name():
    run = leaked(everywhere=True)
    found = findings(run)["leaked_column"]
    assert "“paid back”" in found.sentence
    assert [bar.title for bar in bars_of(found).bars if bar.warning] == ["paid back"]
    assert alarms(run) == {"leaked_column"}


def test_a_column_that_is_the_answer_in_training_only_is_found_and_explains_the_rest():
    run = leaked(everywhere=False)
    assert run.train.values["accuracy"] > 0.95
    assert run.validation.values["accuracy"] < 0.65
    assert "of the training data" in findings(run)["leaked_column"].sentence
    assert alarms(run) == {"leaked_column"}


@pytest.mark.parametrize("everywhere", [True, False])
def test_a_column_that_is_the_answer_does_not_hide_behind_its_copy(everywhere):
    """Dealt out anew alone, neither costs the model much: it has the other."""
    once = leak_of(noisy_rule(600, 8, mistakes=0.2), everywhere)
    # Of numbers with few digits, as files have them: cut into cells, equal ones part by rounding.
    few_digits = np.round(once.features.numeric, 2)
    copied = 3 * few_digits[:, -1:] + 5
    table = replace(
        once.features,
        numeric=np.hstack([few_digits, copied]),
        numeric_names=(*once.features.numeric_names, "repaid"),
    )
    data = replace(once, features=table)
    run = trained(experiment(options={"hidden": [8]}, learning_rate=0.01), data, 400)
    found = findings(run)["leaked_column"]
    assert "The columns “paid back” and “repaid” " in found.sentence
    assert [bar.title for bar in bars_of(found).bars if bar.warning] == ["paid back", "repaid"]
    assert alarms(run) == {"leaked_column"}


def test_two_records_of_the_answer_each_with_its_own_errors_do_not_hide_each_other():
    once = leak_of(noisy_rule(600, 8, mistakes=0.2), everywhere=True)
    other = once.labels + 0.05 * np.random.default_rng(9).normal(size=len(once))
    table = replace(
        once.features,
        numeric=np.column_stack([once.features.numeric, other]).astype(np.float32),
        numeric_names=(*once.features.numeric_names, "repaid"),
    )
    run = trained(
        experiment(options={"hidden": [8]}, learning_rate=0.01), replace(once, features=table), 400
    )
    assert "“paid back”" in findings(run)["leaked_column"].sentence
    assert "“repaid”" in findings(run)["leaked_column"].sentence


def test_the_same_columns_without_the_answer_are_found_nothing():
    data = noisy_rule(600, 8, mistakes=0.05)
    run = trained(experiment(options={"hidden": [8]}, learning_rate=0.003), data, 260)
    assert "leaked_column" not in findings(run)
