"""A dated series moment by moment: the past in its order, and what is known of the period."""

from dataclasses import dataclass

import numpy as np

from visualiser.core.data.dataset import Dataset, Features, FloatArray, Seasons, Table
from visualiser.core.data.dated_series import without_level
from visualiser.core.data.encoding_series import level_note
from visualiser.core.data.encoding_spec import Encoding
from visualiser.core.data.encoding_table import TableEncoder, TableOptions, fit_table
from visualiser.core.data.split import Part


@dataclass(frozen=True)
class MomentsEncoder:
    """A past value at each moment, less the level, and beside it what is known of the period.

    Attributes:
        scale: that past values are divided by.
        known: encodes what is known of the period to be foretold and the values that stand apart
            from the unbroken past; it stands at every moment, so that a state that is built up
            from the first moment on can heed it.
    """

    scale: float
    known: TableEncoder
    seasons: Seasons

    @property
    def shape(self) -> tuple[int, ...]:
        """Moments, and numbers of each."""
        return (self.seasons.unbroken, 1 + len(self.known.names))

    @property
    def names(self) -> tuple[str, ...]:
        """Of the numbers of a moment."""
        return ("value of the moment", *self.known.names)

    @property
    def notes(self) -> tuple[str, ...]:
        """How the past is shown, and what was done with the rest."""
        seasons = self.seasons
        past = (
            f"The {seasons.cadence.count(self.shape[0])} before are read one after the other, "
            f"oldest first; what is known of the {seasons.cadence.one} to be foretold stands "
            "beside each of them."
        )
        return (level_note(seasons), past, *self.known.notes)

    def transform(self, features: Features) -> FloatArray:
        """Table of N periods → (N, past, numbers) float32."""
        assert isinstance(features, Table)
        table = without_level(features, self.seasons)
        encoded = np.empty((len(features), *self.shape), dtype=np.float32)
        encoded[:, :, 0] = _unbroken(table, self.seasons) / self.scale
        encoded[:, :, 1:] = self.known.transform(_known(table, self.seasons))[:, None, :]
        return encoded


def _unbroken(table: Table, seasons: Seasons) -> FloatArray:
    """(N, past) the earlier values that follow each other."""
    return table.numeric[:, seasons.apart : seasons.past]


def _known(table: Table, seasons: Seasons) -> Table:
    """The other columns."""
    kept = [*range(seasons.apart), *range(seasons.past, len(table.numeric_names))]
    return Table(
        numeric=table.numeric[:, kept],
        numeric_names=tuple(table.numeric_names[column] for column in kept),
        categorical=table.categorical,
        categorical_names=table.categorical_names,
        categories=table.categories,
        dates=table.dates,
    )


def _fit(dataset: Dataset, train: Part, options: TableOptions) -> MomentsEncoder:
    assert isinstance(train.features, Table) and dataset.seasons is not None
    seasons = dataset.seasons
    table = without_level(train.features, seasons)
    spread = float(_unbroken(table, seasons).std(dtype=np.float64))
    scale = spread if options.standardise and spread > 0 else 1.0
    # Each period is laid out as often as there are moments.
    known = fit_table(_known(table, seasons), len(dataset) * seasons.unbroken, options)
    return MomentsEncoder(scale, known, seasons)


ENCODING = Encoding("series", "series", TableOptions, _fit)
