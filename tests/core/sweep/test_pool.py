"""Real processes: one that dies, all that die, and Cancel."""

import multiprocessing
from pathlib import Path

import pytest

from tests.core.sweep.small_sweeps import MOONS, sweep_of, trained
from visualiser.core.data.source import Cancelled, Progress
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig, ModelConfig
from visualiser.core.sweep import pool
from visualiser.core.sweep.lines import model_lines
from visualiser.core.sweep.plan import Unit
from visualiser.core.sweep.result import CELLS_FILE
from visualiser.core.sweep.run import Place, run_sweep
from visualiser.core.sweep.sweep_file import open_folder

APART = Place(workers=2, apart=True)
LONG = MOONS.replace(training=MOONS.training.replace(epochs=120))
"""Long enough for a process to tell of its work before it is done."""
TWO_MODELS = model_lines([ModelConfig(name="linear"), ModelConfig(name="mlp")])


class Killer(Progress):
    """Ends the processes of the pool while they work, so many times."""

    def __init__(self, times: int) -> None:
        self.times = times

    def update(self, done: float, text: str) -> None:
        if done > self.before and self.times:
            self.times -= 1
            for process in multiprocessing.active_children():
                process.kill()
        self.before = done

    before = 0.0


def test_a_process_that_dies_costs_nothing_and_no_run_is_there_twice(tmp_path: Path) -> None:
    wanted = sweep_of(LONG, amounts=(0.0, 0.4))
    here = trained(wanted, tmp_path / "here")
    sweep, log = open_folder(wanted, tmp_path / "apart")
    killer = Killer(times=1)
    assert not run_sweep(sweep, log, APART, killer, lambda result: None)
    assert killer.times == 0
    assert len((tmp_path / "apart" / CELLS_FILE).read_text().splitlines()) == 4
    for key, result in log.results.items():
        assert result.value("accuracy") == pytest.approx(here[key].value("accuracy"), abs=0.06)
    assert not multiprocessing.active_children()


def test_processes_that_die_between_two_lots_cost_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left, send = [3], pool._Worker.send

    def die_before_it_comes(worker: pool._Worker, unit: Unit) -> None:
        if left[0]:
            left[0] -= 1
            worker.process.kill()
            worker.process.join()
        send(worker, unit)

    monkeypatch.setattr(pool._Worker, "send", die_before_it_comes)
    sweep, log = open_folder(sweep_of(lines=TWO_MODELS), tmp_path)
    assert not run_sweep(sweep, log, APART, Progress(), lambda result: None)
    assert left == [0]
    lines = (tmp_path / CELLS_FILE).read_text().splitlines()
    assert len(lines) == len(log.results) == 12
    left[0] = 1_000
    endless, log = open_folder(sweep_of(), tmp_path / "endless")
    monkeypatch.setattr(pool, "_MOST_DIED_IDLE", 2)
    with pytest.raises(UserError, match="again and again"):
        run_sweep(endless, log, APART, Progress(), lambda result: None)
    assert not multiprocessing.active_children()


def test_a_run_whose_process_dies_twice_is_given_up_and_told(tmp_path: Path) -> None:
    few = sweep_of(LONG.replace(training=LONG.training.replace(epochs=2_000)), seeds=(0,))
    sweep, log = open_folder(few.replace(amounts=(0.2,)), tmp_path)
    lost = run_sweep(sweep, log, APART, Killer(times=10), lambda result: None)
    assert [cell.amount for cell in lost] == [0.2]
    assert not log.results


def test_cancel_leaves_no_process_behind(tmp_path: Path) -> None:
    class Impatient(Progress):
        share = 0.0

        def update(self, done: float, text: str) -> None:
            self.share = done

        def check(self) -> None:
            if self.share > 0:
                raise Cancelled

    endless = sweep_of(LONG.replace(training=LONG.training.replace(epochs=100_000)))
    sweep, log = open_folder(endless, tmp_path)
    with pytest.raises(Cancelled):
        run_sweep(sweep, log, APART, Impatient(), lambda result: None)
    assert not multiprocessing.active_children()


def test_what_the_user_can_put_right_comes_back_from_the_process(tmp_path: Path) -> None:
    table = DatasetConfig(name="own_table", options={"path": str(tmp_path / "gone.csv")})
    sweep, log = open_folder(sweep_of(MOONS.replace(dataset=table)), tmp_path / "sweep")
    with pytest.raises(UserError, match=r"gone\.csv"):
        run_sweep(sweep, log, APART, Progress(), lambda result: None)
