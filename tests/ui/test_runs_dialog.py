from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Experiment, Spoiling
from visualiser.core.outcome import describe
from visualiser.core.training.runs import RunRecord
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.palette import run_colour
from visualiser.ui.runs_dialog import RunsDialog

NOISE = CorruptionConfig(name="symmetric_label_noise", amount=0.3)
CLEAN = Experiment(dataset=DatasetConfig(name="shapes"))
SPOILED = CLEAN.replace(spoiling=Spoiling(corruptions=(NOISE,)))


@pytest.fixture
def dialog(qtbot: QtBot, trained: Callable[..., Snapshot]) -> Iterator[RunsDialog]:
    made = RunsDialog()
    qtbot.addWidget(made)
    made.put(RunRecord(1, "clean", trained(CLEAN)))
    made.put(RunRecord(2, "spoiled", trained(SPOILED)))
    made.show()
    yield made


def texts(dialog: RunsDialog, row: int) -> list[str]:
    items = [dialog.table.item(row, column) for column in range(dialog.table.columnCount())]
    return [item.text() for item in items if item is not None]


def numbers(records: tuple[RunRecord, ...]) -> list[int]:
    return [record.number for record in records]


def test_lists_the_newest_run_first_with_its_figures(dialog: RunsDialog) -> None:
    record = dialog.records[0]
    comparison = describe(record.snapshot).validation
    assert numbers(dialog.records) == [2, 1]
    assert texts(dialog, 0) == ["2", "spoiled", "20", comparison.student_text, comparison.twin_text]


def test_an_empty_list_says_what_will_be_in_it(qtbot: QtBot) -> None:
    empty = RunsDialog()
    qtbot.addWidget(empty)
    empty.show()
    assert empty.empty.isVisible()
    assert not empty.remove_button.isEnabled()


def test_ticked_runs_are_overlaid(dialog: RunsDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.overlays_changed) as changed:
        dialog.table.item(1, 1).setCheckState(Qt.CheckState.Checked)
    assert numbers(changed.args[0]) == [1]


def test_a_removed_run_is_overlaid_no_longer(dialog: RunsDialog, qtbot: QtBot) -> None:
    dialog.table.item(0, 1).setCheckState(Qt.CheckState.Checked)
    dialog.table.selectRow(0)
    with qtbot.waitSignal(dialog.overlays_changed) as changed:
        dialog.remove_button.click()
    assert changed.args == [()]
    assert numbers(dialog.records) == [1]


def test_a_new_name_stays_when_the_run_goes_on(
    dialog: RunsDialog, trained: Callable[..., Snapshot]
) -> None:
    dialog.table.item(0, 1).setText("My run")
    dialog.put(RunRecord(2, "spoiled", trained(SPOILED, steps=40)))
    assert texts(dialog, 0)[1:3] == ["My run", "40"]


def test_a_name_cannot_be_empty(dialog: RunsDialog) -> None:
    dialog.table.item(0, 1).setText("   ")
    assert dialog.records[0].title == "spoiled"


@pytest.mark.parametrize(
    ("kind", "start"), [("csv", b"step,epoch,"), ("png", b"\x89PNG"), ("svg", b"<?xml")]
)
def test_the_selected_run_is_exported(
    dialog: RunsDialog, qtbot: QtBot, tmp_path: Path, kind: str, start: bytes
) -> None:
    path = tmp_path / f"run.{kind}"
    with qtbot.waitSignal(dialog.message) as said:
        dialog.saving.save(kind, path)
    assert path.read_bytes().startswith(start)
    assert path.name in said.args[0].text


@pytest.mark.parametrize(
    ("name", "file_name"),
    [
        ("Lesson 3: a/b?", "Lesson 3 a b.csv"),
        ("..", "run.csv"),
        ("größer · 30 %", "größer · 30 %.csv"),
        ("x" * 300, "x" * 60 + ".csv"),
    ],
)
def test_a_run_is_exported_under_the_name_that_it_was_given(
    dialog: RunsDialog, name: str, file_name: str
) -> None:
    dialog.table.selectRow(0)
    dialog.table.item(0, 1).setText(name)
    next(a for a in dialog.export_button.menu().actions() if "CSV" in a.text()).trigger()
    files = dialog.findChild(QFileDialog)
    assert files is not None
    assert Path(files.selectedFiles()[0]).name == file_name
    files.close()


def test_exported_curves_are_headed_with_the_name_that_the_run_was_given(
    dialog: RunsDialog, tmp_path: Path
) -> None:
    dialog.table.selectRow(0)
    dialog.table.item(0, 1).setText("Lesson 3")
    dialog.saving.save("svg", tmp_path / "run.svg")
    drawing = (tmp_path / "run.svg").read_text(encoding="utf-8")
    assert ">Lesson 3<" in drawing
    assert "2-D shapes ·" not in drawing


@pytest.mark.parametrize("kind", ["csv", "png", "svg"])
def test_an_export_that_fails_is_told(
    dialog: RunsDialog, qtbot: QtBot, tmp_path: Path, kind: str
) -> None:
    with qtbot.waitSignal(dialog.message) as said:
        dialog.saving.save(kind, tmp_path / "missing" / f"run.{kind}")
    assert said.args[0].kind == "error"


def test_numbers_have_the_colours_of_the_curves(dialog: RunsDialog) -> None:
    for row, number in enumerate((2, 1)):
        item = dialog.table.item(row, 0)
        assert item.text() == str(number)
        colour = item.data(Qt.ItemDataRole.DecorationRole)
        assert colour.name() == run_colour(number).lower()


def test_the_run_under_way_comes_first_and_is_no_overlay(
    dialog: RunsDialog, trained: Callable[..., Snapshot]
) -> None:
    dialog.set_current(trained(CLEAN, steps=40))
    assert texts(dialog, 0)[1:3] == ["current run", "40"]
    dialog.table.selectRow(0)
    assert not dialog.table.item(0, 1).flags() & Qt.ItemFlag.ItemIsUserCheckable or (
        dialog.table.item(0, 1).data(Qt.ItemDataRole.CheckStateRole) is None
    )
    assert not dialog.remove_button.isEnabled()
    assert dialog.export_button.isEnabled()


def test_the_run_under_way_is_exported_as_it_stands_then(
    qtbot: QtBot, trained: Callable[..., Snapshot], tmp_path: Path
) -> None:
    made = RunsDialog()
    qtbot.addWidget(made)
    made.set_current(trained(CLEAN, steps=20))
    later = trained(CLEAN, steps=40)
    made.refresh_wanted.connect(lambda: made.set_current(later))
    made.saving.save("csv", tmp_path / "run.csv")
    rows = (tmp_path / "run.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(rows) == len(later.history)


def test_runs_that_cannot_be_compared_are_grey_with_the_reason(
    dialog: RunsDialog, trained: Callable[..., Snapshot]
) -> None:
    assert not dialog.apart.isVisible()
    dialog.table.item(0, 1).setCheckState(Qt.CheckState.Checked)
    houses = Experiment(dataset=DatasetConfig(name="sacramento"))
    dialog.set_current(trained(houses, steps=5))
    assert dialog.apart.isVisible()
    item = dialog.table.item(1, 1)
    assert item.data(Qt.ItemDataRole.CheckStateRole) is None
    assert item.toolTip() == f"spoiled\n{dialog.apart.text()}"
    dialog.set_current(trained(CLEAN, steps=20))
    assert dialog.table.item(1, 1).checkState() == Qt.CheckState.Checked


def test_a_way_of_exporting_is_chosen_from_the_menu_of_the_button(
    dialog: RunsDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    action = next(a for a in dialog.export_button.menu().actions() if "CSV" in a.text())
    action.trigger()
    files = dialog.findChild(QFileDialog)
    assert files is not None
    with qtbot.waitSignal(dialog.message) as said:
        files.fileSelected.emit(str(tmp_path / "run.csv"))
    assert (tmp_path / "run.csv").exists()
    assert said.args[0].kind == "info"
    files.close()


@pytest.mark.parametrize("pixels", [13, 26])
def test_no_heading_is_cut_when_the_list_opens(
    qtbot: QtBot, trained: Callable[..., Snapshot], pixels: int
) -> None:
    made = RunsDialog()
    qtbot.addWidget(made)
    font = made.font()
    font.setPixelSize(pixels)
    made.setFont(font)
    made.put(RunRecord(1, "clean", trained(CLEAN)))
    made.show()
    header = made.table.horizontalHeader()
    for column in range(header.count()):
        text = str(made.table.model().headerData(column, Qt.Orientation.Horizontal))
        assert header.sectionSize(column) > header.fontMetrics().horizontalAdvance(text)
