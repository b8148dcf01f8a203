import json
from pathlib import Path

import pytest

from tests.core.sweep.small_sweeps import MOONS, sweep_of, trained
from visualiser.core.data.source import Cancelled, Progress
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig, ModelConfig
from visualiser.core.sweep import work
from visualiser.core.sweep.lines import size_lines
from visualiser.core.sweep.result import CELLS_FILE, CellLog, CellResult
from visualiser.core.sweep.run import Place, run_sweep
from visualiser.core.sweep.sweep import cells_of
from visualiser.core.sweep.sweep_file import (
    SWEEP_FILE,
    load_sweep,
    open_folder,
    parse_sweep,
    usual_folder,
)


class Counted(Progress):
    """Stops once so many runs are trained."""

    def __init__(self, most: int) -> None:
        self.most, self.told = most, 0

    def hear(self, result: CellResult) -> None:
        self.told += 1

    def check(self) -> None:
        if self.told >= self.most:
            raise Cancelled


def lines_of(folder: Path) -> list[str]:
    return (folder / CELLS_FILE).read_text().splitlines()


def go_on(folder: Path) -> int:
    """How many runs were trained to complete the sweep of a folder."""
    counted = Counted(10**6)
    sweep, log = open_folder(load_sweep(folder), folder)
    run_sweep(sweep, log, Place(workers=1), Progress(), counted.hear)
    return counted.told


def test_a_sweep_leaves_a_line_for_each_run_and_is_not_trained_again(tmp_path: Path) -> None:
    results = trained(sweep_of(), tmp_path)
    assert set(results) == {cell.key for cell in cells_of(sweep_of())}
    assert len(lines_of(tmp_path)) == 6
    assert go_on(tmp_path) == 0
    assert CellLog(tmp_path).results == results


def test_cancelled_it_keeps_what_is_done_and_goes_on_from_there(tmp_path: Path) -> None:
    tree = sweep_of(amounts=(0.0, 0.2), seeds=(0,))  # too few to be trained at once
    sweep, log = open_folder(tree, tmp_path)
    counted = Counted(1)
    with pytest.raises(Cancelled):
        run_sweep(sweep, log, Place(workers=1), counted, counted.hear)
    assert len(lines_of(tmp_path)) == 1
    assert go_on(tmp_path) == 1
    assert len({json.loads(line)["key"] for line in lines_of(tmp_path)}) == 2


@pytest.mark.parametrize("left", [1, 40, -1])
def test_a_line_that_a_crash_tore_is_trained_again_and_nothing_else(
    tmp_path: Path, left: int
) -> None:
    whole = trained(sweep_of(), tmp_path)
    path = tmp_path / CELLS_FILE
    *before, last = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(before) + last[:left])
    read = CellLog(tmp_path)
    complete = left == -1  # but for the end of its line
    assert len(read.results) == (6 if complete else 5)
    assert go_on(tmp_path) == (0 if complete else 1)
    again = CellLog(tmp_path).results
    assert again.keys() == whole.keys()
    for key, result in again.items():
        assert result.value("accuracy") == pytest.approx(whole[key].value("accuracy"))


def test_a_run_that_stands_there_twice_counts_once(tmp_path: Path) -> None:
    trained(sweep_of(), tmp_path)
    path = tmp_path / CELLS_FILE
    path.write_text(path.read_text() * 2)
    assert len(CellLog(tmp_path).results) == 6
    assert CellLog(tmp_path).damaged == 0


def test_foreign_lines_are_counted_and_left_alone(tmp_path: Path) -> None:
    trained(sweep_of(), tmp_path)
    path = tmp_path / CELLS_FILE
    good = path.read_text().splitlines()
    wrong = json.loads(good[0]) | {"rows": "many"}
    strange = ["", "[]", "null", "{", '{"key": 1}', json.dumps(wrong), "\x00\x00", "NaN"]
    path.write_text("\n".join([*strange, *good[1:]]) + "\n")
    log = CellLog(tmp_path)
    assert len(log.results) == 5
    assert log.damaged == len(strange) - 1
    assert go_on(tmp_path) == 1


def test_bytes_that_are_no_text_cost_their_line_alone(tmp_path: Path) -> None:
    trained(sweep_of(), tmp_path)
    path = tmp_path / CELLS_FILE
    first, *others = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first[:9] + b"\xff\xfe" + first[9:] + b"".join(others) + b"\xc3")
    log = CellLog(tmp_path)
    assert (len(log.results), log.damaged) == (5, 2)
    assert go_on(tmp_path) == 1
    assert len(CellLog(tmp_path).results) == 6


def test_more_amounts_and_seeds_keep_what_is_there(tmp_path: Path) -> None:
    trained(sweep_of(), tmp_path)
    results = trained(sweep_of(amounts=(0.0, 0.2, 0.3, 0.4)), tmp_path)
    assert len(results) == 8
    assert len(lines_of(tmp_path)) == 8


def test_another_sweep_is_not_written_over(tmp_path: Path) -> None:
    trained(sweep_of(), tmp_path)
    with pytest.raises(UserError, match="another sweep"):
        open_folder(sweep_of(amounts=(0.0, 0.1)), tmp_path)
    assert load_sweep(tmp_path).amounts == (0.0, 0.2, 0.4)


def test_other_amounts_take_their_place_where_that_is_asked_for(tmp_path: Path) -> None:
    trained(sweep_of(), tmp_path)
    other = sweep_of(amounts=(0.0, 0.1), seeds=(1, 2))
    sweep, log = open_folder(other, tmp_path, other_amounts=True)
    assert load_sweep(tmp_path) == other == sweep and len(log.results) == 6
    assert not run_sweep(sweep, log, Place(workers=1), Progress(), lambda result: None)
    assert len(lines_of(tmp_path)) == 9  # one of four was there
    with pytest.raises(UserError, match="another sweep"):
        open_folder(sweep_of(corruption="pair_flip"), tmp_path, other_amounts=True)


def test_the_usual_folder_is_known_by_what_is_swept_alone() -> None:
    usual = usual_folder(sweep_of())
    same = (
        sweep_of(amounts=(0.0, 0.1)),
        sweep_of(seeds=(3, 4, 5)),
        sweep_of(MOONS.replace(seed=7, title="another title", weights_seed=3)),
    )
    assert {usual_folder(sweep) for sweep in same} == {usual}
    other = (
        sweep_of(corruption="pair_flip"),
        sweep_of(MOONS.replace(training=MOONS.training.replace(epochs=3))),
        sweep_of(MOONS.replace(model=ModelConfig(name="linear"))),
        sweep_of(lines=size_lines((0.5, 1.0))),
    )
    assert len({usual, *(usual_folder(sweep) for sweep in other)}) == 5


def test_a_sweep_is_read_as_it_was_written(tmp_path: Path) -> None:
    sweep = sweep_of(MOONS.replace(title="σ, “quoted”"), options={})
    open_folder(sweep, tmp_path)
    assert load_sweep(tmp_path) == sweep


def test_an_unusable_sweep_file_is_told_in_a_sentence() -> None:
    good = {
        "format": "training-visualiser-sweep",
        "version": 1,
        "base": json.loads(MOONS.model_dump_json()),
        "corruption": "symmetric_label_noise",
        "amounts": [0.0, 0.2],
        "seeds": [0],
    }
    assert parse_sweep(json.dumps(good), SWEEP_FILE).seeds == (0,)
    bad = [
        "",
        "[]",
        "{",
        "{}",
        json.dumps(good | {"version": 2}),
        json.dumps(good | {"surprise": 1}),
        json.dumps(good | {"amounts": []}),
        json.dumps(good | {"amounts": [0.0, 0.9]}),
        json.dumps(good | {"amounts": [0.1, "x"]}),
        json.dumps(good | {"seeds": [-1]}),
        json.dumps(good | {"seeds": [True]}),
        json.dumps(good | {"corruption": "rust"}),
        json.dumps(good | {"base": {}}),
        json.dumps(good | {"base": None}),
        json.dumps(good | {"lines": [{"label": "a", "model": {"name": "oracle"}}]}),
        json.dumps(good)[:-1] + ', "seeds": [1]}',
        "[" * 5000,
    ]
    for text in bad:
        with pytest.raises(UserError):
            parse_sweep(text, SWEEP_FILE)


def test_the_users_own_data_is_named_from_anywhere(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    table = DatasetConfig(name="own_table", options={"path": "flats.csv"})
    sweep, _ = open_folder(sweep_of(MOONS.replace(dataset=table)), tmp_path / "folder")
    assert sweep.base.dataset.options["path"] == str(tmp_path / "flats.csv")


def test_a_table_that_was_changed_meanwhile_is_another_one(tmp_path: Path) -> None:
    table = tmp_path / "flats.csv"
    rows = [f"{i % 7},{'ab'[i % 2]}" for i in range(60)]
    table.write_text("\n".join(["size,kind", *rows]) + "\n")
    config = DatasetConfig(name="own_table", options={"path": str(table), "target": "kind"})
    wanted = sweep_of(MOONS.replace(dataset=config), amounts=(0.0, 0.2), seeds=(0,))
    assert len(trained(wanted, tmp_path / "sweep")) == 2
    table.write_text(table.read_text() + "3,a\n")
    work._loaded.cache_clear()  # as in another process
    sweep, log = open_folder(
        load_sweep(tmp_path / "sweep").replace(seeds=(0, 1)), tmp_path / "sweep"
    )
    with pytest.raises(UserError, match="has changed"):
        run_sweep(sweep, log, Place(workers=1), Progress(), lambda result: None)
    with pytest.raises(UserError, match="another sweep"):
        open_folder(wanted, tmp_path / "sweep")


def test_a_folder_without_a_sweep_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no sweep"):
        load_sweep(tmp_path)
