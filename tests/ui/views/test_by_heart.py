import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Trained
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Spoiling
from visualiser.core.starting_point import starting_point
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.wrong_labels import WrongLabels
from visualiser.ui.palette import DARK
from visualiser.ui.views.by_heart import ByHeartView
from visualiser.ui.views.by_heart_curves import values_of
from visualiser.ui.views.curves_series import Line
from visualiser.ui.views.gallery import MOST_EXAMPLES
from visualiser.ui.views.offers.by_heart import BY_HEART


@pytest.fixture
def view(open_view: Callable[..., ByHeartView], spoiled_digits: Snapshot) -> ByHeartView:
    """The digits have no wrong label for thirty steps, and then 40 %."""
    return open_view(ByHeartView, spoiled_digits)


@pytest.fixture
def estimated(trained: Trained) -> Snapshot:
    """Houses whose prices were estimated."""
    noise = CorruptionConfig(name="target_noise", amount=1.0)
    plan = starting_point(DatasetConfig(name="sacramento"))
    return trained(plan.replace(spoiling=Spoiling(corruptions=(noise,))), 200)


def labels_of(snapshot: Snapshot) -> WrongLabels:
    assert snapshot.wrong_labels is not None
    return snapshot.wrong_labels


def drawn(view: ByHeartView) -> dict[str, Line]:
    return {line.name: line for line in view.chart.chart.layer.content.lines}


def press(qtbot: QtBot, view: ByHeartView, kind: str) -> None:
    qtbot.mouseClick(view.buttons[kind], Qt.MouseButton.LeftButton)


# -- nothing to show ------------------------------------------------------------------------------


def test_clean_data_invites_to_give_wrong_labels(
    open_view: Callable[..., ByHeartView], snapshot_of: Callable[..., Snapshot]
) -> None:
    view = open_view(ByHeartView, snapshot_of("shapes", (), 20))
    assert view.pages.currentWidget() is view.invitation
    assert "Give wrong labels in Data quality, under Labels" in view.invitation.text()


def test_clean_numbers_invite_to_make_targets_imprecise(
    open_view: Callable[..., ByHeartView], snapshot_of: Callable[..., Snapshot]
) -> None:
    view = open_view(ByHeartView, snapshot_of("sacramento", (), 20))
    assert "Make targets imprecise" in view.invitation.text()


@pytest.mark.parametrize(
    ("dataset", "refused"),
    [("shapes", False), ("bike_daily", False), ("retail_purchases", True), ("alice29", True)],
)
def test_it_is_for_classes_and_numbers(
    snapshot_of: Callable[..., Snapshot], dataset: str, refused: bool
) -> None:
    assert (BY_HEART.refuses(snapshot_of(dataset, (), 2).info) is not None) == refused


def test_healed_data_keeps_the_curves_and_has_no_rows(
    view: ByHeartView, spoiled_digits: Snapshot
) -> None:
    view.show_snapshot(replace(spoiled_digits, wrong_labels=None, memorised=None))
    assert view.tiles.tiles == () and "right again" in view.tiles.accessibleDescription()
    assert np.isfinite(drawn(view)["memorised"].y).any()
    assert view.buttons["learnt"].text() == "Learnt  0"


# -- the rows -------------------------------------------------------------------------------------


def test_counts_are_those_of_the_answers(view: ByHeartView, spoiled_digits: Snapshot) -> None:
    labels = labels_of(spoiled_digits)
    learnt = np.count_nonzero(labels.answered == labels.given)
    resisted = np.count_nonzero(labels.answered == labels.true)
    assert learnt and resisted
    assert view.buttons["all"].text() == f"All  {len(labels.rows):,}"
    assert view.buttons["learnt"].text() == f"Learnt  {learnt:,}"
    assert view.buttons["resisted"].text() == f"Resisted  {resisted:,}"
    rest = len(labels.rows) - learnt - resisted
    assert view.buttons["neither"].text() == f"Neither  {rest:,}"


def test_the_sentence_says_that_a_sample_is_watched(view: ByHeartView) -> None:
    assert view.words.text().startswith("Of a sample of 500 wrong labels ")


def test_a_filter_shows_its_rows_only(
    qtbot: QtBot, view: ByHeartView, spoiled_digits: Snapshot
) -> None:
    labels = labels_of(spoiled_digits)
    press(qtbot, view, "resisted")
    resisted = np.count_nonzero(labels.answered == labels.true)
    assert len(view.tiles.tiles) == min(resisted, MOST_EXAMPLES)
    assert {tile.lines[-1].text for tile in view.tiles.tiles} == {"resisted so far"}
    press(qtbot, view, "learnt")
    assert all(tile.lines[1].tone == "wrong" for tile in view.tiles.tiles)


def test_walking_to_an_example_shows_in_the_chart_when_it_was_learnt(
    qtbot: QtBot, view: ByHeartView, spoiled_digits: Snapshot
) -> None:
    press(qtbot, view, "learnt")
    labels = labels_of(spoiled_digits)
    steps = np.sort(labels.since[labels.since >= 0])
    before = len(view.chart.chart.layer.content.events)
    qtbot.keyClick(view.tiles, Qt.Key.Key_End)
    events = view.chart.chart.layer.content.events
    assert len(events) == before + 1
    last = len(view.tiles.tiles) - 1
    assert float(steps[last]) in [event.x for event in events]
    press(qtbot, view, "resisted")
    assert len(view.chart.chart.layer.content.events) == before


def test_the_keys_stay_at_their_example_when_the_order_changes(
    qtbot: QtBot, view: ByHeartView, spoiled_digits: Snapshot
) -> None:
    qtbot.keyClick(view.tiles, Qt.Key.Key_Right)
    labels = labels_of(spoiled_digits)
    before = view.tiles.tiles[1].tip.splitlines()[0]
    turned = np.where(labels.since >= 0, labels.since.max() - labels.since, -1)
    view.show_snapshot(replace(spoiled_digits, wrong_labels=replace(labels, since=turned)))
    assert view.tiles.tiles[view.tiles.place].tip.splitlines()[0] == before


def test_a_running_training_does_not_change_the_list_with_every_frame(
    view: ByHeartView, spoiled_digits: Snapshot
) -> None:
    running = replace(spoiled_digits, state="running")
    view.show_snapshot(running)
    shown = view.tiles.tiles
    view.show_snapshot(replace(running, wrong_labels=None))
    assert view.tiles.tiles is shown
    view.show_snapshot(replace(running, state="paused", wrong_labels=None))
    assert view.tiles.tiles == ()


@pytest.mark.parametrize("name", ["sms_spam", "penguins", "shapes", "drums"])
def test_each_kind_of_example_is_shown_as_in_the_gallery(
    open_view: Callable[..., ByHeartView], snapshot_of: Callable[..., Snapshot], name: str
) -> None:
    view = open_view(ByHeartView, snapshot_of(name, (), 8, 0.4))
    assert view.tiles.tiles[0].lines[0].text.startswith("labelled ")
    view.apply_palette(DARK)
    assert not view.grab().isNull()


# -- the chart ------------------------------------------------------------------------------------


def test_curves_are_the_shares_of_the_history_in_per_cent(
    view: ByHeartView, spoiled_digits: Snapshot
) -> None:
    history = spoiled_digits.history
    for name in ("memorised", "resisted"):
        line, rows = drawn(view)[name], len(history)
        assert np.array_equal(line.x[:rows], history["step"])
        assert line.y[:rows] == pytest.approx(100 * history[name], nan_ok=True)


def test_chance_is_a_mistake_on_new_examples_that_hits_one_of_the_other_classes(
    view: ByHeartView, spoiled_digits: Snapshot
) -> None:
    history = spoiled_digits.history
    wrong = np.isfinite(history["memorised"])
    expected = np.where(wrong, (1 - history["validation_metric"]) / 9, np.nan)
    assert wrong.any() and not wrong.all()
    chance = drawn(view)["chance"]
    assert chance.look.stroke == "dashed"
    assert chance.y[: len(history)] == pytest.approx(100 * expected, nan_ok=True)


def test_pointing_reads_all_curves(view: ByHeartView, spoiled_digits: Snapshot) -> None:
    history = spoiled_digits.history
    told = view.chart.read(spoiled_digits, float(history["step"][-1]))
    assert told is not None
    share = 100 * values_of(spoiled_digits.info, history, "memorised")[-1]
    assert told.rows[0] == ("spoiled", f"answered as wrongly labelled  {share:.1f} %")
    assert len(told.rows) == 3
    before = view.chart.read(spoiled_digits, 0.0)
    assert before is not None and before.rows == (("muted", "nothing was given wrongly"),)


def test_the_wheel_zooms_and_show_all_comes_back(qtbot: QtBot, view: ByHeartView) -> None:
    assert view.whole.isHidden()
    qtbot.keyClick(view.chart, Qt.Key.Key_Plus)
    low, high = view.chart.chart.x_range
    assert low > 0 and view.chart.zoom == (low, high)
    qtbot.mouseClick(view.whole, Qt.MouseButton.LeftButton)
    assert view.chart.zoom is None and view.chart.chart.x_range[0] == 0
    assert view.whole.isHidden()


def test_epochs_run_along_the_bottom_on_demand(
    qtbot: QtBot, view: ByHeartView, spoiled_digits: Snapshot
) -> None:
    qtbot.mouseClick(view.epochs, Qt.MouseButton.LeftButton)
    line = drawn(view)["memorised"]
    assert np.array_equal(line.x[: len(spoiled_digits.history)], spoiled_digits.history["epoch"])
    assert view.chart.chart.layer.title.endswith("epochs")


def test_a_frame_without_a_new_measurement_draws_nothing(
    view: ByHeartView, spoiled_digits: Snapshot
) -> None:
    content = view.chart.chart.layer.content
    view.show_snapshot(replace(spoiled_digits, state=spoiled_digits.state))
    assert view.chart.chart.layer.content is content


# -- numbers --------------------------------------------------------------------------------------


def test_errors_of_changed_targets_are_drawn_in_their_unit(
    open_view: Callable[..., ByHeartView], estimated: Snapshot
) -> None:
    view = open_view(ByHeartView, estimated)
    history = estimated.history
    for name in ("changed_given_error", "changed_true_error", "changed_by"):
        assert drawn(view)[name].y[: len(history)] == pytest.approx(history[name])
    assert view.chart.chart.layer.title == "Mean error in $, over steps"
    told = view.chart.read(estimated, 0.0)
    assert told is not None and told.rows[0][1].startswith("error against the targets as wrongly")
    assert view.buttons["learnt"].text().startswith("Near the given  ")
    assert view.tiles.tiles[0].lines[0].text.startswith("given $")


# -- saving and layout ----------------------------------------------------------------------------


def test_the_chart_is_saved_as_picture_drawing_and_figures(
    view: ByHeartView, tmp_path: Path, spoiled_digits: Snapshot
) -> None:
    for suffix in ("png", "svg", "csv"):
        view.savings[0].save(suffix, tmp_path / f"chart.{suffix}")
    assert QImage(str(tmp_path / "chart.png")).width() > view.chart.width()
    drawing = (tmp_path / "chart.svg").read_text()
    assert "answered as wrongly labelled" in drawing and "<image" not in drawing
    header = (tmp_path / "chart.csv").read_text().splitlines()[0].split(",")
    assert {"memorised", "resisted", "changed_given_error"} <= {*header}


def test_the_chosen_rows_are_saved_as_a_table(
    qtbot: QtBot, view: ByHeartView, tmp_path: Path, spoiled_digits: Snapshot
) -> None:
    press(qtbot, view, "learnt")
    view.savings[1].save("csv", tmp_path / "rows.csv")
    with (tmp_path / "rows.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    labels = labels_of(spoiled_digits)
    assert sorted(int(row["row"]) - 1 for row in rows) == sorted(labels.rows[labels.since >= 0])
    assert all(row["answered"] == row["given"] != row["true"] for row in rows)


# A menu asks to be raised and for the keyboard, which a display in memory cannot give.
@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)")
def test_a_right_click_on_the_chart_offers_to_save_it(qtbot: QtBot, view: ByHeartView) -> None:
    place = QPoint(40, 40)
    viewport = view.chart.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, viewport.mapToGlobal(place))
    QApplication.sendEvent(viewport, event)
    menu = view.savings[0].menu
    qtbot.waitUntil(menu.isVisible)
    assert len([action for action in menu.actions() if action.isEnabled()]) == 3
    menu.close()


def test_where_it_is_narrow_the_rows_stand_below_the_chart(view: ByHeartView) -> None:
    assert view.chart.geometry().right() < view.tiles.geometry().left()
    font = view.font()
    font.setPixelSize(26)
    view.setFont(font)
    view.resize(360, view.minimumHeight())
    view.grab()
    assert view.chart.geometry().bottom() < view.tiles.geometry().top()
    parts = [*view.buttons.values(), view.words, view.parts]
    for place, part in enumerate(parts):
        for other in parts[:place]:
            assert not part.geometry().intersects(other.geometry())
