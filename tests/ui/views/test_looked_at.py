"""What an example is taken for and why, chosen from a list; and its clue swapped by a button."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.core.probes.test_saliency import MARKED, SMALL_CNN, WRONG, trained
from tests.ui.views.asking import look, settle
from visualiser.core.experiment import ModelConfig, Spoiling
from visualiser.core.questions.clue_test import ClueTest
from visualiser.core.questions.saliency import Saliency
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.trainer import Trainer
from visualiser.ui.palette import DARK
from visualiser.ui.view import AskingView
from visualiser.ui.views.looked_at import LookedAtView
from visualiser.ui.views.offers.looking import LOOKED_AT
from visualiser.ui.views.saliency_maps import outline_of
from visualiser.ui.views.saliency_words import part_names


def opened(qtbot: QtBot, trainer: Trainer) -> LookedAtView:
    view = LookedAtView()
    qtbot.addWidget(view)
    view.resize(780, 330)
    view.show()
    view.start_run(trainer.info)
    settle(view, trainer, LOOKED_AT)
    view.grab()
    return view


@pytest.fixture(scope="module")
def stamps() -> Trainer:
    return trained("stamps", SMALL_CNN, steps=40)


@pytest.fixture(scope="module")
def messages() -> Trainer:
    return trained("sms_spam", ModelConfig(name="word_average"), spoiling=MARKED, steps=30)


def test_the_first_example_is_the_surest_mistake_and_wrong_ones_come_first(
    qtbot: QtBot, stamps: Trainer
) -> None:
    view = opened(qtbot, stamps)
    assert isinstance(view, AskingView)
    page = view.example
    labels = stamps.info.split.validation.labels
    looked = page.looked
    assert looked is not None and page.examples.row == page.examples.rows[0]
    answer = int(looked.student.output.argmax())
    assert answer == looked.code != labels[page.examples.row]
    wrong = ["wrong" in {words.tone for words in tile.lines} for tile in page.examples.tiles]
    assert wrong == sorted(wrong, reverse=True) and any(wrong) and not all(wrong)


def test_the_sentence_tells_ground_and_thing_apart(qtbot: QtBot, stamps: Trainer) -> None:
    page = opened(qtbot, stamps).example
    assert page.looked is not None and page.looked.region is not None
    said = page.sentence.text()
    assert "ground" in said and said.endswith(".")
    assert "true: " in page.truth.text() and "Integrated gradients at" in page.method.text()
    texts = [entry.text for entry in page.legend.entries]
    assert texts[-1] == "outline of the thing" and "speaks against it" in texts


def test_another_example_is_asked_about_and_the_list_stays_while_the_keys_are_in_it(
    qtbot: QtBot, stamps: Trainer
) -> None:
    view = opened(qtbot, stamps)
    page = view.example
    view.activateWindow()
    page.examples.setFocus()
    with qtbot.waitSignal(view.questions_changed):
        QTest.keyClick(page.examples, Qt.Key.Key_Down)
    row = page.examples.rows[1]
    assert view.questions() == frozenset({Saliency(row)})
    before = page.examples.rows
    settle(view, stamps, LOOKED_AT)
    assert page.looked is not None and page.examples.rows == before
    shown = np.asarray(page.looked.features)[0]
    np.testing.assert_array_equal(shown, np.asarray(stamps.info.split.validation.features)[row])


def test_class_and_baseline_are_chosen(qtbot: QtBot, stamps: Trainer) -> None:
    view = opened(qtbot, stamps)
    page = view.example
    page.code.put(0)
    page.baseline.put("mean")
    page.code.edited.emit()
    (question,) = view.questions()
    assert isinstance(question, Saliency) and (question.code, question.baseline) == (0, "mean")
    settle(view, stamps, LOOKED_AT)
    assert page.looked is not None and page.looked.code == 0
    assert "the mean of the training pictures" in page.method.text()


def test_the_example_is_shown_with_the_clue_of_another_class(
    qtbot: QtBot, messages: Trainer
) -> None:
    view = opened(qtbot, messages)
    page = view.example
    assert not page.way.isHidden()
    page.way.put("swapped")
    page.way.edited.emit()
    settle(view, messages, LOOKED_AT)
    looked = page.looked
    assert looked is not None and looked.region is not None and looked.twin is not None
    original = str(np.asarray(messages.info.split.validation.features)[page.examples.row])
    word, _, rest = str(np.asarray(looked.features)[0]).partition(" ")
    assert rest == original and part_names(messages.info.dataset, looked)[0] == word
    assert "word" in page.sentence.text() and "clean twin" in page.sentence.text()


def test_the_button_swaps_the_clue_in_all_rows_once(qtbot: QtBot, stamps: Trainer) -> None:
    view = opened(qtbot, stamps)
    view.example.test.click()
    assert view.questions() == frozenset()
    page = view.clue
    with qtbot.waitSignal(view.questions_changed):
        page.button.click()
    assert view.questions() == frozenset({ClueTest("ground", "validation", 1)})
    assert not page.button.isEnabled()
    while page.questions:
        look(view, stamps, LOOKED_AT)
    assert page.button.isEnabled() and len(page.bars.rows) == 3
    as_is, fitting, swapped = (row.student.value for row in page.bars.rows)
    assert fitting > as_is > swapped
    assert "goes by the ground" in page.sentence.text()
    first, second = page.pairs.tiles[:2]
    assert (first.lines[0].text, second.lines[0].text) == ("own ground", "other ground")
    page.part.put("test")
    page.button.click()
    assert view.questions() == frozenset({ClueTest("ground", "test", 2)})
    page.back.click()
    assert any(isinstance(question, Saliency) for question in view.questions())


def test_both_models_stand_beside_each_other_where_marks_spoil_the_data(
    qtbot: QtBot, messages: Trainer
) -> None:
    view = opened(qtbot, messages)
    view.turn_to(view.clue)
    assert view.clue.button.text() == "Swap the word"
    view.clue.button.click()
    while view.clue.questions:
        look(view, messages, LOOKED_AT)
    assert all(row.twin is not None for row in view.clue.bars.rows)
    assert "clean twin" in view.clue.bars.accessibleDescription()


def test_without_a_clue_there_is_no_test(qtbot: QtBot) -> None:
    marked = trained("digits_8x8", spoiling=MARKED, steps=3)
    view = opened(qtbot, marked)
    view.turn_to(view.clue)
    trainer = trained("digits_8x8", steps=3)
    view.start_run(trainer.info)
    settle(view, trainer, LOOKED_AT)
    assert view.pages.currentWidget() is view.example
    assert view.example.test.isHidden() and view.example.way.isHidden()


def test_the_clue_of_the_last_run_leaves_no_button_on_a_table(qtbot: QtBot) -> None:
    view = opened(qtbot, trained("drums", spoiling=MARKED, steps=2))
    assert not view.example.test.isHidden()
    trainer = trained("bike_daily", steps=2)
    view.start_run(trainer.info)
    assert view.example.test.isHidden() and view.example.way.isHidden()
    settle(view, trainer, LOOKED_AT)
    assert view.example.test.isHidden() and view.example.way.isHidden()


def test_a_healed_clue_can_still_be_swapped(qtbot: QtBot) -> None:
    trainer = trained("digits_8x8", spoiling=MARKED, steps=30)
    view = opened(qtbot, trainer)
    view.turn_to(view.clue)
    trainer.change_spoiling(Spoiling())
    trainer.step()
    settle(view, trainer, LOOKED_AT)
    assert view.pages.currentWidget() is view.clue
    assert "since step 30" in view.clue.hint.text()
    view.clue.button.click()
    while view.clue.questions:
        look(view, trainer, LOOKED_AT)
    assert len(view.clue.bars.rows) == 3 and "patch" in view.clue.sentence.text()
    view.clue.back.click()
    settle(view, trainer, LOOKED_AT)
    assert not view.example.test.isHidden() and not view.example.way.isHidden()


def test_columns_are_bars_the_largest_first_with_the_twin_below(qtbot: QtBot) -> None:
    view = opened(qtbot, trained("adult_10k", spoiling=WRONG))
    page = view.example
    rows, looked = page.canvas.bars.rows, page.looked
    assert looked is not None and looked.twin is not None
    sizes = [abs(row.value) for row in rows]
    assert sizes == sorted(sizes, reverse=True) and len(rows) == len(looked.names)
    assert all(row.twin is not None for row in rows)
    tip = page.canvas._read_bar(QPointF(30, 5))
    assert tip.startswith(rows[0].name) and "clean twin" in tip
    assert page.baseline.isHidden() and "speak" in page.sentence.text()


def test_of_amounts_the_largest_error_comes_first(qtbot: QtBot) -> None:
    trainer = trained("sacramento")
    view = opened(qtbot, trainer)
    snapshot = look(view, trainer, LOOKED_AT)
    assert snapshot.predictions is not None
    info = snapshot.info
    errors = np.abs(snapshot.predictions.output - info.split.validation.labels[info.watched])
    assert view.example.examples.rows[0] == info.watched[errors.argmax()]
    assert view.example.code.isHidden() and "a higher price" in view.example.sentence.text()


@pytest.mark.parametrize("name", ["digits_8x8", "drums", "sms_spam"])
def test_the_pointer_reads_a_part_and_saving_names_the_answer(qtbot: QtBot, name: str) -> None:
    model = {"drums": SMALL_CNN, "sms_spam": ModelConfig(name="linear")}.get(name)
    view = opened(qtbot, trained(name, model, spoiling=WRONG, steps=8))
    canvas = view.example.canvas
    if name == "sms_spam":
        text = canvas._read_word(canvas.message._pieces[0].place + QPointF(3, 3))
        assert text.startswith(f"“{canvas.message.word(0)}”: ")
    else:
        example, first, twin = canvas.maps.boxes()
        assert canvas._read_map(example.center()) == ""
        assert "towards “" in canvas._read_map(first.center())
        assert canvas.maps.cell_at(twin.center()).number == 1  # type: ignore[union-attr]
    assert view.example._chosen_text().startswith("“")


def test_a_view_shows_itself_in_any_size_and_theme(qtbot: QtBot, stamps: Trainer) -> None:
    view = opened(qtbot, stamps)
    for width, height in ((1200, 600), (420, 200), (780, 330)):
        view.resize(width, height)
        view.apply_palette(DARK)
        assert not view.grab().isNull()
        boxes = view.example.canvas.maps.boxes()
        assert boxes[-1].right() <= view.example.canvas.maps.width() + 2


def test_an_outline_runs_around_the_cells_of_a_region() -> None:
    region = np.zeros((4, 4), np.float32)
    region[1, 1] = region[1, 2] = 1
    lines = outline_of(region)
    assert len(lines) == 6
    assert sum(line.length() for line in lines) == pytest.approx(6 / 4)
    assert outline_of(np.zeros((3, 3), np.float32)) == ()


@pytest.mark.parametrize(
    ("name", "refused"),
    [("shapes", False), ("bike_daily", False), ("retail_purchases", True), ("dutch_names", True)],
)
def test_only_answers_to_single_examples_are_taken_apart(
    name: str, refused: bool, snapshot_of: Callable[..., Snapshot]
) -> None:
    reason: Any = LOOKED_AT.refuses(snapshot_of(name, steps=1).info)
    assert (reason is not None) == refused


@pytest.mark.parametrize("name", ["drums", "digits_8x8", "mortgage_hmda"])
def test_large_text_is_not_cut_in_a_narrow_place(qtbot: QtBot, name: str) -> None:
    spoiling = WRONG if name == "mortgage_hmda" else MARKED
    view = opened(qtbot, trained(name, spoiling=spoiling, steps=2))
    view.setStyleSheet("QWidget { font-size: 26px; }")
    view.resize(345, 415)
    assert view.minimumSizeHint().width() <= 345
    assert view.width() == 345


def test_names_of_columns_are_told_in_full_where_two_lines_do(qtbot: QtBot) -> None:
    view = opened(qtbot, trained("mortgage_hmda", spoiling=WRONG, steps=5))
    bars = view.example.canvas.bars
    bars.resize(330, 300)
    names = bars._names()
    assert any("(" in row.name for row in bars.rows)
    heights = {round(box.height()) for box, _ in bars._boxes()}
    assert len(heights) == 2  # long names take two lines
    metrics = QFontMetricsF(bars.font())
    for box, row in bars._boxes():
        assert metrics.horizontalAdvance(bars._short(row.name, names)) <= 2 * names
        assert bars.row_at(box.center()) is row
