"""Sweeps in the whole program: real processes beside a real run."""

import multiprocessing
import socket

from tests.app.conftest import experiment
from visualiser.app.driver import Driver
from visualiser.core.sweep.result import CELLS_FILE, CellLog
from visualiser.core.sweep.sweep_file import usual_folder
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
    assert len(dialog.shown.results) == 6
    assert driver.window.snapshot.state == "running"
    driver.pause()
    assert not multiprocessing.active_children()


def test_one_seed_more_keeps_what_is_there(driver: Driver) -> None:
    dialog = described(driver, epochs=1)
    dialog.start.click()
    driver.wait_until(lambda: dialog.start.text() == "Complete", 60, "the sweep is done")
    for seeds in (3, 1, 3):
        dialog.form.seeds.setValue(seeds)
        assert dialog.start.text() == "Start"
        dialog.start.click()
        driver.wait_until(lambda: not dialog._working, 60, "the sweep is done")
        assert dialog.start.text() == "Complete"
        assert dialog.summary.done == dialog.summary.wanted == 3 * seeds
    lines = (usual_folder(dialog.form.sweep()) / CELLS_FILE).read_text().splitlines()
    assert len(lines) == 9


def test_runs_under_way_are_drawn_as_they_stand(driver: Driver) -> None:
    dialog = described(driver, epochs=20_000)
    dialog.start.click()
    driver.wait_until(
        lambda: dialog.summary is not None and bool(dialog.summary.curves[0].sketched),
        60,
        "runs under way are drawn",
    )
    points = dialog.summary.curves[0].points
    assert [(point.values, len(point.early)) for point in points] == [((), 2)] * 3
    assert "under way" in dialog.words.text() and not dialog.export_button.isEnabled()
    dialog.work.cancel.click()
    driver.wait_until(dialog.start.isEnabled, 30, "it is stopped")
    assert dialog.summary is None and dialog.start.text() == "Go on"


def test_a_cluster_that_is_none_leaves_the_chart_that_was_there(driver: Driver) -> None:
    dialog = described(driver, epochs=1)
    dialog.start.click()
    driver.wait_until(lambda: dialog.start.text() == "Complete", 60, "the sweep is done")
    before, label = dialog.summary, dialog.folder.text()
    dialog.form.corruption.put("feature_noise")
    dialog.form._choose()
    place = dialog.place
    place.kind.setCurrentIndex(place.kind.findData("cluster"))
    place.kind.activated.emit(1)
    place.address.setText("tcp://127.0.0.1:9")
    dialog.start.click()
    driver.wait_until(lambda: not dialog._working, 60, "it is refused")
    assert "No scheduler answers" in dialog.messages.told[-1].message.text
    assert dialog.summary.sweep == before.sweep and dialog.summary.done == before.done
    assert dialog.folder.text() == label and dialog.start.text() == "Start"


def test_cancel_is_heard_while_a_scheduler_says_nothing(driver: Driver) -> None:
    dialog = described(driver, epochs=1)
    place = dialog.place
    place.kind.setCurrentIndex(place.kind.findData("cluster"))
    place.kind.activated.emit(1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place.address.setText(f"tcp://127.0.0.1:{silent.getsockname()[1]}")
        dialog.start.click()
        dialog.work.cancel.click()
        driver.wait_until(lambda: not dialog._working, 5, "it is stopped")
    assert "kept" in dialog.messages.told[-1].message.text


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
    folder = usual_folder(dialog.form.sweep())
    driver.window.close()
    assert not multiprocessing.active_children()
    assert CellLog(folder).results == {}
