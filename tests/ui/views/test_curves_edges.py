"""Where curves leave a chart it says so, and texts of events find room."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from tests.ui.views.drawn_curves import CLEAN, SPOILED, long_run, with_rows
from visualiser.core.training.snapshot import Marker, Snapshot
from visualiser.ui.palette import LIGHT
from visualiser.ui.views.curves_choices import Choices
from visualiser.ui.views.curves_cuts import cuts_of
from visualiser.ui.views.curves_labels import shortened
from visualiser.ui.views.curves_overlay import CurvesOverlay
from visualiser.ui.views.curves_series import Line, Look
from visualiser.ui.views.export import save_curves_png, save_svg

X, Y = (0.0, 100.0), (0.0, 10.0)


def line(name: str, y: list[float], opacity: float = 1.0) -> Line:
    x = np.linspace(0, 100, len(y))
    return Line(name, name, Look("accent", opacity=opacity), x, np.array(y))


def exploded(snapshot: Snapshot, peak: float, rows_made: int = 60) -> Snapshot:
    """A loss of 1, but for one evaluation in the middle."""
    names = ("train_loss", "validation_loss", "train_metric", "validation_metric")
    rows = [{"step": 5 * i, "epoch": i / 10, **dict.fromkeys(names, 1.0)} for i in range(rows_made)]
    rows[30] |= {"train_loss": peak, "validation_loss": 2 * peak}
    return with_rows(snapshot, rows)


@given(
    st.lists(
        st.lists(st.floats(-50, 50) | st.just(float("nan")) | st.just(float("inf")), max_size=30),
        max_size=5,
    )
)
def test_each_curve_outside_has_one_mark_at_its_farthest_point(curves: list[list[float]]) -> None:
    lines = [line(str(number), y) for number, y in enumerate(curves)]
    cuts = cuts_of(lines, X, Y, False)
    finite = [one.y[np.isfinite(one.y)] for one in lines]
    leaving = [y for y in finite if len(y) and (y.max() > 10 or y.min() < 0)]
    assert len(cuts) == len(leaving)
    for cut, y in zip(reversed(cuts), leaving, strict=True):
        wanted = y.max() if y.max() > 10 else y.min()
        assert cut.above == (y.max() > 10)
        assert float(cut.text.replace("−", "-")) == pytest.approx(wanted, rel=0.01, abs=1e-9)


def test_a_curve_that_stays_inside_has_no_mark() -> None:
    assert cuts_of([line("a", [0, 10, float("nan"), 5]), line("b", [])], X, Y, False) == ()


def test_only_what_is_in_sight_counts() -> None:
    assert cuts_of([line("a", [99, 5, 5, 5, 99])], (20.0, 80.0), Y, False) == ()


def test_a_figure_drawn_twice_has_one_mark() -> None:
    (cut,) = cuts_of([line("a", [5, 90, 5], 0.35), line("a", [5, 20, 5])], X, Y, False)
    assert cut.text == "90"


@pytest.mark.parametrize(
    ("value", "logarithmic", "text"),
    [
        (234.6, False, "235"),
        (45_312.0, False, "45,300"),
        (1.23e9, False, "1.2e9"),
        (3e38, False, "3.0e38"),
        (9.0, True, "1.0e9"),
        (2.5, True, "316"),
        (-7.7, True, "2.0e−8"),
    ],
)
def test_the_value_is_read_with_two_or_three_digits(
    value: float, logarithmic: bool, text: str
) -> None:
    y = (-3.0, 1.0) if logarithmic else Y
    (cut,) = cuts_of([line("a", [1, value, 1])], X, y, logarithmic)
    assert cut.text == text


def test_a_peak_beyond_the_chart_has_an_arrow_in_the_colour_of_its_curve(trained, show) -> None:
    view = show(exploded(trained(CLEAN, 20), 1e6), 800, 500)
    chart = view.loss_chart
    cuts = {cut.colour: cut for cut in chart.layer.content.cuts}
    assert {colour: cut.text for colour, cut in cuts.items()} == {
        "accent": "2.0e6",
        "train": "1.0e6",
    }
    assert not view.metric_chart.layer.content.cuts
    top = chart.box.mapViewToScene(QPointF(150, 0)).x()
    image = view.charts.grab().toImage()
    arrow = image.pixelColor(round(top), round(chart.box.sceneBoundingRect().top()) + 3)
    assert arrow.name() == QColor(LIGHT.accent).name()
    view.set_choices(Choices(log_loss=True))
    assert not chart.layer.content.cuts, "a logarithmic axis holds it"


def test_an_arrow_that_comes_and_goes_leaves_nothing_on_the_kept_picture(trained, show) -> None:
    base = trained(CLEAN, 20)
    view = show(exploded(base, 1e6), 800, 500)
    view.grab()
    calm = exploded(base, 1.0, 61)
    view.show_snapshot(calm)
    QApplication.processEvents()
    after = view.grab().toImage()
    overlay = view.findChild(CurvesOverlay)
    assert isinstance(overlay, CurvesOverlay)
    overlay.redraw()
    assert view.grab().toImage() == after
    assert not view.loss_chart.layer.content.cuts


def test_arrows_and_their_values_are_saved_too(trained, show, tmp_path: Path) -> None:
    view = show(exploded(trained(CLEAN, 20), 1e6), 800, 500)
    save_svg(view, tmp_path / "curves.svg")
    save_curves_png(view, tmp_path / "curves.png")
    drawing = (tmp_path / "curves.svg").read_text()
    assert ">2.0e6<" in drawing and ">1.0e6<" in drawing


def with_markers(snapshot: Snapshot, count: int) -> Snapshot:
    made = long_run(snapshot, 400)
    steps = np.linspace(50, 1900, count).astype(int).tolist()
    markers = tuple(
        Marker(step, step / 50, f"Wrong labels {i} %, learning rate 0.0{i}")
        for i, step in enumerate(steps, start=1)
    )
    return replace(made, markers=markers)


@pytest.mark.parametrize("count", [1, 4, 9, 14])
def test_every_one_of_many_markers_keeps_a_text(trained, show, count: int) -> None:
    view = show(with_markers(trained(CLEAN, 20), count), 1000, 500)
    view.grab()
    texts = view.loss_chart.layer._marks._texts
    assert len(texts) == count
    for text in texts:
        assert not any(text.box.intersects(other.box) for other in texts if other is not text)
    if count == 1:
        assert texts[0].words == "Wrong labels 1 %, learning rate 0.01"


def test_pointing_at_a_marker_tells_all_of_it(trained, show) -> None:
    view = show(with_markers(trained(CLEAN, 20), 14), 1000, 500)
    marker = view.snapshot.markers[7]
    reads = view._words.read_outs(
        view.snapshot, marker.step + 1, view.choices, (), view.loss_chart.reach
    )
    assert ("text", "Wrong labels 8 %") in reads["loss"].rows
    assert ("text", "learning rate 0.08") in reads["loss"].rows
    reads = view._words.read_outs(view.snapshot, marker.step + 60, view.choices, (), 5.0)
    assert not any(colour == "text" for colour, _ in reads["loss"].rows)


@given(st.text(max_size=40), st.integers(1, 30))
def test_a_shortened_text_is_no_longer_and_keeps_its_figure(text: str, letters: int) -> None:
    assert len(shortened(text, letters)) <= len(text)
    assert shortened(f"{text} 20 %", letters).endswith("20 %")


def test_a_text_that_fits_is_not_shortened() -> None:
    assert shortened("healed", 4) == "healed"
    assert shortened("Wrong labels 20 %", 5) == "Wrong… 20 %"
    assert shortened("learning rate 0.00003", 5) == "learn… 0.00003"


def test_names_of_curves_near_zero_stand_above_the_axis(trained, show) -> None:
    names = ("train_loss", "validation_loss", "train_metric", "validation_metric")
    rows = [
        {"step": 5 * i, "epoch": i / 10, **dict.fromkeys(names, float(np.exp(-i / 3)))}
        for i in range(61)
    ]
    view = show(with_rows(trained(SPOILED, 80), rows[:52]), 800, 500)
    chart = view.loss_chart
    zero = chart.box.mapViewToScene(QPointF(0, 0)).y()
    image = view.charts.grab().toImage()
    line_of_zero = {
        image.pixelColor(x, round(zero)).name()
        for x in range(round(chart.box.mapViewToScene(QPointF(258, 0)).x()) + 8,
                       round(chart.box.sceneBoundingRect().right()) - 2)
    }  # fmt: skip
    assert len(line_of_zero) == 1, "only the grid"


def test_a_text_is_whole_where_there_is_room_beyond_the_chart(trained, show) -> None:
    text = "Biased labels 70 %, validation spoiled too"
    made = long_run(trained(SPOILED, 80), 400)
    view = show(replace(made, markers=(Marker(1500, 30.0, text),)), 690, 400)
    view.grab()
    (shown,) = view.loss_chart.layer._marks._texts
    assert shown.words == text


def test_the_line_where_a_run_broke_off_goes_through_no_text(trained, show) -> None:
    names = ("train_loss", "validation_loss", "train_metric", "validation_metric")
    rows = [{"step": 5 * i, "epoch": i / 10, **dict.fromkeys(names, 1.0)} for i in range(60)]
    made = replace(with_rows(trained(CLEAN, 20), rows), state="diverged")
    view = show(replace(made, markers=(Marker(285, 5.7, "learning rate 100"),)), 800, 500)
    chart = view.loss_chart
    image = view.charts.grab().toImage()
    (text,) = chart.layer._marks._texts
    x = round(chart.box.mapViewToScene(QPointF(295, 0)).x())
    assert text.box.left() < x < text.box.right()

    def redness(top: float, bottom: float) -> int:
        colours = (
            image.pixelColor(x + aside, y)
            for aside in (-1, 0, 1)
            for y in range(round(top) + 1, round(bottom) - 1)
        )
        return max(colour.red() - colour.green() for colour in colours)

    assert redness(text.box.top(), text.box.bottom()) < 30
    assert redness(text.box.bottom() + 8, chart.box.sceneBoundingRect().bottom()) > 60
