"""The report of a run in the window, and as files."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from visualiser.core.errors import UserError
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Experiment, Spoiling
from visualiser.core.report.build import report_of
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.report_desk import ReportDesk
from visualiser.ui.report_dialog import ReportDialog
from visualiser.ui.report_files import report_html, save_report

NOISE = CorruptionConfig(name="symmetric_label_noise", amount=0.3)


@pytest.fixture
def snapshot(trained: Callable[..., Snapshot]) -> Snapshot:
    dataset = DatasetConfig(name="penguins")
    experiment = Experiment(dataset=dataset, spoiling=Spoiling(corruptions=(NOISE,)))
    return trained(experiment, steps=40)


def test_curves_examples_and_calibration_are_in_the_page(qtbot: QtBot, snapshot: Snapshot) -> None:
    page = report_html(report_of(snapshot), snapshot)
    assert page.count("<img ") == 3


def test_a_pdf_of_some_pages_is_written(qtbot: QtBot, snapshot: Snapshot, tmp_path: Path) -> None:
    path = tmp_path / "run.pdf"
    save_report(report_of(snapshot), snapshot, path)
    data = path.read_bytes()
    assert data.startswith(b"%PDF-") and b"/Title" in data
    assert 2 <= data.count(b"/Type /Page\n") <= 6


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
