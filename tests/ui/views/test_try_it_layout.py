"""Where the parts of a page stand, in small windows too."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.views.tried import Tried
from visualiser.ui.palette import LIGHT
from visualiser.ui.style_sheet import style_sheet
from visualiser.ui.tries.period import TakePeriod
from visualiser.ui.tries.row import RowMaker

KINDS = ("shapes", "mnist_5k", "sms_spam", "sacramento", "bike_daily", "drums")


class LayoutRequests(QObject):
    """Counts how often a widget is to be laid out."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def test_the_answers_of_model_and_twin_are_level(tried: Callable[..., Tried]) -> None:
    trial = tried("mnist_5k", noise=0.4)
    trial.view.resize(660, 270)
    trial.view.show()
    page = trial.page
    QApplication.processEvents()
    tops = {column.bars.y() for column in (page.student, page.twin)}
    assert len(tops) == 1


@pytest.mark.parametrize("name", KINDS)
def test_a_small_window_shows_everything_without_scrolling(
    tried: Callable[..., Tried], name: str
) -> None:
    """A window of 1,024×640 leaves 529×170 pixels to a page."""
    trial = tried(name, steps=2, noise=0.4 if name in ("mnist_5k", "drums") else 0.0)
    trial.view.setStyleSheet(style_sheet(LIGHT, 1.0, trial.view.font().family()))
    trial.view.resize(529, 170)
    trial.view.show()
    QApplication.processEvents()
    trial.answer()
    QApplication.processEvents()
    assert trial.view.minimumSizeHint().height() <= 170
    page = trial.page
    for part in (page.student.bars, page.truth, *page.maker.below):
        if part.isVisible():
            place = part.mapTo(trial.view, part.rect().bottomRight())
            assert trial.view.rect().contains(place)


def test_a_long_sentence_is_read_whole_in_a_small_window(tried: Callable[..., Tried]) -> None:
    trial = tried("drums", steps=2)
    trial.view.setStyleSheet(style_sheet(LIGHT, 1.0, trial.view.font().family()))
    trial.view.resize(400, 170)
    trial.view.show()
    QApplication.processEvents()
    words = trial.page.maker.words
    trial.page.maker.say("No microphone, and this is why. " * 8)
    QApplication.processEvents()
    trial.view.resize(400, trial.view.minimumSizeHint().height())
    QApplication.processEvents()
    assert words.heightForWidth(words.width()) > 2 * words.fontMetrics().height()
    assert words.height() >= words.heightForWidth(words.width())


def test_answers_that_need_more_room_get_it_and_are_not_squeezed(
    tried: Callable[..., Tried], qtbot: QtBot
) -> None:
    trial = tried("drums", steps=2)
    trial.view.resize(529, 170)
    trial.view.show()
    QApplication.processEvents()
    assert trial.page.minimumHeight() < 400
    trial.page.student.answer.setMinimumHeight(400)
    qtbot.waitUntil(lambda: trial.page.minimumHeight() >= 400)


def test_frames_lay_nothing_out_anew(tried: Callable[..., Tried]) -> None:
    trial = tried("mnist_5k", steps=2, noise=0.4, goes_on=True)
    trial.view.resize(529, 170)
    trial.view.show()
    QApplication.processEvents()
    trial.answer()
    QApplication.processEvents()
    requests = LayoutRequests(trial.view)
    trial.trainer.step()
    trial.answer()
    QApplication.processEvents()
    assert requests.count == 0


def test_ten_classes_fit_beside_those_of_the_twin(tried: Callable[..., Tried]) -> None:
    trial = tried("mnist_5k", steps=2, noise=0.4)
    trial.view.resize(529, 170)
    trial.view.show()
    QApplication.processEvents()
    for column in (trial.page.student, trial.page.twin):
        assert [row.title for row in column.bars.shown] == [str(digit) for digit in range(10)]


def test_names_of_columns_are_whole_in_a_small_window(tried: Callable[..., Tried]) -> None:
    trial = tried("bike_daily", steps=0)
    trial.view.resize(560, 270)
    trial.view.show()
    QApplication.processEvents()
    name = "humidity (%), the day before"
    label = next(label for label in trial.page.findChildren(QLabel) if label.text() == name)
    assert label.fontMetrics().horizontalAdvance(name) > label.width()
    assert label.height() >= label.heightForWidth(label.width())


def test_the_slider_of_a_day_is_as_wide_as_its_room_beside_a_long_name(
    tried: Callable[..., Tried],
) -> None:
    trial = tried("retail_daily", steps=0)
    maker = trial.page.maker
    assert isinstance(maker, RowMaker) and isinstance(maker.take, TakePeriod)
    take = maker.take
    layout = take.layout()
    assert layout is not None
    take.resize(300, take.sizeHint().height())
    layout.activate()
    assert take.slider.width() + take.date.width() > 290
    assert take.date.width() > take.fontMetrics().horizontalAdvance(take.date.text())
    assert take.words.y() + take.words.height() <= take.slider.y()
