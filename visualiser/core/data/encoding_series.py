"""Rows of a dated series: the past less its own mean, and what is known of the period."""

from dataclasses import dataclass

from visualiser.core.data.dataset import Dataset, Features, FloatArray, Seasons, Table
from visualiser.core.data.dated_series import without_level
from visualiser.core.data.encoding_spec import Encoding
from visualiser.core.data.encoding_table import TableEncoder, TableOptions, fit_table
from visualiser.core.data.split import Part


def level_note(seasons: Seasons) -> str:
    """What was done to the past, for the card of the data."""
    share = "" if seasons.lowest_level is None else ", as a share of that"
    return (
        f"Each {seasons.cadence.one}'s past is shown as what it differs from its own mean{share}, "
        "and so is the value to be foretold: a series that grows would else leave what was learnt "
        "from."
    )


@dataclass(frozen=True)
class SeriesEncoder:
    """The level of the past is taken off, as off the target (after Kim et al. 2022, RevIN)."""

    table: TableEncoder
    seasons: Seasons

    @property
    def shape(self) -> tuple[int, ...]:
        """One number a name."""
        return self.table.shape

    @property
    def names(self) -> tuple[str, ...]:
        """As of a table."""
        return self.table.names

    @property
    def notes(self) -> tuple[str, ...]:
        """As of a table, and what was done to the past."""
        return (level_note(self.seasons), *self.table.notes)

    def transform(self, features: Features) -> FloatArray:
        """Table of N periods → (N, names) float32."""
        assert isinstance(features, Table)
        return self.table.transform(without_level(features, self.seasons))


def _fit(dataset: Dataset, train: Part, options: TableOptions) -> SeriesEncoder:
    assert isinstance(train.features, Table) and dataset.seasons is not None
    table = without_level(train.features, dataset.seasons)
    return SeriesEncoder(fit_table(table, len(dataset), options), dataset.seasons)


ENCODING = Encoding("series", "vector", TableOptions, _fit)
