"""`visualiser list`."""

from typing import Any

import pytest

from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.data.registry import SOURCES
from visualiser.core.models.registry import MODELS

REGISTRIES: dict[str, Any] = {"datasets": SOURCES, "models": MODELS, "corruptions": CORRUPTIONS}


@pytest.mark.parametrize("what", REGISTRIES)
def test_json_is_a_list_of_objects_with_name_and_title(visualiser: Any, what: str) -> None:
    answer = visualiser("list", what, "--json")
    assert answer.code == 0
    entries = answer.json()
    assert [(e["name"], e["title"]) for e in entries] == [
        (name, entry.title) for name, entry in REGISTRIES[what].items()
    ]
    assert all(entry["summary"] for entry in entries)


@pytest.mark.parametrize("what", REGISTRIES)
def test_the_options_of_each_are_described(visualiser: Any, what: str) -> None:
    for entry in visualiser("list", what, "--json").json():
        declared = REGISTRIES[what][entry["name"]].options.model_fields
        assert {*entry["options"]} == {*declared}
        assert all("default" in option for option in entry["options"].values())


def test_corruptions_say_how_much_they_take(visualiser: Any) -> None:
    entries = {e["name"]: e for e in visualiser("list", "corruptions", "--json").json()}
    noise = entries["symmetric_label_noise"]
    assert noise["flag"] == "--label-noise"
    assert (noise["identity"], noise["extreme"], noise["unit"]) == (0, 0.8, "share")


@pytest.mark.parametrize("what", REGISTRIES)
@pytest.mark.parametrize("columns", ["20", "80", "300"])
def test_every_name_is_shown_whatever_the_width(
    visualiser: Any, what: str, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    answer = visualiser("list", what)
    assert answer.code == 0
    starts = {line.split()[0] for line in answer.out.splitlines() if not line.startswith(" ")}
    assert starts == {*REGISTRIES[what]}


def test_the_option_to_type_stands_beside_each_corruption(visualiser: Any) -> None:
    text = visualiser("list", "corruptions").out
    assert all(f"--{corruption.flag}" in text for corruption in CORRUPTIONS.values())


def test_data_sets_say_the_job_they_are_for(visualiser: Any) -> None:
    text = " ".join(visualiser("list", "datasets").out.split())
    entries = visualiser("list", "datasets", "--json").json()
    for entry, source in zip(entries, SOURCES.values(), strict=True):
        assert entry["job"] == source.job
        assert f"{source.title} ({source.job})." in text


def test_no_two_entries_have_one_title() -> None:
    for registry in REGISTRIES.values():
        titles = [entry.title for entry in registry.values()]
        assert len(titles) == len(set(titles))
