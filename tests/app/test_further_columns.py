"""Columns are added to the data of a running training, as a user does it."""

import numpy as np

from tests.app.conftest import experiment, set_amount
from visualiser.app.driver import Driver
from visualiser.core.data.registry import load_dataset
from visualiser.core.training.trainer import Trainer


def test_columns_come_and_go_in_a_run_that_goes_on_and_is_replayed(driver: Driver) -> None:
    driver.open(experiment("sacramento"))
    driver.play()
    driver.wait_until(lambda: driver.step > 60, 60, "it trains")
    set_amount(driver, "irrelevant_features", 5)
    set_amount(driver, "target_leakage", 0.9)
    step = driver.step
    driver.wait_until(lambda: driver.step > step + 50, 60, "it goes on")
    spare = driver.window.snapshot.info.dataset.spare_columns
    assert spare[:5] == tuple(f"noise {number}" for number in range(1, 6))
    assert spare[5:] == ("leaked price",)
    quality = driver.window.column.quality
    assert "652 of 652" in quality.rows["target_leakage"].slider.number.texts[0]
    quality.heal.click()
    driver.wait_until(lambda: not driver.window.snapshot.changes, 30, "it is healed")
    driver.pause()
    kept, live = driver.window.run_experiment(), driver.window.snapshot
    headless = Trainer(kept, load_dataset(kept.dataset, kept.seed))
    for _ in range(driver.step):
        headless.step()
    assert headless.info.dataset.spare_columns == spare
    for name, column in live.history.columns.items():
        assert np.array_equal(column, headless.history.view()[name], equal_nan=True), name


def test_every_view_shows_a_run_with_further_columns(driver: Driver) -> None:
    driver.open(experiment("titanic"))
    driver.play()
    driver.wait_until(lambda: driver.step > 20, 60, "it trains")
    tabs = driver.window.stage.first
    for index, page in enumerate(tabs._pages):
        if page.spec.refuses(driver.window.snapshot.info) is None:
            driver.window.stage.choose(page.spec.name)
            set_amount(driver, "irrelevant_features", 3 + index)
            step = driver.step
            driver.wait_until(lambda s=step: driver.step > s + 10, 60, page.spec.name)
    assert len(driver.window.snapshot.info.dataset.spare_columns) > 8
