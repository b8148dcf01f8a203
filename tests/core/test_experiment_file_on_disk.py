"""Experiment files and the disk: tables beside them, files that are none, failed saves."""

import os
import stat
import sys
from pathlib import Path

import pytest

from tests.core.made_experiments import FULL
from visualiser.core import experiment_file
from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.errors import UserError
from visualiser.core.experiment import (
    MOST_EDITS,
    CorruptionConfig,
    DatasetConfig,
    Edit,
    Experiment,
    Spoiling,
)
from visualiser.core.experiment_file import (
    SIZE_LIMIT,
    load_experiment,
    save_experiment,
)


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
    with pytest.raises(UserError, match=f"larger than {SIZE_LIMIT // 1000:,} kB"):
        load_experiment(path)


def test_a_run_changed_as_often_as_it_may_be_can_be_loaded_again(tmp_path: Path) -> None:
    path = tmp_path / "long.experiment.json"
    ways = tuple(
        CorruptionConfig(
            name=name,
            amount=corruption.amount.extreme,
            options=corruption.options().model_dump(mode="json"),
        )
        for name, corruption in CORRUPTIONS.items()
    )
    edits = [Edit(step=10**9 + n, spoiling=Spoiling(corruptions=ways)) for n in range(MOST_EDITS)]
    experiment = FULL.replace(edits=tuple(edits))
    save_experiment(experiment, path)
    assert path.stat().st_size < SIZE_LIMIT
    assert load_experiment(path) == experiment


def test_what_would_be_too_long_to_be_opened_again_is_not_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.experiment.json"
    save_experiment(Experiment(), path)
    monkeypatch.setattr(experiment_file, "SIZE_LIMIT", 2_000)
    edits = tuple(Edit(step=step, learning_rate=0.1) for step in range(100))
    with pytest.raises(UserError, match=r"“x.experiment.json” would be larger than 2 kB"):
        save_experiment(Experiment(edits=edits), path)
    assert load_experiment(path) == Experiment()


def test_what_would_be_refused_when_opened_again_is_not_saved(tmp_path: Path) -> None:
    path = tmp_path / "x.experiment.json"
    with pytest.raises(UserError, match=r"could not be opened again\. .*no file name"):
        save_experiment(own_table("/data/\udce4.csv"), path)
    assert not path.exists()


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
