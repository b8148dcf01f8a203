"""The report of a run in the window, and as files."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.core.probes.test_saliency import MARKED
from tests.core.probes.test_saliency import trained as marked
from visualiser.core.errors import UserError
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Experiment, Spoiling
from visualiser.core.report.build import report_of
from visualiser.core.report.html import html_of
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.want import Want
from visualiser.ui.report_desk import ReportDesk
from visualiser.ui.report_dialog import ReportDialog
from visualiser.ui.report_files import save_report
from visualiser.ui.report_pages import COLUMNS, Placed, placed
from visualiser.ui.report_pictures import report_pictures

NOISE = CorruptionConfig(name="symmetric_label_noise", amount=0.3)


@pytest.fixture
def snapshot(trained: Callable[..., Snapshot]) -> Snapshot:
    dataset = DatasetConfig(name="penguins")
    experiment = Experiment(dataset=dataset, spoiling=Spoiling(corruptions=(NOISE,)))
    return trained(experiment, steps=40)


def test_curves_examples_and_calibration_are_in_the_page(qtbot: QtBot, snapshot: Snapshot) -> None:
    report = report_of(snapshot)
    page = html_of(report, report_pictures(report, snapshot))
    assert page.count("<img ") == 3


def test_a_run_is_told_on_two_pages_of_paper(
    qtbot: QtBot, snapshot: Snapshot, tmp_path: Path
) -> None:
    path = tmp_path / "run.pdf"
    save_report(report_of(snapshot), snapshot, path)
    data = path.read_bytes()
    assert data.startswith(b"%PDF-") and b"/Title" in data
    assert data.count(b"/Type /Page\n") == 2


HEIGHTS = st.lists(st.floats(1, 90), min_size=1, max_size=40)


@given(HEIGHTS)
def test_pieces_on_paper_stay_whole_in_order_and_apart(heights: list[float]) -> None:
    places = placed(heights, room=100, first=80)
    order = [(place.page, place.column, place.top) for place in places]
    assert order == sorted(order) and order[0] == (0, 0, 0)
    for here, after, height in zip(places, places[1:], heights, strict=False):
        if (here.page, here.column) == (after.page, after.column):
            assert after.top == pytest.approx(here.top + height)
    for place, height in zip(places, heights, strict=True):
        room = 80 if place.page == 0 else 100
        assert place.column < COLUMNS and place.top + height <= max(room, height)


def test_the_last_page_is_even() -> None:
    assert placed([10, 10, 10, 10], room=100, first=100) == [
        Placed(0, 0, 0),
        Placed(0, 0, 10),
        Placed(0, 1, 0),
        Placed(0, 1, 10),
    ]


def test_pictures_hold_the_drawing_alone(qtbot: QtBot, snapshot: Snapshot) -> None:
    report = report_of(snapshot)
    for data, width, height in report_pictures(report, snapshot).values():
        picture = QImage.fromData(data)
        assert width <= 332 and height == pytest.approx(
            width * picture.height() / picture.width(), abs=1
        )
        assert picture.width() >= 2 * width


def test_text_of_the_page_grows_with_the_window(qtbot: QtBot, snapshot: Snapshot) -> None:
    dialog = ReportDialog()
    qtbot.addWidget(dialog)
    dialog.show_run(snapshot)

    def sizes() -> tuple[int, int]:
        document = dialog.text.document()
        found = {}
        for name in ("What is the task?", "Predicts"):
            cursor = document.find(name)
            found[name] = cursor.charFormat().font().pixelSize()
        return found["What is the task?"], found["Predicts"]

    heading, body = sizes()
    assert body >= 13 and heading > body
    dialog.setStyleSheet("QWidget { font-size: 26px; }")
    assert sizes()[1] == 26 and sizes()[0] == pytest.approx(26 * 1.2, abs=1)


def test_html_is_what_is_shown(qtbot: QtBot, snapshot: Snapshot, tmp_path: Path) -> None:
    path = tmp_path / "run.html"
    save_report(report_of(snapshot), snapshot, path)
    assert "What is the task?" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["run.docx", "nowhere/run.pdf", "nowhere/run.html"])
def test_what_cannot_be_written_is_told(
    qtbot: QtBot, snapshot: Snapshot, tmp_path: Path, name: str
) -> None:
    with pytest.raises(UserError):
        save_report(report_of(snapshot), snapshot, tmp_path / name)


def test_the_dialog_shows_and_saves_the_page(
    qtbot: QtBot, snapshot: Snapshot, tmp_path: Path
) -> None:
    dialog = ReportDialog()
    qtbot.addWidget(dialog)
    dialog.show_run(snapshot)
    assert "What is the task?" in dialog.text.toPlainText()
    with qtbot.waitSignal(dialog.message) as told:
        dialog.saving.save("pdf", tmp_path / "x.pdf")
    assert "Saved" in told.args[0].text
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF-")


def test_before_the_first_run_there_is_nothing_to_report(qtbot: QtBot) -> None:
    dialog = ReportDialog()
    qtbot.addWidget(dialog)
    desk = ReportDesk(dialog, lambda: None)
    with qtbot.waitSignal(desk.message) as told:
        desk.show()
    assert "no run" in told.args[0].text
    assert desk.dialog is None


def test_the_desk_shows_the_run_as_it_stands_now(
    qtbot: QtBot, trained: Callable[..., Snapshot], snapshot: Snapshot
) -> None:
    current = [snapshot]
    window = ReportDialog()
    qtbot.addWidget(window)
    desk = ReportDesk(window, lambda: current[0])
    desk.show()
    assert isinstance(desk.dialog, ReportDialog)
    assert "step 40" in desk.dialog.text.toPlainText()
    current[0] = trained(Experiment(dataset=DatasetConfig(name="iris")), steps=3)
    desk.dialog.again.click()
    assert "step 3 " in desk.dialog.text.toPlainText()


def test_the_page_is_written_again_when_a_clue_was_swapped(qtbot: QtBot) -> None:
    trainer = marked("digits_8x8", spoiling=MARKED, steps=10)
    current = trainer.snapshot(Want.PREDICTIONS, "paused", fresh=True)
    window = ReportDialog()
    qtbot.addWidget(window)
    desk = ReportDesk(window, lambda: current)
    assert desk.want == Want.NOTHING
    with qtbot.waitSignal(desk.asked):
        desk.show()
    assert isinstance(desk.dialog, ReportDialog)
    assert "as the swapped patch says" not in desk.dialog.text.toPlainText()
    assert desk.want.questions
    while desk.want.questions:
        desk.follow(trainer.snapshot(desk.want, "paused"))
    assert "as the swapped patch says" in desk.dialog.text.toPlainText()


def test_another_run_is_not_asked_for_the_page_of_the_last(
    qtbot: QtBot, trained: Callable[..., Snapshot]
) -> None:
    trainer = marked("digits_8x8", spoiling=MARKED, steps=2)
    current = trainer.snapshot(Want.PREDICTIONS, "paused", fresh=True)
    window = ReportDialog()
    qtbot.addWidget(window)
    desk = ReportDesk(window, lambda: current)
    desk.show()
    desk.follow(trained(Experiment(dataset=DatasetConfig(name="iris")), steps=1))
    assert not desk.want.questions
