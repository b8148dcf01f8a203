"""Which products does a model take for alike?"""

from dataclasses import dataclass

from visualiser.core.data.dataset import FloatArray, IntArray
from visualiser.core.questions.spec import Question


@dataclass(frozen=True, eq=False)
class Neighbours:
    """The products most like a chosen one.

    Attributes:
        products: (k,) codes, the most alike first.
        likeness: (k,) cosines of the angles between the vectors of the products, −1 … 1.
    """

    products: IntArray
    likeness: FloatArray


@dataclass(frozen=True, eq=False)
class Places:
    """The vectors of all products, seen from where they differ most.

    Attributes:
        student: (products, 2), turned so that it lies as the last answer did.
        twin: the same of the twin, turned towards the student's; None without a twin.
        shown: share of the variance of the student's vectors that two dimensions show, 0 … 1.
        neighbours, twin_neighbours: of the product asked for, else None.
    """

    student: FloatArray
    twin: FloatArray | None
    shown: float
    neighbours: Neighbours | None
    twin_neighbours: Neighbours | None


@dataclass(frozen=True)
class ProductMap(Question[Places]):
    """Of models that keep a vector for each product.

    Attributes:
        product: the code of a product whose neighbours are wanted, or None.
    """

    product: int | None = None
