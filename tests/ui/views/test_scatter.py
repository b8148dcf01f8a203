from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sklearn.metrics import mean_absolute_error, r2_score

from tests.ui.views.conftest import show
from visualiser.core.experiment import (
    CorruptionConfig,
    DatasetConfig,
    Edit,
    Experiment,
    Options,
    Spoiling,
)
from visualiser.core.numerals import numeral
from visualiser.core.training.snapshot import Predictions, Snapshot
from visualiser.ui.palette import DARK, LIGHT
from visualiser.ui.views.scatter import ScatterView
from visualiser.ui.views.scatter_frame import Frame, ticks_below

Trained = Callable[..., Snapshot]
CLEAN = Experiment(dataset=DatasetConfig(name="sacramento"))
SPOILED = CLEAN.replace(
    spoiling=Spoiling(corruptions=(CorruptionConfig(name="target_noise", amount=1.0),))
)


@pytest.fixture
def view(open_view: Callable[[type[ScatterView]], ScatterView]) -> ScatterView:
    return open_view(ScatterView)


def true_and_predicted(snapshot: Snapshot) -> tuple[np.ndarray, np.ndarray]:
    assert snapshot.predictions is not None
    info = snapshot.info
    return info.split.validation.labels[info.watched], snapshot.predictions.output


def test_figures_are_those_of_scikit_learn_for_what_is_drawn(
    view: ScatterView, trained: Trained
) -> None:
    snapshot = show(view, trained(SPOILED, steps=60))
    assert snapshot.predictions is not None
    true, predicted = true_and_predicted(snapshot)
    student, twin = view.figures.text().splitlines()
    assert f"{r2_score(true, predicted):.3f}".replace("-", "−") in student
    assert f"{mean_absolute_error(true, predicted):,.0f}" in student
    assert f"{mean_absolute_error(true, snapshot.predictions.twin_output):,.0f}" in twin


def test_the_legend_names_the_model_as_everywhere_and_says_what_it_learns_from(
    view: ScatterView, trained: Trained
) -> None:
    show(view, trained(SPOILED, steps=60))
    model = view.legend.entries[0]
    assert model.text == "your model"
    assert "from spoiled data." in model.tip
    assert view.figures.text().startswith("your model: ")
    healed = SPOILED.replace(edits=(Edit(step=40, spoiling=Spoiling()),))
    show(view, trained(healed, steps=60))
    assert "until step 40" in view.legend.entries[0].tip


def test_without_spoiling_there_is_one_model_and_one_line_of_figures(
    view: ScatterView, trained: Trained
) -> None:
    show(view, trained(CLEAN, steps=60))
    assert len(view.figures.text().splitlines()) == 1
    assert "clean twin" not in [entry.text for entry in view.legend.entries]


def test_the_point_under_the_pointer_is_named_with_its_values(
    view: ScatterView, trained: Trained
) -> None:
    snapshot = show(view, trained(SPOILED, steps=60))
    true, predicted = true_and_predicted(snapshot)
    inside = int(np.abs(predicted - true).argmax())
    text = view.plot.read(view.plot.place_of(inside))
    named = view.plot.picked
    assert named is not None
    dataset, info = snapshot.info.dataset, snapshot.info
    assert dataset.label_text(true[named]) in text
    assert dataset.label_text(predicted[named]) in text
    table = info.split.validation.features
    area = table.numeric[info.watched[named], table.numeric_names.index("living area (sq ft)")]
    assert f"living area (sq ft) {area:,.0f}" in text
    assert "clean twin" in text


def test_an_error_says_whether_it_is_too_high_or_too_low(
    view: ScatterView, trained: Trained
) -> None:
    snapshot = show(view, trained(CLEAN, steps=60))
    true, predicted = true_and_predicted(snapshot)
    assert view.plot.pairs is not None
    for row in (int((predicted - true).argmax()), int((predicted - true).argmin())):
        size = snapshot.info.dataset.label_text(abs(predicted[row] - true[row]))
        word = "high" if predicted[row] > true[row] else "low"
        assert f"{size} too {word}" in view.plot.pairs.sentence(row)


def test_nothing_is_named_away_from_the_points(view: ScatterView, trained: Trained) -> None:
    show(view, trained(CLEAN, steps=60))
    assert view.plot.read(QPointF(-50, -50)) == ""
    assert view.plot.picked is None


def test_arrow_keys_go_from_row_to_row_in_the_order_of_the_axis(
    view: ScatterView, trained: Trained
) -> None:
    snapshot = show(view, trained(CLEAN, steps=60))
    true, _ = true_and_predicted(snapshot)
    QTest.keyClick(view.plot, Qt.Key.Key_Right)
    assert view.plot.picked == int(true.argmin())
    assert view.plot.pairs is not None
    assert view.row.text() == view.plot.pairs.sentence(int(true.argmin()))
    QTest.keyClick(view.plot, Qt.Key.Key_Left)
    assert view.plot.picked is not None
    assert true[view.plot.picked] == true.max()


def test_errors_only_puts_the_error_on_the_upright_axis(
    view: ScatterView, trained: Trained
) -> None:
    snapshot = show(view, trained(CLEAN, steps=60))
    true, predicted = true_and_predicted(snapshot)
    view.errors.click()
    frame = view.plot.frame
    assert frame.y[0] == -frame.y[1]
    exact = int(np.abs(predicted - true).argmin())
    zero = frame.point(frame.x[0], 0.0).y()
    assert view.plot.place_of(exact).y() == pytest.approx(zero, abs=2)


def test_a_point_off_the_axes_is_counted_and_stays_visible(
    view: ScatterView, trained: Trained
) -> None:
    snapshot = trained(CLEAN, steps=60)
    true, predicted = true_and_predicted(snapshot)
    far = np.where(np.arange(len(predicted)) == 3, true.max() * 9, true)
    show(view, replace(snapshot, predictions=Predictions(far, None)))
    assert view.plot.outside() == 1
    assert "1 outside the axes" in view.words.text()
    assert view.plot.frame.box.contains(view.plot.place_of(3))


def test_the_wheel_zooms_around_the_pointer_and_a_double_click_shows_all(
    view: ScatterView, trained: Trained
) -> None:
    show(view, trained(CLEAN, steps=60))
    before = view.plot.frame
    middle = before.box.center()
    QApplication.sendEvent(view.plot, wheel(middle, 240))
    zoomed = view.plot.frame
    assert zoomed.x[1] - zoomed.x[0] < before.x[1] - before.x[0]
    assert sum(zoomed.x) == pytest.approx(sum(before.x))
    QTest.mouseDClick(view.plot, Qt.MouseButton.LeftButton, pos=middle.toPoint())
    assert view.plot.frame == before


def test_dragging_moves_points_along_with_the_pointer(view: ScatterView, trained: Trained) -> None:
    show(view, trained(CLEAN, steps=60))
    middle = view.plot.frame.box.center().toPoint()
    QApplication.sendEvent(view.plot, wheel(QPointF(middle), 240))
    numbers = view.plot.frame.numbers(QPointF(middle))
    QTest.mousePress(view.plot, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(view.plot, middle + QPoint(9, -5))
    QTest.mouseRelease(view.plot, Qt.MouseButton.LeftButton, pos=middle + QPoint(9, -5))
    moved = view.plot.frame.numbers(QPointF(middle + QPoint(9, -5)))
    assert moved == pytest.approx(numbers)
    QTest.mouseMove(view.plot, middle)
    assert view.plot.frame.numbers(QPointF(middle + QPoint(9, -5))) == pytest.approx(moved)


def test_numbers_that_are_none_are_said_to_be_none(view: ScatterView, trained: Trained) -> None:
    snapshot = trained(CLEAN, steps=60)
    _, predicted = true_and_predicted(snapshot)
    show(view, replace(snapshot, predictions=Predictions(predicted * np.nan, None)))
    assert view.plot.pairs is None
    assert view.figures.text() == ""
    assert not view.grab().isNull()


def test_it_draws_before_the_first_snapshot_in_both_themes(
    view: ScatterView, trained: Trained
) -> None:
    view.start_run(trained(CLEAN, steps=60).info)
    for palette in (LIGHT, DARK):
        view.apply_palette(palette)
        assert not view.grab().isNull()
    assert view.legend.entries == ()


def test_another_theme_is_drawn_in_its_own_colours(view: ScatterView, trained: Trained) -> None:
    show(view, trained(SPOILED, steps=60))
    view.apply_palette(DARK)
    image = view.plot.grab().toImage()
    colours = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    assert DARK.spoiled in colours
    assert LIGHT.spoiled not in colours


def wheel(place: QPointF, turned: int) -> QWheelEvent:
    return QWheelEvent(
        place,
        place,
        QPoint(),
        QPoint(0, turned),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )


@pytest.mark.parametrize("width", [180, 297, 420, 900])
def test_numbers_below_the_plane_are_several_and_stand_apart(
    qapp: QApplication, width: int
) -> None:
    metrics = QFontMetrics(qapp.font())
    frame = Frame(QRectF(0, 0, width, 200), (30_000.0, 780_000.0), (0.0, 1.0))
    ticks = ticks_below(frame, metrics)
    assert len(ticks) >= (3 if width > 200 else 1)
    places = [frame.point(tick, 0).x() for tick in ticks]
    halves = [metrics.horizontalAdvance(numeral(tick)) / 2 for tick in ticks]
    for i in range(len(ticks) - 1):
        assert places[i] + halves[i] < places[i + 1] - halves[i + 1]


def test_errors_alone_are_offered_only_where_there_are_predictions(
    view: ScatterView, trained: Trained
) -> None:
    snapshot = show(view, trained(CLEAN))
    assert view.errors.isVisible()
    assert snapshot.predictions is not None
    lost = replace(snapshot.predictions, output=np.full_like(snapshot.predictions.output, np.nan))
    show(view, replace(snapshot, predictions=lost))
    assert not view.errors.isVisible()


@pytest.fixture
def letters(tmp_path: Path) -> Experiment:
    """A table whose target is the day that a letter was posted, in 2019 and 2020."""
    random = np.random.default_rng(0)
    days = np.datetime64("2019-01-01") + random.integers(0, 700, 90)
    rows = [f"{day},{number:.3f}" for number, day in enumerate(days.tolist())]
    path = tmp_path / "letters.csv"
    path.write_text("\n".join(["posted,weight", *rows]), encoding="utf-8")
    options: Options = {"path": str(path), "target": "posted"}
    return Experiment(dataset=DatasetConfig(name="own_table", options=options))


def test_axes_of_a_target_that_is_a_date_show_dates(
    view: ScatterView, trained: Trained, letters: Experiment
) -> None:
    show(view, trained(letters, steps=20))
    plot = view.plot
    across, up = plot._dates(plot.frame, QFontMetrics(plot.font()))
    assert across and up
    for ticks in (across, up):
        assert all("2019" in text or "2020" in text for _, text in ticks)
    for tick, text in across:
        assert text.endswith(str(np.datetime64(int(tick), "D"))[:4])
    view.errors.click()
    across, up = plot._dates(plot.frame, QFontMetrics(plot.font()))
    assert across and up is None


def test_dates_may_be_zoomed_out_of_the_calendar(
    view: ScatterView, trained: Trained, letters: Experiment
) -> None:
    show(view, trained(letters, steps=20))
    plot = view.plot
    for factor in (1e-9, 1e9):
        plot._see(plot.frame.zoomed(plot.frame.box.center(), factor))
        assert not plot.grab().isNull()
        across, up = plot._dates(plot.frame, QFontMetrics(plot.font()))
        assert across is not None and up is not None and len(across) + len(up) < 20
