"""Experiment files: what is saved comes back, and nothing else ever gets in."""

import json
import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from visualiser.core import experiment_file
from visualiser.core.errors import UserError
from visualiser.core.experiment import (
    CorruptionConfig,
    DatasetConfig,
    Edit,
    Experiment,
    ModelConfig,
    SplitConfig,
    Spoiling,
    TrainingConfig,
)
from visualiser.core.experiment_file import (
    SIZE_LIMIT,
    experiment_text,
    load_experiment,
    parse_experiment,
    save_experiment,
)

FULL = Experiment(
    title="A spoiled spiral, “σ = 1”",
    dataset=DatasetConfig(
        name="shapes",
        options={"shape": "spiral", "points": 300, "noise": 0.25},
        encoding={"standardise": False},
    ),
    split=SplitConfig(train=0.6, validation=0.2, test=0.2, stratified=False),
    spoiling=Spoiling(
        corruptions=(
            CorruptionConfig(name="symmetric_label_noise", amount=0.2),
            CorruptionConfig(name="feature_noise", amount=0.5, options={"fraction": 0.5}),
        ),
        validation_too=True,
    ),
    model=ModelConfig(options={"hidden": [8, 8], "activation": "tanh", "dropout": 0.1}),
    training=TrainingConfig(optimizer="adamw", learning_rate=0.01, weight_decay=0.001, epochs=3),
    seed=7,
    weights_seed=8,
    edits=(Edit(step=10, learning_rate=0.1), Edit(step=20, spoiling=Spoiling())),
)


def as_data(experiment: Experiment = FULL) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(experiment_text(experiment))
    return data


def refused(text: str) -> UserError:
    with pytest.raises(UserError) as caught:
        parse_experiment(text, "lesson.experiment.json")
    return caught.value


def refused_data(**changes: object) -> UserError:
    return refused(json.dumps(as_data() | changes))


# What is saved comes back


@pytest.mark.parametrize("experiment", [Experiment(), FULL], ids=["defaults", "everything set"])
def test_an_experiment_comes_back_equal(experiment: Experiment, tmp_path: Path) -> None:
    path = tmp_path / "a lesson.experiment.json"
    save_experiment(experiment, path)
    assert load_experiment(path) == experiment


_amounts = st.sampled_from(["symmetric_label_noise", "pair_flip", "feature_noise"]).flatmap(
    lambda name: st.builds(
        CorruptionConfig, name=st.just(name), amount=st.floats(0, 0.45, allow_nan=False)
    )
)
_spoilings = st.builds(
    Spoiling,
    corruptions=st.lists(_amounts, max_size=3, unique_by=lambda c: c.name).map(tuple),
    validation_too=st.booleans(),
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
    assert parse_experiment(json.dumps({"format": as_data()["format"], "version": 1}), "x") == (
        Experiment()
    )


# Own tables


def own_table(path: str) -> Experiment:
    return Experiment(
        dataset=DatasetConfig(name="own_table", options={"path": path, "target": "rent"})
    )


def test_a_table_beside_the_file_moves_with_it(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    (here / "data").mkdir(parents=True)
    save_experiment(own_table(str(here / "data" / "flats.csv")), here / "x.experiment.json")
    here.rename(there)
    moved = load_experiment(there / "x.experiment.json")
    assert moved.dataset.options["path"] == str(there / "data" / "flats.csv")


def test_a_table_elsewhere_is_named_absolutely(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path)
    save_experiment(own_table("flats.csv"), tmp_path / "a" / "x.experiment.json")
    monkeypatch.chdir("/")
    loaded = load_experiment(tmp_path / "a" / "x.experiment.json")
    assert loaded.dataset.options["path"] == str(tmp_path / "flats.csv")


def test_a_table_in_the_home_folder_stays_there(tmp_path: Path) -> None:
    path = tmp_path / "x.experiment.json"
    save_experiment(own_table("~/flats.csv"), path)
    assert load_experiment(path).dataset.options["path"] == "~/flats.csv"


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
        ({"version": 2}, "newer version of this program"),
        ({"version": 0}, "format that never was"),
        ({"version": True}, "version is not a whole number"),
        ({"version": "1"}, "version is not a whole number"),
        ({"colour": "red"}, "“colour”, which this version of the program does not know"),
        ({"training": {"learning_rte": 1}}, "“training.learning_rte”"),
        ({"training": {"learning_rate": "0.1"}}, "training.learning_rate does not fit"),
        ({"training": {"learning_rate": 0}}, "training.learning_rate does not fit"),
        ({"training": {"learning_rate": 10**400}}, "training.learning_rate does not fit"),
        ({"training": {"epochs": 1.5}}, "training.epochs does not fit"),
        ({"training": {"device": "tpu"}}, "training.device does not fit"),
        ({"training": []}, "training does not fit"),
        ({"seed": True}, "seed does not fit"),
        ({"seed": -1}, "seed does not fit"),
        ({"title": "x" * 201}, "title does not fit"),
        ({"split": {"train": 0.9}}, "must add up to 1"),
        ({"spoiling": {"corruptions": [{"amount": 1}]}}, "corruptions.0.name is missing"),
        ({"edits": [{"step": 2}, {"step": 1}]}, "in the order of their steps"),
        ({"dataset": {"name": "cats"}}, "no data set called “cats”"),
        ({"dataset": {"name": "shapes", "options": {"shape": "cube"}}}, "“shape”"),
        ({"dataset": {"name": "shapes", "options": {"points": 10**12}}}, "“points”"),
        ({"dataset": {"name": "sms_spam", "encoding": {"size": 10**12}}}, "“size”"),
        ({"model": {"name": "gpt"}}, "no model called “gpt”"),
        ({"model": {"options": {"hidden": [10**9]}}}, "“hidden.0”"),
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
        ({"name": "pair_flip", "amount": 0.1, "options": {"x": 1}}, "the option “x”"),
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


def test_older_versions_pass_through_every_migration(monkeypatch: pytest.MonkeyPatch) -> None:
    def seed_was_called_random_state(data: dict[str, Any]) -> dict[str, Any]:
        return {("seed" if k == "random_state" else k): v for k, v in data.items()}

    monkeypatch.setitem(experiment_file.MIGRATIONS, 0, lambda data: data)
    monkeypatch.setitem(experiment_file.MIGRATIONS, -1, seed_was_called_random_state)
    old = as_data() | {"version": -1, "random_state": 99}
    del old["seed"]
    assert parse_experiment(json.dumps(old), "x") == FULL.replace(seed=99)


# Files that are none


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"There is no file .*gone"):
        load_experiment(tmp_path / "gone.experiment.json")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder"):
        load_experiment(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in folders")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UserError, match="not an ordinary file"):
        load_experiment(tmp_path / "pipe")


def test_a_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "huge.experiment.json"
    with path.open("wb") as file:
        file.truncate(SIZE_LIMIT * 5000)
    with pytest.raises(UserError, match="larger than 1,000 kB"):
        load_experiment(path)


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_other_encodings_are_refused(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "x.experiment.json"
    path.write_text('{"title": "Überfüllt"}', encoding=encoding)
    with pytest.raises(UserError, match="not UTF-8 text"):
        load_experiment(path)


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_a_name_that_no_file_can_have_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        load_experiment(tmp_path / name)
    with pytest.raises(UserError):
        save_experiment(FULL, tmp_path / name)


def test_saving_into_a_folder_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        save_experiment(FULL, tmp_path / "gone" / "x.experiment.json")


def test_a_failed_save_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.experiment.json"
    save_experiment(FULL, path)

    def disk_full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", disk_full)
    with pytest.raises(UserError, match=r"cannot be written \(no space left on device\)"):
        save_experiment(Experiment(), path)
    assert load_experiment(path) == FULL
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="other permissions")
def test_a_saved_file_can_be_read_by_others_as_usual(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    save_experiment(FULL, tmp_path / "x")
    usual = stat.S_IMODE((tmp_path / "usual").stat().st_mode)
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == usual


# Fuzzing: only a UserError ever comes out


def survives(text: str) -> None:
    try:
        experiment = parse_experiment(text, "fuzz")
    except UserError as error:
        assert error.message
    else:
        assert parse_experiment(experiment_text(experiment), "again") == experiment


@given(st.binary(max_size=400))
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_random_bytes_never_crash(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "fuzz.experiment.json"
    path.write_bytes(data)
    with pytest.raises(UserError):
        load_experiment(path)


_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(10**300, 10**310)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["shapes", "mlp", "pair_flip", "own_table"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["name", "options", "amount", "step", "spoiling", "path", "hidden"])
            | st.text(max_size=5),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(_json)
@settings(max_examples=100, deadline=None)
def test_any_json_is_an_experiment_or_refused(data: object) -> None:
    survives(json.dumps(data))


def paths_in(data: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = (
        list(data.items())
        if isinstance(data, dict)
        else list(enumerate(data))
        if isinstance(data, list)
        else []
    )
    return [path, *(p for key, child in children for p in paths_in(child, (*path, key)))]


@given(st.sampled_from(paths_in(as_data())[1:]), _json)
@settings(max_examples=300, deadline=None)
def test_an_experiment_with_any_one_field_replaced_loads_or_is_refused(
    path: tuple[Any, ...], value: object
) -> None:
    data: Any = as_data()
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    survives(json.dumps(data))


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_an_experiment_with_any_text_cut_out_loads_or_is_refused(data: st.DataObject) -> None:
    text = experiment_text(FULL)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    survives(text[:start] + data.draw(st.text(max_size=3)) + text[end:])
