import csv
import io
import random
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.core.data.own_tables import categories, load, notes, numeric
from visualiser.core.data import own_table_opening, own_table_parquet_pages
from visualiser.core.data.own_kinds import recognised
from visualiser.core.data.own_table_opening import open_bytes
from visualiser.core.data.own_table_parquet_values import hybrid
from visualiser.core.data.own_table_preview import preview
from visualiser.core.errors import UserError

FOLDER = Path(__file__).parent / "tables_of_users"
FILES = sorted(FOLDER.glob("*.parquet"))
"""One table, as pyarrow writes it in several ways."""


def rows(path: Path) -> list[list[str]]:
    with open_bytes(path) as stream:
        return list(csv.reader(io.TextIOWrapper(stream, "utf-8")))


def expected() -> list[list[str]]:
    def gaps(row: int, text: str) -> str:
        return "" if row % 7 == 3 else text

    header = [
        "price",
        "count",
        "garden",
        "town",
        "id",
        "day",
        "moment",
        "money",
        "small",
        "unsigned",
        "last",
    ]
    table = [header]
    for n in range(60):
        table.append(
            [
                gaps(n, repr(n * 1.25)),
                str(n),
                gaps(n, "yes" if n % 3 == 0 else "no"),
                gaps(n, ("Ely", "Bäth")[n % 2]),
                f"id-{n:06}",
                gaps(n, str(date(2020, 1, 1) + timedelta(days=n))),
                str(datetime(2020, 1, 1, 3) + timedelta(hours=n)),
                f"{n / 100:.2f}",
                str(n),
                str(2**32 - 1 - n),
                gaps(n, "xy"[n % 2]),
            ]
        )
    return table


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_all_ways_of_writing_a_table_give_the_same_cells(path: Path) -> None:
    assert rows(path) == expected()


def test_a_parquet_file_is_a_table_like_any_other() -> None:
    dataset = load(FOLDER / "snappy.parquet", target="garden")
    assert dataset.class_names == ("no", "yes")
    assert len(dataset) == 51
    assert set(categories(dataset, "town")) == {"Ely", "Bäth"}
    assert numeric(dataset, "count")[:3].tolist() == [0, 1, 2]
    assert "holds more than one value: tags" in notes(dataset)


def test_the_preview_knows_its_names() -> None:
    seen = preview(FOLDER / "snappy.parquet", header="no", delimiter=";")
    assert seen.file.has_header
    assert seen.names[:2] == ("price", "count")


def test_what_is_no_parquet_behind_its_first_bytes_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    for content in (b"PAR1", b"PAR1PAR1", b"PAR1" + bytes(100) + b"\xff\xff\xff\xffPAR1"):
        path.write_bytes(content)
        with pytest.raises(UserError, match="cannot be read"):
            load(path)


def test_a_damaged_file_is_a_sentence_whatever_is_damaged(tmp_path: Path) -> None:
    whole = (FOLDER / "snappy.parquet").read_bytes()
    footer = int.from_bytes(whole[-8:-4], "little") + 8
    path = tmp_path / "damaged.parquet"
    draw = random.Random(0)
    for _ in range(300):
        content = bytearray(whole)
        for _ in range(draw.randint(1, 4)):
            low = len(whole) - footer if draw.random() < 0.6 else 4
            content[draw.randrange(low, len(whole))] = draw.randrange(256)
        path.write_bytes(content)
        try:
            load(path, target="garden")
        except UserError as error:
            assert error.hint


def test_runs_and_packs_of_small_numbers() -> None:
    # The example of the format's own description: 0 to 7 in three bits each; then a run.
    packed = bytes([0b00000011, 0b10001000, 0b11000110, 0b11111010])
    assert hybrid(packed, 3, 8).tolist() == list(range(8))
    assert hybrid(bytes([10 << 1, 5]) + packed, 3, 18).tolist() == [5] * 10 + list(range(8))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_pages_are_made_into_text_some_rows_at_a_time(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_table_parquet_pages, "_ROWS_AT_ONCE", 7)
    assert rows(path) == expected()


def test_several_kinds_of_data_look_at_one_beginning_until_the_file_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = list[Path]()

    def counted(path: Path, sheet: str) -> bytes:
        made.append(path)
        return beginning(path, sheet)

    beginning = own_table_opening._beginning
    monkeypatch.setattr(own_table_opening, "_beginning", counted)
    path = tmp_path / "table.parquet"
    path.write_bytes(FILES[0].read_bytes())
    recognised(path)
    first = preview(path)
    assert made == [path]
    path.write_bytes(b"PAR1 and no more")
    with pytest.raises(UserError, match="cannot be read"):
        preview(path)
    path.write_bytes(FILES[1].read_bytes())
    assert preview(path).file.rows == first.file.rows
    assert len(made) == 3
