"""Figures beside the first are never cut: where one line is short, the twin has its own."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from visualiser.core.experiment import DatasetConfig, Experiment
from visualiser.core.outcome_figures import FurtherFigure
from visualiser.core.tasks.registry import TASKS
from visualiser.core.tasks.spec import Task
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.panels.further_figures import FurtherFigures
from visualiser.ui.widgets.elided_label import ElidedLabel

HOUSES = Experiment(dataset=DatasetConfig(name="sacramento"))


def test_the_twin_has_a_line_of_its_own_where_one_is_too_short(
    qtbot: QtBot, trained: Callable[..., Snapshot]
) -> None:
    figures = FurtherFigures()
    qtbot.addWidget(figures)
    figures.start_run(trained(HOUSES).info)
    figures.resize(160, 80)
    figures.show_figures([FurtherFigure("rmse", "$ 87,607", "$ 88,610")])
    figures.show()
    QApplication.processEvents()
    assert figures.lines == ("RMSE $ 87,607", "twin $ 88,610")
    figures.resize(400, 80)
    QApplication.processEvents()
    assert figures.lines == figures.texts == ("RMSE $ 87,607, twin $ 88,610",)
    figures.show_figures([FurtherFigure("rmse", "$ 87,607", "")])
    assert figures.texts == ("RMSE $ 87,607",)


def test_lines_have_room_where_a_scroll_bar_appears_beside_them(
    qtbot: QtBot, trained: Callable[..., Snapshot]
) -> None:
    info = trained(Experiment()).info
    shown = [
        FurtherFigure("f1", "0.924 or so", "0.889"),
        FurtherFigure("ece", "29.7 %", "7.5 %"),
        FurtherFigure("mia_auc", "43.0 %", "54.2 %"),
    ]
    for width in range(150, 240, 6):
        figures, words, area = FurtherFigures(), QLabel(), QScrollArea()
        qtbot.addWidget(area)
        words.setWordWrap(True)
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.addWidget(figures)
        layout.addWidget(words)
        area.setWidget(column)
        area.setWidgetResizable(True)
        area.resize(width, 300)
        area.show()
        QApplication.processEvents()
        figures.start_run(info)
        words.setText("word " * 300)
        figures.show_figures(shown)
        for _ in range(10):
            QApplication.processEvents()
        lines = [label for label in figures.findChildren(ElidedLabel) if label.isVisible()]
        assert len(lines) == len(figures.lines)
        assert all(label.height() >= label.fontMetrics().height() for label in lines), width


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.name)
def test_each_further_figure_says_what_it_is(
    qtbot: QtBot, trained: Callable[..., Snapshot], task: Task
) -> None:
    figures = FurtherFigures()
    qtbot.addWidget(figures)
    figures.start_run(replace(trained(HOUSES).info, task=task))
    names = [metric.name for metric in task.metrics[1:]] + ["ece", "mia_auc"]
    figures.show_figures([FurtherFigure(name, "0.5", "") for name in names])
    tips = [line.toolTip() for line in figures._lines]
    assert all(tips) and len(set(tips)) == len(names)
