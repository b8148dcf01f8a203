"""The pictures of a report, drawn by the window's own views in the light theme.

What belongs to the window (choices, switches, sentences beside the picture) stays out of them.
"""

from typing import Any

from visualiser.core.report.html import Pictures
from visualiser.core.report.spec import Picture, Report
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.curve_picture import curves_picture, drawn_aside, ensure_application
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.registry import VIEWS

SHOWN_WIDTH = 332
"""Pixels: as wide as a column on paper."""
_VIEW = (900, 700)
_SIZES = {"gallery": (430, 330), "scatter": (430, 300), "calibration": (430, 280)}
_USUAL = (430, 120)
"""A picture that needs more height takes it."""
_CURVES = (450, 330)


def report_pictures(report: Report, snapshot: Snapshot) -> Pictures:
    """The pictures that a report names, as far as a view has something to show of the run."""
    ensure_application()
    names = [
        block.name
        for answer in report.answers
        for block in answer.blocks
        if isinstance(block, Picture)
    ]
    drawn = {name: _picture(name, snapshot) for name in names}
    return {name: _fitted(*found) for name, found in drawn.items() if found is not None}


def _picture(name: str, snapshot: Snapshot) -> tuple[bytes, int, int] | None:
    if name == "curves":
        return curves_picture(snapshot, *_CURVES) if len(snapshot.history) else None
    spec = next((view for view in VIEWS if view.name == name), None)
    if spec is None or spec.refuses(snapshot.info) is not None:
        return None
    with drawn_aside(spec.create(), snapshot, *_VIEW) as view:
        saving = _main_saving(view)
        return saving.drawing(*_SIZES.get(name, _USUAL))


def _main_saving(view: Any) -> PictureSaving:
    """Of the picture that a view is about; where it has several, that is the first."""
    savings = view.savings if hasattr(view, "savings") else (view.saving,)
    found = savings[0]
    assert isinstance(found, PictureSaving)
    return found


def _fitted(data: bytes, width: int, height: int) -> tuple[bytes, int, int]:
    """Shown as wide as a column, or smaller."""
    scale = min(1.0, SHOWN_WIDTH / width)
    return data, round(width * scale), round(height * scale)
