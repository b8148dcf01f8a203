from pathlib import Path
from threading import Event

import numpy as np
import pytest
from torch import Tensor

from tests.app.conftest import experiment, set_amount
from visualiser.app.driver import Driver
from visualiser.app.offscreen import driven_window
from visualiser.core.data.registry import load_dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import (
    CorruptionConfig,
    Edit,
    Experiment,
    ModelConfig,
    Spoiling,
)
from visualiser.core.training.pair import Pair
from visualiser.core.training.trainer import Trainer


def state(driver: Driver) -> str:
    return "none" if driver.window.snapshot is None else driver.window.snapshot.state


def broken_step(self: Pair) -> None:
    raise ZeroDivisionError("by zero")


def test_the_main_job_by_hand(driver: Driver) -> None:
    driver.open(experiment())
    driver.play()
    driver.wait_until(lambda: driver.step > 200, 60, "it trains")
    set_amount(driver, "symmetric_label_noise", 0.4)
    driver.wait_until(lambda: driver.window.snapshot.twin_differs, 30, "the twin parts")
    driver.pause()
    window = driver.window
    assert [marker.text for marker in window.snapshot.markers] == ["Wrong labels 40 %"]
    changed = window.snapshot.changes[0]
    assert f"{changed.changed} of {changed.eligible}" in window.results.changed.text()
    window.results.exam.open_button.click()
    window.results.exam.yes.click()
    driver.wait_until(lambda: window.snapshot.exam is not None, 30, "the exam is open")
    window.column.quality.heal.click()
    driver.wait_until(lambda: not window.snapshot.changes, 30, "it is healed")


def test_watched_paused_and_edited_by_hand_it_is_the_history_of_a_run_without_a_window(
    driver: Driver,
) -> None:
    driver.open(experiment())
    driver.play()
    driver.wait_until(lambda: driver.step > 100, 60, "it trains")
    driver.pause()
    set_amount(driver, "symmetric_label_noise", 0.3)
    for expected in (1, 2, 3):
        before = driver.step
        driver.window.transport.step.click()
        driver.wait_until(lambda b=before: driver.step == b + 1, 30, f"step {expected}")
    driver.window.transport.epoch.click()
    driver.wait_until(lambda: driver.window.snapshot.epoch % 1 == 0, 30, "the epoch ends")
    driver.pause()
    kept = driver.window.run_experiment()
    live = driver.window.snapshot.history
    headless = Trainer(kept, load_dataset(kept.dataset, kept.seed))
    for _ in range(driver.step):
        headless.step()
    for name, column in live.columns.items():
        assert np.array_equal(column, headless.history.view()[name], equal_nan=True), name


def test_other_data_in_the_middle_of_training_starts_over_and_keeps_the_run(
    driver: Driver,
) -> None:
    driver.open(experiment())
    driver.play()
    driver.wait_until(lambda: driver.step > 50, 60, "it trains")
    driver.open(experiment(shape="spiral", classes=3))
    assert driver.window.snapshot.info.dataset.class_count == 3
    assert driver.step == 0
    assert [record.snapshot.step > 50 for record in driver.window.runs.records] == [True]


def test_closing_the_window_in_the_middle_of_training_ends_everything(qapp: object) -> None:
    with driven_window() as driver:
        driver.open(experiment())
        driver.play()
        driver.wait_until(lambda: driver.step > 50, 60, "it trains")
    # The fixture that looks for running threads fails this test if one is left.


def test_an_experiment_that_does_not_fit_leaves_the_run_as_it_is(driver: Driver) -> None:
    fitting = experiment()
    driver.open(fitting)
    driver.window.transport.step.click()
    driver.wait_until(lambda: driver.step == 1, 30, "a step is made")
    with pytest.raises(UserError, match="needs pictures"):
        driver.open(fitting.replace(model=ModelConfig(name="cnn")))
    assert driver.window.experiment == fitting
    driver.window.transport.step.click()
    driver.wait_until(lambda: driver.step == 2, 30, "the old run goes on")


def test_reset_after_a_plan_shows_where_the_run_starts(driver: Driver) -> None:
    spoiled = Spoiling(corruptions=(CorruptionConfig(name="symmetric_label_noise", amount=0.4),))
    planned = experiment().replace(edits=(Edit(step=5, spoiling=spoiled),))
    driver.open(planned)
    driver.play()
    driver.wait_until(lambda: driver.step > 20, 30, "the plan is carried out")
    driver.pause()
    slider = driver.window.column.quality.rows["symmetric_label_noise"].slider
    assert slider.value == 0.4
    driver.window.transport.reset.click()
    assert slider.value == 0
    assert driver.window.experiment == planned


def test_an_error_in_a_run_leaves_reset_as_the_way_out(driver: Driver) -> None:
    driver.open(experiment())
    # A patch of its own: undoing the fixture's would undo the user folder of the test as well.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pair, "step", broken_step)
        driver.play()
        driver.wait_until(lambda: bool(driver.window.messages.messages), 30, "it is reported")
    assert "Training stopped" in driver.window.messages.messages[0].text
    assert not driver.running and not driver.window.transport.play.isEnabled()
    driver.window.transport.reset.click()
    driver.wait_until(driver.window.transport.play.isEnabled, 30, "it is reset")
    driver.play()
    driver.wait_until(lambda: driver.step > 5, 30, "it trains")


def test_a_pause_that_waits_for_a_long_step_is_explained(driver: Driver) -> None:
    driver.open(experiment())
    driver.play()
    driver.wait_until(lambda: driver.step > 5, 30, "it trains")
    step, go_on, begun = Pair.step, Event(), Event()

    def long_step(self: Pair) -> Tensor:
        begun.set()
        go_on.wait(60)
        return step(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pair, "step", long_step)
        driver.wait_until(begun.is_set, 30, "a long step has begun")
        driver.window.transport.play.click()
        messages = driver.window.messages
        driver.wait_until(lambda: bool(messages.messages), 30, "it is explained")
        assert "comes after it" in messages.messages[0].text
        go_on.set()
        driver.wait_until(lambda: state(driver) == "paused", 30, "it pauses")
        assert not messages.messages


def test_a_diverging_run_shows_what_happened_and_what_to_do(driver: Driver) -> None:
    base = experiment("sacramento")
    training = base.training.replace(learning_rate=100, optimizer="sgd")
    driver.open(base.replace(training=training))
    driver.play()
    driver.wait_until(lambda: driver.window.snapshot.state == "diverged", 60, "it diverges")
    driver.rest(0.3)
    shown = [message.text for message in driver.window.messages.messages]
    assert any("learning rate" in text for text in shown)
    assert not driver.window.transport.play.isEnabled()
    driver.window.column.training.learning_rate_changed.emit(0.01)
    driver.window.transport.reset.click()
    driver.wait_until(lambda: state(driver) == "ready", 30, "it is reset")
    assert driver.window.transport.play.isEnabled()


def test_reset_starts_from_the_same_weights_or_from_new_ones(driver: Driver) -> None:
    driver.open(experiment())
    first = driver.window.snapshot.train.loss

    def first_loss_after_reset(new: bool) -> float:
        info = driver.window.snapshot.info
        driver.window.reset_wanted.emit(new)
        driver.wait_until(
            lambda: driver.window.snapshot is not None and driver.window.snapshot.info is not info,
            30,
            "it is reset",
        )
        return driver.window.snapshot.train.loss

    assert first_loss_after_reset(new=False) == first
    assert first_loss_after_reset(new=True) != first


def test_play_that_is_pressed_while_a_run_is_made_ready_is_not_lost(driver: Driver) -> None:
    driver.window.open_experiment(experiment())
    driver.play()
    driver.wait_until(lambda: driver.step > 10, 60, "it trains")


def test_a_late_snapshot_does_not_turn_the_button_back(driver: Driver) -> None:
    driver.open(experiment())
    for order, expected in (("play", True), ("pause", False), ("play again", True)):
        frames = driver.frames
        driver.program.laboratory._look()  # asked for before the order: it knows nothing of it
        driver.window.transport.toggle()
        driver.wait_until(lambda before=frames: driver.frames > before, 30, "it is answered")
        assert driver.running == expected, order
    driver.wait_until(lambda: driver.step > 10, 60, "it trains")


def test_space_twice_at_once_pauses(driver: Driver) -> None:
    driver.open(experiment())
    driver.program.laboratory._look()
    for _ in range(2):
        driver.window.transport.toggle()
    driver.wait_until(lambda: state(driver) == "paused", 30, "it has heard of both")
    assert not driver.running


def test_the_button_offers_play_as_soon_as_a_run_has_started_over(driver: Driver) -> None:
    driver.open(experiment())
    driver.play()
    driver.wait_until(lambda: driver.step > 10, 60, "it trains")
    before = driver.window.snapshot.info
    driver.window.transport.reset.click()

    def stands() -> bool:
        snapshot = driver.window.snapshot
        return snapshot is not None and snapshot.info is not before

    driver.wait_until(stands, 30, "the new run stands")
    assert not driver.running


def test_the_learning_rate_changes_without_a_reset(driver: Driver) -> None:
    driver.open(experiment())
    driver.play()
    driver.wait_until(lambda: driver.step > 20, 60, "it trains")
    driver.window.column.training.learning_rate_changed.emit(0.1)
    driver.wait_until(lambda: driver.window.snapshot.learning_rate == 0.1, 30, "it changes")
    assert driver.step > 20 and driver.window.snapshot.markers[0].text == "learning rate 0.1"


def test_the_last_experiment_and_the_layout_survive_a_restart(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from visualiser.app.window import build
    from visualiser.ui.settings import Settings, load_settings, save_settings
    from visualiser.ui.window_settings import settings_of

    chosen: Experiment = experiment(shape="spiral")
    before = build(Settings())
    first = before.window
    first.show_experiment(chosen)
    first.column.sections["model"].folded = True
    save_settings(settings_of(first, before.theme), tmp_path / "settings.json")
    first.close()
    before.destroy()
    settings, problem = load_settings(tmp_path / "settings.json")
    after = build(settings)
    second = after.window
    assert not problem and second.experiment == chosen
    assert second.column.sections["model"].folded
    second.close()
    after.destroy()
