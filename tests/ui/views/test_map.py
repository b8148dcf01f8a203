"""Rows with a place on a map: true to scale, coloured by errors, amounts or classes."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.views.conftest import show
from tests.ui.views.test_scatter import CLEAN, SPOILED, wheel
from visualiser.core.data.dataset import Table
from visualiser.core.experiment import DatasetConfig, Experiment
from visualiser.core.training.snapshot import Predictions, RunInfo, Snapshot
from visualiser.ui.palette import DARK, LIGHT, rgb
from visualiser.ui.views.map import MapView
from visualiser.ui.views.map_colours import error_colours, shade_of, shade_of_classes
from visualiser.ui.views.map_places import Places, place_columns
from visualiser.ui.views.map_scales import round_down, words_of_ends
from visualiser.ui.views.offers.answers import MAP

Trained = Callable[..., Snapshot]


@pytest.fixture
def view(open_view: Callable[[type[MapView]], MapView]) -> MapView:
    return open_view(MapView)


@pytest.fixture
def classes(tmp_path: Path) -> Experiment:
    """A table of one's own: two classes, west and east of a meridian; some rows without place."""
    rng = np.random.default_rng(0)
    rows = ["lat,lng,kind"]
    for row in range(120):
        latitude, longitude = 52 + rng.random(), 4 + 2 * rng.random()
        north = "" if row % 10 == 0 else f"{latitude:.4f}"
        rows.append(f"{north},{longitude:.4f},{'west' if longitude < 5 else 'east'}")
    path = tmp_path / "shops.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    options = {"path": str(path), "target": "kind"}
    return Experiment(dataset=DatasetConfig(name="own_table", options=options))


def table(*names: str) -> Table:
    nothing = np.zeros((0, 0), dtype=np.int32)
    return Table(np.zeros((0, len(names)), np.float32), names, nothing, (), ())


@pytest.mark.parametrize(
    ("names", "columns"),
    [
        (("beds", "latitude", "longitude"), (1, 2)),
        (("Longitude (°)", "LAT"), (1, 0)),
        (("geo_lat", "geo_lng"), (0, 1)),
        (("pickup lat", "pickup lon", "drop lat", "drop lon"), (0, 1)),
        (("latitude", "altitude"), None),
        (("plateau", "along"), None),
    ],
)
def test_columns_of_places_are_known_by_their_names(
    names: tuple[str, ...], columns: tuple[int, int] | None
) -> None:
    assert place_columns(table(*names)) == columns


def test_a_view_of_places_is_offered_where_there_are_some(trained: Trained) -> None:
    assert MAP.refuses(trained(CLEAN, steps=2).info) is None
    without = trained(Experiment(dataset=DatasetConfig(name="iris")), steps=2).info
    assert MAP.refuses(without) is not None


def test_a_kilometre_is_as_long_across_as_it_is_up_in_any_size(
    view: MapView, trained: Trained
) -> None:
    show(view, trained(CLEAN, steps=20))
    assert view.plot.content is not None
    latitude = view.plot.content.places.latitude
    middle = np.radians((latitude.min() + latitude.max()) / 2)
    for size in ((780, 330), (400, 600)):
        view.resize(*size)
        frame = view.plot.frame
        across = frame.box.width() / ((frame.x[1] - frame.x[0]) * np.cos(middle))
        assert across == pytest.approx(frame.box.height() / (frame.y[1] - frame.y[0]))
        dots = [view.plot.place_of(place) for place in range(len(latitude))]
        assert all(frame.box.contains(dot) for dot in dots)


def test_dots_are_coloured_by_how_far_the_answer_is_off(view: MapView, trained: Trained) -> None:
    snapshot = show(view, trained(CLEAN, steps=60))
    assert view.plot.content is not None and snapshot.predictions is not None
    info, (pane,) = snapshot.info, view.plot.content.panes
    errors = snapshot.predictions.output - info.split.validation.labels[info.watched]
    middle = len(pane.shade.colours) // 2
    assert np.all(pane.shade.codes[errors > 20_000] > middle)
    assert np.all(pane.shade.codes[errors < -20_000] < middle)
    assert view.plot.content.bar is not None
    assert "too low" in view.plot.content.bar.low and "too high" in view.plot.content.bar.high


def test_a_scale_of_colours_is_quiet_in_its_middle_and_keeps_what_is_beyond_its_ends() -> None:
    colours = error_colours(LIGHT)
    shade = shade_of(np.array([-9.0, -1.0, 0.0, 1.0, 5.0]), -1.0, 1.0, colours)
    last = len(colours) - 1
    assert shade.codes.tolist() == [0, 0, last // 2, last, last]
    red, green, blue = rgb(colours[last // 2])
    assert max(red, green, blue) - min(red, green, blue) < 10
    assert shade.order[0] == 2, "what is exact is painted below the errors"


def test_where_the_ends_of_a_scale_do_not_fit_they_are_shorter_and_then_one_is_left_out(
    view: MapView, trained: Trained
) -> None:
    show(view, trained(CLEAN, steps=60))
    assert view.plot.content is not None and view.plot.content.bar is not None
    bar, metrics = view.plot.content.bar, view.plot.fontMetrics()
    assert words_of_ends(bar, metrics, 2000) == (bar.low, bar.high)
    assert all("k" in words for words in bar.short[-1])
    for width in (300, 160, 80, 40):
        low, high = words_of_ends(bar, metrics, width)
        assert metrics.horizontalAdvance(low) + metrics.horizontalAdvance(high) <= width
        assert "…" not in low and (low == "" or "…" not in high)


def test_words_stand_below_a_map_that_they_would_squeeze(view: MapView) -> None:
    choice = view.colouring
    for width in (900, 300):
        view.resize(width, 400)
        view.show()
        QApplication.processEvents()
        assert (view.plot.width() == view.width()) is (width == 300)
        assert choice.width() >= choice.minimumSizeHint().width()


def test_the_rarer_class_is_painted_over_the_others() -> None:
    shade = shade_of_classes(np.array([1, 0, 0, 0]), ("#000000", "#ffffff"))
    assert shade.order.tolist()[-1] == 0


def test_true_and_predicted_amounts_share_one_scale(view: MapView, trained: Trained) -> None:
    show(view, trained(SPOILED, steps=60))
    bars = []
    for colouring, maps in (("predicted", 2), ("true", 1)):
        view.colouring.put(colouring)
        view.colouring.edited.emit()
        assert view.plot.content is not None
        bars.append(view.plot.content.bar)
        assert len(view.plot.content.panes) == maps
    assert bars[0] == bars[1]


def test_the_twin_has_a_map_beside_the_models_and_a_dot_is_named_on_both(
    view: MapView, trained: Trained
) -> None:
    show(view, trained(SPOILED, steps=60))
    plot = view.plot
    assert plot.content is not None
    assert [pane.title for pane in plot.content.panes] == ["your model", "clean twin"]
    first, second = plot.frames
    assert (first.x, first.y) == (second.x, second.y)
    assert first.box.right() < second.box.left()
    sentence = plot.read(plot.place_of(3, pane=1))
    picked = plot.picked
    assert picked is not None
    assert sentence == plot.content.sentence(picked)
    assert "clean twin" in sentence and "latitude" in sentence
    assert plot.read(plot.place_of(picked, pane=0)) == sentence
    assert plot.read(first.box.bottomRight() + QPointF(3, 0)) == ""


def test_arrow_keys_go_from_west_to_east(view: MapView, trained: Trained) -> None:
    show(view, trained(CLEAN, steps=20))
    assert view.plot.content is not None
    longitude = view.plot.content.places.longitude
    QTest.keyClick(view.plot, Qt.Key.Key_Right)
    assert view.plot.picked == longitude.argmin()
    assert view.row.text() == view.plot.content.sentence(int(longitude.argmin()))
    QTest.keyClick(view.plot, Qt.Key.Key_Left)
    assert longitude[view.plot.picked] == longitude.max()


def test_the_wheel_zooms_dragging_moves_and_a_double_click_shows_all(
    view: MapView, trained: Trained
) -> None:
    show(view, trained(CLEAN, steps=20))
    plot = view.plot
    whole = plot.frame
    middle = whole.box.center().toPoint()
    QApplication.sendEvent(plot, wheel(QPointF(middle), 480))
    near = plot.frame
    assert near.x[1] - near.x[0] < 0.6 * (whole.x[1] - whole.x[0])
    below = near.numbers(QPointF(middle))
    QTest.mousePress(plot, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(plot, middle + QPoint(12, 7))
    QTest.mouseRelease(plot, Qt.MouseButton.LeftButton, pos=middle + QPoint(12, 7))
    assert plot.frame.numbers(QPointF(middle + QPoint(12, 7))) == pytest.approx(below)
    QTest.mouseDClick(plot, Qt.MouseButton.LeftButton, pos=middle)
    assert plot.frame == whole
    QApplication.sendEvent(plot, wheel(QPointF(middle), -480))
    assert plot.frame == whole, "there is nothing to see beyond all"


def test_classes_have_their_colours_and_rows_without_a_place_are_counted(
    view: MapView, trained: Trained, classes: Experiment
) -> None:
    snapshot = show(view, trained(classes, steps=30))
    content, info = view.plot.content, snapshot.info
    assert content is not None and snapshot.predictions is not None
    assert content.bar is None
    assert [entry.text for entry in view.legend.entries] == ["right", "wrong"]
    rows = content.places.rows
    true = info.split.validation.labels[info.watched][rows]
    wrong = snapshot.predictions.output.argmax(axis=1)[rows] != true
    assert np.array_equal(content.panes[0].shade.codes, wrong)
    assert len(rows) < len(info.watched)
    assert view.words.text().startswith(f"{len(rows)} of {len(info.watched)} validation rows")
    view.colouring.put("true")
    view.colouring.edited.emit()
    assert view.plot.content is not None
    assert np.array_equal(view.plot.content.panes[0].shade.codes, true)
    assert [entry.text for entry in view.legend.entries] == list(info.dataset.class_names)
    assert "Truly" in view.plot.content.sentence(0)


def test_a_run_without_any_place_says_so(view: MapView, trained: Trained) -> None:
    snapshot = trained(CLEAN, steps=2)
    info = nowhere(snapshot.info)
    assert len(Places.of(info) or ()) == 0
    show(view, replace(snapshot, info=info))
    assert view.plot.content is None
    assert not view.grab().isNull()


def nowhere(info: RunInfo) -> RunInfo:
    part = info.split.validation
    assert isinstance(part.features, Table)
    lost = part.features.with_values(
        np.full_like(part.features.numeric, np.nan), part.features.categorical
    )
    return replace(info, split=replace(info.split, validation=part.with_values(features=lost)))


def test_answers_that_are_no_numbers_empty_the_map(view: MapView, trained: Trained) -> None:
    snapshot = trained(CLEAN, steps=20)
    show(view, snapshot)
    assert snapshot.predictions is not None
    lost = Predictions(snapshot.predictions.output * np.nan, None)
    view.show_snapshot(replace(snapshot, predictions=lost))
    assert view.plot.content is None
    assert view.words.text() == ""


def test_another_theme_has_the_same_map_in_its_own_colours(view: MapView, trained: Trained) -> None:
    show(view, trained(CLEAN, steps=20))
    assert view.plot.content is not None
    before = view.plot.content.panes[0].shade
    view.apply_palette(DARK)
    after = view.plot.content.panes[0].shade
    assert after.codes.tolist() == before.codes.tolist()
    assert after.colours == error_colours(DARK)


@pytest.mark.parametrize(("value", "round_one"), [(7.3, 5), (1.0, 1), (0.034, 0.02), (499, 200)])
def test_distances_are_round(value: float, round_one: float) -> None:
    assert round_down(value) == pytest.approx(round_one)
