"""What the default models are to reach, and why some do not: one line a data set.

The figures are always measured; only aims and reasons stand here.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Aim:
    """A bound for one metric of the task; which side is good, the metric says.

    Attributes:
        times_trivial: the bound is so many times the trivial reference, instead of `bound`.
    """

    metric: str
    bound: float = 0.0
    times_trivial: float | None = None


AIMS: dict[str, Aim] = {
    "mnist_5k": Aim("accuracy", 0.97),
    "fashion_6k": Aim("accuracy", 0.87),
    "sms_spam": Aim("f1", 0.92),
    "adult_10k": Aim("accuracy", 0.84),
    "retail_purchases": Aim("recall_at_10", times_trivial=1.3),
    "bike_daily": Aim("mase", 0.8),
    "drums": Aim("accuracy", 0.80),
    "alice29": Aim("bits_per_character", 2.3),
}

REASONS: dict[str, str] = {
    "mortgage_hmda": "Most applications are approved and the test part is small, so that a short "
    "lead could be chance; the strong reference leads by no more.",
}
"""Printed where a line falls short of a reference or of its aim."""
