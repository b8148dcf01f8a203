from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontInfo, QFontMetrics
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot
from sklearn.metrics import confusion_matrix

from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig, Experiment
from visualiser.core.training.snapshot import Predictions, Snapshot
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want
from visualiser.ui.palette import DARK
from visualiser.ui.views.confusion import ConfusionView

# Tooltips ask to be raised, which a display in memory cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")

CLASSES = range(10)


@pytest.fixture
def view(open_view: Callable[..., ConfusionView], spoiled_digits: Snapshot) -> ConfusionView:
    return open_view(ConfusionView, spoiled_digits)


def counts_by_sklearn(snapshot: Snapshot, output: np.ndarray) -> np.ndarray:
    true = snapshot.info.split.validation.labels[snapshot.info.watched]
    return confusion_matrix(true, output.argmax(axis=1), labels=CLASSES)


def click(qtbot: QtBot, view: ConfusionView, cell: tuple[int, int]) -> None:
    place = view.matrix.box_of(cell).center().toPoint()
    qtbot.mouseClick(view.matrix, Qt.MouseButton.LeftButton, pos=place)


def test_clicking_a_cell_lists_exactly_the_examples_that_are_counted_there(
    qtbot: QtBot, view: ConfusionView, spoiled_digits: Snapshot
) -> None:
    assert spoiled_digits.predictions is not None
    expected = counts_by_sklearn(spoiled_digits, spoiled_digits.predictions.output)
    for cell in [(4, 4), (4, 9), (9, 4), (0, 1)]:
        click(qtbot, view, cell)
        assert len(view.tiles.tiles) == expected[cell]
        for tile in view.tiles.tiles:
            assert tile.lines[0].text.split(" · ")[0] == f"true {cell[0]}"
            assert tile.lines[1].text.startswith(f"{cell[1]} · ")


def test_the_surest_answers_come_first(qtbot: QtBot, view: ConfusionView) -> None:
    click(qtbot, view, (1, 1))
    shares = [float(tile.lines[1].text.split(" · ")[1].rstrip(" %")) for tile in view.tiles.tiles]
    assert len(shares) > 2
    assert shares == sorted(shares, reverse=True)


def test_the_twin_has_a_matrix_of_its_own(
    qtbot: QtBot, view: ConfusionView, spoiled_digits: Snapshot
) -> None:
    assert spoiled_digits.predictions is not None
    twin = spoiled_digits.predictions.twin_output
    assert twin is not None
    qtbot.keyClick(view.model, Qt.Key.Key_Down)
    assert view.model.get() == "twin"
    click(qtbot, view, (3, 5))
    assert len(view.tiles.tiles) == counts_by_sklearn(spoiled_digits, twin)[3, 5]


def test_the_difference_counts_the_student_against_the_twin(
    view: ConfusionView, spoiled_digits: Snapshot
) -> None:
    predictions = spoiled_digits.predictions
    assert predictions is not None and predictions.twin_output is not None
    mine = counts_by_sklearn(spoiled_digits, predictions.output)
    difference = mine - counts_by_sklearn(spoiled_digits, predictions.twin_output)
    view.model.setCurrentIndex(2)
    view.model.activated.emit(2)
    for cell in [(0, 0), (4, 9), (8, 3)]:
        shown = view.matrix.sentence(cell).split(": ")[1].split(" ")[0].replace("−", "-")
        assert int(shown) == difference[cell]


def test_a_model_without_a_twin_of_its_own_offers_no_comparison(
    qtbot: QtBot, snapshot_of: Callable[..., Snapshot]
) -> None:
    clean = snapshot_of("mnist_5k", (), 20)
    view = ConfusionView()
    qtbot.addWidget(view)
    view.start_run(clean.info)
    view.show_snapshot(clean)
    assert view.model.count() == 1


def test_arrow_keys_move_the_chosen_cell_and_stop_at_the_edge(
    qtbot: QtBot, view: ConfusionView
) -> None:
    chosen = QSignalSpy(view.matrix.chosen)
    qtbot.keyClick(view.matrix, Qt.Key.Key_Right)
    assert view.matrix.cell == (0, 0)
    qtbot.keyClick(view.matrix, Qt.Key.Key_Right)
    qtbot.keyClick(view.matrix, Qt.Key.Key_Down)
    assert view.matrix.cell == (1, 1)
    qtbot.keyClick(view.matrix, Qt.Key.Key_Up)
    qtbot.keyClick(view.matrix, Qt.Key.Key_Up)
    assert view.matrix.cell == (0, 1)
    assert chosen.count() == 4
    assert view.matrix.accessibleDescription() == view.title.text()


def test_pointing_at_a_cell_says_count_and_share(
    qtbot: QtBot, view: ConfusionView, spoiled_digits: Snapshot
) -> None:
    assert spoiled_digits.predictions is not None
    expected = counts_by_sklearn(spoiled_digits, spoiled_digits.predictions.output)
    place = view.matrix.box_of((6, 6)).center().toPoint()
    qtbot.mouseMove(view.matrix, QPoint(1, 1))
    qtbot.mouseMove(view.matrix, place)
    assert view.matrix.hover.text.startswith(
        f"6 recognised: {expected[6, 6]} of {expected[6].sum()} "
    )


def test_answers_that_are_no_numbers_are_said_to_be_so(
    view: ConfusionView, spoiled_digits: Snapshot
) -> None:
    lost = Predictions(np.full((len(spoiled_digits.info.watched), 10), np.nan), None)
    view.show_snapshot(replace(spoiled_digits, state="diverged", predictions=lost))
    assert "no numbers" in view.tiles.accessibleDescription()
    assert not view.grab().isNull()


def test_a_new_run_forgets_the_last_one(view: ConfusionView, spoiled_digits: Snapshot) -> None:
    view.matrix.choose((1, 1))
    view.start_run(spoiled_digits.info)
    assert view.matrix.cell is None
    assert view.tiles.tiles == ()
    view.apply_palette(DARK)
    assert not view.grab().isNull()


def with_font(view: ConfusionView, points: float) -> ConfusionView:
    font = view.matrix.font()
    font.setPointSizeF(points)
    view.matrix.setFont(font)
    return view


@pytest.mark.parametrize("points", [9, 18])
def test_at_the_least_size_figures_are_about_as_large_as_the_text(
    view: ConfusionView, points: float
) -> None:
    matrix = with_font(view, points).matrix
    matrix.resize(matrix.minimumSizeHint())
    figure = matrix.figure_font()
    assert QFontInfo(figure).pixelSize() >= 0.6 * matrix.fontInfo().pixelSize()


@given(st.integers(170, 900), st.integers(120, 700), st.integers(6, 24), st.integers(1, 10**6))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_figures_fit_their_cells_and_never_exceed_the_text(
    view: ConfusionView, width: int, height: int, points: int, most: int
) -> None:
    matrix = with_font(view, points).matrix
    matrix.resize(width, height)
    counts = np.zeros((10, 10), dtype=np.int64)
    counts[3, 3] = most
    matrix.show_counts(counts, counts.sum(axis=1), difference=False)
    metrics, box = QFontMetrics(matrix.figure_font()), matrix.box_of((3, 3))
    size = QFontInfo(matrix.figure_font()).pixelSize()
    assert size <= matrix.fontInfo().pixelSize()
    assert size == 7 or metrics.horizontalAdvance(f"{most:,}") <= box.width()


def test_of_many_classes_those_with_most_mistakes_are_shown(qtbot: QtBot, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    names = [f"class {code:02d}" for code in range(30)]
    codes = np.repeat(np.arange(30), 20)
    table = pd.DataFrame({"a": codes + rng.normal(0, 3, 600), "b": rng.normal(size=600)})
    table["kind"] = [names[code] for code in codes]
    path = tmp_path / "many.csv"
    table.to_csv(path, index=False)
    dataset = DatasetConfig(name="own_table", options={"path": str(path), "target": "kind"})
    experiment = Experiment(dataset=dataset)
    trainer = Trainer(experiment, load_dataset(dataset, 0))
    for _ in range(100):
        trainer.step()
    view = ConfusionView()
    qtbot.addWidget(view)
    view.start_run(trainer.info)
    snapshot = trainer.snapshot(Want.PREDICTIONS, "paused")
    view.show_snapshot(snapshot)
    true = trainer.info.split.validation.labels[trainer.info.watched]
    oracle = confusion_matrix(true, snapshot.predictions.output.argmax(1), labels=range(30))
    mistakes = oracle.sum(0) + oracle.sum(1) - 2 * oracle.diagonal()
    shown = [trainer.info.dataset.class_names.index(name) for name in view.matrix.names]
    hidden = set(range(30)) - set(shown)
    assert len(shown) == 20 and shown == sorted(shown)
    assert min(mistakes[shown]) >= max(mistakes[sorted(hidden)])
    assert "20 of 30" in view.chosen.text()


@pytest.mark.parametrize("width", [243, 320, 700])
def test_nothing_is_cut_or_covered_in_the_least_place_of_any_width(
    trained: Callable[..., Snapshot], qtbot: QtBot, width: int
) -> None:
    view = ConfusionView()
    qtbot.addWidget(view)
    snapshot = trained(Experiment(dataset=DatasetConfig(name="shapes")))
    view.start_run(snapshot.info)
    view.show_snapshot(snapshot)
    view.show()
    for _ in range(2):  # the height depends on where the examples stand at that width
        view.resize(width, view.minimumSizeHint().height())
        view.layout().activate()
    parts = [view.matrix, view.model, view.legend, view.tiles]
    places = [part.geometry() for part in parts]
    assert all(view.rect().contains(place) for place in places)
    for one, other in combinations(places, 2):
        assert not one.intersects(other)
    assert view.legend.width() >= view.legend.whole_width()
    assert view.minimumSizeHint().width() <= width
