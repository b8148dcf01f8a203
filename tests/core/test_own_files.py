import os
from pathlib import Path

import pytest

from tests.core.data.own_tables import people, written
from visualiser.core.data import own_content
from visualiser.core.data.own_content import count_in, fingerprint, size_in, state_of
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.source import Cancelled, Progress
from visualiser.core.experiment import DatasetConfig, Experiment
from visualiser.core.own_files import as_read, found_beside, is_missing, path_of


def of(path: Path, content: str = "") -> Experiment:
    config = DatasetConfig(name="own_table", options={"path": str(path)}, content=content)
    return Experiment(dataset=config)


def test_a_run_knows_what_its_data_held_when_it_was_read(tmp_path: Path) -> None:
    path = written(tmp_path, people())
    dataset = load_dataset(of(path).dataset, 0)
    read, said = as_read(of(path), dataset)
    assert (read.dataset.content, said) == (fingerprint(path, Progress()), "")
    assert size_in(read.dataset.content) == path.stat().st_size
    assert as_read(read, dataset) == (read, "")


def test_data_that_changed_since_is_told_once(tmp_path: Path) -> None:
    path = written(tmp_path, people())
    made, _ = as_read(of(path), load_dataset(of(path).dataset, 0))
    written(tmp_path, people(60))
    now, said = as_read(made, load_dataset(made.dataset, 0))
    assert "“table.csv” has changed since this experiment was made" in said
    assert as_read(now, load_dataset(now.dataset, 0)) == (now, "")


@pytest.mark.parametrize("name", ["table.csv", "renamed.csv"])
def test_moved_data_is_found_beside_the_experiment(tmp_path: Path, name: str) -> None:
    here = tmp_path / "lesson"
    here.mkdir()
    (here / "another.csv").write_text(people(12), encoding="utf-8")
    path = written(here, people(), name)
    (here / "as long.csv").write_bytes(bytes(path.stat().st_size))
    lost = of(tmp_path / "table.csv", fingerprint(path, Progress()))
    assert is_missing(lost.dataset)
    found, said = found_beside(lost, here, Progress())
    assert path_of(found.dataset) == str(path)
    assert f"“{name}” beside the experiment is used" in said
    assert as_read(found, load_dataset(found.dataset, 0))[1] == ""


def of_pictures(path: Path, content: str = "") -> Experiment:
    config = DatasetConfig(name="own_pictures", options={"path": str(path)}, content=content)
    return Experiment(dataset=config)


def filled(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{folder.name} {name}", encoding="utf-8")
    return folder


def test_a_renamed_folder_is_found_beside_the_experiment(tmp_path: Path) -> None:
    filled(tmp_path / "fewer", "a/1.png")
    filled(tmp_path / "more", "a/1.png", "a/2.png", "b/3.png")
    filled(tmp_path / "as many", "a/1.png", "b/2.png")
    renamed = filled(tmp_path / "renamed", "a/1.png", "b/2.png")
    lost = of_pictures(tmp_path / "shapes", fingerprint(renamed, Progress()))
    found, said = found_beside(lost, tmp_path, Progress())
    assert path_of(found.dataset) == str(renamed)
    assert said == "“shapes” is not where it was: “renamed” beside the experiment is used."


def test_a_folder_in_the_place_of_a_file_is_not_the_data_and_the_other_way_round(
    tmp_path: Path,
) -> None:
    (tmp_path / "table.csv").mkdir()
    (tmp_path / "shapes").write_text("a,b", encoding="utf-8")
    for lost in (of(tmp_path / "table.csv"), of_pictures(tmp_path / "shapes")):
        assert is_missing(lost.dataset)
        assert found_beside(lost, tmp_path, Progress()) == (lost, "")


def test_looking_for_moved_data_tells_how_far_it_is_and_can_be_cancelled(tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []

    class Watching(Progress):
        def update(self, done: float, text: str) -> None:
            told.append((done, text))
            if len(told) == 2:
                raise Cancelled

    size = 5
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(bytes(size))
    lost = of(tmp_path / "gone" / "table.csv", f"sha256:{size}:abc")
    with pytest.raises(Cancelled):
        found_beside(lost, tmp_path, Watching())
    said = "Looking for “table.csv” beside the experiment"
    assert told == [(0, said), (0.5, said)]


def test_what_is_where_it_was_is_left_alone(tmp_path: Path) -> None:
    there = of(written(tmp_path, people()))
    bundled = Experiment()
    gone = of(tmp_path / "gone.csv", "sha256:17:abc")
    for experiment in (there, bundled, gone):
        assert found_beside(experiment, tmp_path, Progress()) == (experiment, "")


def test_a_large_file_is_told_by_its_size_and_its_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_content, "WHOLE_BYTES", 100)
    monkeypatch.setattr(own_content, "END_BYTES", 20)
    path = tmp_path / "large.csv"

    def of_bytes(content: bytes) -> str:
        path.write_bytes(content)
        return fingerprint(path, Progress())

    whole = of_bytes(b"a" * 200)
    assert whole.startswith("sha256-ends:200:")
    assert (size_in(whole), count_in(whole)) == (200, None)
    assert of_bytes(b"a" * 100 + b"b" + b"a" * 99) == whole
    for other in (b"a" * 199, b"b" + b"a" * 199, b"a" * 199 + b"b"):
        assert of_bytes(other) != whole


def test_a_folder_is_told_by_its_files(tmp_path: Path) -> None:
    for name in ("a/1.txt", "b/😀.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    first = fingerprint(tmp_path, Progress())
    assert first.startswith("sha256-files:2:")
    assert (size_in(first), count_in(first)) == (None, 2)
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / ".hidden").write_text("x", encoding="utf-8")
    assert fingerprint(tmp_path, Progress()) == first
    (tmp_path / "a/1.txt").write_text("A/1.TXT", encoding="utf-8")
    assert fingerprint(tmp_path, Progress()) != first


def test_what_cannot_be_read_has_no_fingerprint(tmp_path: Path) -> None:
    assert fingerprint(tmp_path / "gone.csv", Progress()) == ""
    assert fingerprint(Path("nul\0"), Progress()) == ""
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert fingerprint(tmp_path / "pipe", Progress()) == ""


def test_taking_a_fingerprint_can_be_cancelled(tmp_path: Path) -> None:
    class Stopped(Progress):
        def check(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        fingerprint(written(tmp_path, people()), Stopped())


def test_a_file_added_below_a_folder_is_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    os.utime(folder, ns=(0, 1))
    before = state_of(tmp_path)
    assert state_of(tmp_path) == before
    (folder / "new.png").write_bytes(b"x")
    assert state_of(tmp_path) != before
