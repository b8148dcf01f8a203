"""How far forecasts are off in each part of the season and on holidays, as small bars."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from visualiser.core.data.cell_text import amount_text
from visualiser.ui.views.forecast_periods import Forecasts, SeriesPeriods
from visualiser.ui.views.scatter_frame import Values
from visualiser.ui.widgets.bar_rows import BarRow

_Kinds = list[tuple[str, NDArray[np.bool_]]]


def calendar_rows(forecasts: Forecasts, number: int) -> list[BarRow]:
    """Mean absolute error in each part of the season that was watched.

    Args:
        number: which parts the cadence has; before the first ones stands the error of all periods.
    """
    series, parts = forecasts.series, forecasts.series.cadence.parts
    kinds: _Kinds = []
    if number == 0:
        title = _tr("all {periods}").format(periods=series.cadence.many)
        kinds.append((title, np.ones(len(series.watched), dtype=bool)))
    if number < len(parts):
        codes = series.codes(parts[number])
        names = enumerate(parts[number].texts)
        kinds += [(_short(_tr(name)), codes == code) for code, name in names]
    return _rows(forecasts, kinds)


def holiday_rows(forecasts: Forecasts) -> list[BarRow]:
    """Mean absolute error on holidays and on other days; none where the data does not say."""
    holiday = forecasts.series.holiday
    if holiday is None:
        return []
    return _rows(forecasts, [(_tr("holiday"), holiday), (_tr("other"), ~holiday)])


def mean_error(series: SeriesPeriods, answers: Values, where: NDArray[np.bool_]) -> float:
    """Mean absolute error of (V,) answers over the periods that are marked."""
    return float(np.abs(answers - series.watched_true)[where].mean())


def _rows(forecasts: Forecasts, kinds: _Kinds) -> list[BarRow]:
    series, twin = forecasts.series, forecasts.twin
    seen = [(title, where) for title, where in kinds if where.any()]
    student = [mean_error(series, forecasts.student, where) for _, where in seen]
    clean = [None if twin is None else mean_error(series, twin, where) for _, where in seen]
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
    """“812 hires”, or “812 hires (640)” with the error of the clean twin."""
    text = forecasts.series.dataset.amount_text(error)
    return text if twin is None else f"{text} ({amount_text(twin, '')})"


def _short(name: str) -> str:
    """“Mon” and “Jan”, but “23:00”."""
    return name[:3] if name.isalpha() else name


def _tr(text: str) -> str:
    return QCoreApplication.translate("Forecast", text)
