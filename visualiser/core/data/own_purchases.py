"""The user's own purchases: a table of who bought what, and how often."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from visualiser.core.data.dataset import DataCard, Dataset
from visualiser.core.data.encoding_table import listed
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.own_kind import LIKELY, NO, POSSIBLE, OwnKind, Survey
from visualiser.core.data.own_table import OwnTableOptions, read_columns
from visualiser.core.data.own_table_columns import Column
from visualiser.core.data.own_table_file import TableFile, inspect_file
from visualiser.core.data.own_table_target import as_categories
from visualiser.core.data.own_table_ways import WaysToRead, recognised_ways
from visualiser.core.data.purchases import purchase_pairs, purchases_dataset
from visualiser.core.data.source import Defaults, Progress, Source
from visualiser.core.errors import UserError

_ID = r"([ _.-]?(id|no|nr))?"
_USERS = re.compile(rf"(user|customer|client|klant|member|household|person){_ID}", re.I)
_ITEMS = re.compile(
    rf"(item|product|article|artikel|sku|stock.?code|movie|film|book|song|title){_ID}", re.I
)
_COUNTS = re.compile(r"(count|quantity|qty|orders|number|aantal|plays|units|rating)", re.I)
_FEW = 8
"""A table with more columns is something else as a rule."""


class OwnPurchasesOptions(WaysToRead):
    """Which table, and which of its columns say who, what and how often.

    Empty names let the program guess; without a column of counts each line is one purchase.
    """

    path: str = ""
    user: Annotated[str, Field(title="Who buys", description="Column of customers.")] = ""
    item: Annotated[str, Field(title="What is bought", description="Column of products.")] = ""
    count: Annotated[
        str, Field(title="How often", description="Column of counts, where there is one.")
    ] = ""


def load(options: OwnPurchasesOptions, seed: int, progress: Progress) -> Dataset:
    """Pairs of customers and products.

    Raises:
        UserError: the table cannot be read, or too little is left to recommend anything.
        Cancelled: the user pressed Cancel.
    """
    if not options.path.strip():
        raise UserError("No file has been chosen.", "Open or drop a table of purchases.")
    path = Path(options.path).expanduser()
    user, item, count = _roles(inspect_file(path, **options.ways()), options)
    wanted = OwnTableOptions(path=options.path, target=item, group=user, **options.ways())
    _, columns = read_columns(wanted, progress, only=frozenset(filter(None, (user, item, count))))
    customers, products = _texts(columns[user]), _texts(columns[item])
    counts = columns[count].values if count else None
    if count and counts is None:
        raise UserError(
            f"{isolated(path.name)}: the column “{isolated(count)}” has no numbers.",
            "Choose another one, or none.",
        )
    known = (customers != "") & (products != "")
    progress.update(1, "Counting purchases")
    pairs = purchase_pairs(
        customers[known], products[known], None if counts is None else counts[known]
    )
    card = DataCard(
        what="Your own purchases.",
        source=str(path),
        licence="Yours to know: may these purchases be used for this?",
        size=f"{len(pairs.pairs):,} pairs of a customer and a product",
        weaknesses=("What was not bought may be disliked, or never seen.",),
    )
    dataset = purchases_dataset(SOURCE.name, path.name, card, pairs)
    return dataset.with_notes((_said(user, item, count), *dataset.notes))


def _roles(file: TableFile, options: OwnPurchasesOptions) -> tuple[str, str, str]:
    """Names of the columns; of the count empty where there is none."""
    for name in filter(None, (options.user, options.item, options.count)):
        if name not in file.columns:
            raise UserError(
                f"{isolated(file.path.name)} has no column “{isolated(name)}”.",
                f"Its columns are: {listed([*map(isolated, file.columns)])}.",
            )
    user = options.user or _named(file.columns, _USERS) or file.columns[0]
    others = [name for name in file.columns if name != user]
    item = options.item or _named(others, _ITEMS) or others[0]
    count = options.count or _named([name for name in others if name != item], _COUNTS)
    if user == item:
        raise UserError(
            f"“{isolated(user)}” cannot be both who buys and what is bought.", "Choose two columns."
        )
    return user, item, count


def _said(user: str, item: str, count: str) -> str:
    who, what, often = map(isolated, (user, item, count))
    how = f"“{who}” is who buys, “{what}” what is bought"
    return f"{how}, “{often}” how often." if count else f"{how}; each line is one purchase."


def _named(names: Sequence[str], pattern: re.Pattern[str]) -> str:
    return next((name for name in names if pattern.fullmatch(name.strip())), "")


def _texts(column: Column) -> NDArray[np.object_]:
    """(N,) the cells as text; empty where missing."""
    if column.kind in {"empty", "constant"}:
        raise UserError(
            f"The column “{isolated(column.name)}” is empty or always the same.",
            "Choose another one.",
        )
    codes, names = as_categories(column)
    return np.array([*names, ""], dtype=object)[codes]


def _likelihood(path: Path) -> float:
    try:
        columns = inspect_file(path).columns if path.is_file() else ()
    except UserError:
        return NO
    named = bool(_named(columns, _USERS)) and bool(_named(columns, _ITEMS))
    if not columns:
        return NO
    return LIKELY + 0.1 if named and len(columns) <= _FEW else POSSIBLE / 2


def survey(options: OwnPurchasesOptions, progress: Progress) -> Survey:
    """What the columns are taken for."""
    file = inspect_file(Path(options.path).expanduser(), **options.ways())
    names = tuple((name, name) for name in file.columns)
    choices = {
        "user": (("", "Recognise"), *names),
        "item": (("", "Recognise"), *names),
        "count": (("", "Recognise"), *names),
        "sheet": tuple((sheet, sheet) for sheet in file.sheets),
    }
    try:
        user, item, count = _roles(file, options)
    except UserError as error:
        return Survey(
            (),
            str(error),
            choices=choices,
            columns=file.columns,
            rows=file.rows,
            recognised=recognised_ways(file),
        )
    fact = _said(user, item, count)
    guesses = {"user": user, "item": item, "count": count or "none"}
    return Survey(
        (fact,),
        choices=choices,
        columns=file.columns,
        rows=file.rows,
        recognised=recognised_ways(file) | guesses,
    )


SOURCE = Source(
    name="own_purchases",
    title="Your own purchases",
    summary="A table of who bought what, and how often: what else should they be shown?",
    job="Your own data",
    modality=None,
    task=None,
    options=OwnPurchasesOptions,
    load=load,
    defaults=Defaults(model="matrix_factorisation", batch_size=512, learning_rate=0.005, epochs=15),
    file=lambda options: Path(options.path).expanduser(),
)
KIND = OwnKind(
    SOURCE,
    "a list of purchases",
    _likelihood,
    survey,
    named_options=("user", "item", "count", "sheet"),
)
