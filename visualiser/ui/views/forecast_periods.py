"""A dated series period by period: what was true, and what was foretold of validation periods."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from visualiser.core.data.cadence import Cadence, CalendarColumn
from visualiser.core.data.dataset import Dataset, IntArray, Table
from visualiser.core.data.split import Part
from visualiser.core.tasks.forecasting import seasonal_naive
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.views.forecast_band import Band
from visualiser.ui.views.scatter_frame import Values

SERIES, _HOLIDAY = "series", "holiday"
_Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class SeriesPeriods:
    """The known periods of one series, or of all together, which are then summed.

    Times are when periods begin, counted from 1 January 1970 in the unit of the cadence, in order.
    The test periods are sealed and not among them.

    Attributes:
        times: (T,) of the training and the validation part.
        true: (T,) values in the unit of the target.
        begins: the first of the validation part.
        watched: (V,) those of the validation part that forecasts are made for.
        watched_true, naive: (V,) true values, and those of one season before.
        holiday: (V,) or None where the data does not say.
        chosen, place: which of the watched validation rows count, and to which of the V periods.
    """

    dataset: Dataset
    times: IntArray
    true: Values
    begins: int
    watched: IntArray
    watched_true: Values
    naive: Values
    holiday: _Mask | None
    chosen: _Mask
    place: IntArray

    @classmethod
    def of(cls, info: RunInfo, series: int | None = None) -> "SeriesPeriods":
        """The periods of the series with that code; without one, of all series together."""
        dataset, split = info.dataset, info.split
        watched = split.validation.take(info.watched)
        chosen = _rows_of(watched, series)
        rows = watched.take(np.flatnonzero(chosen))
        watched_times, place = np.unique(_times(dataset, rows), return_inverse=True)
        parts = [
            part.take(np.flatnonzero(_rows_of(part, series)))
            for part in (split.train, split.validation)
        ]
        times, where = np.unique(
            np.concatenate([_times(dataset, part) for part in parts]), return_inverse=True
        )
        labels = np.concatenate([part.labels for part in parts])
        return cls(
            dataset=dataset,
            times=times,
            true=_sums(where, labels, len(times)),
            begins=int(_times(dataset, split.validation).min()),
            watched=watched_times,
            watched_true=_sums(place, rows.labels, len(watched_times)),
            naive=_sums(place, seasonal_naive(dataset, rows), len(watched_times)),
            holiday=_holidays(rows, place, len(watched_times)),
            chosen=chosen,
            place=place,
        )

    @property
    def cadence(self) -> Cadence:
        """How far apart the periods are, and what they are called."""
        return cadence_of(self.dataset)

    def codes(self, column: CalendarColumn) -> NDArray[np.int32]:
        """(V,) what the calendar says of the watched periods."""
        return column.codes(self.watched.astype(self.cadence.dtype))

    def summed(self, answers: NDArray[Any]) -> Values:
        """Answers for all watched validation rows → (V,) those of these periods."""
        return _sums(self.place, answers[self.chosen], len(self.watched))


@dataclass(frozen=True, eq=False)
class Forecasts:
    """What student and twin foretell of the V watched periods; in the unit of the target.

    Attributes:
        twin: (V,) or None without a twin that differs.
        band: around the student's later forecasts; None where there are few of them.
    """

    series: SeriesPeriods
    student: Values
    twin: Values | None
    band: Band | None

    @classmethod
    def of(cls, snapshot: Snapshot, series: SeriesPeriods) -> "Forecasts | None":
        """Those of a snapshot; None without predictions, or where they are no numbers."""
        predictions = snapshot.predictions
        if predictions is None or not np.isfinite(predictions.output).all():
            return None
        twin = predictions.twin_output if snapshot.twin_differs else None
        if twin is not None and not np.isfinite(twin).all():
            twin = None
        student = series.summed(predictions.output)
        foretold = None if twin is None else series.summed(twin)
        return cls(series, student, foretold, Band.of(series.watched_true, student))

    def sentence(self, time: int, *, naive: bool) -> str:
        """What was true in a known period and, in a watched one, what was foretold."""
        series, cadence = self.series, self.series.cadence
        dataset = series.dataset
        true = float(series.true[np.searchsorted(series.times, time)])
        lines = [cadence.sentence(np.datetime64(time, cadence.unit))]
        lines.append(_tr("truly {value}").format(value=dataset.label_text(true)))
        at = int(np.searchsorted(series.watched, time))
        if at == len(series.watched) or series.watched[at] != time:
            if time < series.begins:
                lines[0] += _tr(", a training {period}").format(period=cadence.one)
            return "\n".join(lines)
        said = [(_tr("your model"), self.student)]
        if self.twin is not None:
            said.append((_tr("clean twin"), self.twin))
        if naive:
            said.append((naive_title(dataset), series.naive))
        for title, values in said:
            lines.append(f"{title}: {self._answer(float(values[at]), true)}")
        return "\n".join(lines)

    def _answer(self, answer: float, true: float) -> str:
        dataset = self.series.dataset
        size = dataset.amount_text(abs(answer - true))
        text = _tr("{answer} ({size} too high)")
        if answer < true:
            text = _tr("{answer} ({size} too low)")
        return text.format(answer=dataset.label_text(answer), size=size)


def series_names(dataset: Dataset) -> tuple[str, ...]:
    """Titles of the series in code order; empty where there is one only."""
    features = dataset.features
    assert isinstance(features, Table)
    if SERIES not in features.categorical_names:
        return ()
    return features.categories[features.categorical_names.index(SERIES)]


def naive_title(dataset: Dataset) -> str:
    """What the seasonal naive forecast answers: “a week before”."""
    assert dataset.seasons is not None
    return _tr(dataset.seasons.naive_words)


def cadence_of(dataset: Dataset) -> Cadence:
    """That of a dated series."""
    assert dataset.seasons is not None
    return dataset.seasons.cadence


def _times(dataset: Dataset, part: Part) -> IntArray:
    assert dataset.times is not None
    return dataset.times[part.rows].astype(np.int64)


def _column(part: Part, name: str) -> NDArray[np.int32] | None:
    features = part.features
    assert isinstance(features, Table)
    if name not in features.categorical_names:
        return None
    codes: NDArray[np.int32] = features.categorical[:, features.categorical_names.index(name)]
    return codes


def _rows_of(part: Part, series: int | None) -> _Mask:
    codes = _column(part, SERIES)
    if series is None or codes is None:
        return np.ones(len(part), dtype=bool)
    mask: _Mask = codes == series
    return mask


def _holidays(part: Part, place: IntArray, periods: int) -> _Mask | None:
    codes = _column(part, _HOLIDAY)
    if codes is None:
        return None
    kept = np.zeros(periods, dtype=bool)
    kept[place[codes > 0]] = True
    return kept


def _sums(place: IntArray, values: NDArray[Any], count: int) -> Values:
    sums: Values = np.bincount(place, weights=values, minlength=count).astype(np.float64)
    return sums


def _tr(text: str) -> str:
    return QCoreApplication.translate("Forecast", text)
