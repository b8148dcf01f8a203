"""Which rows of a table are somewhere on earth, and where. No Qt."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import IntArray, Table
from visualiser.core.training.snapshot import RunInfo

KM_OF_A_DEGREE = 111.2
"""Along a meridian; along a parallel it is this times the cosine of the latitude."""
_LATITUDE = frozenset({"latitude", "lat"})
_LONGITUDE = frozenset({"longitude", "long", "lon", "lng"})
_NARROWEST = 0.05
"""Of a degree of latitude: what a degree of longitude is drawn as at least, near the poles."""


def place_columns(table: Table) -> tuple[int, int] | None:
    """The numeric columns of latitude and longitude, known by their names; None without both."""
    words = [{*re.findall("[a-z]+", name.lower())} for name in table.numeric_names]
    found = [
        next((column for column, said in enumerate(words) if said & names), None)
        for names in (_LATITUDE, _LONGITUDE)
    ]
    latitude, longitude = found
    return None if latitude is None or longitude is None else (latitude, longitude)


@dataclass(frozen=True, eq=False)
class Places:
    """Where P of the V watched validation rows are, in degrees; the others have no place.

    Attributes:
        rows: (P,) positions among the V rows.
        latitude, longitude: (P,).
        all_rows: V.
    """

    rows: IntArray
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    all_rows: int

    @classmethod
    def of(cls, info: RunInfo) -> "Places | None":
        """The places of a run; None where its data has no columns for them."""
        features = info.split.validation.features
        columns = place_columns(features) if isinstance(features, Table) else None
        if columns is None:
            return None
        assert isinstance(features, Table)
        latitude, longitude = features.numeric[info.watched][:, columns].T.astype(np.float64)
        # A comparison with NaN is false, as it should be.
        rows = np.flatnonzero((np.abs(latitude) <= 90) & (np.abs(longitude) <= 180))
        return cls(rows, latitude[rows], longitude[rows], len(info.watched))

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def width_of_a_degree(self) -> float:
        """Of longitude, in degrees of latitude, in the middle of the places."""
        middle = (self.latitude.min() + self.latitude.max()) / 2
        return max(float(np.cos(np.radians(middle))), _NARROWEST)
