"""Sweeps in the whole program: real processes beside a real run."""

import multiprocessing
from pathlib import Path

from tests.app.conftest import experiment
from visualiser.app.driver import Driver
from visualiser.core.sweep.result import CellLog
from visualiser.ui.sweeps.dialog import SweepDialog


def described(driver: Driver, epochs: int) -> SweepDialog:
    """The dialog for a sweep of six runs."""
    chosen = experiment()
    driver.open(chosen.replace(training=chosen.training.replace(epochs=epochs)))
    driver.window.actions_.sweep.trigger()
    dialog = driver.window.sweeps.dialog
    dialog.form.count.setValue(3)
    dialog.form.seeds.setValue(2)
    return dialog


def test_a_sweep_is_trained_beside_a_run_and_drawn(driver: Driver) -> None:
    dialog = described(driver, epochs=1)
    assert dialog.isVisible()
    driver.play()
    dialog.start.click()
    driver.wait_until(lambda: dialog.start.text() == "Complete", 60, "the sweep is done")
    assert len(dialog.results) == 6
    assert driver.window.snapshot.state == "running"
    driver.pause()
    assert not multiprocessing.active_children()


def test_cancelled_it_is_gone_on_with_later(driver: Driver) -> None:
    dialog = described(driver, epochs=20_000)
    dialog.start.click()
    driver.wait_until(lambda: dialog.work.bar.value() > 0, 60, "it trains")
    dialog.work.cancel.click()
    driver.wait_until(dialog.start.isEnabled, 30, "it is stopped")
    assert dialog.start.text() == "Go on"
    assert "kept" in dialog.messages.told[-1].message.text
    assert not multiprocessing.active_children()


def test_closing_the_window_ends_the_sweep(driver: Driver) -> None:
    dialog = described(driver, epochs=20_000)
    dialog.start.click()
    driver.wait_until(lambda: bool(multiprocessing.active_children()), 30, "processes are there")
    folder: Path = dialog._shown[1]
    driver.window.close()
    assert not multiprocessing.active_children()
    assert CellLog(folder).results == {}
