"""Pictures that were put together of a thing and a ground, where it is known which is which."""

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray


class Scenes(Protocol):
    """What is known of each row of a data set of such pictures.

    Attributes:
        grounds: (N,) code of the class whose ground each picture stands on; None where grounds
            have nothing to do with classes.
    """

    @property
    def grounds(self) -> NDArray[np.int64] | None:
        """See above."""

    def things(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """(n, H, W) in 0 … 1: how much of each pixel is the thing, the rest being ground."""

    def on_grounds(
        self, pictures: NDArray[Any], rows: NDArray[np.int64], grounds: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """(n, C, H, W) `pictures` of those rows with the same things on the grounds of classes."""
