"""What pointer, keys and wheel do on forecasts."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.views.conftest import show
from tests.ui.views.foretold import CLEAN, SPOILED, Trained, watched_rows
from tests.ui.views.test_scatter import wheel
from visualiser.ui.views.forecast import ForecastView

# Tooltips ask to be raised, which a display in memory cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


@pytest.fixture
def view(open_view: Callable[[type[ForecastView]], ForecastView]) -> ForecastView:
    return open_view(ForecastView)


def test_the_day_under_the_pointer_tells_true_value_and_forecasts(
    view: ForecastView, trained: Trained
) -> None:
    snapshot = show(view, trained(SPOILED, steps=60))
    view.naive.click()
    row = watched_rows(snapshot).iloc[40]
    day = int(row["day"].to_datetime64().astype("datetime64[D]").astype(np.int64))
    text = view.plot.read(QPointF(view.plot.place_of(day).x(), view.plot.frame.box.center().y()))
    amount = snapshot.info.dataset.label_text
    assert text.startswith(f"{row['day'].day_name()} {row['day'].date()}")
    for title, name in (
        ("truly ", "true"),
        ("your model: ", "student"),
        ("clean twin: ", "twin"),
        ("a week before: ", "naive"),
    ):
        assert f"{title}{amount(row[name])}" in text


def test_a_training_day_is_said_to_be_one(view: ForecastView, trained: Trained) -> None:
    show(view, trained(CLEAN, steps=60))
    box = view.plot.frame.box
    assert "a training day" in view.plot.read(QPointF(box.left() + 2, box.center().y()))
    assert view.plot.read(QPointF(0, 0)) == ""
    assert view.plot.time is None


def test_arrow_keys_go_from_foretold_day_to_day(view: ForecastView, trained: Trained) -> None:
    show(view, trained(CLEAN, steps=60))
    assert view.plot.forecasts is not None
    watched = view.plot.forecasts.series.watched
    QTest.keyClick(view.plot, Qt.Key.Key_Right)
    assert view.plot.time == watched[0]
    assert view.row.text() == view.plot.forecasts.sentence(int(watched[0]), naive=False)
    QTest.keyClick(view.plot, Qt.Key.Key_Right)
    assert view.plot.time == watched[1]
    for _ in range(2):
        QTest.keyClick(view.plot, Qt.Key.Key_Left)
    assert view.plot.time == watched[-1]


def test_the_wheel_zooms_dragging_moves_and_a_double_click_fits(
    view: ForecastView, trained: Trained
) -> None:
    show(view, trained(CLEAN, steps=60))
    before = view.plot.frame
    middle = before.box.center()
    QApplication.sendEvent(view.plot, wheel(middle, 480))
    zoomed = view.plot.frame
    assert zoomed.x[1] - zoomed.x[0] < before.x[1] - before.x[0]
    QTest.mousePress(view.plot, Qt.MouseButton.LeftButton, pos=middle.toPoint())
    QTest.mouseMove(view.plot, (middle + QPointF(40, 0)).toPoint())
    QTest.mouseRelease(view.plot, Qt.MouseButton.LeftButton)
    assert view.plot.frame.x[0] < zoomed.x[0]
    QTest.mouseDClick(view.plot, Qt.MouseButton.LeftButton, pos=middle.toPoint())
    assert view.plot.frame == before
    assert view.plot.forecasts is not None
    for _ in range(20):
        QApplication.sendEvent(view.plot, wheel(middle, -480))
    days = view.plot.forecasts.series.times
    assert view.plot.frame.x == (days[0], days[-1])
