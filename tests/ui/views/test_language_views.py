"""Views of models of text: what is asked, what is shown, and what they say of a lost run."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from pytestqt.qtbot import QtBot

from tests.ui.views.conftest import trained
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, ModelConfig, Spoiling
from visualiser.core.models.language_layers import Attention, DenseOverText, FeedForward, Places
from visualiser.core.questions.language import Expectation, LookBack, Writing, Writings
from visualiser.core.starting_point import starting_point
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want
from visualiser.ui.palette import DARK, LIGHT
from visualiser.ui.views import example_answers
from visualiser.ui.views.attention import AttentionView
from visualiser.ui.views.colour_bar import paint_colour_bar
from visualiser.ui.views.distributions import DistributionsView
from visualiser.ui.views.next_character import NextCharacterView
from visualiser.ui.views.offers.language import ATTENTION, NEXT_CHARACTER, WRITING
from visualiser.ui.views.prompt import first_prompt
from visualiser.ui.views.registry import VIEWS as VIEWS_ON_OFFER
from visualiser.ui.views.weights import WeightsView
from visualiser.ui.views.weights_choice import parts_of
from visualiser.ui.views.weights_layers import layer_names
from visualiser.ui.views.writing import WritingView

OpenView = Callable[..., object]
VIEWS = (WritingView, NextCharacterView, AttentionView)


@pytest.fixture(scope="module")
def names() -> Snapshot:
    """A small GPT that has seen few names."""
    return _run("gpt")


@pytest.fixture(scope="module")
def misread_names() -> Snapshot:
    """The same on names with wrong characters."""
    typos = CorruptionConfig(name="typos", amount=0.3)
    return _run("bigram", spoiling=Spoiling(corruptions=(typos,)))


def _run(model: str, **changes: object) -> Snapshot:
    experiment = starting_point(DatasetConfig(name="dutch_names"))
    experiment = experiment.replace(model=ModelConfig(name=model), **changes)
    trainer = Trainer(experiment, load_dataset(experiment.dataset, 0))
    for _ in range(4):
        trainer.step()
    return trainer.snapshot(Want.NOTHING, "paused")


def answered(view: object, snapshot: Snapshot, answer: object, **changes: object) -> Snapshot:
    """The snapshot with an answer to what the view asks, shown by it."""
    (question,) = view.questions()
    full = replace(snapshot, answers={question: answer}, **changes)
    view.show_snapshot(full)
    return full


def writing_of(text: str, *, step: int = 4, twin: str | None = None, done: bool = True) -> Writing:
    return Writing(step, "Jan", text, twin, 0.8, done, failed=False)


@pytest.mark.parametrize("kind", VIEWS)
def test_a_beginning_of_the_held_out_text_stands_there(
    kind: type, names: Snapshot, open_view: OpenView
) -> None:
    view = open_view(kind, names)
    prompt = view.prompt.text
    assert prompt and prompt == first_prompt(names.info)
    windows = np.asarray(names.info.split.validation.features)
    assert any(prompt in names.info.dataset.text_of(window) for window in windows)


@pytest.mark.parametrize("kind", VIEWS)
def test_what_is_typed_is_asked_at_once_and_kept_over_runs(
    kind: type, names: Snapshot, open_view: OpenView, qtbot: QtBot
) -> None:
    view = open_view(kind, names)
    (before,) = view.questions()
    with qtbot.waitSignal(view.questions_changed):
        qtbot.keyClicks(view.prompt.line, "x")
    (after,) = view.questions()
    assert after != before
    view.start_run(names.info)
    assert view.questions() == frozenset((after,))


def test_the_text_grows_while_it_is_written(names: Snapshot, open_view: OpenView) -> None:
    view = open_view(WritingView, names)
    for text in ("", "n", "nek", "neke\nPi"):
        answered(view, names, Writings(writing_of(text, done=False), ()), state="running")
        assert view.student.text == "Jan" + text
        assert view.student.title.text() == f"your model, step 4 · {len(text)} of 240 characters"
    assert not view.twin.isVisible()
    answered(view, names, Writings(writing_of("ko", step=9), ()))
    assert view.student.text == "Janko" and view.student.title.text() == "your model, step 9"
    assert "step 9 write this" in view.words.text() and "step 29 or later" in view.words.text()


def test_earlier_texts_stand_below_with_their_step(names: Snapshot, open_view: OpenView) -> None:
    view = open_view(WritingView, names)
    earlier = (writing_of("b", step=20), writing_of("a", step=2))
    answered(view, names, Writings(writing_of("c", step=30), earlier))
    assert view.student.title.text() == "your model, step 30"
    assert view.student.text.split("\n") == [
        "Janc",
        "",
        "your model, step 20",
        "Janb",
        "",
        "your model, step 2",
        "Jana",
    ]
    answered(view, names, Writings(writing_of("coen", step=30), earlier))
    assert view.student.text.startswith("Jancoen\n\nyour model, step 20\nJanb\n")


def test_the_twins_text_stands_beside(misread_names: Snapshot, open_view: OpenView) -> None:
    view = open_view(WritingView, misread_names)
    earlier = (writing_of("a", step=1), writing_of("b", step=2, twin="B"))
    answered(view, misread_names, Writings(writing_of("x", twin="Y"), earlier))
    assert view.twin.isVisible()
    assert view.twin.text == "JanY\n\nclean twin, step 2\nJanB"
    view.apply_palette(DARK)
    assert view.twin.text == "JanY\n\nclean twin, step 2\nJanB"
    answered(view, misread_names, Writings(writing_of("x"), ()))
    assert not view.twin.isVisible()


def test_the_rest_of_a_text_is_asked_for_while_the_run_rests(
    names: Snapshot, open_view: OpenView, qtbot: QtBot
) -> None:
    view = open_view(WritingView, names)
    with qtbot.waitSignal(view.questions_changed):
        answered(view, names, Writings(writing_of("ne", done=False), ()))
    answered(view, names, Writings(writing_of("ne", done=False), ()), state="running")
    assert not view._more.isActive()
    answered(view, names, Writings(writing_of("neke"), ()))
    assert not view._more.isActive()


def test_temperature_and_dice_are_part_of_the_question(
    names: Snapshot, open_view: OpenView, qtbot: QtBot
) -> None:
    view = open_view(WritingView, names)
    view.temperature.slider.setFocus()
    with qtbot.waitSignal(view.questions_changed):
        qtbot.keyClick(view.temperature.slider, Qt.Key.Key_Right)
    (question,) = view.questions()
    assert question.temperature == 0.9
    with qtbot.waitSignal(view.questions_changed):
        view.dice.click()
    (thrown,) = view.questions()
    assert thrown.seed != question.seed


def test_the_most_probable_characters_come_first(names: Snapshot, open_view: OpenView) -> None:
    view = open_view(NextCharacterView, names)
    alphabet = names.info.dataset.alphabet
    output = np.zeros(len(alphabet), dtype=np.float32)
    output[alphabet.index("\n")], output[alphabet.index("e")] = 0.75, 0.25
    answered(view, names, Expectation("Jan", output, None))
    assert [(row.title, row.text) for row in view.bars.rows[:2]] == [
        ("new line", "75\u00a0%"),
        ("e", "25\u00a0%"),
    ]
    assert all(row.mark is None for row in view.bars.rows)
    assert "1.8 equally probable" in view.words.text()


def test_the_tick_is_the_twins_probability(
    misread_names: Snapshot, open_view: OpenView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(example_answers, "_SECONDS_BETWEEN", 0.0)
    view = open_view(NextCharacterView, misread_names)
    codes = len(misread_names.info.dataset.alphabet)
    even = np.full(codes, 1 / codes, dtype=np.float32)
    sure = np.eye(codes, dtype=np.float32)[3]
    answered(view, misread_names, Expectation("Jan", sure, even))
    assert view.bars.rows[0].share == 1 and view.bars.rows[0].mark == pytest.approx(1 / codes)
    assert view.bars.note and "twin" in view.words.text()


def test_the_map_reads_what_is_under_the_pointer(names: Snapshot, open_view: OpenView) -> None:
    view = open_view(AttentionView, names)
    weights = np.array([[1, 0, 0], [0.5, 0.5, 0], [0.25, 0, 0.75]], dtype=np.float32)
    answered(view, names, LookBack("a n", weights))
    frame = view.map._frame(3)
    cell = frame.width() / 3
    place = QPointF(frame.left() + cell / 2, frame.top() + 2.5 * cell)
    assert view.map.read(place) == "“n”, character 3, takes 25\u00a0% from “a”, character 1"
    later = QPointF(frame.right() - cell / 2, frame.top() + cell / 2)
    assert view.map.read(later) == "" and view.map.read(QPointF(0, 0)) == ""
    assert "75\u00a0%" in view.map.accessibleDescription()
    assert not view.map.grab().isNull()


def test_layer_and_head_are_chosen(names: Snapshot, open_view: OpenView, qtbot: QtBot) -> None:
    view = open_view(AttentionView, names)
    assert (view.layer.count(), view.head.count()) == (3, 4)
    view.layer.setCurrentIndex(2)
    with qtbot.waitSignal(view.questions_changed):
        view.layer.activated.emit(2)
    (question,) = view.questions()
    assert (question.layer, question.head) == (2, 0)


@pytest.mark.parametrize("kind", VIEWS)
def test_a_lost_run_is_said(kind: type, names: Snapshot, open_view: OpenView) -> None:
    view = open_view(kind, names)
    lost = np.full((3, 3), np.nan, dtype=np.float32)
    codes = np.full(len(names.info.dataset.alphabet), np.nan, dtype=np.float32)
    failed = Writing(4, "Jan", "", None, 0.8, done=True, failed=True)
    answers = {
        WritingView: Writings(failed, ()),
        NextCharacterView: Expectation("Jan", codes, None),
        AttentionView: LookBack("Jan", lost),
    }
    answered(view, names, answers[kind])
    says = {
        WritingView: lambda: str(view.words.text()),
        NextCharacterView: lambda: view.bars.note,
        AttentionView: lambda: view.map._sentence,
    }
    assert "NaN" in says[kind]()


@pytest.mark.parametrize("spec", [WRITING, NEXT_CHARACTER, ATTENTION])
def test_other_data_is_refused_with_a_reason(spec: object) -> None:
    assert "text" in spec.refuses(trained("shapes", (("points", 200),), 3).info)


def test_attention_needs_a_transformer(names: Snapshot, misread_names: Snapshot) -> None:
    assert ATTENTION.refuses(names.info) is None
    assert "GPT" in ATTENTION.refuses(misread_names.info)
    assert WRITING.refuses(misread_names.info) is None


def test_views_of_other_tasks_refuse_a_text(names: Snapshot) -> None:
    refused = {view.name for view in VIEWS_ON_OFFER if view.refuses(names.info) is not None}
    others = {"filters", "network", "boundary", "confusion", "gallery", "forecast", "scatter"}
    assert others <= refused
    assert not refused & {"data", "weights", "distributions", "writing", "next_character"}


def test_of_many_matrices_whole_layers_are_shown_at_a_time() -> None:
    attention, thought = Attention(8, 4, heads=2), FeedForward(8, 4, hidden=16)
    dense = DenseOverText(8, 4, 5)
    assert parts_of((dense, dense)) == [range(2)]
    assert parts_of((attention, thought) * 2) == [range(6), range(6, 12)]
    assert parts_of((dense, dense, *(attention, thought) * 2, dense)) == [
        range(8),
        range(8, 15),
    ]
    assert parts_of((attention,) * 3) == [range(8), range(8, 12)]


def test_weights_of_a_later_part_carry_their_own_names(
    names: Snapshot, open_view: OpenView
) -> None:
    snapshot = trained("dutch_names", steps=3, model="gpt")
    view = open_view(WeightsView, snapshot)
    assert view.part.isVisible() and view.part.count() > 1
    view.part.setCurrentIndex(view.part.count() - 1)
    view.part.edited.emit()
    view.canvas.grab()
    last = len(view.canvas.limits) - 1
    box = view.canvas._panels[last].map_box
    assert view._read(box.center()).startswith("layer 1, “")


def test_as_many_maps_stand_side_by_side_as_can_be_read(open_view: OpenView) -> None:
    view = open_view(WeightsView, trained("dutch_names", steps=3, model="gpt"))
    view.resize(526, 210)
    view.part.setCurrentIndex(1)
    view.part.edited.emit()
    view.canvas.grab()
    assert view.part.currentText() == "Attention 1 query … Attention 1 output"
    ends = [(p.box.left(), p.note_box.left(), p.box.right()) for p in view.canvas._panels]
    assert all(left < note <= right for left, note, right in ends), "numbers within their map"
    view.resize(1400, 400)
    assert 0 in view.part.shown and len(view.part.shown) == 8


def test_a_scale_without_room_for_its_colours_says_its_numbers() -> None:
    picture = QImage(200, 40, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    metrics = QFontMetricsF(painter.font())
    start = QPointF(0, 20)
    whole, narrow = (
        paint_colour_bar(painter, start, 0.3, metrics, LIGHT, room) for room in (200, 50)
    )
    painter.end()
    assert narrow == metrics.horizontalAdvance("±0.300") < whole


def test_the_histograms_of_many_matrices_are_chosen_from_a_list(open_view: OpenView) -> None:
    snapshot = trained("dutch_names", steps=3, model="gpt")
    view = open_view(DistributionsView, snapshot)
    assert view.which.isVisible() and view.which.count() == len(snapshot.layers)
    view.which.setCurrentIndex(3)
    view.which.edited.emit()
    assert view.layer == 3 and view._layer_text() == "Attention 1 key"
    view.start_run(trained("shapes", (("points", 200),), 3).info)
    assert not view.which.isVisible()


def test_vectors_of_places_are_named_after_their_places(names: Snapshot) -> None:
    places = next(found for found in layer_names(names.info) if found.short == "places")
    layer = next(layer for layer in names.info.layers if isinstance(layer, Places))
    assert places.title == f"Places · {layer.codes} × {layer.width}"
    assert (places.rows[0], places.columns[-1]) == ("place 1", f"number {layer.width}")


@pytest.mark.parametrize("kind", VIEWS)
def test_characters_that_the_model_never_saw_are_named(
    names: Snapshot, open_view: OpenView, kind: type[WritingView]
) -> None:
    prompt = open_view(kind, names).prompt
    assert prompt.words.isHidden()
    prompt.line.setText("AnnΩ中")
    prompt.line.textEdited.emit("AnnΩ中")
    assert "lacks them: “Ω”, “中”." in prompt.words.text() and not prompt.words.isHidden()
    assert "Nothing is left" not in prompt.words.text()
    prompt.line.setText("Ω" * 301)
    prompt.line.textEdited.emit("Ω" * 301)
    assert "Nothing is left of it" in prompt.words.text()
    assert "Only the first 300 characters" in prompt.words.text() and len(prompt.text) == 300
    prompt.line.setText("Ann")
    prompt.line.textEdited.emit("Ann")
    assert prompt.words.isHidden()
