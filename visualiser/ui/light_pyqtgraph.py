"""pyqtgraph, imported without the copies that it makes of all of Qt.

It copies everything in three modules of Qt into modules of its own, and PySide makes each class
and enumeration when it is first looked at: an eighth of the start-up, for hundreds of things that
nobody uses. Here pyqtgraph's modules take from Qt what they are asked for.

Nor does it get what draws with OpenGL, which nothing here does: ten megabytes to load.
"""

import importlib
import sys
from types import ModuleType
from typing import Any

from PySide6 import QtCore, QtGui, QtWidgets

_COPIED = {"QtCore": QtCore, "QtGui": QtGui, "QtWidgets": QtWidgets}


_EMPTY = ("QtOpenGL", "QtOpenGLWidgets")
"""Modules of Qt that pyqtgraph only looks into where it is told to draw with OpenGL."""


class _Mirror(ModuleType):
    """Stands where pyqtgraph's copy would."""

    def __init__(self, name: str, original: ModuleType) -> None:
        super().__init__(f"pyqtgraph.Qt.{name}")
        self._original = original

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._original, name)
        setattr(self, name, found)
        return found


def _empty(name: str) -> ModuleType:
    """With the one class that pyqtgraph derives another from."""
    module = ModuleType(name)
    vars(module)["QOpenGLWidget"] = QtWidgets.QWidget
    return module


def import_pyqtgraph() -> None:
    """Import it, unless it is there; what `import pyqtgraph` finds from then on is this one."""
    if "pyqtgraph" in sys.modules:
        return
    listings = {original: vars(original)["__dir__"] for original in _COPIED.values()}
    absent = [f"PySide6.{name}" for name in _EMPTY if f"PySide6.{name}" not in sys.modules]
    sys.modules |= {name: _empty(name) for name in absent}
    for name, original in _COPIED.items():
        sys.modules[f"pyqtgraph.Qt.{name}"] = _Mirror(name, original)
        vars(original)["__dir__"] = list  # nothing to copy, says `dir`
    try:
        importlib.import_module("pyqtgraph")
    finally:
        for original, listing in listings.items():
            vars(original)["__dir__"] = listing
        for name in absent:
            del sys.modules[name]
