"""Opening anything of one's own: recognised, shown, every guess to be changed."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.core.data.picture_folders import folder_of_pictures
from tests.core.data.series_tables import made
from tests.core.data.test_own_kinds import MADE, clips, prose, series
from visualiser.core.data.own_kinds import OWN_KINDS
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig
from visualiser.ui.import_dialog import ImportDialog
from visualiser.ui.import_survey_page import ImportSurveyPage


@pytest.fixture
def opened(qtbot):
    def open_dialog(path: Path, asked: DatasetConfig | None = None, ready: bool = True):
        dialog = ImportDialog(path, asked=asked)
        qtbot.addWidget(dialog)
        dialog.open()
        if ready:
            qtbot.waitUntil(dialog.use.isEnabled, timeout=20_000)
        return dialog

    return open_dialog


def choose(dialog, name, value):
    dialog.page.form.controls[name].put(value)
    dialog.page.form.controls[name].edited.emit()


@pytest.mark.parametrize("name", MADE)
def test_what_is_opened_is_recognised_and_can_be_used_as_it_is(opened, qtbot, tmp_path, name):
    path = MADE[name](tmp_path)
    dialog = opened(path)
    assert dialog.kind.get() == name
    assert dialog.kind.currentText() == OWN_KINDS[name].noun
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.use.click()
    (config,) = chosen.args
    assert config.name == name
    assert config.options["path"] == str(path)
    assert len(load_dataset(config, 0)) >= 10


def test_another_kind_can_be_chosen(opened, qtbot, tmp_path):
    dialog = opened(series(tmp_path))
    offered = {dialog.kind.itemData(row) for row in range(dialog.kind.count())}
    assert {"own_series", "own_table"} <= offered
    dialog.kind.put("own_table")
    dialog.kind.edited.emit()
    qtbot.waitUntil(dialog.use.isEnabled, timeout=20_000)
    assert dialog.page.table.columnCount() == 3
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.use.click()
    assert chosen.args[0].name == "own_table"


def test_pictures_are_shown_with_their_labels_and_counted(opened, tmp_path):
    dialog = opened(folder_of_pictures(tmp_path))
    page = dialog.page
    assert isinstance(page, ImportSurveyPage)
    assert page.facts.text() == "24 pictures, 2 classes: blue (12), red (12)."
    assert page.samples.count() == 12
    assert {page.samples.item(row).text() for row in range(12)} == {"red", "blue"}
    red = page.samples.item(11).icon().pixmap(64, 64).toImage().pixelColor(32, 32)
    assert (red.red() > 200, red.blue() < 60) == (True, True)


def test_a_choice_that_cannot_work_is_refused_before_it_is_used(opened, qtbot, tmp_path):
    folder_of_pictures(tmp_path)
    (tmp_path / "labels.csv").write_text("file,label\nred/000.png,a\n", encoding="utf-8")
    dialog = opened(tmp_path)
    choose(dialog, "labels", "labels.csv")
    qtbot.waitUntil(dialog.page.refusal.isVisible, timeout=20_000)
    assert "have the label “a”" in dialog.page.refusal.text()
    assert not dialog.use.isEnabled()
    assert dialog.another.isVisible()
    choose(dialog, "labels", "")
    qtbot.waitUntil(dialog.use.isEnabled, timeout=20_000)
    assert not dialog.page.refusal.isVisible()


def test_choices_made_before_come_back(opened, tmp_path):
    path = clips(tmp_path)
    options = {"path": str(path), "seconds": 0.5, "rate": "8000"}
    dialog = opened(path, DatasetConfig(name="own_sounds", options=options))
    assert dialog.page.options() == options


def test_a_text_shows_how_it_begins(opened, tmp_path):
    dialog = opened(prose(tmp_path))
    assert "characters" in dialog.page.facts.text()
    assert "Once upon a time" in dialog.page.samples.item(0).text()


def test_what_is_nothing_of_use_is_told_and_another_is_asked_for(opened, qtbot, tmp_path):
    dialog = opened(tmp_path, ready=False)
    qtbot.waitUntil(dialog.error.isVisible, timeout=20_000)
    assert "nothing that this program can use" in dialog.error.text()
    assert not dialog.use.isEnabled()
    with qtbot.waitSignal(dialog.another_wanted):
        dialog.another.click()


def test_closing_ends_what_is_looked_through(opened, qtbot, tmp_path):
    dialog = opened(folder_of_pictures(tmp_path))
    choose(dialog, "size", 16)
    page = dialog.page
    with qtbot.assertNotEmitted(dialog.chosen):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert page._stop.is_set()
    assert not page._work.running
    assert not page._delay.pending


def test_days_are_taken_together_by_month_where_that_is_chosen(opened, qtbot, tmp_path):
    dialog = opened(made(tmp_path, "daily", 2_000))
    control = dialog.page.form.controls["cadence"]
    assert control.currentText() == "Recognise (day)"
    assert "2,000 days" in dialog.page.facts.text()
    choose(dialog, "cadence", "monthly")
    qtbot.waitUntil(dialog.use.isEnabled, timeout=20_000)
    assert "65 months, 2001-01 to 2006-05" in dialog.page.facts.text()
    assert "A month is foretold from 12 months that end with" in dialog.page.facts.text()
    choose(dialog, "cadence", "yearly")
    qtbot.waitUntil(dialog.page.refusal.isVisible, timeout=20_000)
    assert "too few to train" in dialog.page.refusal.text()
    assert not dialog.use.isEnabled()


def test_how_a_series_is_written_can_be_changed_and_recognise_says_what_it_is(
    opened, qtbot, tmp_path
):
    dialog = opened(series(tmp_path))
    form = dialog.page.form
    guesses = {name: form.controls[name].itemText(0) for name in ("delimiter", "date", "value")}
    assert guesses == {
        "delimiter": "Recognise (comma)",
        "date": "Recognise (day)",
        "value": "Recognise (sold)",
    }
    choose(dialog, "delimiter", ";")
    qtbot.waitUntil(dialog.page.refusal.isVisible, timeout=20_000)
    assert "one column only" in dialog.page.refusal.text()
    choose(dialog, "delimiter", "auto")
    qtbot.waitUntil(dialog.use.isEnabled, timeout=20_000)
    assert "delimiter" not in dialog.page.options()
