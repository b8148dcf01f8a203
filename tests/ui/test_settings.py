import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visualiser.core.errors import UserError
from visualiser.core.experiment import (
    MOST_EDITS,
    CorruptionConfig,
    DatasetConfig,
    Edit,
    Experiment,
    ModelConfig,
    Spoiling,
)
from visualiser.core.experiment_file import SIZE_LIMIT as EXPERIMENT_LIMIT
from visualiser.core.experiment_file import experiment_text
from visualiser.ui.settings import (
    LAST_EXPERIMENT,
    MOST_RECENT,
    SIZE_LIMIT,
    Settings,
    load_settings,
    save_settings,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def full() -> Settings:
    return Settings(
        theme="dark",
        text_scale=1.5,
        geometry="AAEC",
        splitters={"columns": (280, 700, 300)},
        folded=("model",),
        view="weights",
        side_by_side=True,
        left_column=False,
        curves=("epochs", "smooth"),
        speed=50,
        recent=("/a/b.experiment.json",),
        file="/a/b.experiment.json",
        experiment=Experiment(dataset=DatasetConfig(name="mnist_5k"), seed=7),
    )


def test_a_first_start_has_defaults_and_says_nothing(path: Path) -> None:
    assert load_settings(path) == (Settings(), "")


def test_what_was_saved_comes_back(path: Path) -> None:
    save_settings(full(), path)
    assert load_settings(path) == (full(), "")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("theme", "pink"),
        ("text_scale", 40),
        ("text_scale", None),
        ("geometry", 7),
        ("geometry", "x" * 5000),
        ("splitters", {"columns": [-1, 5]}),
        ("splitters", {str(i): [1] for i in range(21)}),
        ("folded", "data"),
        ("view", []),
        ("side_by_side", "perhaps"),
        ("left_column", 7),
        ("curves", ["loops"]),
        ("curves", ["smooth"] * 6),
        ("speed", 0),
        ("speed", "fast"),
        ("recent", ["a"] * (MOST_RECENT + 1)),
        ("recent", ["a\0b"]),
        ("file", "a\0b"),
    ],
)
def test_one_bad_field_costs_only_itself(path: Path, field: str, value: object) -> None:
    other = "view" if field != "view" else "theme"
    good = {"view": "weights", "theme": "dark"}[other]
    path.write_text(json.dumps({field: value, other: good}), encoding="utf-8")
    loaded, sentence = load_settings(path)
    assert getattr(loaded, field) == getattr(Settings(), field)
    assert getattr(loaded, other) == good
    assert field in sentence


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b"7" * 5000,
        b"x" * SIZE_LIMIT * 2,
    ],
    ids=["empty", "cut off", "list", "null", "binary", "deep", "huge number", "huge file"],
)
def test_a_damaged_file_gives_defaults_and_one_sentence(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    loaded, sentence = load_settings(path)
    assert loaded == Settings()
    assert sentence.startswith("Settings start afresh")


def test_a_folder_in_its_place_gives_defaults_and_one_sentence(path: Path) -> None:
    path.mkdir()
    loaded, sentence = load_settings(path)
    assert loaded == Settings()
    assert sentence


def test_keys_of_another_version_are_ignored(path: Path) -> None:
    path.write_text('{"theme": "dark", "later": {"a": 1}}', encoding="utf-8")
    assert load_settings(path) == (Settings(theme="dark"), "")


@settings(max_examples=60)
@given(data=st.dictionaries(st.sampled_from(sorted(Settings.model_fields)), JSON))
def test_whatever_the_file_holds_loading_never_fails(
    data: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    loaded, sentence = load_settings(path)
    Settings.model_validate(loaded.model_dump())
    assert isinstance(sentence, str)


def test_a_failed_save_leaves_the_old_file(path: Path, tmp_path: Path) -> None:
    save_settings(Settings(theme="dark"), path)
    with pytest.raises(UserError):
        save_settings(Settings(), tmp_path / "missing" / "settings.json")
    assert load_settings(path)[0].theme == "dark"
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"format": "something else"}',
        experiment_text(Experiment(dataset=DatasetConfig(name="no such data"))),
        experiment_text(Experiment(model=ModelConfig(options={"hidden": [-3]}))),
        " " * (EXPERIMENT_LIMIT + 1),
    ],
    ids=["empty", "list", "foreign", "unknown data", "bad option", "huge"],
)
def test_a_last_experiment_that_cannot_be_used_costs_no_setting(path: Path, content: str) -> None:
    save_settings(full().model_copy(update={"experiment": None}), path)
    path.with_name(LAST_EXPERIMENT).write_text(content, encoding="utf-8")
    loaded, sentence = load_settings(path)
    assert loaded == full().model_copy(update={"experiment": None})
    assert sentence.startswith("The last experiment could not be used: ")
    assert LAST_EXPERIMENT in sentence


def test_an_experiment_longer_than_all_settings_may_be_is_remembered(path: Path) -> None:
    ways = tuple(
        CorruptionConfig(name=name, amount=0.1, seed=1, parts="both")
        for name in ("symmetric_label_noise", "pair_flip", "class_imbalance", "feature_noise")
    )
    edits = tuple(Edit(step=n, spoiling=Spoiling(corruptions=ways)) for n in range(MOST_EDITS))
    long = full().model_copy(update={"experiment": Experiment(edits=edits)})
    assert len(experiment_text(Experiment(edits=edits))) > SIZE_LIMIT
    save_settings(long, path)
    assert load_settings(path) == (long, "")


def test_nothing_that_was_saved_is_executed(path: Path) -> None:
    model = ModelConfig(name="mlp", options={"hidden": [8]})
    save_settings(Settings(experiment=Experiment(model=model)), path)
    assert isinstance(json.loads(path.read_text(encoding="utf-8")), dict)
