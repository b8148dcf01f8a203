"""A table that is written again while the program runs: each new run is of the rows it has now."""

from pathlib import Path

import pytest

from visualiser.app.driver import Driver
from visualiser.core.experiment import DatasetConfig, Experiment
from visualiser.core.starting_point import starting_point


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "changing.csv"
    write(path, 40)
    return path


def write(path: Path, rows: int) -> None:
    lines = [f"{row},{row % 7},{'high' if row % 2 else 'low'}" for row in range(rows)]
    path.write_text("\n".join(["a,b,kind", *lines]) + "\n", encoding="utf-8")


def of(table: Path) -> Experiment:
    return starting_point(DatasetConfig(name="own_table", options={"path": str(table)}))


def rows(driver: Driver) -> int:
    snapshot = driver.window.snapshot
    return 0 if snapshot is None else len(snapshot.info.dataset)


def test_opening_it_again_reads_its_new_rows(driver: Driver, table: Path) -> None:
    driver.open(of(table))
    assert rows(driver) == 40
    write(table, 60)
    driver.open(of(table))
    assert rows(driver) == 60


def test_reset_is_of_the_new_rows_too(driver: Driver, table: Path) -> None:
    driver.open(of(table))
    write(table, 60)
    driver.window.transport.reset.click()
    driver.wait_until(lambda: rows(driver) == 60, 30, "the new rows are there")


def test_reset_goes_on_with_what_was_read_where_the_file_is_gone(
    driver: Driver, table: Path
) -> None:
    driver.open(of(table))
    driver.window.transport.step.click()
    driver.wait_until(lambda: driver.step == 1, 30, "a step is made")
    table.unlink()
    driver.window.transport.reset.click()
    driver.wait_until(lambda: driver.step == 0 and rows(driver) == 40, 30, "it is reset")
    assert not driver.window.messages.messages
