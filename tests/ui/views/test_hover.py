"""Read-outs beside the pointer."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from visualiser.core.experiment import DatasetConfig, Experiment
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.views.hover import wrapped
from visualiser.ui.views.scatter import ScatterView

# Tooltips ask to be raised, which a display in memory cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


def test_a_long_row_is_read_in_lines_that_leave_the_picture_in_sight(
    qtbot: QtBot, open_view: Callable[..., Any], trained: Callable[..., Snapshot]
) -> None:
    snapshot = trained(Experiment(dataset=DatasetConfig(name="sacramento")))
    view = open_view(ScatterView, snapshot)
    plot = view.plot
    qtbot.mouseMove(plot, QPoint(0, 0))
    qtbot.mouseMove(plot, plot.place_of(3).toPoint())
    shown = QToolTip.text().split("\n")
    assert max(map(len, shown)) <= 60
    assert " ".join(shown) == plot.hover.text.replace("\n", " ")


def test_lines_are_broken_between_words_and_never_behind_a_minus() -> None:
    text = "first line\n" + " ".join(["longitude −121.4 and -3"] * 9)
    lines = wrapped(text).split("\n")
    assert lines[0] == "first line"
    assert " ".join(lines[1:]) == text.split("\n")[1]
    assert not any(line.endswith(("−", "-")) for line in lines)
