"""How a table of one's own is written, as the user says or as it is recognised."""

from typing import Any, Literal

from visualiser.core.data.own_table_dialect import DELIMITERS
from visualiser.core.data.own_table_encoding import EncodingChoice
from visualiser.core.data.own_table_file import TableFile
from visualiser.core.experiment import Value

Delimiter = Literal["auto", ",", ";", "\t", "|"]


class WaysToRead(Value):
    """What stands between the columns, the encoding, the first line, and of a workbook the sheet.

    Whatever reads a table has these options, under the names that `preview` has for them.
    """

    delimiter: Delimiter = "auto"
    encoding: EncodingChoice = "auto"
    header: Literal["auto", "yes", "no"] = "auto"
    sheet: str = ""

    def ways(self) -> dict[str, Any]:
        """These options by their names."""
        return {name: getattr(self, name) for name in WAYS}


WAYS = tuple(WaysToRead.model_fields)


def recognised_ways(file: TableFile) -> dict[str, str]:
    """What can be chosen of how this file is written, and what that is now, in words."""
    header = {"header": "names" if file.has_header else "data"}
    if file.container is not None:
        return {} if file.container.has_header else header
    delimiter = DELIMITERS[file.delimiter]
    return {"delimiter": delimiter, "encoding": file.encoding.title, **header}
