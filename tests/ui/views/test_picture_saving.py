"""Saved pictures of views: with title and legend, sharp, and an error in words."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from visualiser.core.experiment import DatasetConfig, Experiment
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.palette import DARK, LIGHT, Palette
from visualiser.ui.view_tabs import ViewTabs
from visualiser.ui.views.boundary import BoundaryView
from visualiser.ui.views.confusion import ConfusionView
from visualiser.ui.views.data_look import DataLookView
from visualiser.ui.views.network import NetworkView
from visualiser.ui.views.scatter import ScatterView

Open = Callable[..., Any]
Trained = Callable[..., Snapshot]
PLANE = [BoundaryView, ConfusionView, DataLookView, NetworkView]


def letters(path: Path) -> str:
    root = ElementTree.parse(path).getroot()
    return " ".join(text.strip() for text in root.itertext() if text.strip())


def assert_saved_with_its_legend(view: Any, snapshot: Snapshot, path: Path) -> None:
    view.saving.save("svg", path)
    texts = letters(path)
    assert snapshot.info.dataset.title in texts
    assert f"step {snapshot.step:,}" in texts
    assert view.legend.entries
    assert all(entry.text in texts for entry in view.legend.entries)


@pytest.mark.parametrize("kind", PLANE)
def test_a_drawing_has_the_data_the_step_and_the_legend_in_letters(
    kind: type, open_view: Open, spoiled_moons: Snapshot, tmp_path: Path
) -> None:
    view = open_view(kind, spoiled_moons)
    assert_saved_with_its_legend(view, spoiled_moons, tmp_path / "picture.svg")


def test_predictions_are_saved_in_lines_and_letters(
    open_view: Open, trained: Trained, tmp_path: Path
) -> None:
    snapshot = trained(Experiment(dataset=DatasetConfig(name="sacramento")))
    view = open_view(ScatterView, snapshot)
    path = tmp_path / "picture.svg"
    assert_saved_with_its_legend(view, snapshot, path)
    assert "predicted price ($)" in letters(path)
    assert not ElementTree.parse(path).getroot().findall(".//{http://www.w3.org/2000/svg}image")


def test_the_heading_says_whose_answers_are_counted(
    open_view: Open, spoiled_digits: Snapshot, tmp_path: Path
) -> None:
    view = open_view(ConfusionView, spoiled_digits)
    view.model.put("twin")
    view.saving.save("svg", tmp_path / "picture.svg")
    assert "Confusion matrix, clean twin" in letters(tmp_path / "picture.svg")


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_a_picture_is_twice_as_sharp_in_the_colours_of_the_theme(
    palette: Palette, open_view: Open, spoiled_moons: Snapshot, tmp_path: Path
) -> None:
    view = open_view(BoundaryView, spoiled_moons)
    view.apply_palette(palette)
    view.saving.save("png", tmp_path / "picture.png")
    image = QImage(str(tmp_path / "picture.png"))
    assert image.width() > 2 * view.plot.width()
    assert image.height() > 2 * view.plot.height(), "room for title and legend"
    right, bottom = image.width() - 1, image.height() - 1
    corners = [(0, 0), (right, 0), (0, bottom), (right, bottom)]
    assert {image.pixelColor(x, y).name() for x, y in corners} == {palette.card}


@pytest.mark.parametrize("kind", PLANE)
def test_saving_leaves_the_window_as_it_was(
    kind: type, open_view: Open, spoiled_moons: Snapshot, tmp_path: Path
) -> None:
    view = open_view(kind, spoiled_moons)
    before = view.grab().toImage()
    for suffix in ("png", "svg"):
        view.saving.save(suffix, tmp_path / f"picture.{suffix}")
    assert view.grab().toImage() == before


# A menu asks to be raised and for the keyboard, which a display in memory cannot give.
@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)")
def test_nothing_is_offered_before_there_is_something_to_see(
    open_view: Open, spoiled_moons: Snapshot
) -> None:
    view = open_view(BoundaryView)
    view.start_run(spoiled_moons.info)
    view.plot.customContextMenuRequested.emit(QPoint(5, 5))
    assert not any(action.isEnabled() for action in view.saving.menu.actions())
    view.saving.menu.close()
    view.show_snapshot(spoiled_moons)
    view.plot.customContextMenuRequested.emit(QPoint(5, 5))
    assert all(action.isEnabled() for action in view.saving.menu.actions())
    view.saving.menu.close()


def test_the_file_chosen_in_the_dialog_is_written_and_told_of(
    qtbot: QtBot, spoiled_moons: Snapshot, tmp_path: Path
) -> None:
    tabs = ViewTabs(LIGHT, ("boundary",))
    qtbot.addWidget(tabs)
    tabs.show()
    tabs.start_run(spoiled_moons.info)
    tabs.show_snapshot(spoiled_moons)
    view = tabs.findChild(BoundaryView)
    view.saving.menu.actions()[1].trigger()
    dialog = view.plot.findChild(QFileDialog)
    assert dialog.defaultSuffix() == "svg"
    with qtbot.waitSignal(tabs.message) as told:
        dialog.fileSelected.emit(str(tmp_path / "mine.svg"))
    dialog.close()
    assert "mine.svg" in told.args[0].text
    assert "wrong label" in letters(tmp_path / "mine.svg")


def test_a_place_that_cannot_be_written_is_named(
    qtbot: QtBot, open_view: Open, spoiled_moons: Snapshot, tmp_path: Path
) -> None:
    view = open_view(BoundaryView, spoiled_moons)
    with qtbot.waitSignal(view.saving.message) as told:
        view.saving.save("png", tmp_path / "missing" / "picture.png")
    assert told.args[0].kind == "error"
    assert "cannot be written" in told.args[0].text
