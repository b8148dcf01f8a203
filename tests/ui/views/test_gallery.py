from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from visualiser.core.numerals import probability_text
from visualiser.core.training.snapshot import Predictions, Snapshot
from visualiser.ui.palette import DARK
from visualiser.ui.views.gallery import MOST_EXAMPLES, GalleryView


@pytest.fixture
def view(open_view: Callable[..., GalleryView], spoiled_digits: Snapshot) -> GalleryView:
    return open_view(GalleryView, spoiled_digits)


def true_and_output(snapshot: Snapshot) -> tuple[np.ndarray, np.ndarray]:
    assert snapshot.predictions is not None
    true = snapshot.info.split.validation.labels[snapshot.info.watched]
    return true, snapshot.predictions.output


def test_it_opens_with_all_mistakes_the_most_confident_first(
    view: GalleryView, spoiled_digits: Snapshot
) -> None:
    true, output = true_and_output(spoiled_digits)
    wrong = output.argmax(axis=1) != true
    surest = output[wrong].max(axis=1).max()
    first = view.tiles.tiles[0]
    assert len(view.tiles.tiles) == min(wrong.sum(), MOST_EXAMPLES)
    assert first.lines[1].text.endswith(f" · {probability_text(surest)}")
    assert first.lines[1].tone == "wrong"
    assert view.buttons["wrong"].text().endswith(f"  {wrong.sum():,}")


def test_every_example_says_truth_answer_and_what_the_twin_answers(view: GalleryView) -> None:
    for tile in view.tiles.tiles:
        starts = [line.text.split(" ")[0] for line in tile.lines]
        assert starts[0] == "true"
        assert starts[2] == "twin"


def test_a_mistake_says_what_the_truth_was_given_and_whether_the_twin_knew(
    view: GalleryView, spoiled_digits: Snapshot
) -> None:
    true, output = true_and_output(spoiled_digits)
    assert spoiled_digits.predictions is not None
    twin = spoiled_digits.predictions.twin_output
    assert twin is not None
    wrong = np.flatnonzero(output.argmax(axis=1) != true)
    order = wrong[np.argsort(-output[wrong].max(axis=1), kind="stable")]
    for tile, row in zip(view.tiles.tiles, order, strict=False):
        given = probability_text(output[row, true[row]])
        assert tile.lines[0].text == f"true {true[row]} · {given}"
        assert f"It gives the truth {given}." in tile.tip
        knew = twin[row].argmax() == true[row]
        assert tile.lines[2].text.endswith("✓") == knew
        assert ("The clean twin gets it right." in tile.tip) == knew


def test_right_answers_are_shown_on_demand(
    qtbot: QtBot, view: GalleryView, spoiled_digits: Snapshot
) -> None:
    true, output = true_and_output(spoiled_digits)
    qtbot.mouseClick(view.buttons["right"], Qt.MouseButton.LeftButton)
    assert view.kind == "right"
    assert view.tiles.tiles[0].lines[1].tone == "strong"
    right = (output.argmax(axis=1) == true).sum()
    assert len(view.tiles.tiles) == min(right, MOST_EXAMPLES)


def test_unsure_are_those_with_two_answers_nearly_as_probable(
    qtbot: QtBot, view: GalleryView, spoiled_digits: Snapshot
) -> None:
    _, output = true_and_output(spoiled_digits)
    best = np.sort(output, axis=1)
    qtbot.mouseClick(view.buttons["unsure"], Qt.MouseButton.LeftButton)
    close = (best[:, -1] - best[:, -2] < 0.2).sum()
    assert view.buttons["unsure"].text().endswith(f"  {close:,}")


def test_the_sentence_says_how_many_mistakes_the_twin_avoids(
    view: GalleryView, spoiled_digits: Snapshot
) -> None:
    true, output = true_and_output(spoiled_digits)
    assert spoiled_digits.predictions is not None
    twin = spoiled_digits.predictions.twin_output
    assert twin is not None
    wrong = output.argmax(axis=1) != true
    saved = (wrong & (twin.argmax(axis=1) == true)).sum()
    assert view.words.text().startswith(f"{wrong.sum():,} of {len(true):,} ")
    assert f"The clean twin gets {saved:,} of them right." in view.words.text()


def test_in_a_narrow_place_with_large_text_no_line_lies_on_another(
    view: GalleryView,
) -> None:
    font = view.font()
    font.setPixelSize(26)
    view.setFont(font)
    view.resize(360, 100)
    view.grab()
    parts = [*view.buttons.values(), view.words, view.tiles]
    assert view.buttons["right"].y() > view.buttons["wrong"].y(), "the buttons take two lines"
    for place, part in enumerate(parts):
        for other in parts[:place]:
            assert not part.geometry().intersects(other.geometry())


def test_a_running_training_does_not_change_the_list_with_every_frame(
    qtbot: QtBot, spoiled_digits: Snapshot
) -> None:
    view = GalleryView()
    qtbot.addWidget(view)
    view.start_run(spoiled_digits.info)
    running = replace(spoiled_digits, state="running")
    view.show_snapshot(running)
    shown = view.tiles.tiles
    true, _ = true_and_output(spoiled_digits)
    perfect = Predictions(np.eye(10)[true], None)
    view.show_snapshot(replace(running, predictions=perfect))
    assert view.tiles.tiles is shown
    view.show_snapshot(replace(running, state="paused", predictions=perfect))
    assert view.tiles.tiles == ()
    assert view.tiles.accessibleDescription().startswith("Not one validation picture is")


@pytest.mark.parametrize("name", ["sms_spam", "mortgage_hmda", "shapes"])
def test_messages_rows_and_points_are_shown_in_words(
    qtbot: QtBot, snapshot_of: Callable[..., Snapshot], name: str
) -> None:
    snapshot = snapshot_of(name, (), 20)
    view = GalleryView()
    qtbot.addWidget(view)
    view.resize(400, 250)
    view.show()
    view.start_run(snapshot.info)
    view.show_snapshot(snapshot)
    qtbot.mouseClick(view.buttons["right"], Qt.MouseButton.LeftButton)
    assert len(view.tiles.tiles) > 0
    assert view.tiles.verticalScrollBar().maximum() > 0
    view.apply_palette(DARK)
    assert not view.grab().isNull()
