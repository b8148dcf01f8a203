"""What moves the answers of tables: bars in their order, a curve or bars for the chosen column."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.core.probes.test_influence import trained
from visualiser.core.experiment import CorruptionConfig, Spoiling
from visualiser.core.questions.influence import IMPORTANCE, Dependence
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want
from visualiser.ui.palette import DARK
from visualiser.ui.view import AskingView
from visualiser.ui.views.influence import InfluenceView
from visualiser.ui.views.offers.answers import INFLUENCE
from visualiser.ui.views.paired_bars import PairedBars

NOISE = Spoiling(corruptions=(CorruptionConfig(name="symmetric_label_noise", amount=0.4),))


def opened(qtbot: QtBot, trainer: Trainer) -> InfluenceView:
    view = InfluenceView()
    qtbot.addWidget(view)
    view.resize(780, 330)
    view.show()
    view.start_run(trainer.info)
    look(view, trainer)
    return view


def look(view: InfluenceView, trainer: Trainer, state: str = "paused") -> Snapshot:
    want = INFLUENCE.want | Want(questions=view.questions())
    snapshot = trainer.snapshot(want, state)
    view.show_snapshot(snapshot)
    return snapshot


@pytest.fixture(scope="module")
def houses() -> Trainer:
    return trained("sacramento", steps=150)


def test_the_column_that_matters_most_stands_on_top_and_is_looked_at(
    qtbot: QtBot, houses: Trainer
) -> None:
    view = opened(qtbot, houses)
    assert isinstance(view, AskingView)
    answer = look(view, houses).answer(IMPORTANCE)
    assert answer is not None
    top = int(np.argmax(answer.rise))
    assert view.bars.rows[0].name == answer.names[top]
    assert view.bars.rows[0].text.startswith("$")
    assert Dependence(top) in view.questions()
    rises = [row.value for row in view.bars.rows]
    assert rises == sorted(rises, reverse=True)


def test_a_column_of_numbers_has_a_curve_with_its_training_values(
    qtbot: QtBot, houses: Trainer
) -> None:
    view = opened(qtbot, houses)
    view._click("living area (sq ft)")
    curve = look(view, houses).answer(Dependence(view.column.get()))
    assert curve is not None
    shown = view.plot.shown
    assert view.curve.currentWidget() is view.plot and shown is not None
    assert shown.titles[0] == "living area (sq ft)"
    np.testing.assert_array_equal(shown.lines[0][1], curve.output[:, 0])
    assert shown.twin_lines == ()
    assert 10 < len(shown.rug) <= 120
    view.grab()
    assert view.plot.frame is not None and view.plot.frame.box.width() > 100
    assert shown.answer_text(200_000.0).replace("\u00a0", " ") == "$ 200,000"


@pytest.mark.parametrize("height", [110, 330])
def test_the_title_of_the_answers_is_whole_and_above_where_the_axis_is_short(
    qtbot: QtBot, houses: Trainer, height: int
) -> None:
    view = opened(qtbot, houses)
    view._click("living area (sq ft)")
    look(view, houses)
    plot = view.plot
    shown = plot.shown
    assert shown is not None and shown.titles[1] in plot.toolTip()
    plot.setFixedSize(300, height)
    plot.grab()
    line = plot.fontMetrics().height()
    assert plot.frame is not None
    above = plot.frame.box.top() >= line
    fits = plot.fontMetrics().horizontalAdvance(shown.titles[1]) <= plot.frame.box.height()
    assert above or fits
    assert above == (height == 110)


def test_a_column_of_categories_has_a_bar_for_each(qtbot: QtBot) -> None:
    trainer = trained("titanic", steps=60, spoiling=NOISE)
    view = opened(qtbot, trainer)
    names = [view.column.itemText(place) for place in range(view.column.count())]
    table = trainer.info.split.train.features
    view._click(table.categorical_names[0])
    look(view, trainer)
    assert view.curve.currentWidget() is view.categories
    assert {row.name for row in view.categories.rows} <= set(table.categories[0])
    assert all(row.twin is not None for row in view.categories.rows)
    assert [entry.text for entry in view.legend.entries] == ["clean twin"]
    assert names == list(table.names)


def test_every_class_of_several_has_its_line(qtbot: QtBot) -> None:
    trainer = trained("penguins", steps=30)
    view = opened(qtbot, trainer)
    view._click(trainer.info.split.train.features.numeric_names[0])
    look(view, trainer)
    shown = view.plot.shown
    assert shown is not None and len(shown.lines) == 3
    assert [entry.text for entry in view.legend.entries] == list(trainer.info.dataset.class_names)


def test_clicking_a_bar_and_the_keyboard_choose_a_column(qtbot: QtBot, houses: Trainer) -> None:
    view = opened(qtbot, houses)
    second = view.bars.rows[1].name
    line = view.bars._line()
    with qtbot.waitSignal(view.questions_changed):
        QTest.mouseClick(
            view.bars, Qt.MouseButton.LeftButton, pos=QPointF(20, 1.5 * line).toPoint()
        )
    assert view.column.currentText() == second
    view.column.setFocus()
    with qtbot.waitSignal(view.questions_changed):
        QTest.keyClick(view.column, Qt.Key.Key_Down)
    look(view, houses)
    # Another run of such data keeps the column that the user chose.
    chosen = view.column.currentText()
    view.start_run(houses.info)
    assert view.column.currentText() == chosen


def test_at_rest_it_asks_until_all_columns_had_their_turn(qtbot: QtBot) -> None:
    trainer = trained("ames", steps=2)
    view = opened(qtbot, trainer)
    for _ in range(100):
        answer = look(view, trainer).answer(IMPORTANCE)
        assert answer is not None
        if (answer.measured_at == trainer.step_number).all():
            break
        with qtbot.waitSignal(view.questions_changed):
            pass
    with qtbot.assertNotEmitted(view.questions_changed, wait=50):
        look(view, trainer)
        view._again.stop()
        look(view, trainer)


def test_before_the_first_round_is_finished_it_says_how_far_it_is(qtbot: QtBot) -> None:
    view = opened(qtbot, trained("ames", steps=2))
    trainer = trained("ames", steps=2)
    answer = look(view, trainer).answer(IMPORTANCE)
    assert answer is not None
    assert view.bars.rows == ()
    assert view.bars._empty == f"Looking at the columns: {answer.turns} of {len(answer.names)}."


def test_bars_stay_in_the_order_of_their_lengths_between_two_looks_at_the_order(
    qtbot: QtBot, houses: Trainer
) -> None:
    view = opened(qtbot, houses)
    running = look(view, houses, "running")
    answers = dict(running.answers)
    rises = answers[IMPORTANCE].rise
    answers[IMPORTANCE] = replace(answers[IMPORTANCE], rise=rises.max() - rises)
    view.show_snapshot(replace(running, answers=answers))
    lengths = [row.value for row in view.bars.rows]
    assert lengths == sorted(lengths, reverse=True)


def test_answers_that_are_no_numbers_are_said(qtbot: QtBot, houses: Trainer) -> None:
    view = opened(qtbot, houses)
    snapshot = look(view, houses)
    answers = dict(snapshot.answers)
    lost = answers[IMPORTANCE]
    answers[IMPORTANCE] = replace(lost, rise=np.full_like(lost.rise, np.nan))
    question = next(q for q in answers if isinstance(q, Dependence))
    curve = answers[question]
    answers[question] = replace(curve, output=np.full_like(curve.output, np.nan))
    view.show_snapshot(replace(snapshot, answers=answers))
    assert view.bars.rows == ()
    view.apply_palette(DARK)
    view.resize(300, 160)
    view.grab()


@pytest.mark.parametrize("name", ["shapes", "mnist_5k", "sms_spam", "bike_daily"])
def test_what_is_no_table_is_refused(name: str, snapshot_of: Callable[..., Snapshot]) -> None:
    assert INFLUENCE.refuses(snapshot_of(name, steps=1).info)


def test_bars_know_what_is_under_the_pointer(qtbot: QtBot) -> None:
    bars = PairedBars("Heading")
    qtbot.addWidget(bars)
    bars.resize(200, 100)
    assert bars.row_at(QPointF(5, 50)) is None
    assert bars.fitting() >= 1


def test_bars_and_curve_stand_below_each_other_where_it_is_narrow(
    qtbot: QtBot, houses: Trainer
) -> None:
    view = opened(qtbot, houses)
    assert view.parts.orientation() == Qt.Orientation.Horizontal
    view.setStyleSheet("QWidget { font-size: 26px; }")
    view.resize(345, 600)
    assert view.parts.orientation() == Qt.Orientation.Vertical
    assert view.minimumSizeHint().width() <= 345
    assert view.words.height() >= view.words.heightForWidth(view.words.width())
    view.resize(1200, 600)
    assert view.parts.orientation() == Qt.Orientation.Horizontal
