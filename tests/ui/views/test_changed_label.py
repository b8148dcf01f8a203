"""What a label was changed to stays whole where room is short."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from tests.ui.views.looked_at_rows import DIGITS, experiment
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.views.changed_label import changed_label, least_width
from visualiser.ui.views.data_look_delegates import PictureDelegate, label_within
from visualiser.ui.views.data_look_model import RowsModel
from visualiser.ui.views.data_look_rows import Rows


@pytest.fixture
def metrics(qtbot: QtBot) -> QFontMetrics:
    return QFontMetrics(QFont())


def test_the_true_label_is_shortened_first_and_the_room_is_kept(metrics: QFontMetrics) -> None:
    for room in range(least_width("high voice", metrics), 300, 3):
        text = changed_label("low voice", "high voice", metrics, room)
        assert text.endswith("→ high voice")
        assert metrics.horizontalAdvance(text) <= room


def test_with_room_enough_both_labels_are_whole(metrics: QFontMetrics) -> None:
    assert changed_label("mammal", "bird", metrics, 1000) == "mammal → bird"
    narrow = least_width("bird", metrics)
    assert changed_label("mammal", "bird", metrics, narrow).endswith("… → bird")


def test_pictures_get_room_for_their_changed_labels(
    trained: Callable[..., Snapshot], metrics: QFontMetrics
) -> None:
    snapshot = trained(experiment("fashion_6k", "symmetric_label_noise"))
    spoiled = snapshot.spoiled_train
    info = snapshot.info
    rows = Rows.of(info.dataset, spoiled, info.split.train)
    assert rows.labels_changed
    model = RowsModel()
    delegate, option = PictureDelegate(model), QStyleOptionViewItem()
    option.fontMetrics = metrics
    model.show_rows(rows)
    room = delegate.sizeHint(option, model.index(0, 0)).width()
    row = int(np.flatnonzero(spoiled.labels != info.split.train.labels[spoiled.origin])[0])
    given_name = info.dataset.label_text(rows.label(row))
    assert label_within(rows, row, metrics, room).endswith(f"→ {given_name}")


def test_rows_know_whether_any_label_was_changed(trained: Callable[..., Snapshot]) -> None:
    snapshot = trained(DIGITS)
    clean = snapshot.info.split.validation
    assert not Rows.of(snapshot.info.dataset, clean, clean).labels_changed
