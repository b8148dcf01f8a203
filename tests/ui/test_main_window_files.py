from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
)
from pytestqt.qtbot import QtBot

from tests.ui.shown_window import DIGITS, NOISE, SHAPES, Trained, show
from visualiser.core.experiment import (
    Edit,
)
from visualiser.core.experiment_file import load_experiment, save_experiment
from visualiser.ui.main_window import MainWindow
from visualiser.ui.settings import MOST_RECENT


def drop(window: MainWindow, *urls: Path | QUrl) -> bool:
    """Drag over the window, and drop there where it would take them."""
    data = QMimeData()
    data.setUrls([url if isinstance(url, QUrl) else QUrl.fromLocalFile(str(url)) for url in urls])
    where = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    enter = QDragEnterEvent(window.rect().center(), *where, Qt.KeyboardModifier.NoModifier)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        centre = QPointF(window.rect().center())
        drop = QDropEvent(centre, *where, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(window, drop)
    return enter.isAccepted()


def test_an_experiment_that_is_dropped_is_opened(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "lesson.experiment.json"
    save_experiment(DIGITS, path)
    with qtbot.waitSignal(window.experiment_wanted) as wanted:
        drop(window, path)
    assert wanted.args == [DIGITS]
    assert window.experiment == DIGITS
    assert window.desk.recent.paths[0] == str(path)


def test_of_two_files_dropped_at_once_the_first_is_opened_and_named(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.experiment.json", tmp_path / "second.experiment.json"
    save_experiment(DIGITS, first)
    save_experiment(SHAPES, second)
    with qtbot.waitSignal(window.experiment_wanted) as wanted:
        assert drop(window, first, second)
    assert wanted.args == [DIGITS]
    (message,) = window.messages.messages
    assert message.kind == "info"
    assert message.text == "One file is opened at a time: this is “first.experiment.json”."


def test_an_address_on_the_web_cannot_be_dropped(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(window.experiment_wanted):
        assert not drop(window, QUrl("https://example.org/lesson.experiment.json"))


def test_a_damaged_experiment_is_told_and_changes_nothing(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "broken.experiment.json"
    path.write_text("{", encoding="utf-8")
    with qtbot.assertNotEmitted(window.experiment_wanted):
        drop(window, path)
    assert window.experiment == SHAPES
    (message,) = window.messages.messages
    assert message.kind == "error"
    assert path.name in message.text


def test_a_table_that_is_dropped_opens_the_import(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "flowers.csv"
    path.write_text("a,b,kind\n" + "1,2,x\n3,4,y\n" * 10, encoding="utf-8")
    with qtbot.waitSignal(window.desk.data_chosen) as chosen:
        drop(window, path)
    assert chosen.args == [path]
    for dialog in QApplication.topLevelWidgets():
        if dialog is not window and dialog.isVisible():
            dialog.close()


def test_saving_keeps_the_edits_of_the_run(
    window: MainWindow, trained: Trained, tmp_path: Path
) -> None:
    edited = SHAPES.replace(edits=(Edit(step=5, spoiling=NOISE),))
    show(window, trained(edited, steps=20))
    path = tmp_path / "mine.experiment.json"
    window.desk._save_to(str(path))
    assert load_experiment(path).edits == edited.edits
    path.unlink()
    window.actions_.save.trigger()  # knows where now
    assert path.exists()


def test_recent_files_are_newest_first_each_once_and_few(
    window: MainWindow, tmp_path: Path
) -> None:
    paths = [tmp_path / f"{number}.experiment.json" for number in range(MOST_RECENT + 2)]
    for path in [*paths, paths[5]]:
        window.desk._save_to(str(path))
    assert window.desk.recent.paths[:2] == (str(paths[5]), str(paths[-1]))
    assert len(window.desk.recent.paths) == len(set(window.desk.recent.paths)) == MOST_RECENT


def test_a_save_that_fails_is_told(window: MainWindow, tmp_path: Path) -> None:
    window.desk._save_to(str(tmp_path / "missing" / "mine.experiment.json"))
    assert window.messages.messages[0].kind == "error"


def test_a_picture_of_the_window_is_saved(window: MainWindow, tmp_path: Path) -> None:
    window.desk.save_picture(str(tmp_path / "window.png"))
    assert (tmp_path / "window.png").read_bytes().startswith(b"\x89PNG")
    window.desk.save_picture(str(tmp_path / "missing" / "window.png"))
    assert window.messages.messages[0].kind == "error"


def test_the_run_under_way_can_be_exported_as_it_stands(
    window: MainWindow, trained: Trained, tmp_path: Path
) -> None:
    show(window, trained(SHAPES, steps=20))
    window.actions_.runs.trigger()
    later = trained(SHAPES, steps=40, state="running")
    window.show_snapshot(later)
    window.runs.saving.save("csv", tmp_path / "now.csv")
    rows = (tmp_path / "now.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(rows) == len(later.history)
    window.runs.close()


def test_curves_that_are_saved_say_so(window: MainWindow, trained: Trained, tmp_path: Path) -> None:
    show(window, trained(SHAPES, steps=20))
    window.curves.saving.save("csv", tmp_path / "figures.csv")
    assert any("figures.csv" in message.text for message in window.messages.messages)


def test_a_table_that_is_opened_is_a_recent_file(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    window.column.data.open_path(path)
    assert window.desk.recent_data.paths[0] == str(path)
