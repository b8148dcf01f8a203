"""The whole way in the program: search, decide, and train on repaired data."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.app.conftest import experiment, set_amount
from visualiser.app.driver import Driver
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Spoiling
from visualiser.core.experiment_file import load_experiment, save_experiment
from visualiser.core.outcome import describe
from visualiser.core.starting_point import starting_point
from visualiser.ui.views.find_head import REPAIR
from visualiser.ui.views.find_it import NOTHING, FindView


def find_view(driver: Driver) -> FindView:
    driver.window.stage.choose("find_it")
    driver.wait_until(lambda: bool(driver.window.findChildren(FindView)), 20, "the view is made")
    return driver.window.findChildren(FindView)[0]


def train(driver: Driver, epochs: int) -> None:
    driver.play()
    driver.wait_until(lambda: driver.window.snapshot.epoch > epochs, 60, "it trains")
    driver.pause()


def start_over(driver: Driver, view: FindView) -> None:
    view.repairs.start_over.click()
    driver.wait_until(
        lambda: (now := driver.window.snapshot) and now.step == 0 and now.mended is not None,
        30,
        "a new run",
    )


def search(driver: Driver, view: FindView) -> None:
    view.look.click()
    driver.wait_until(lambda: view.pages.currentIndex() != NOTHING, 60, "suspects are found")


def test_found_repaired_and_trained_on_from_here_and_from_the_start(
    driver: Driver, tmp_path: Path
) -> None:
    driver.open(experiment())
    set_amount(driver, "symmetric_label_noise", 0.3)
    train(driver, 4)
    view = find_view(driver)
    search(driver, view)
    view.repairs.first.click()
    repairs = view.suspects.review.repairs
    assert len(repairs) > 5
    view.repairs.go_on.click()
    driver.wait_until(lambda: driver.window.snapshot.mended is not None, 30, "a third model")
    assert driver.window.snapshot.mended.repairs == repairs
    assert driver.window.experiment.repairs == repairs
    assert "replaced" in driver.window.snapshot.markers[-1].text
    start_over(driver, view)
    assert driver.window.snapshot.experiment.repairs == repairs
    assert view.suspects.rows.rowCount() and view.suspects.review.repairs == repairs
    path = tmp_path / "repaired.experiment.json"
    save_experiment(driver.window.run_experiment(), path)
    driver.open(load_experiment(path))
    driver.wait_until(lambda: driver.window.snapshot is not None, 30, "it is opened")
    assert find_view(driver).suspects.review.repairs == repairs


def test_a_search_leaves_the_run_as_it_is_and_ends_with_the_window(driver: Driver) -> None:
    driver.open(experiment())
    driver.play()
    driver.wait_until(lambda: driver.step > 50, 60, "it trains")
    view = find_view(driver)
    before = driver.step
    view.look.click()
    driver.wait_until(lambda: driver.step > before + 50, 60, "it goes on")
    driver.pause()
    assert not driver.window.run_experiment().edits


def test_letters_decide_on_the_suspect_in_sight_wherever_the_focus_is(driver: Driver) -> None:
    driver.open(experiment())
    set_amount(driver, "symmetric_label_noise", 0.3)
    train(driver, 2)
    view = find_view(driver)
    search(driver, view)
    step = driver.step
    for key, verdict in ((Qt.Key.Key_R, "relabel"), (Qt.Key.Key_D, "drop")):
        QTest.mouseClick(view.look.parentWidget(), Qt.MouseButton.LeftButton)
        driver.window.setFocus()
        QTest.keyClick(driver.window, key)
        assert [d.verdict for d in view.suspects.review.decisions.values()][-1] == verdict
    assert len(view.suspects.review.decisions) == 2 and driver.step == step > 0
    view.buttons.button(REPAIR).click()
    for letter in (Qt.Key.Key_D, Qt.Key.Key_R):
        QTest.keyClick(driver.window, letter)
    assert len(view.suspects.review.decisions) == 2 and driver.step == step


def test_a_leaked_column_that_is_left_out_is_told_of_in_the_results(driver: Driver) -> None:
    leak = CorruptionConfig(name="target_leakage", amount=0.9)
    start = starting_point(DatasetConfig(name="titanic"))
    driver.open(start.replace(spoiling=Spoiling(corruptions=(leak,))))
    train(driver, 3)
    view = find_view(driver)
    search(driver, view)
    button = next(b for b in view.columns.findChildren(QPushButton) if "this column" in b.text())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(view.buttons.button(REPAIR), Qt.MouseButton.LeftButton)
    start_over(driver, view)
    train(driver, 8)
    told = [finding.sentence for finding in describe(driver.window.snapshot).findings]
    assert any("On the repaired data" in sentence for sentence in told)
    snapshot, metric = driver.window.snapshot, driver.window.snapshot.info.metric.name
    cleaned, spoiled = snapshot.cleaned_validation, snapshot.validation
    assert cleaned.values[metric] > spoiled.values[metric]
