"""How rows look that were repeated, or that lost values."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt

from tests.ui.views.conftest import show
from tests.ui.views.looked_at_rows import experiment, shown
from visualiser.core.data.dataset import Table
from visualiser.core.experiment import CorruptionConfig, Spoiling
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.views.data_look import CLEAN, DataLookView

Trained = Callable[..., Snapshot]
TIP = Qt.ItemDataRole.ToolTipRole
COPIES = experiment("penguins", "duplicates")
GAPS = experiment("penguins", "missing_values", 0.5)


@pytest.fixture
def view(open_view: Callable[[type[DataLookView]], DataLookView]) -> DataLookView:
    return open_view(DataLookView)


def test_copies_stand_behind_the_row_they_are_copies_of_and_say_so(
    view: DataLookView, trained: Trained
) -> None:
    snapshot = show(view, trained(COPIES))
    part, rows, model = snapshot.spoiled_train, shown(view), view.browser.model
    clean = len(snapshot.info.split.train)
    copied = np.flatnonzero(np.diff(part.origin) == 0)[:3].tolist()
    for row in copied:
        first, second = (model.index(at, 0).data() for at in (row, row + 1))
        assert second == f"{first} (copy)"
        assert "A copy of the one before." in model.index(row + 1, 0).data(TIP)
        assert not rows.is_copy(row) and rows.is_copy(row + 1)
        assert rows.is_changed(row) and rows.is_changed(row + 1)
    assert view.counts.title == f"Training: {len(part):,} made of {clean:,}"


def test_copies_of_messages_are_told_by_their_label(view: DataLookView, trained: Trained) -> None:
    show(view, trained(experiment("sms_spam", "duplicates")))
    assert not view.grab().isNull()
    view.changed_only.click()
    rows = shown(view)
    assert [rows.is_copy(row) for row in range(6)] == [False, True] * 3


@pytest.mark.parametrize("others", [(), ("irrelevant_features", "target_leakage")])
def test_a_value_that_was_lost_shows_what_the_model_reads_and_what_it_was(
    view: DataLookView, trained: Trained, others: tuple[str, ...]
) -> None:
    """Also behind columns that spoiling fills, which are shown before all others."""
    made = (CorruptionConfig(name=name, amount=1) for name in others)
    plan = Spoiling(corruptions=(*GAPS.spoiling.corruptions, *made))
    snapshot = show(view, trained(GAPS.replace(spoiling=plan)))
    assert len(snapshot.info.dataset.spare_columns) == len(others)
    clean, part = snapshot.info.split.train, snapshot.spoiled_train
    assert isinstance(clean.features, Table) and isinstance(part.features, Table)
    lost = np.isnan(part.features.numeric[:, 0]) & ~np.isnan(clean.features.numeric[:, 0])
    mean = f"{np.nanmean(clean.features.numeric[:, 0]):.1f}"
    row, column = int(np.flatnonzero(lost)[0]), 2 + len(others)
    index = view.browser.model.index(row, column)
    assert index.data() == f"({mean})"
    was = clean.features.text(row, 0)
    assert f"Changed, was {was}." in index.data(TIP)
    assert f"The model reads the mean of the training data, {mean}." in index.data(TIP)


def test_a_category_that_was_lost_is_none(view: DataLookView, trained: Trained) -> None:
    snapshot = show(view, trained(GAPS))
    part = snapshot.spoiled_train
    assert isinstance(part.features, Table)
    row = int(np.flatnonzero(part.features.categorical[:, 0] < 0)[0])
    column = 2 + len(part.features.numeric_names)
    assert view.browser.model.index(row, column).data() == "–"


def test_gaps_of_the_clean_data_are_gaps(view: DataLookView, trained: Trained) -> None:
    snapshot = show(view, trained(GAPS))
    view.part.put(CLEAN)
    view.part.edited.emit()
    rows = shown(view)
    clean = snapshot.info.split.train.features
    assert isinstance(clean, Table)
    assert all(not rows.read_as(row, 2) for row in range(len(rows)))


def test_the_legend_speaks_of_labels_only_where_labels_were_changed(
    view: DataLookView, trained: Trained
) -> None:
    show(view, trained(GAPS))
    assert [entry.text for entry in view.legend.entries] == ["changed"]
    show(view, trained(experiment("penguins", "symmetric_label_noise")))
    assert [entry.text for entry in view.legend.entries] == ["true → given"]


def test_the_legend_tells_repeated_rows_and_those_of_the_test_apart(
    view: DataLookView, trained: Trained
) -> None:
    exam = experiment("penguins", "test_contamination")
    show(view, trained(exam))
    assert [entry.text for entry in view.legend.entries] == ["copied from the test"]
    wrong = experiment("penguins", "symmetric_label_noise").spoiling
    wrong_too = Spoiling(corruptions=(*wrong.corruptions, *COPIES.spoiling.corruptions))
    show(view, trained(exam.replace(spoiling=wrong_too)))
    assert [entry.text for entry in view.legend.entries] == ["true → given", "changed"]
    both = Spoiling(corruptions=(*COPIES.spoiling.corruptions, *exam.spoiling.corruptions))
    show(view, trained(exam.replace(spoiling=both)))
    assert [entry.text for entry in view.legend.entries] == ["changed", "copied from the test"]
    rows = shown(view)
    told = [(rows.is_copy(row), rows.is_foreign(row)) for row in range(len(rows))]
    assert {*told} == {(False, False), (True, False), (False, True)}
