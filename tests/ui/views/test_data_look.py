from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.views.conftest import show
from visualiser.core.data.dataset import DataCard, Dataset, Table
from visualiser.core.data.split import Part, part_of
from visualiser.core.experiment import (
    CorruptionConfig,
    DatasetConfig,
    Experiment,
    Spoiling,
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
from visualiser.ui.views.data_look_browser import RowsBrowser
from visualiser.ui.views.data_look_counts import MOST_BARS, label_rows, left_out_note
from visualiser.ui.views.data_look_rows import Rows

Trained = Callable[..., Snapshot]


def experiment(dataset: str, corruption: str = "", amount: float = 0.3) -> Experiment:
    spoiling = Spoiling()
    if corruption:
        spoiling = Spoiling(corruptions=(CorruptionConfig(name=corruption, amount=amount),))
    return Experiment(dataset=DatasetConfig(name=dataset), spoiling=spoiling)


SPAM = experiment("sms_spam", "symmetric_label_noise")
DIGITS = experiment("mnist_5k", "symmetric_label_noise")
POINTS = experiment("shapes", "symmetric_label_noise")
HOUSES = experiment("sacramento", "feature_noise", 1.0)
MORTGAGES = experiment("mortgage_hmda", "symmetric_label_noise")
IMBALANCE = experiment("mnist_5k", "class_imbalance", 0.1)


@pytest.fixture
def view(open_view: Callable[[type[DataLookView]], DataLookView]) -> DataLookView:
    return open_view(DataLookView)


def shown(view: DataLookView) -> Rows:
    rows = view.browser.rows
    assert rows is not None
    return rows


def wrong_labels(snapshot: Snapshot) -> np.ndarray:
    part = snapshot.spoiled_train
    return part.labels != snapshot.info.split.train.labels[part.origin]


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
    both = POINTS.spoiling.replace(validation_too=True)
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
    both = POINTS.spoiling.replace(validation_too=True)
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


def test_bars_count_the_labels_that_the_model_sees(view: DataLookView, trained: Trained) -> None:
    snapshot = show(view, trained(IMBALANCE))
    counts = np.bincount(snapshot.spoiled_train.labels, minlength=10)
    assert [bar.text for bar in view.counts.rows] == [f"{count:,}" for count in counts]
    assert any(bar.warning for bar in view.counts.rows)
    clean = np.bincount(snapshot.info.split.train.labels, minlength=10)
    most = max(counts.max(), clean.max())
    for bar, count, was in zip(view.counts.rows, counts, clean, strict=True):
        assert bar.mark == (None if count == was else was / most)


def test_groups_are_counted_where_the_data_has_them(view: DataLookView, trained: Trained) -> None:
    snapshot = show(view, trained(MORTGAGES))
    groups = snapshot.spoiled_train.groups
    assert groups is not None
    assert [bar.text for bar in view.groups.rows] == [f"{n:,}" for n in np.bincount(groups)]
    show(view, trained(SPAM))
    assert not view.groups.isVisible()


def test_ranges_of_a_number_hold_every_row(trained: Trained) -> None:
    snapshot = trained(experiment("sacramento", "target_noise", 2.0))
    bars = label_rows(snapshot.info.dataset, snapshot.spoiled_train, snapshot.info.split.train)
    assert sum(int(bar.text.replace(",", "")) for bar in bars) == len(snapshot.spoiled_train)


def test_the_card_says_what_was_done(view: DataLookView, trained: Trained) -> None:
    info = show(view, trained(HOUSES)).info
    for text in (info.dataset.card.what, *info.dataset.notes, *info.encoding_notes):
        assert text in view.card.text()


def test_a_click_on_a_header_sorts_up_then_down_then_not_at_all(
    view: DataLookView, trained: Trained
) -> None:
    snapshot = show(view, trained(HOUSES))
    header = view.browser.table.horizontalHeader()
    as_it_was = shown(view).positions.tolist()
    orders = []
    for _ in range(3):
        header.sectionClicked.emit(1)
        rows = shown(view)
        orders.append(rows.part.labels[rows.positions].tolist())
    assert orders[0] == sorted(snapshot.spoiled_train.labels.tolist())
    assert orders[1] == orders[0][::-1]
    assert shown(view).positions.tolist() == as_it_was


def test_categories_sort_by_their_names(view: DataLookView, trained: Trained) -> None:
    show(view, trained(HOUSES))
    column = shown(view).columns.index("kind of house")
    view.browser.sort_by(column)
    names = [shown(view).cell(row, column) for row in range(len(shown(view)))]
    assert names == sorted(names)


def test_the_point_under_the_pointer_is_read(view: DataLookView, trained: Trained) -> None:
    snapshot = show(view, trained(POINTS))
    wrong = int(np.flatnonzero(wrong_labels(snapshot))[0])
    points = view.browser.points
    read = points.read(points.place_of(wrong))
    assert read.split(":")[0] in {shown(view).label_text(row) for row in range(len(shown(view)))}
    assert points.read(QPointF(-99, -99)) == ""


def test_messages_and_pictures_are_reached_by_keyboard(
    view: DataLookView, trained: Trained
) -> None:
    for kind, browse in ((SPAM, view.browser.messages), (DIGITS, view.browser.pictures)):
        show(view, trained(kind))
        browse.setCurrentIndex(view.browser.model.index(0, 0))
        QTest.keyClick(browse, Qt.Key.Key_Down)
        assert browse.currentIndex().row() > 0
        assert browse.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)


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


def test_a_million_rows_are_asked_for_only_where_they_are_in_sight(qtbot: QtBot) -> None:
    rows = Counting(*long_table(1_000_000))
    browser = RowsBrowser()
    qtbot.addWidget(browser)
    browser.resize(600, 300)
    browser.start("table")
    browser.show()
    browser.show_rows(rows)
    browser.grab()
    assert browser.model.rowCount() == 1_000_000
    assert 0 < rows.asked < 5_000
    browser.table.scrollToBottom()
    browser.grab()
    assert rows.asked < 10_000


def test_more_classes_than_fit_are_said_to_be_more() -> None:
    dataset, part = many_classes(MOST_BARS + 8)
    assert len(label_rows(dataset, part, part)) == MOST_BARS
    assert "8" in left_out_note(dataset.class_count)
    assert left_out_note(MOST_BARS) == ""


@given(
    st.lists(st.floats(-1e6, 1e6, width=32) | st.just(float("nan")), min_size=10, max_size=30),
    st.booleans(),
)
def test_sorting_keeps_every_row_once(values: list[float], descending: bool) -> None:
    rows = table_rows(np.array(values, dtype=np.float32))
    ordered = rows.sorted_by(len(rows.columns) - 1, descending)
    assert sorted(ordered.positions.tolist()) == list(range(len(values)))
    last = ordered.positions[len(values) - np.count_nonzero(np.isnan(values)) :]
    assert np.isnan(np.array(values)[last]).all()
    known = [v for v in np.array(values, np.float32)[ordered.positions] if not np.isnan(v)]
    assert known == sorted(known, reverse=descending)


def test_the_model_has_no_rows_below_a_row(view: DataLookView, trained: Trained) -> None:
    show(view, trained(HOUSES))
    model = view.browser.model
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex(), Qt.ItemDataRole.DisplayRole) is None


class Counting(Rows):
    """Counts the cells that are asked for."""

    asked = 0

    def cell(self, row: int, column: int) -> str:
        type(self).asked += 1
        return super().cell(row, column)


def choose(view: DataLookView, kind: str) -> None:
    view.part.setCurrentIndex(view.part.findData(kind))
    view.part.activated.emit(view.part.currentIndex())


def long_table(count: int) -> tuple[Dataset, Part, Part, np.ndarray, np.ndarray]:
    values = np.arange(count, dtype=np.float32)
    rows = table_rows(values)
    return rows.dataset, rows.part, rows.clean, rows.changed, rows.positions


def table_rows(values: np.ndarray) -> Rows:
    table = Table(values[:, None], ("value",), np.zeros((len(values), 0), dtype=np.int32), (), ())
    dataset = Dataset(
        name="own",
        title="Own",
        card=DataCard("", "", "", ""),
        modality="table",
        task="regression",
        features=table,
        labels=np.arange(len(values), dtype=np.float64),
        target="y",
    )
    part = part_of(dataset, np.arange(len(values)))
    return Rows.of(dataset, part, part)


def many_classes(count: int) -> tuple[Dataset, Part]:
    dataset = Dataset(
        name="own",
        title="Own",
        card=DataCard("", "", "", ""),
        modality="points",
        task="classification",
        features=np.zeros((count, 2), dtype=np.float32),
        labels=np.arange(count),
        target="class",
        class_names=tuple(map(str, range(count))),
    )
    return dataset, part_of(dataset, np.arange(count))
