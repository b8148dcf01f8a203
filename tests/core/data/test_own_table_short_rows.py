import gzip
from pathlib import Path

import pytest

from tests.core.data.own_tables import load, notes, written

WHOLE = "a,b,c\n" + "1,2,x\n3,4,y\n" * 20


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (WHOLE + "5\n" + "1,2,x\n" * 3, "1 row has fewer cells than the table has columns (in"),
        (WHOLE + "5\n1,2,x\n7,8\n", "2 rows have fewer cells than the table has columns (first in"),
        (WHOLE + '1,"2\n",x\n\n5,6\n', "(in line 45)"),
    ],
)  # fmt: skip
def test_rows_that_are_too_short_are_counted(tmp_path: Path, text: str, said: str) -> None:
    assert said in notes(load(written(tmp_path, text), target="c"))


@pytest.mark.parametrize("end", ["5,6,\n", "\n\n", "  \n", "1,2,x"])
def test_empty_cells_and_blank_lines_are_no_short_rows(tmp_path: Path, end: str) -> None:
    assert "fewer cells" not in notes(load(written(tmp_path, WHOLE + end), target="c"))


def test_short_rows_beyond_those_looked_at_first_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "table.csv.gz"
    path.write_bytes(gzip.compress((WHOLE + "1,2,x\n" * 5_000 + "5\n").encode()))
    assert "(in line 5,042)" in notes(load(path, target="c"))


def test_short_rows_are_counted_where_the_last_column_is_left_out(tmp_path: Path) -> None:
    path = written(tmp_path, WHOLE + "1\n")
    assert "(in line 42)" in notes(load(path, target="b", leave_out=["c"]))


def test_rows_that_are_not_read_are_not_counted(tmp_path: Path) -> None:
    path = written(tmp_path, WHOLE + "5\n")
    assert "fewer cells" not in notes(load(path, target="c", rows=40))
