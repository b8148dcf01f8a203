from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter
from pytestqt.qtbot import QtBot

from tests.ui.views.conftest import show
from tests.ui.views.looked_at_rows import (
    DIGITS,
    HOUSES,
    MORTGAGES,
    POINTS,
    SPAM,
    experiment,
    shown,
    wrong_labels,
)
from visualiser.core.data.dataset import Table
from visualiser.core.experiment import (
    Experiment,
)
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.palette import DARK, LIGHT
from visualiser.ui.views.data_look import (
    CLEAN,
    SEEN,
    VALIDATION,
    VALIDATION_SEEN,
    DataLookView,
)
from visualiser.ui.views.side_column import SideColumn

Trained = Callable[..., Snapshot]


@pytest.fixture
def view(open_view: Callable[[type[DataLookView]], DataLookView]) -> DataLookView:
    return open_view(DataLookView)


@pytest.mark.parametrize("kind", [SPAM, DIGITS, POINTS, HOUSES, MORTGAGES])
def test_every_training_row_is_there_as_the_model_sees_it(
    view: DataLookView, trained: Trained, kind: Experiment
) -> None:
    snapshot = show(view, trained(kind))
    assert len(shown(view)) == len(snapshot.spoiled_train)
    assert view.browser.model.rowCount() == len(snapshot.spoiled_train)
    assert not view.grab().isNull()


def test_only_changed_rows_are_exactly_those_with_another_label(
    view: DataLookView, trained: Trained
) -> None:
    snapshot = show(view, trained(SPAM))
    view.changed_only.click()
    assert shown(view).positions.tolist() == np.flatnonzero(wrong_labels(snapshot)).tolist()
    assert all("→" in shown(view).label_text(row) for row in range(len(shown(view))))


def test_a_changed_label_says_what_is_true_and_what_is_shown(
    view: DataLookView, trained: Trained
) -> None:
    snapshot = show(view, trained(MORTGAGES))
    wrong = int(np.flatnonzero(wrong_labels(snapshot))[0])
    part = snapshot.spoiled_train
    names = snapshot.info.dataset.class_names
    true = names[snapshot.info.split.train.labels[part.origin[wrong]]]
    given_label = names[part.labels[wrong]]
    index = view.browser.model.index(wrong, 1)
    assert index.data() == f"{true} → {given_label}"
    assert index.data(Qt.ItemDataRole.ForegroundRole).name() == LIGHT.spoiled
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert true in tip
    assert given_label in tip


def test_a_changed_value_is_marked_and_names_the_one_before(
    view: DataLookView, trained: Trained
) -> None:
    snapshot = show(view, trained(HOUSES))
    model, column = view.browser.model, shown(view).columns.index("living area (sq ft)")
    before = snapshot.info.split.train.features
    now = snapshot.spoiled_train.features
    assert isinstance(before, Table)
    assert isinstance(now, Table)
    area = before.numeric_names.index("living area (sq ft)")
    changed = int(np.flatnonzero(np.abs(before.numeric[:, area] - now.numeric[:, area]) > 1)[0])
    index = model.index(changed, column)
    assert index.data(Qt.ItemDataRole.ForegroundRole).name() == LIGHT.spoiled
    assert f"was {before.numeric[changed, area]:,.0f}" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_the_clean_rows_and_the_validation_rows_carry_no_mark(
    view: DataLookView, trained: Trained
) -> None:
    snapshot = show(view, trained(SPAM))
    split = snapshot.info.split
    for kind, part in ((CLEAN, split.train), (VALIDATION, split.validation)):
        choose(view, kind)
        assert shown(view).part is part
        assert not shown(view).changed.any()
        assert not view.changed_only.isEnabled()


def test_the_test_rows_are_counted_and_never_shown(view: DataLookView, trained: Trained) -> None:
    snapshot = show(view, trained(SPAM))
    sealed = set(snapshot.info.split.test.rows.tolist())
    for kind in (SEEN, CLEAN, VALIDATION):
        choose(view, kind)
        rows = shown(view)
        assert not sealed & set(rows.part.rows[rows.positions].tolist())
    assert f"{len(sealed):,}" in view.sealed.text()


def test_a_class_can_be_looked_at_alone(view: DataLookView, trained: Trained) -> None:
    snapshot = show(view, trained(DIGITS))
    view.classes.setCurrentIndex(view.classes.findData(7))
    view.classes.activated.emit(view.classes.currentIndex())
    assert len(shown(view)) == np.count_nonzero(snapshot.spoiled_train.labels == 7)


def test_spoiling_during_the_run_is_followed_and_healing_too(
    view: DataLookView, trained: Trained
) -> None:
    clean, spoiled = trained(experiment("sms_spam")), trained(SPAM)
    show(view, clean)
    assert "Nothing is spoiled" in view.words.text()
    view.show_snapshot(spoiled)
    assert spoiled.changes[0].sentence() in view.words.text()
    view.show_snapshot(clean)
    assert not shown(view).changed.any()


def test_spoiled_validation_rows_are_looked_at_as_spoiled_training_rows_are(
    view: DataLookView, trained: Trained
) -> None:
    both = POINTS.spoiling.done_to("both")
    snapshot = show(view, trained(POINTS.replace(spoiling=both)))
    spoiled = snapshot.validation_rows
    assert spoiled is not None
    choose(view, VALIDATION_SEEN)
    wrong = np.flatnonzero(spoiled.part.labels != spoiled.clean.labels[spoiled.part.origin])
    assert np.flatnonzero(shown(view).changed).tolist() == wrong.tolist()
    assert spoiled.changes[0].sentence() in view.words.text()
    assert "wrong label" in [entry.text for entry in view.legend.entries]
    counts = np.bincount(spoiled.part.labels)
    assert [bar.text for bar in view.validation.rows] == [f"{count:,}" for count in counts]
    choose(view, VALIDATION)
    assert not shown(view).changed.any()


def test_clean_validation_rows_come_back_when_they_are_spoiled_no_more(
    view: DataLookView, trained: Trained
) -> None:
    both = POINTS.spoiling.done_to("both")
    show(view, trained(POINTS.replace(spoiling=both)))
    choose(view, VALIDATION_SEEN)
    clean = trained(POINTS)
    view.show_snapshot(clean)
    assert view.part.get() == VALIDATION
    assert view.part.findData(VALIDATION_SEEN) < 0
    assert not shown(view).changed.any()


def test_the_same_rows_again_are_not_drawn_anew(
    view: DataLookView, trained: Trained, qtbot: QtBot
) -> None:
    snapshot = show(view, trained(SPAM))
    with qtbot.assertNotEmitted(view.browser.model.modelReset):
        view.show_snapshot(snapshot)


def test_the_card_says_what_was_done(view: DataLookView, trained: Trained) -> None:
    info = show(view, trained(HOUSES)).info
    for text in (info.dataset.card.what, *info.dataset.notes, *info.encoder.notes):
        assert text in view.card.text()


def test_another_theme_reaches_all_parts(view: DataLookView, trained: Trained) -> None:
    for kind in (SPAM, DIGITS, POINTS, HOUSES):
        show(view, trained(kind))
        view.apply_palette(DARK)
        colours = view.browser.grab().toImage()
        assert not colours.isNull()
    show(view, trained(MORTGAGES))
    wrong = int(np.flatnonzero(shown(view).changed)[0])
    colour = view.browser.model.index(wrong, 1).data(Qt.ItemDataRole.ForegroundRole)
    assert colour.name() == DARK.spoiled


def choose(view: DataLookView, kind: str) -> None:
    view.part.setCurrentIndex(view.part.findData(kind))
    view.part.activated.emit(view.part.currentIndex())


@pytest.mark.parametrize("size", [(330, 240), (420, 130)])
def test_in_a_small_place_the_choices_are_reached_and_the_rows_have_the_height(
    view: DataLookView, trained: Trained, size: tuple[int, int]
) -> None:
    show(view, trained(SPAM))
    view.resize(*size)
    assert view.browser.height() == view.height()
    assert view.browser.width() > 0.5 * view.width()
    column = view.findChild(SideColumn)
    column.ensureWidgetVisible(view.changed_only)
    assert not view.changed_only.visibleRegion().isEmpty()


def test_a_border_that_was_moved_stays_where_it_is(view: DataLookView, trained: Trained) -> None:
    show(view, trained(SPAM))
    splitter = view.findChild(QSplitter)
    splitter.moveSplitter(400, 1)
    kept = splitter.sizes()[0]
    view.resize(900, 330)
    assert splitter.sizes()[0] == kept
