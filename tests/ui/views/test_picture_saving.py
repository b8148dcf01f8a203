"""Saved pictures of views: with title and legend, sharp, and an error in words."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QByteArray, QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from visualiser.core.experiment import DatasetConfig, Experiment
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.palette import DARK, LIGHT, Palette
from visualiser.ui.view_tabs import ViewTabs
from visualiser.ui.views.boundary import BoundaryView
from visualiser.ui.views.confusion import ConfusionView
from visualiser.ui.views.curves import CurvesView
from visualiser.ui.views.data_look import DataLookView
from visualiser.ui.views.distributions import DistributionsView
from visualiser.ui.views.filters import FiltersView
from visualiser.ui.views.gallery import GalleryView
from visualiser.ui.views.network import NetworkView
from visualiser.ui.views.scatter import ScatterView
from visualiser.ui.views.weights import WeightsView

Open = Callable[..., Any]
Trained = Callable[..., Snapshot]
PLANE = [BoundaryView, ConfusionView, DataLookView, NetworkView]
WITHOUT_LEGEND = [
    (WeightsView, "Weights, your model", "Layer 1 · 784 → 32"),
    (FiltersView, "Filters", "−0."),
    (DistributionsView, "Histograms, Layer 1", "Change a step"),
    (GalleryView, "Examples, wrong, surest first", "true "),
]


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


@pytest.mark.parametrize(("kind", "heading", "within"), WITHOUT_LEGEND)
def test_a_view_without_a_legend_is_saved_with_heading_and_letters(
    kind: type,
    heading: str,
    within: str,
    open_view: Open,
    spoiled_digits: Snapshot,
    tmp_path: Path,
) -> None:
    view = open_view(kind, spoiled_digits)
    before = view.grab().toImage()
    for suffix in ("png", "svg"):
        view.saving.save(suffix, tmp_path / f"picture.{suffix}")
    texts = letters(tmp_path / "picture.svg")
    data = spoiled_digits.info.dataset.title
    assert f"{heading} · {data} · step {spoiled_digits.step:,}" in texts
    assert within in texts.partition(f"step {spoiled_digits.step:,}")[2]
    assert not QImage(str(tmp_path / "picture.png")).isNull()
    assert view.grab().toImage() == before


def test_each_filter_of_a_drawing_is_a_picture_of_its_own(
    open_view: Open, spoiled_digits: Snapshot, tmp_path: Path
) -> None:
    view = open_view(FiltersView, spoiled_digits)
    view.saving.save("svg", tmp_path / "picture.svg")
    root = ElementTree.parse(tmp_path / "picture.svg").getroot()
    images = root.findall(".//{http://www.w3.org/2000/svg}image")
    data = [image.get("{http://www.w3.org/1999/xlink}href", "") for image in images]
    assert len(set(data)) == len(data) == view.canvas.tiles
    first = QImage.fromData(QByteArray.fromBase64(data[0].partition(",")[2].encode()))
    assert (first.width(), first.height()) == (28, 28)


@pytest.mark.parametrize("kind", [kind for kind, _, _ in WITHOUT_LEGEND])
# A menu asks to be raised and for the keyboard, which a display in memory cannot give.
@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)")
def test_another_run_is_offered_once_there_is_something_to_see(
    kind: type, open_view: Open, spoiled_digits: Snapshot
) -> None:
    view = open_view(kind, spoiled_digits)
    for offered in (True, False):
        view.saving.open_menu(QPoint(5, 5))
        assert all(action.isEnabled() == offered for action in view.saving.menu.actions())
        view.saving.menu.close()
        view.start_run(spoiled_digits.info)


def test_examples_are_saved_without_their_scroll_bar(
    open_view: Open, spoiled_digits: Snapshot, tmp_path: Path
) -> None:
    view = open_view(GalleryView, spoiled_digits)
    view.resize(400, 160)
    view.grab()
    assert view.tiles.verticalScrollBar().isVisible()
    view.saving.save("png", tmp_path / "picture.png")
    margins = 2 * (0.8 * view.fontMetrics().height() + 1)
    saved = QImage(str(tmp_path / "picture.png")).width() / 2
    assert saved <= view.tiles.viewport().width() + margins


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
    view.saving.save("svg", tmp_path / "picture.svg")
    assert "Confusion matrix, your model" in letters(tmp_path / "picture.svg")
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


def test_of_the_menu_of_the_curves_only_saving_asks_for_a_file(
    open_view: Open, spoiled_moons: Snapshot
) -> None:
    view = open_view(CurvesView, spoiled_moons)
    view.saving.show_all.trigger()
    assert view.findChild(QFileDialog) is None
    view.saving.menu.actions()[2].trigger()
    dialog = view.findChild(QFileDialog)
    assert dialog.defaultSuffix() == "csv"
    assert dialog.selectedFiles()[0].endswith("curves.csv")
    dialog.close()


def test_a_place_that_cannot_be_written_is_named(
    qtbot: QtBot, open_view: Open, spoiled_moons: Snapshot, tmp_path: Path
) -> None:
    view = open_view(BoundaryView, spoiled_moons)
    with qtbot.waitSignal(view.saving.message) as told:
        view.saving.save("png", tmp_path / "missing" / "picture.png")
    assert told.args[0].kind == "error"
    assert "cannot be written" in told.args[0].text


def test_a_long_heading_wraps_instead_of_being_cut(
    open_view: Open, spoiled_digits: Snapshot, tmp_path: Path
) -> None:
    view = open_view(GalleryView, spoiled_digits)
    view.resize(220, 330)
    view.show_snapshot(spoiled_digits)
    sheet = view.saving._sheet()
    view.saving.save("svg", tmp_path / "examples.svg")
    heading = f"{spoiled_digits.info.dataset.title} · step {spoiled_digits.step:,}"
    assert heading in letters(tmp_path / "examples.svg")
    line = view.fontMetrics().height()
    assert sheet.height > view.tiles.whole_rows().height() + 4 * line


@pytest.mark.parametrize("scrolled", [0, 33])
def test_examples_are_saved_in_whole_rows(
    scrolled: int, open_view: Open, spoiled_digits: Snapshot, tmp_path: Path
) -> None:
    view = open_view(GalleryView, spoiled_digits)
    tiles = view.tiles
    tiles.verticalScrollBar().setValue(scrolled)
    rows = tiles.whole_rows()
    boxes = [box.translated(0, -scrolled) for box in tiles._boxes]
    assert rows.top() >= 0 and rows.bottom() < tiles.viewport().height()
    assert rows.height() < tiles.viewport().height()
    for box in boxes:
        within = rows.top() <= box.top() and box.bottom() <= rows.bottom() + 1
        assert within or box.bottom() <= rows.top() or box.top() >= rows.bottom()
    assert any(rows.top() <= box.top() and box.bottom() <= rows.bottom() + 1 for box in boxes)
    view.saving.save("png", tmp_path / "examples.png")
    image = QImage(str(tmp_path / "examples.png"))
    sheet = view.saving._sheet()
    assert abs(image.height() - 2 * sheet.height) <= 2


def test_an_example_higher_than_its_list_is_saved_as_far_as_it_is_seen(
    open_view: Open, spoiled_digits: Snapshot
) -> None:
    view = open_view(GalleryView, spoiled_digits)
    view.tiles.verticalScrollBar().setValue(0)
    view.tiles.setFixedHeight(20)
    assert view.tiles.whole_rows() == view.tiles.viewport().rect()
