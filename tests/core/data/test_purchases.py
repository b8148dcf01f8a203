import numpy as np
import pytest

from visualiser.core.data import purchases, shop_purchases
from visualiser.core.data.purchases import Pairs, purchase_pairs
from visualiser.core.data.source import NoOptions, Progress
from visualiser.core.data.split import split_dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import SplitConfig


def everyone_buys(customers: int, products: int) -> tuple[np.ndarray, np.ndarray]:
    """Each customer once with each product."""
    who = np.repeat([f"c{number}" for number in range(customers)], products)
    return who, np.tile([f"p{number}" for number in range(products)], customers)


def named(pairs: Pairs) -> dict[tuple[str, str], int]:
    book = pairs.catalogue
    return {
        (book.customers[who], book.products[what]): int(times)
        for (who, what), times in zip(pairs.pairs.tolist(), book.times, strict=True)
    }


def test_what_is_listed_twice_is_added_up_and_what_was_taken_back_is_no_purchase() -> None:
    who, what = everyone_buys(3, 25)
    counts = np.ones(len(who) + 3)
    counts[-3:] = (4, -1, np.nan)
    who = np.append(who, ["c1", "c1", "c2"])
    what = np.append(what, ["p7", "p8", "p9"])
    bought = named(purchase_pairs(who, what, counts))
    assert len(bought) == 75
    assert bought["c1", "p7"] == 5
    assert bought["c1", "p8"] == bought["c2", "p9"] == 1


def test_products_are_counted_from_the_most_bought_one() -> None:
    who, what = everyone_buys(4, 25)
    dropped = (who != "c0") | np.isin(what, ["p3", "p4", "p5", "p6", "p7"])
    pairs = purchase_pairs(who[dropped], what[dropped])
    assert set(pairs.catalogue.products[:5]) == {"p3", "p4", "p5", "p6", "p7"}
    counts = np.bincount(pairs.pairs[:, 1])
    assert (np.diff(counts) <= 0).all()


def test_customers_and_products_with_too_little_to_learn_from_are_left_out_and_told() -> None:
    who, what = everyone_buys(3, 25)
    who = np.append(who, ["once", "once", "c1"])
    what = np.append(what, ["p1", "p2", "alone"])
    pairs = purchase_pairs(who, what)
    assert pairs.catalogue.customers == ("c0", "c1", "c2")
    assert "alone" not in pairs.catalogue.products
    assert pairs.notes[0].startswith("Left out: 1 customers and 1 products.")


def test_of_a_very_large_table_the_busiest_customers_and_products_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(purchases, "MOST_PRODUCTS", 22)
    monkeypatch.setattr(purchases, "MOST_PAIRS", 50)
    who, what = everyone_buys(4, 25)
    keep = (who != "c3") | (what != "p0")
    pairs = purchase_pairs(who[keep], what[keep])
    assert len(pairs.catalogue.products) == 22
    assert len(pairs.catalogue.customers) == 2
    assert len(pairs.pairs) == 44


def test_products_that_share_a_title_are_told_apart_by_their_codes() -> None:
    who, what = everyone_buys(3, 25)
    titles = {"p1": "Mug", "p2": "Mug", "p3": "Plate"}
    names = purchase_pairs(who, what, titles=titles).catalogue.products
    assert {"Mug (p1)", "Mug (p2)", "Plate", "p4"} < {*names}
    assert len({*names}) == len(names)


def test_too_few_products_are_refused_in_a_sentence() -> None:
    with pytest.raises(UserError, match="too few to recommend from"):
        purchase_pairs(*everyone_buys(3, 5))
    with pytest.raises(UserError, match="too few to recommend from"):
        purchase_pairs(np.array([], str), np.array([], str))


def test_every_customer_of_the_shop_keeps_purchases_and_has_some_held_out() -> None:
    dataset = shop_purchases.load(NoOptions(), 0, Progress())
    assert dataset.catalogue is not None and len(dataset) == 172_174
    customers = len(dataset.catalogue.customers)
    split = split_dataset(dataset, SplitConfig(), 0)
    for part, fewest in ((split.train, 7), (split.validation, 1), (split.test, 1)):
        counts = np.bincount(np.asarray(part.features)[:, 0], minlength=customers)
        assert counts.min() >= fewest
    assert dataset.label_text(0) == "White hanging heart t-light holder"
    assert dataset.catalogue.customer_text(16) == "customer 17"
