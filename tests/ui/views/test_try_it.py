from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.core.data.picture_folders import png_of
from tests.core.data.series_tables import made
from visualiser.core.data.dataset import Table
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Spoiling
from visualiser.core.starting_point import starting_point
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want
from visualiser.ui.palette import LIGHT
from visualiser.ui.style_sheet import style_sheet
from visualiser.ui.tries.clip import ClipMaker
from visualiser.ui.tries.column_control import CategoryControl, NumberControl
from visualiser.ui.tries.example_page import ExamplePage
from visualiser.ui.tries.message import MessageMaker
from visualiser.ui.tries.period import TakePeriod
from visualiser.ui.tries.picture import PictureMaker
from visualiser.ui.tries.point import PointMaker
from visualiser.ui.tries.row import RowMaker
from visualiser.ui.view import AskingView
from visualiser.ui.views.try_it import TryView

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


class Tried:
    """The view beside a run that answers what it asks, as the program does."""

    def __init__(self, view: TryView, trainer: Trainer) -> None:
        self.view, self.trainer = view, trainer
        view.start_run(trainer.info)
        view.questions_changed.connect(self.answer)
        self.answer()

    @property
    def page(self) -> ExamplePage:
        assert isinstance(self.view.page, ExamplePage)
        return self.view.page

    def answer(self) -> Snapshot:
        want = Want(questions=self.view.questions())
        snapshot = self.trainer.snapshot(want, "paused", fresh=True)
        self.view.show_snapshot(snapshot)
        return snapshot


@pytest.fixture
def tried(open_view: Callable[..., TryView]) -> Callable[..., Tried]:
    def opened(name: str, steps: int = 60, noise: float = 0.0) -> Tried:
        experiment = starting_point(DatasetConfig(name=name))
        if noise:
            wrong = CorruptionConfig(name="symmetric_label_noise", amount=noise)
            experiment = experiment.replace(spoiling=Spoiling(corruptions=(wrong,)))
        trainer = Trainer(experiment, load_dataset(experiment.dataset, 0))
        for _ in range(steps):
            trainer.step()
        return Tried(open_view(TryView), trainer)

    return opened


@pytest.mark.parametrize(
    "name", ["shapes", "mnist_5k", "sms_spam", "sacramento", "bike_daily", "drums"]
)
def test_there_is_an_answer_before_anything_was_made(
    tried: Callable[..., Tried], name: str
) -> None:
    trial = tried(name)
    assert trial.page.student.answer.text()
    assert trial.page.twin.isHidden()
    assert "Nothing is learnt" in trial.view.words.text()


def test_a_digit_of_the_data_comes_with_its_label_and_a_drawn_one_without(
    tried: Callable[..., Tried], qtbot: QtBot
) -> None:
    trial = tried("mnist_5k")
    maker = trial.page.maker
    assert isinstance(maker, PictureMaker)
    assert maker.truth() and trial.page.truth.text().endswith(maker.truth())
    middle = maker.canvas.rect().center()
    qtbot.mousePress(maker.canvas, Qt.MouseButton.LeftButton, pos=middle - QPoint(0, 60))
    qtbot.mouseMove(maker.canvas, middle + QPoint(0, 60))
    qtbot.mouseRelease(maker.canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(0, 60))
    assert maker.truth() == "" and trial.page.truth.isHidden()
    assert np.asarray(maker.example()).any()
    maker.empty.click()
    assert not np.asarray(maker.example()).any()


def test_a_dropped_file_is_a_picture_or_a_sentence(
    tried: Callable[..., Tried], tmp_path: Path
) -> None:
    maker = tried("mnist_5k").page.maker
    assert isinstance(maker, PictureMaker)
    image = QImage(100, 60, QImage.Format.Format_RGB888)
    image.fill(Qt.GlobalColor.white)
    for row in range(10, 50):
        for column in range(45, 55):
            image.setPixel(column, row, 0)
    path = tmp_path / "één 🙂.png"
    assert image.save(str(path))
    maker.open_file(str(path))
    picture = np.asarray(maker.example())[0, 0]
    assert picture.shape == (28, 28)
    assert picture[14, 14] > 0.9 and picture[0, 0] < 0.1  # dark ink on paper is turned round
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"PK\x03\x04 not a picture")
    maker.open_file(str(broken))
    assert "“broken.png” is no picture that can be read." in maker.words.text()
    huge = tmp_path / "huge.png"
    huge.write_bytes(png_of(50_000, 50_000))
    maker.open_file(str(huge))
    assert "“huge.png” is too large" in maker.words.text()
    assert "Make it smaller first." in maker.words.text()
    assert np.array_equal(np.asarray(maker.example())[0, 0], picture)


def test_a_picture_can_be_chosen_without_a_mouse(
    tried: Callable[..., Tried], tmp_path: Path, qtbot: QtBot
) -> None:
    maker = tried("mnist_5k").page.maker
    assert isinstance(maker, PictureMaker)
    path = tmp_path / "black.webp"
    black = QImage(300, 200, QImage.Format.Format_RGB888)
    black.fill(Qt.GlobalColor.black)
    assert black.save(str(path))
    maker.open_button.setFocus()
    qtbot.keyClick(maker.open_button, Qt.Key.Key_Space)
    (dialog,) = maker.findChildren(QFileDialog)
    assert "*.webp" in dialog.nameFilters()[0]
    dialog.fileSelected.emit(str(path))
    dialog.close()
    assert not np.asarray(maker.example()).any() and not maker.truth()


def test_what_is_typed_is_answered_as_it_is_typed(tried: Callable[..., Tried]) -> None:
    trial = tried("sms_spam", steps=400)
    maker = trial.page.maker
    assert isinstance(maker, MessageMaker)
    maker.text.setPlainText("Congratulations! You have won a prize. Call now to claim your cash")
    assert trial.page.student.answer.text() == "spam"
    maker.text.setPlainText("ok see you at home later")
    assert trial.page.student.answer.text() == "ham"
    maker.text.clear()
    assert trial.page.student.answer.text()


def test_a_house_is_changed_column_by_column(tried: Callable[..., Tried]) -> None:
    trial = tried("sacramento", steps=400)
    maker = trial.page.maker
    assert isinstance(maker, RowMaker)
    taken = maker.example()
    assert isinstance(taken, Table) and not trial.page.truth.isHidden()
    before = trial.page.student.answer.text()
    area = taken.numeric_names.index("living area (sq ft)")
    control = maker.findChildren(NumberControl)[area]
    control.slider.setValue(control.slider.maximum())
    changed = maker.example()
    assert isinstance(changed, Table)
    assert changed.numeric[0, area] > taken.numeric[0, area]
    assert np.array_equal(np.delete(changed.numeric, area), np.delete(taken.numeric, area))
    assert trial.page.truth.isHidden()
    assert trial.page.student.answer.text() != before


def test_a_day_is_chosen_by_its_date(tried: Callable[..., Tried]) -> None:
    trial = tried("bike_daily")
    maker = trial.page.maker
    assert isinstance(maker, RowMaker) and isinstance(maker.take, TakePeriod)
    first = np.datetime64(maker.take.words.text().split()[-1])
    maker.take.slider.setValue(maker.take.slider.value() + 10)
    later = first + 10
    assert maker.take.words.text() == f"{later.item():%A} {later}"
    assert maker.take.date.text() == str(later)
    assert maker.take.slider.accessibleName() == "Day to foretell"
    assert trial.page.truth.text().endswith(maker.truth())


def typed(take: TakePeriod, date: str) -> str:
    """What stands beside the date after it was typed."""
    take.date.setText(date)
    take.date.editingFinished.emit()
    return take.words.text()


def test_any_known_day_can_be_typed_and_one_of_training_is_told(
    tried: Callable[..., Tried],
) -> None:
    trial = tried("bike_daily")
    maker, times = trial.page.maker, trial.trainer.info.dataset.times
    assert isinstance(maker, RowMaker) and isinstance(maker.take, TakePeriod)
    assert times is not None
    split = trial.trainer.info.split
    assert maker.take.slider.maximum() + 1 == len(split.train) + len(split.validation)
    before = trial.page.student.answer.text()
    words = typed(maker.take, "2011-07-04")
    assert words == "Monday 2011-07-04 · this day was learnt from"
    assert trial.page.student.answer.text() != before
    row = int(np.flatnonzero(times == np.datetime64("2011-07-04"))[0])
    dataset = trial.trainer.info.dataset
    assert maker.truth() == dataset.label_text(float(dataset.labels[row]))
    sealed = str(times[split.test.rows].max())
    for unknown in (sealed, "1999-01-01", "no date"):
        assert typed(maker.take, unknown).startswith("Known are 2011-01-15 to ")
        assert maker.truth() == dataset.label_text(float(dataset.labels[row]))
    assert typed(maker.take, str(times[split.validation.rows].max())).count("learnt") == 0


def test_a_day_whose_weekday_was_changed_is_told_to_be_changed(
    tried: Callable[..., Tried],
) -> None:
    maker = tried("bike_daily").page.maker
    assert isinstance(maker, RowMaker) and isinstance(maker.take, TakePeriod)
    date = maker.take.date.text()
    assert maker.take.words.text().endswith(f"day {date}")
    weekday = next(
        control
        for control in maker.findChildren(CategoryControl)
        if control.accessibleName() == "weekday"
    )
    known = weekday.get()
    for code, words in (((known + 1) % 7, f"{date}, changed"), (known, f"day {date}")):
        weekday.put(code)
        weekday.edited.emit()
        assert maker.take.words.text().endswith(words)


def test_a_typed_day_is_of_the_same_series(tried: Callable[..., Tried]) -> None:
    trial = tried("retail_daily", steps=0)
    maker = trial.page.maker
    assert isinstance(maker, RowMaker) and isinstance(maker.take, TakePeriod)
    take = maker.take
    for place in range(take.slider.value(), take.slider.value() + 3):
        take.slider.setValue(place)
        series = take.words.text().split(" · ")[1]
        date = str(np.datetime64(take.date.text()) - 7)
        words = typed(take, date)
        assert words.split(" · ")[1] == series and date in words


def test_the_cross_moves_by_click_and_key(tried: Callable[..., Tried], qtbot: QtBot) -> None:
    trial = tried("shapes")
    maker = trial.page.maker
    assert isinstance(maker, PointMaker)
    qtbot.mouseClick(maker.pad, Qt.MouseButton.LeftButton, pos=maker.pad.rect().center())
    middle = np.asarray(maker.example()).copy()
    qtbot.keyClick(maker.pad, Qt.Key.Key_Right)
    assert np.asarray(maker.example())[0, 0] > middle[0, 0]
    assert np.asarray(maker.example())[0, 1] == middle[0, 1]


def test_the_twin_answers_beside_a_spoiled_model(tried: Callable[..., Tried]) -> None:
    page = tried("sms_spam", noise=0.4).page
    assert not page.twin.isHidden()
    assert "spoiled" in page.student.title.text().lower()


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
    trial = tried("mnist_5k", steps=2, noise=0.4)
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


def test_an_example_of_the_user_outlives_a_reset(tried: Callable[..., Tried]) -> None:
    trial = tried("sms_spam")
    maker = trial.page.maker
    assert isinstance(maker, MessageMaker)
    maker.text.setPlainText("my own words")
    trial.view.start_run(trial.trainer.info)
    assert np.asarray(maker.example())[0] == "my own words"


def test_a_clip_of_the_user_is_heard_by_the_model_or_refused(
    tried: Callable[..., Tried], tmp_path: Path
) -> None:
    trial = tried("drums")
    maker = trial.page.maker
    assert isinstance(maker, ClipMaker) and maker.truth()
    path = tmp_path / "tone.wav"
    seconds = np.arange(8000) / 8000
    soundfile.write(path, np.sin(2 * np.pi * 440 * seconds), 8000)
    maker.open_file(str(path))
    clip = np.asarray(maker.example())
    assert clip.shape == np.asarray(trial.trainer.info.dataset.features)[:1].shape
    assert maker.truth() == "" and "tone.wav" in maker.words.text()
    empty = tmp_path / "empty.wav"
    empty.write_bytes(b"")
    maker.open_file(str(empty))
    assert "empty.wav" in maker.words.text()
    assert np.array_equal(np.asarray(maker.example()), clip)


@pytest.mark.parametrize("name", ["retail_purchases", "dutch_names"])
def test_customers_and_beginnings_of_texts_are_tried_too(
    tried: Callable[..., Tried], name: str
) -> None:
    trial = tried(name, steps=3)
    assert isinstance(trial.view.page, AskingView)
    assert trial.view.questions()
    snapshot = trial.answer()
    assert all(snapshot.answer(question) is not None for question in trial.view.questions())


def test_a_month_is_chosen_where_the_series_has_months(
    open_view: Callable[..., TryView], tmp_path: Path
) -> None:
    path = str(made(tmp_path, "monthly"))
    experiment = starting_point(DatasetConfig(name="own_series", options={"path": path}))
    trial = Tried(open_view(TryView), Trainer(experiment, load_dataset(experiment.dataset, 0)))
    maker = trial.page.maker
    assert isinstance(maker, RowMaker) and isinstance(maker.take, TakePeriod)
    months = trial.trainer.info.dataset.times
    assert months is not None
    months = np.sort(months[trial.trainer.info.split.validation.rows])
    maker.take.slider.setValue(maker.take.slider.value() + 3)
    assert maker.take.date.text() == str(months[3])
    assert maker.take.words.text() == f"{months[3].item():%B %Y}"
    assert maker.take.slider.accessibleName() == "Month to foretell"
    assert "with what was known the month before" in maker.take.slider.toolTip()
    assert trial.page.truth.text().endswith(maker.truth())
