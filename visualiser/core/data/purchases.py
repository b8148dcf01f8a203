"""Purchases as examples: a row is a customer and a product that this customer bought."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.catalogue import Catalogue
from visualiser.core.data.dataset import DataCard, Dataset, IntArray
from visualiser.core.errors import UserError

FEWEST_BOUGHT = 4
"""Different products that a customer must have bought, so that some are left to be held out."""
FEWEST_CUSTOMERS = 2
"""Customers that a product must have had; what one alone bought cannot be foretold of others."""
FEWEST_PRODUCTS = 20
"""Among fewer products ten recommendations are no choice."""
MOST_PRODUCTS = 500
"""Scores of all products are compared at every step; the most bought ones stay."""
MOST_PAIRS = 200_000
"""Of more, the customers who bought most stay. With the products above, the scores of all training
rows take 300 MB when they are measured at the end."""


@dataclass(frozen=True, eq=False)
class Pairs:
    """Who bought what, each pair once, in the order of customers and then of products.

    Attributes:
        pairs: (N, 2) int64 codes into `catalogue`, customer and product. Products are in the order
            of their customers, most first.
        notes: what was left out, one sentence each.
    """

    pairs: IntArray
    catalogue: Catalogue
    notes: tuple[str, ...]


def purchases_dataset(
    name: str, title: str, card: DataCard, pairs: Pairs, target: str = "product"
) -> Dataset:
    """A data set for ranking: the label of a pair is the code of its product."""
    return Dataset(
        name=name,
        title=title,
        card=card,
        modality="purchases",
        task="ranking",
        features=pairs.pairs,
        labels=pairs.pairs[:, 1].copy(),
        target=target,
        catalogue=pairs.catalogue,
        feature_names=("customer", "product"),
        notes=pairs.notes,
    )


def purchase_pairs(
    customers: NDArray[Any],
    products: NDArray[Any],
    counts: NDArray[Any] | None = None,
    titles: Mapping[str, str] | None = None,
) -> Pairs:
    """Pairs of a list of purchases, (n,) numbers or names each; what is listed twice is added up.

    `counts` (n,) is how often each was bought, once where it is None; a line with a count of zero
    or less, or without one (NaN), is no purchase. `titles` tells what products are called whose
    names are mere codes. Left out are customers with fewer than FEWEST_BOUGHT products, products
    with fewer than FEWEST_CUSTOMERS customers, and what is beyond MOST_PRODUCTS and MOST_PAIRS.

    Raises:
        UserError: too little is left to recommend anything.
    """
    times = np.ones(len(customers)) if counts is None else np.asarray(counts, dtype=np.float64)
    bought = times > 0
    who, customer = np.unique(customers[bought], return_inverse=True)
    what, product = np.unique(products[bought], return_inverse=True)
    pairs, added = _added_up(customer, product, times[bought])
    kept = _worth_keeping(pairs)
    _check_enough(pairs[kept])
    notes = _notes(pairs, kept)
    pairs, added = pairs[kept], added[kept]
    customer_codes, customer = np.unique(pairs[:, 0], return_inverse=True)
    product_codes, product = _most_bought_first(pairs[:, 1])
    order = np.lexsort((product, customer))
    catalogue = Catalogue(
        tuple(str(name) for name in who[customer_codes]),
        _distinct([str(name) for name in what[product_codes]], titles or {}),
        np.maximum(np.rint(added[order]), 1).astype(np.int64),
    )
    return Pairs(np.stack((customer, product), axis=1)[order].astype(np.int64), catalogue, notes)


def _added_up(
    customer: IntArray, product: IntArray, times: NDArray[np.float64]
) -> tuple[IntArray, NDArray[np.float64]]:
    """(N, 2) the different pairs of codes (n,), and (N,) how often each was bought."""
    products = int(product.max(initial=0)) + 1
    keys, line = np.unique(customer * products + product, return_inverse=True)
    added = np.bincount(line, times, minlength=len(keys)).astype(np.float64)
    return np.stack(np.divmod(keys, products), axis=1).astype(np.int64), added


def _worth_keeping(pairs: IntArray) -> NDArray[np.bool_]:
    """(N,) which pairs stay: leaving out one customer can make a product too seldom bought."""
    kept = np.ones(len(pairs), dtype=np.bool_)
    popular = _rank(pairs[:, 1], kept) < MOST_PRODUCTS
    kept &= popular
    while True:
        before = int(np.count_nonzero(kept))
        kept &= _sizes(pairs[:, 1], kept) >= FEWEST_CUSTOMERS
        kept &= _sizes(pairs[:, 0], kept) >= FEWEST_BOUGHT
        if np.count_nonzero(kept) == before:
            break
    if before > MOST_PAIRS:
        # Whole customers, the busiest first, as long as there is room for them.
        rank = _rank(pairs[:, 0], kept)
        filled = np.cumsum(np.bincount(rank[kept]))
        kept &= rank < np.searchsorted(filled, MOST_PAIRS, side="right")
    return kept


def _sizes(codes: IntArray, kept: NDArray[np.bool_]) -> IntArray:
    """(N,) how many kept rows have the same code as each row."""
    counts = np.bincount(codes[kept], minlength=int(codes.max(initial=0)) + 1)
    return counts[codes].astype(np.int64)


def _rank(codes: IntArray, kept: NDArray[np.bool_]) -> IntArray:
    """(N,) place of each row's code among all codes, the one with most kept rows first."""
    counts = np.bincount(codes[kept], minlength=int(codes.max(initial=0)) + 1)
    place = np.empty(len(counts), dtype=np.int64)
    place[np.argsort(-counts, kind="stable")] = np.arange(len(counts))
    return place[codes]


def _most_bought_first(products: IntArray) -> tuple[IntArray, IntArray]:
    """The different products, the one with most customers first, and (N,) places among them."""
    codes, place, counts = np.unique(products, return_inverse=True, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return codes[order], np.argsort(order, kind="stable")[place].astype(np.int64)


def _check_enough(pairs: IntArray) -> None:
    products = len(np.unique(pairs[:, 1]))
    if products >= FEWEST_PRODUCTS:
        return
    raise UserError(
        f"Only {products} products were bought by {FEWEST_CUSTOMERS} customers or more who bought "
        f"{FEWEST_BOUGHT} different ones or more: too few to recommend from.",
        f"Use purchases of {FEWEST_PRODUCTS} such products or more; hundreds are better.",
    )


def _notes(pairs: IntArray, kept: NDArray[np.bool_]) -> tuple[str, ...]:
    if kept.all():
        return ()
    left = [len(np.unique(pairs[kept, column])) for column in (0, 1)]
    out = [len(np.unique(pairs[:, column])) - left[column] for column in (0, 1)]
    return (
        f"Left out: {out[0]:,} customers and {out[1]:,} products. A customer must have bought "
        f"{FEWEST_BOUGHT} different products, a product have had {FEWEST_CUSTOMERS} customers; at "
        f"most {MOST_PRODUCTS:,} products and {MOST_PAIRS:,} pairs are used, those of most "
        "purchases.",
    )


def _distinct(names: list[str], titles: Mapping[str, str]) -> tuple[str, ...]:
    """What each product is called; the name of two of them is followed by their codes."""
    called = [titles.get(name, name) for name in names]
    twice = {title for title, times in Counter(called).items() if times > 1}
    return tuple(
        f"{title} ({name})" if title in twice and title != name else title
        for name, title in zip(names, called, strict=True)
    )
