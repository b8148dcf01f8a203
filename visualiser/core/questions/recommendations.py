"""What would the models show this customer?"""

from dataclasses import dataclass

from visualiser.core.data.dataset import FloatArray
from visualiser.core.questions.spec import Question


@dataclass(frozen=True, eq=False)
class Scores:
    """How much both models put each product forward; higher is better.

    Attributes:
        student: (products,).
        twin: the same of the twin, or None without one.
    """

    student: FloatArray
    twin: FloatArray | None


@dataclass(frozen=True)
class Recommendations(Question[Scores]):
    """Of data of purchases, for one customer.

    Attributes:
        customer: code in the catalogue.
    """

    customer: int
