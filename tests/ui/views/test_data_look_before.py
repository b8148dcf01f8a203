"""What changed is shown as it was before and as it is now, and what was left out by itself."""

from collections.abc import Callable

import numpy as np
import pytest

from tests.ui.views.conftest import show
from tests.ui.views.looked_at_rows import experiment, shown
from visualiser.core.experiment import Experiment
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.views.data_look import GONE, SEEN, DataLookView

Trained = Callable[..., Snapshot]


@pytest.fixture
def view(open_view: Callable[[type[DataLookView]], DataLookView]) -> DataLookView:
    return open_view(DataLookView)


def test_a_changed_value_stands_behind_what_it_was(view: DataLookView, trained: Trained) -> None:
    show(view, trained(experiment("penguins", "outliers", 0.2)))
    view.changed_only.click()
    rows, model = shown(view), view.browser.model
    pairs = [
        (rows.cell_before(row, column), rows.cell(row, column), model.index(row, column).data())
        for row in range(len(rows))
        for column in range(2, len(rows.columns))
    ]
    changed = [pair for pair in pairs if pair[0] is not None]
    assert changed and all(text == f"{old} → {new}" for old, new, text in changed)
    assert all(text == new for old, new, text in pairs if old is None)


@pytest.mark.parametrize(
    ("name", "way", "amount"),
    [("digits_8x8", "feature_noise", 1.0), ("drums", "background_noise", 0.0)],
)
def test_a_changed_picture_stands_beside_what_it_was(
    view: DataLookView, trained: Trained, name: str, way: str, amount: float
) -> None:
    show(view, trained(experiment(name, way, amount)))
    pictures = view.browser.pictures
    single = pictures.sizeHintForIndex(view.browser.model.index(0, 0)).width()
    view.changed_only.click()
    rows = shown(view)
    truth = rows.dataset.features[rows.part.rows[rows.positions[0]]]
    assert rows.shows_before and np.array_equal(rows.clean_example(0), truth)
    assert not np.array_equal(rows.example(0), truth)
    pair = pictures.sizeHintForIndex(view.browser.model.index(0, 0)).width()
    assert pair > 1.5 * single and not view.grab().isNull()


def test_pictures_with_wrong_labels_only_are_shown_once(
    view: DataLookView, trained: Trained
) -> None:
    show(view, trained(experiment("digits_8x8", "symmetric_label_noise", 0.3)))
    view.changed_only.click()
    assert not shown(view).shows_before


def test_changed_messages_are_drawn_with_what_they_were(
    view: DataLookView, trained: Trained
) -> None:
    show(view, trained(experiment("sms_spam", "word_noise", 0.4)))
    once = view.grab().toImage()
    view.changed_only.click()
    assert shown(view).pairs and view.grab().toImage() != once


def test_rows_that_were_left_out_are_a_part_by_themselves(
    view: DataLookView, trained: Trained
) -> None:
    snapshot = show(view, trained(experiment("penguins", "class_imbalance", 0.2)))
    clean, seen = snapshot.info.split.train, snapshot.spoiled_train
    view.part.put(GONE)
    view.part.edited.emit()
    gone = shown(view).part
    assert len(gone) == len(clean) - len(seen) > 0
    assert not np.isin(gone.rows, seen.rows).any()
    show(view, trained(Experiment(dataset=snapshot.experiment.dataset)))
    assert view.part.get() == SEEN and view.part.findData(GONE) < 0
