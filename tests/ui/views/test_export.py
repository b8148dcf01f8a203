"""Saved curves: whole, sharp, in true letters, and an error in words where saving fails."""

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from visualiser.core.errors import UserError
from visualiser.core.run_files import history_text
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.palette import DARK, LIGHT, Palette
from visualiser.ui.views.curves import CurvesView
from visualiser.ui.views.export import save_curves_png, save_history_csv, save_svg

Save = Callable[[CurvesView, Path], None]


@pytest.fixture
def view(qtbot: QtBot, spoiled_digits: Snapshot) -> CurvesView:
    view = CurvesView()
    qtbot.addWidget(view)
    view.resize(700, 400)
    view.start_run(spoiled_digits.info)
    view.show()
    qtbot.waitExposed(view)
    view.show_snapshot(spoiled_digits)
    view.grab()
    return view


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_a_picture_is_twice_as_sharp_and_filled_to_its_edges(
    palette: Palette, view: CurvesView, tmp_path: Path
) -> None:
    view.apply_palette(palette)
    save_curves_png(view, tmp_path / "curves.png")
    image = QImage(str(tmp_path / "curves.png"))
    assert image.width() >= 2 * view.charts.viewport().width()
    assert image.height() > 2 * view.charts.viewport().height(), "room for title and legend"
    corners = [(0, 0), (image.width() - 1, 0), (0, image.height() - 1)]
    corners.append((image.width() - 1, image.height() - 1))
    assert {image.pixelColor(x, y).name() for x, y in corners} == {palette.card}


def test_a_drawing_has_title_legend_and_numbers_as_letters(
    view: CurvesView, spoiled_digits: Snapshot, tmp_path: Path
) -> None:
    save_svg(view, tmp_path / "curves.svg")
    root = ElementTree.parse(tmp_path / "curves.svg").getroot()
    texts = " ".join(text for text in root.itertext() if text.strip())
    assert spoiled_digits.info.dataset.title in texts
    assert texts.count("validation") >= 3, "in the legend and at both line ends"
    assert "clean twin" in texts and "Loss" in texts and "Accuracy" in texts
    assert any(marker.text in texts for marker in spoiled_digits.markers)
    assert not root.findall(".//{http://www.w3.org/2000/svg}image")


def test_figures_are_those_of_the_history(spoiled_digits: Snapshot, tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    save_history_csv(spoiled_digits.history, spoiled_digits.info, path)
    assert path.read_text("utf-8") == history_text(spoiled_digits.history, "accuracy")


@pytest.mark.parametrize("save", [save_curves_png, save_svg], ids=["png", "svg"])
def test_a_place_that_cannot_be_written_is_named(
    save: Save, view: CurvesView, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        save(view, tmp_path / "missing" / "curves")


@pytest.mark.parametrize("save", [save_curves_png, save_svg], ids=["png", "svg"])
def test_saving_leaves_the_window_as_it_was(save: Save, view: CurvesView, tmp_path: Path) -> None:
    before = view.grab().toImage()
    modes = [item.cacheMode() for item in view.charts.scene().items()]
    save(view, tmp_path / "curves")
    assert view.grab().toImage() == before
    assert [item.cacheMode() for item in view.charts.scene().items()] == modes


def test_where_the_pointer_rests_is_not_in_the_file(
    qtbot: QtBot, view: CurvesView, tmp_path: Path
) -> None:
    save_curves_png(view, tmp_path / "before.png")
    place = view.charts.mapFromScene(view.loss_chart.box.sceneBoundingRect().center())
    qtbot.mouseMove(view.charts.viewport(), place)
    assert view.loss_chart.layer.read_out is not None
    save_curves_png(view, tmp_path / "pointed.png")
    assert QImage(str(tmp_path / "pointed.png")) == QImage(str(tmp_path / "before.png"))
