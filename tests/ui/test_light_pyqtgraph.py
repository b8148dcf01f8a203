"""pyqtgraph takes from Qt what it needs, and nothing else of it is made."""

import subprocess
import sys
from pathlib import Path

import pyqtgraph
import PySide6.QtCore
import PySide6.QtGui
import PySide6.QtWidgets
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["QtCore", "QtGui", "QtWidgets"])
def test_its_names_of_qt_are_those_of_qt(name: str) -> None:
    original = getattr(PySide6, name)
    mirror = getattr(pyqtgraph.Qt, name)
    assert len(dir(original)) > 100
    for thing in dir(original):
        assert getattr(mirror, thing) is getattr(original, thing) or thing.startswith("__")


def test_a_name_that_qt_does_not_have_is_missing() -> None:
    assert not hasattr(pyqtgraph.Qt.QtCore, "QNothing")


def test_what_nobody_asked_for_is_not_made() -> None:
    code = (
        "from visualiser.ui.light_pyqtgraph import import_pyqtgraph; import_pyqtgraph(); "
        "import pyqtgraph.Qt; print('QWizard' in vars(pyqtgraph.Qt.QtWidgets))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "False"


def test_what_draws_with_opengl_is_left_out_and_lines_are_drawn_all_the_same() -> None:
    code = (
        "import sys; from visualiser.ui.light_pyqtgraph import import_pyqtgraph;"
        "from PySide6.QtWidgets import QApplication; application = QApplication([]);"
        "import_pyqtgraph(); import pyqtgraph; plot = pyqtgraph.PlotWidget();"
        "plot.plot([1, 3, 2]); plot.grab();"
        "print([name for name in sys.modules if name.startswith('PySide6.QtOpenGL')])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"
