"""How far forecasts are off on each weekday and on holidays, as small bars."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from visualiser.core.data.cadence import WEEKDAYS
from visualiser.ui.views.forecast_days import Forecasts, SeriesDays
from visualiser.ui.views.scatter_frame import Values
from visualiser.ui.widgets.bar_rows import BarRow

_Kinds = list[tuple[str, NDArray[np.bool_]]]


def weekday_rows(forecasts: Forecasts) -> list[BarRow]:
    """Mean absolute error of all days, and of each weekday that was watched."""
    series = forecasts.series
    codes = series.weekdays
    kinds: _Kinds = [(_tr("all days"), np.ones(len(codes), dtype=bool))]
    kinds += [(_tr(name[:3]), codes == code) for code, name in enumerate(WEEKDAYS)]
    return _rows(forecasts, kinds)


def holiday_rows(forecasts: Forecasts) -> list[BarRow]:
    """Mean absolute error on holidays and on other days; none where the data does not say."""
    holiday = forecasts.series.holiday
    if holiday is None:
        return []
    return _rows(forecasts, [(_tr("holiday"), holiday), (_tr("other"), ~holiday)])


def mean_error(series: SeriesDays, answers: Values, days: NDArray[np.bool_]) -> float:
    """Mean absolute error of (V,) answers over those of the days that are marked."""
    return float(np.abs(answers - series.watched_true)[days].mean())


def _rows(forecasts: Forecasts, kinds: _Kinds) -> list[BarRow]:
    series, twin = forecasts.series, forecasts.twin
    seen = [(title, days) for title, days in kinds if days.any()]
    student = [mean_error(series, forecasts.student, days) for _, days in seen]
    clean = [None if twin is None else mean_error(series, twin, days) for _, days in seen]
    longest = max((*student, *(error for error in clean if error is not None)), default=0) or 1.0
    return [
        BarRow(
            title,
            error / longest,
            _text(forecasts, error, other),
            mark=None if other is None else other / longest,
            warning=other is not None,
        )
        for (title, _), error, other in zip(seen, student, clean, strict=True)
    ]


def _text(forecasts: Forecasts, error: float, twin: float | None) -> str:
    """“812”, or “812 (640)” with the error of the clean twin."""
    amount = forecasts.series.dataset.amount_text
    return amount(error) if twin is None else f"{amount(error)} ({amount(twin)})"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Forecast", text)
