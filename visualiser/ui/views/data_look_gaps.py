"""What a model reads where a table has nothing."""

from visualiser.core.data.cell_text import date_text, number_text
from visualiser.core.data.dataset import Dataset, Table
from visualiser.core.data.encoding_spec import Encoder
from visualiser.core.data.encoding_table import TableEncoder


def gap_texts(dataset: Dataset, encoder: Encoder) -> tuple[str, ...]:
    """For each column, numbers first, what stands for a missing value; empty for no category."""
    table = dataset.features
    if not isinstance(table, Table) or not isinstance(encoder, TableEncoder):
        return ()
    numbers = (
        date_text(column.fill) if column.name in table.dates else number_text(column.fill)
        for column in encoder.numeric
    )
    return (*numbers, *("" for _ in encoder.categorical))
