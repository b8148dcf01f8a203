"""The view of dated series."""

from typing import Final

from PySide6.QtWidgets import QWidget

from visualiser.core.training.snapshot import RunInfo
from visualiser.core.training.want import Want
from visualiser.ui.view import QT_TRANSLATE_NOOP, ViewSpec


def _no_series(info: RunInfo) -> str | None:
    if info.dataset.task != "forecasting":
        return QT_TRANSLATE_NOOP("Views", "Only a dated series is foretold over time.")
    return None


def _forecast() -> QWidget:
    from visualiser.ui.views.forecast import ForecastView

    return ForecastView()


FORECAST: Final = ViewSpec(
    name="forecast",
    title=QT_TRANSLATE_NOOP("Views", "Forecast"),
    tip=QT_TRANSLATE_NOOP(
        "Views", "The series over time with its forecasts, and when they are off."
    ),
    create=_forecast,
    want=Want.PREDICTIONS,
    refuses=_no_series,
)
