"""Feature maps of a chosen picture: which, of whom, where taken, and what the pointer reads."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from tests.core.probes.test_feature_maps import NOISE, trained
from visualiser.core.questions.feature_maps import FeatureMaps, Ways
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want
from visualiser.ui.palette import DARK
from visualiser.ui.view import AskingView
from visualiser.ui.views.feature_maps import FeatureMapsView
from visualiser.ui.views.offers.networks import FEATURE_MAPS


@pytest.fixture(scope="module")
def digits() -> Trainer:
    return trained(steps=8, spoiling=NOISE)


@pytest.fixture
def view(qtbot: QtBot, digits: Trainer) -> FeatureMapsView:
    view = FeatureMapsView()
    qtbot.addWidget(view)
    view.resize(680, 290)
    view.show()
    view.start_run(digits.info)
    look(view, digits)
    view.grab()
    return view


def look(view: FeatureMapsView, trainer: Trainer) -> Ways:
    want = FEATURE_MAPS.want | Want(questions=view.questions())
    snapshot = trainer.snapshot(want, "paused", fresh=True)
    view.show_snapshot(snapshot)
    (question,) = view.questions()
    ways = snapshot.answer(question)
    assert isinstance(ways, Ways)
    return ways


def press(view: FeatureMapsView, name: str) -> None:
    buttons = view.findChildren(QToolButton)
    next(button for button in buttons if button.text() == name).click()


def test_every_convolution_has_its_filters_and_maps(view: FeatureMapsView, digits: Trainer) -> None:
    ways = look(view, digits)
    assert isinstance(view, AskingView)
    assert [block.maps.shape for block in view.canvas.blocks] == [(3, 28, 28), (4, 14, 14)]
    np.testing.assert_array_equal(view.canvas.blocks[0].maps, ways.student.stages[0].maps)
    assert "true: " in view.words.text() and "twin: " in view.words.text()
    assert FEATURE_MAPS.refuses(digits.info) is None


def test_another_theme_leaves_the_answers_where_they_are(
    view: FeatureMapsView, digits: Trainer
) -> None:
    look(view, digits)
    said = view.words.text()
    assert "model: " in said
    view.apply_palette(DARK)
    assert view.words.text() == said


def test_pooled_maps_and_those_of_the_twin_are_shown_on_demand(
    view: FeatureMapsView, digits: Trainer
) -> None:
    ways = look(view, digits)
    view.shown.put("pooled")
    view.shown.edited.emit()
    assert view.canvas.blocks[0].maps.shape == (3, 14, 14)
    view.shown.put("maps")
    view.twin.click()
    assert ways.twin is not None
    np.testing.assert_array_equal(view.canvas.blocks[1].maps, ways.twin.stages[1].maps)


def test_other_pictures_are_asked_about(
    view: FeatureMapsView, digits: Trainer, qtbot: QtBot
) -> None:
    watched = digits.info.watched
    with qtbot.waitSignal(view.questions_changed):
        press(view, "Next")
    assert view.questions() == frozenset({FeatureMaps(int(watched[1]))})
    press(view, "Previous")
    press(view, "Previous")
    assert view.questions() == frozenset({FeatureMaps(int(watched[-1]))})
    press(view, "Random")
    (question,) = view.questions()
    assert isinstance(question, FeatureMaps) and question.row in watched


def test_the_next_wrong_picture_is_one_that_is_answered_wrongly(
    view: FeatureMapsView, digits: Trainer
) -> None:
    press(view, "Wrong")
    ways = look(view, digits)
    (question,) = view.questions()
    assert isinstance(question, FeatureMaps)
    assert ways.student.output.argmax() != digits.info.split.validation.labels[question.row]


def test_the_pointer_reads_a_map_and_a_weight(view: FeatureMapsView) -> None:
    first = view.canvas.blocks[0]
    filters, maps = view.canvas._rows[0].boxes[2]
    spot = view.canvas.spot_at(maps.center())
    assert spot is not None and (spot.block, spot.tile, spot.in_filter) == (0, 2, False)
    assert spot.value == first.maps[2, spot.row, spot.column]
    assert view._read(maps.center()).startswith("convolution 1, what filter 3 finds at (")
    assert view._read(filters.center()).startswith("convolution 1, weight of filter 3 at (3, 3): ")
    second, _ = view.canvas._rows[1].boxes[0]
    assert view._read(second.center()).endswith("(mean of 3 channels)")


def test_tiles_stay_within_the_canvas_in_any_size(view: FeatureMapsView) -> None:
    for width, height in ((680, 290), (420, 180), (1200, 700)):
        view.resize(width, height)
        view.apply_palette(DARK)
        view.grab()
        for row in view.canvas._rows:
            for filters, maps in row.boxes:
                assert maps.right() <= view.canvas.width() + 2
                assert maps.bottom() <= view.canvas.height() + 2
                assert filters.left() >= 0


@pytest.mark.parametrize("name", ["shapes", "sacramento", "sms_spam"])
def test_what_has_no_convolution_is_refused(
    name: str, snapshot_of: Callable[..., Snapshot]
) -> None:
    assert FEATURE_MAPS.refuses(snapshot_of(name, steps=1).info)
