"""Figures beside the first are never cut: where one line is short, the twin has its own."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from visualiser.core.experiment import DatasetConfig, Experiment
from visualiser.core.outcome_figures import FurtherFigure
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.panels.further_figures import FurtherFigures

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
