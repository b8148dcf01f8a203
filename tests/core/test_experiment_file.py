"""Experiment files: what is saved comes back, and nothing else ever gets in."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.made_experiments import FULL, as_data, refused, refused_data
from visualiser.core import experiment_file
from visualiser.core.errors import UserError
from visualiser.core.experiment import (
    CorruptionConfig,
    DatasetConfig,
    Edit,
    Experiment,
    Spoiling,
    TrainingConfig,
)
from visualiser.core.experiment_file import (
    experiment_text,
    load_experiment,
    parse_experiment,
    save_experiment,
)
from visualiser.core.experiment_names import check_names

# What is saved comes back


@pytest.mark.parametrize("experiment", [Experiment(), FULL], ids=["defaults", "everything set"])
def test_an_experiment_comes_back_equal(experiment: Experiment, tmp_path: Path) -> None:
    path = tmp_path / "a lesson.experiment.json"
    save_experiment(experiment, path)
    assert load_experiment(path) == experiment


_amounts = st.sampled_from(["symmetric_label_noise", "pair_flip", "feature_noise"]).flatmap(
    lambda name: st.builds(
        CorruptionConfig,
        name=st.just(name),
        amount=st.floats(0, 0.45, allow_nan=False),
        seed=st.none() | st.integers(0, 9),
        parts=st.sampled_from(["train", "validation", "both"]),
    )
)
_spoilings = st.builds(
    Spoiling,
    corruptions=st.lists(_amounts, max_size=3, unique_by=lambda c: c.name).map(tuple),
)
_rates = st.floats(1e-9, 1000, allow_nan=False)
_experiments = st.builds(
    Experiment,
    title=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
    spoiling=_spoilings,
    training=st.builds(
        TrainingConfig,
        optimizer=st.sampled_from(["sgd", "momentum", "adam", "adamw"]),
        learning_rate=_rates,
        weight_decay=st.floats(0, 10, allow_nan=False),
        twin=st.booleans(),
    ),
    seed=st.integers(0, 2**31 - 1),
    edits=st.lists(
        st.builds(Edit, step=st.integers(0, 10**9), learning_rate=_rates, spoiling=_spoilings),
        max_size=3,
    ).map(lambda edits: tuple(sorted(edits, key=lambda edit: edit.step))),
)


@given(_experiments)
@settings(max_examples=60, deadline=None)
def test_every_experiment_survives_its_own_text(experiment: Experiment) -> None:
    assert parse_experiment(experiment_text(experiment), "x") == experiment


def test_equal_experiments_give_equal_bytes(tmp_path: Path) -> None:
    save_experiment(FULL, tmp_path / "a")
    save_experiment(FULL.replace(), tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_byte_order_mark_from_a_text_editor_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "x.experiment.json"
    path.write_text(experiment_text(FULL), encoding="utf-8-sig")
    assert load_experiment(path) == FULL


def test_missing_fields_take_their_defaults() -> None:
    little = {"format": as_data()["format"], "version": 1, "seed": 3}
    assert parse_experiment(json.dumps(little), "x") == Experiment(seed=3)


# What is refused, and how


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not valid JSON (line 1"),
        ("{", "not valid JSON"),
        ("not json", "not valid JSON"),
        ("[]", "not an experiment"),
        ("null", "not an experiment"),
        ('{"cells": [], "nbformat": 4}', "not an experiment"),
        ('{"format": "training-visualiser-experiment"}', "version is not a whole number"),
        ('{"a": 1, "a": 2}', "the key “a” twice"),
        ('{"a": NaN}', "no number"),
        ('{"a": -Infinity}', "no number"),
        ('{"a": 1e999}', "too large"),
        ('{"a": ' + "9" * 5000 + "}", "too large"),
        ("[" * 100_000, "nested too deeply"),
        ("[" * 30 + "]" * 30, "nested too deeply"),
        ('{"a": "\\u0000"}', "characters that no file name"),
        ('{"a": "\\ud800"}', "characters that no file name"),
    ],
)
def test_foreign_text_is_refused_in_a_sentence(text: str, words: str) -> None:
    error = refused(text)
    assert "“lesson.experiment.json”" in error.message
    assert words in error.message
    assert error.message.endswith(".") and error.hint.endswith(".")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"version": 4}, "newer version of this program"),
        ({"version": 0}, "format that never was"),
        ({"version": True}, "version is not a whole number"),
        ({"version": "1"}, "version is not a whole number"),
        ({"colour": "red"}, "“colour”, which this version of the program does not know"),
        ({"training": {"learning_rte": 1}}, "“training.learning_rte”"),
        (
            {"training": {"learning_rate": "0.1"}},
            "learning_rate is “0.1” and must be a number",
        ),
        ({"training": {"learning_rate": 0}}, "must be a number above 0, up to 1,000."),
        ({"training": {"learning_rate": 10**400}}, "training.learning_rate is 1000"),
        ({"training": {"epochs": 1.5}}, "must be a whole number from 1 to 1,000,000."),
        ({"training": {"device": "tpu"}}, "is “tpu” and must be one of auto, cpu, cuda, mps."),
        ({"training": []}, "training is an empty list and must be an object"),
        ({"seed": True}, "seed is true and must be a whole number"),
        ({"seed": -1}, "must be a whole number from 0 to 2,147,483,647."),
        ({"title": "x" * 201}, "must be text of at most 200 characters."),
        ({"split": {"train": 0.9}}, "must add up to 1"),
        ({"spoiling": {"corruptions": [{"amount": 1}]}}, "corruptions.0.name is missing"),
        ({"edits": [{"step": 2}, {"step": 1}]}, "in the order of their steps"),
        ({"edits": [{"step": 1}] * 20_000}, "2,000 changes at most, and this has 20,000"),
        ({"edits": [{"step": 1e30}]}, "edits.0.step is "),
        ({"edits": [{"step": 10**30}]}, "edits.0.step is "),
        ({"edits": [{"step": -1}]}, "edits.0.step is "),
        ({"edits": [{"step": 1, "stroke": {"erased": [3, 3]}}]}, "once each, in ascending order"),
        (
            {"edits": [{"step": 1, "stroke": {"added": [[0, 9, 1]]}}]},
            "edits.0.stroke.added.0.1 is 9 and must be a number from -6.0 to 6.0.",
        ),
        (
            {"edits": [{"step": 1, "stroke": {"added": [[0, 1]]}}]},
            "edits.0.stroke.added.0.2 is missing.",
        ),
        (
            {"edits": [{"step": 1, "stroke": {"added": [[0, 1, 1, 1]]}}]},
            "is a list of 4 and must be a list of 3 values.",
        ),
        ({"edits": [{"step": 1, "stroke": {}, "dataset": {}}]}, "or a stroke, not both"),
        ({"dataset": {"name": "cats"}}, "no data set called “cats”"),
        ({"dataset": {"name": "shapes", "options": {"shape": "cube"}}}, "shape is “cube”"),
        (
            {"dataset": {"name": "shapes", "options": {"points": 10**12}}},
            "points is 10000000",
        ),
        (
            {"dataset": {"name": "sms_spam", "encoding": {"size": 10**12}}},
            "size is 10000000",
        ),
        ({"model": {"name": "oracle"}}, "no model called “oracle”"),
        (
            {"model": {"options": {"hidden": [10**9]}}},
            "must be a whole number from 1 to 2,048.",
        ),
    ],
)
def test_a_field_that_does_not_fit_is_named(changes: dict[str, Any], words: str) -> None:
    error = refused_data(**changes)
    assert "“lesson.experiment.json”" in error.message
    assert words in error.message
    assert "\n" not in error.message


@pytest.mark.parametrize(
    ("corruption", "words"),
    [
        ({"name": "bad_weather", "amount": 0.1}, "no way of spoiling called “bad_weather”"),
        ({"name": "pair_flip", "amount": 0.9}, "0.9 is out of range"),
        ({"name": "pair_flip", "amount": 0.1, "options": {"x": 1}}, "has no option “x”"),
    ],
)
def test_spoiling_is_checked_at_the_start_and_in_edits(
    corruption: dict[str, Any], words: str
) -> None:
    spoiling = {"corruptions": [corruption]}
    assert words in refused_data(spoiling=spoiling).message
    assert words in refused_data(edits=[{"step": 1, "spoiling": spoiling}]).message


def test_a_corruption_named_twice_is_refused() -> None:
    twice = [{"name": "pair_flip", "amount": 0.1}, {"name": "pair_flip", "amount": 0.2}]
    assert "named twice" in refused_data(spoiling={"corruptions": twice}).message


def test_an_experiment_that_says_nothing_is_refused() -> None:
    text = json.dumps({"format": as_data()["format"], "version": 1})
    assert "nothing in it" in refused(text).message


def test_older_versions_pass_through_every_migration(monkeypatch: pytest.MonkeyPatch) -> None:
    def seed_was_called_random_state(data: dict[str, Any]) -> dict[str, Any]:
        return {("seed" if k == "random_state" else k): v for k, v in data.items()}

    monkeypatch.setitem(experiment_file.MIGRATIONS, 0, lambda data: data)
    monkeypatch.setitem(experiment_file.MIGRATIONS, -1, seed_was_called_random_state)
    old = as_data() | {"version": -1, "random_state": 99}
    del old["seed"]
    assert parse_experiment(json.dumps(old), "x") == FULL.replace(seed=99)


def test_painted_points_of_version_1_are_read_as_they_were() -> None:
    points = [[0.1 * n, 1.0, n % 2] for n in range(12)]
    whole = {"name": "painted", "options": {"classes": 2, "points": points}}
    none = {"name": "painted", "options": {"classes": 2, "points": []}}
    edits = [{"step": 3, "dataset": whole}, {"step": 5, "dataset": none}]
    old = as_data(Experiment()) | {"version": 1, "dataset": none, "edits": edits}
    first = DatasetConfig(name="painted", options={"classes": 2})
    assert parse_experiment(json.dumps(old), "x") == Experiment(
        dataset=first,
        edits=(
            Edit(step=3, dataset=DatasetConfig.model_validate(whole)),
            Edit(step=5, dataset=first),
        ),
    )


@pytest.mark.parametrize("said", ["yes", 1, None, [True]])
def test_what_is_neither_true_nor_false_in_version_2_is_refused(said: object) -> None:
    wrong = {"corruptions": [], "validation_too": said}
    for data in ({"spoiling": wrong}, {"edits": [{"step": 3, "spoiling": wrong}]}):
        text = json.dumps({"format": FULL.format, "version": 2} | data)
        with pytest.raises(UserError, match=r"“x”: spoiling.validation_too .* true or false"):
            parse_experiment(text, "x")


@pytest.mark.parametrize(
    ("name", "amount", "sentence"),
    [
        ("image_corruption", 0.5, "0.5 is not a whole number. Choose a whole number from 0 to 5"),
        ("image_corruption", 6, "6 is out of range. Choose a whole number from 0 to 5"),
        ("feature_noise", -1, "-1 is out of range. Choose an amount from 0"),
    ],
)
def test_amounts_that_do_not_fit_are_told_with_what_does(
    name: str, amount: float, sentence: str
) -> None:
    config = CorruptionConfig(name=name, amount=amount)
    with pytest.raises(UserError) as told:
        check_names(Experiment(spoiling=Spoiling(corruptions=(config,))))
    assert sentence in str(told.value)


def test_what_spoiled_validation_too_in_version_2_spoils_both_parts() -> None:
    old = {"corruptions": [{"name": "feature_noise", "amount": 0.5}], "validation_too": True}
    data = {"format": FULL.format, "version": 2, "spoiling": old, "edits": [
        {"step": 3, "spoiling": {"corruptions": old["corruptions"], "validation_too": False}}
    ]}  # fmt: skip
    experiment = parse_experiment(json.dumps(data), "x")
    assert [config.parts for config in experiment.spoiling.corruptions] == ["both"]
    assert experiment.edits[0].spoiling == experiment.spoiling.done_to("train")
