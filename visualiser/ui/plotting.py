"""pyqtgraph as everything here draws with it: without what nobody uses, window or none."""

from visualiser.ui.light_pyqtgraph import import_pyqtgraph

import_pyqtgraph()

import pyqtgraph as pg  # noqa: E402
from pyqtgraph.GraphicsScene.mouseEvents import MouseDragEvent  # noqa: E402

__all__ = ["MouseDragEvent", "pg"]
