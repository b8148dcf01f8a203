"""A scheduler and two workers as processes of their own, one of which is killed at work."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest

from tests.core.sweep.small_sweeps import MOONS, sweep_of
from visualiser.core.data.source import Cancelled, Progress
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig
from visualiser.core.sweep import cluster
from visualiser.core.sweep.cluster import Cluster, connected
from visualiser.core.sweep.cluster_task import train_unit
from visualiser.core.sweep.desk import Desk
from visualiser.core.sweep.plan import plan
from visualiser.core.sweep.result import CELLS_FILE, CellResult
from visualiser.core.sweep.run import Place, run_sweep
from visualiser.core.sweep.sweep import cells_of
from visualiser.core.sweep.sweep_file import open_folder

pytest.importorskip("distributed")

ROOT = Path(__file__).parents[3]
PATIENCE = 60.0
WIDE = sweep_of(
    MOONS.replace(training=MOONS.training.replace(epochs=20)),
    amounts=tuple(i / 20 for i in range(7)),
    seeds=tuple(range(6)),
)
"""42 runs in lots of seven."""


class Dask:
    """Processes of a cluster on this machine, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self._address = folder / "scheduler.json"
        common = ("--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", self._address)
        self._start("scheduler", *common, "--port", "0")
        ends = monotonic() + PATIENCE
        while not self._address.exists() and monotonic() < ends:
            sleep(0.05)
        self.address = json.loads(self._address.read_text())["address"]

    def start_worker(self) -> subprocess.Popen[bytes]:
        return self._start(
            "worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard"
        )

    def _start(self, what: str, *words: object) -> subprocess.Popen[bytes]:
        log = (self._folder / f"{len(self.processes)}.log").open("wb")
        with log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{what}", *map(str, words)],
                cwd=self._folder,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        return process

    def end(self) -> None:
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait(PATIENCE)


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    made = Dask(tmp_path_factory.mktemp("dask"))
    yield made
    made.end()


def knock(address: str, check: Callable[[], None] = lambda: None) -> None:
    """Connect, and do nothing."""
    with connected(address, check):
        pass


class Watch(Progress):
    """Kills a worker when the first results are there; gives up where nothing comes."""

    def __init__(self, victim: subprocess.Popen[bytes] | None = None) -> None:
        self.victim, self.told = victim, 0
        self._ends = monotonic() + PATIENCE

    def hear(self, result: CellResult) -> None:
        self.told += 1
        if self.victim is not None:
            self.victim.kill()
            self.victim = None

    def check(self) -> None:
        if monotonic() > self._ends:
            raise Cancelled


def test_with_a_worker_killed_in_the_middle_nothing_is_lost_and_nothing_twice(
    dask: Dask, tmp_path: Path
) -> None:
    victim, other = dask.start_worker(), dask.start_worker()
    sweep, log = open_folder(WIDE, tmp_path)
    watch = Watch(victim)
    lost = run_sweep(sweep, log, Place(scheduler=dask.address), watch, watch.hear)
    assert lost == ()
    assert victim.wait(PATIENCE) != 0 and other.poll() is None
    keys = [json.loads(line)["key"] for line in (tmp_path / CELLS_FILE).read_text().splitlines()]
    assert len(keys) == len(set(keys)) == watch.told
    assert set(keys) == {cell.key for cell in cells_of(sweep)}
    # Once more there is nothing to do.
    again = Watch()
    run_sweep(sweep, log, Place(scheduler=dask.address), again, again.hear)
    assert again.told == 0
    # What the user can put right comes back in a sentence.
    table = DatasetConfig(name="own_table", options={"path": str(tmp_path / "gone.csv")})
    wrong, log = open_folder(sweep_of(MOONS.replace(dataset=table)), tmp_path / "wrong")
    with pytest.raises(UserError, match=r"gone\.csv"):
        run_sweep(wrong, log, Place(scheduler=dask.address), Watch(), watch.hear)


def test_one_who_cancels_takes_nothing_from_another_with_the_same_sweep(
    dask: Dask, tmp_path: Path
) -> None:
    dask.start_worker()
    sweep = sweep_of()
    units = plan(cells_of(sweep), (), 1)

    class Impatient(Progress):
        def check(self) -> None:
            raise Cancelled

    class Patient(Watch):
        disturbed = False

        def check(self) -> None:
            super().check()
            if not self.disturbed:  # its own work is under way
                self.disturbed = True
                _, log = open_folder(sweep, tmp_path / "other")
                with pytest.raises(Cancelled):
                    other.train(units, Desk(log, 6, 0, Impatient(), lambda result: None))

    _, log = open_folder(sweep, tmp_path / "one")
    with (
        connected(dask.address, lambda: None) as one,
        connected(dask.address, lambda: None) as other,
    ):
        one.train(units, Desk(log, 6, 0, Patient(), lambda result: None))
    assert log.results.keys() == {cell.key for cell in cells_of(sweep)}


def test_runs_under_way_are_told_of_and_end_when_they_are_taken_back(
    dask: Dask, tmp_path: Path
) -> None:
    dask.start_worker()
    endless = sweep_of(MOONS.replace(training=MOONS.training.replace(epochs=100_000)))
    seen: list[CellResult] = []

    class Enough(Watch):
        share = 0.0

        def update(self, done: float, text: str) -> None:
            self.share = done

        def check(self) -> None:
            super().check()
            if seen and self.share > 0:
                raise Cancelled

    enough = Enough()
    sweep, log = open_folder(endless, tmp_path)
    with pytest.raises(Cancelled):
        run_sweep(sweep, log, Place(scheduler=dask.address), enough, enough.hear, seen.extend)
    assert enough.told == 0 and 0 < enough.share < 0.5
    assert {result.key for result in seen} <= {cell.key for cell in cells_of(sweep)}
    assert all(set(result.figures) == {"test"} for result in seen)
    with connected(dask.address, lambda: None) as cluster_:
        ends = monotonic() + PATIENCE
        while busy(cluster_) and monotonic() < ends:
            sleep(0.05)
        assert not busy(cluster_)


def busy(cluster_: Cluster) -> bool:
    """Whether a thread of a worker is at a task, wanted or not."""
    at_work = cluster_._client.run(lambda dask_worker: len(dask_worker.active_threads))
    return any(at_work.values())


@pytest.mark.parametrize(
    "address",
    [
        "nonsense", "http://x", "tcp://127.0.0.1:9", "tcp://127.0.0.1:9/foo", "tcp://127.0.0.1:x",
        "tcp://me@127.0.0.1:9", "tcp://[::1]:9", "tls://127.0.0.1:9", "",
    ],
)  # fmt: skip
def test_no_scheduler_at_the_address_is_told(address: str) -> None:
    with pytest.raises(UserError, match="No scheduler answers") as told:
        knock(address)
    assert "\n" not in str(told.value)


@pytest.fixture
def stranger() -> Iterator[socket.socket]:
    """Somebody who listens on this machine; the system takes calls for it."""
    with socket.create_server(("127.0.0.1", 0)) as made:
        yield made


def address_of(stranger: socket.socket) -> str:
    return f"tcp://127.0.0.1:{stranger.getsockname()[1]}"


def test_one_who_says_nothing_is_given_up(stranger, monkeypatch) -> None:
    monkeypatch.setattr(cluster, "_CONNECT_SECONDS", 0.3)
    with pytest.raises(UserError, match=r"No scheduler answers .* within 0\.3 seconds"):
        knock(address_of(stranger))


def test_one_who_says_something_else_is_told_from_a_scheduler(stranger) -> None:
    def talk() -> None:
        for _ in range(2):
            caller, _ = stranger.accept()
            callers.append(caller)
            caller.sendall(b"HTTP/1.0 400 Bad request\r\n\r\n")

    callers: list[socket.socket] = []
    talking = Thread(target=talk, daemon=True)
    talking.start()
    with pytest.raises(UserError, match="does not speak as Dask does"):
        knock(address_of(stranger))
    talking.join(PATIENCE)
    for caller in callers:
        caller.close()


def test_cancel_is_heard_while_nobody_answers(stranger) -> None:
    def cancel() -> None:
        raise Cancelled

    with pytest.raises(Cancelled), connected(address_of(stranger), cancel):
        pass


def test_a_worker_is_no_scheduler(dask: Dask) -> None:
    dask.start_worker()
    with connected(dask.address, lambda: None) as cluster_:
        ends = monotonic() + PATIENCE
        while not (workers := cluster_._client.scheduler_info()["workers"]) and monotonic() < ends:
            sleep(0.05)
        address = next(iter(workers))
    with pytest.raises(UserError, match="worker of Dask"), connected(address, lambda: None):
        pass


def test_without_dask_it_says_how_to_get_it(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    sweep, log = open_folder(sweep_of(), tmp_path)
    with pytest.raises(UserError, match=r"pip install visualiser\[cluster\]"):
        run_sweep(sweep, log, Place(scheduler="tcp://x:1"), Progress(), lambda result: None)


def test_a_worker_of_another_version_says_so() -> None:
    answer = json.loads(train_unit("[]", "0.0.0", "topic", early=False))
    assert "version" in answer["refused"][0]
