"""Who bought what, in names: what a data set of purchases knows besides its pairs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Customers and products in the order of their codes.

    Attributes:
        customers, products: their names, each one distinct.
        times: (N,) int64, for each row of the data set how many times that customer bought that
            product, 1 or more.
    """

    customers: tuple[str, ...]
    products: tuple[str, ...]
    times: NDArray[np.int64]

    def __post_init__(self) -> None:
        self.times.flags.writeable = False

    def customer_text(self, code: int) -> str:
        """A customer as the user reads it: “customer 17”, or a name that tells by itself."""
        name = self.customers[code]
        return f"customer {name}" if name.isdigit() else name
