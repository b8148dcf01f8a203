"""Shares, gaps and their intervals as they stand beside a picture."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QCoreApplication

from visualiser.core.data.cell_text import NO_BREAK
from visualiser.core.metrics.intervals import Estimate

Writing = Callable[[float], str]


def per_cent(share: float) -> str:
    """“81.7 %”, or “–” where it is not known."""
    return f"{100 * share:.1f}{NO_BREAK}%" if np.isfinite(share) else "–"


def round_per_cent(share: float) -> str:
    """“80 %” beside an axis, “2.5 %” where it has finer steps."""
    return f"{100 * share:.4g}{NO_BREAK}%".replace("-", "−")


def round_points(gap: float) -> str:
    """“20” beside an axis of points."""
    return f"{100 * gap:.4g}".replace("-", "−")


def points(gap: float) -> str:
    """“12.5 points”, or “–” where it is not known."""
    return f"{bare(gap)}{NO_BREAK}points" if np.isfinite(gap) else "–"


def bare(share: float) -> str:
    """“12.5”, in per cent or points."""
    return f"{100 * share:.1f}".replace("-", "−")


def interval_text(estimate: Estimate, write: Writing) -> str:
    """“18.2 to 30.1”; empty where there is none."""
    if not (np.isfinite(estimate.low) and np.isfinite(estimate.high)):
        return ""
    text = QCoreApplication.translate("Intervals", "{low} to {high}")
    return text.format(low=write(estimate.low), high=write(estimate.high))


def with_interval(estimate: Estimate, write: Writing, write_end: Writing) -> str:
    """“24.0 points (18.2 to 30.1)”."""
    ends = interval_text(estimate, write_end)
    return f"{write(estimate.value)} ({ends})" if ends else write(estimate.value)
