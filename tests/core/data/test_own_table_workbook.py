import io
import random
import zipfile
from pathlib import Path

import numpy as np
import pytest

from tests.core.data.own_tables import categories, load, notes, numeric
from tests.core.data.workbooks import row, text_row, workbook
from visualiser.core.data import own_table_reading, own_table_sheet, own_table_workbook
from visualiser.core.data.own_table_opening import open_bytes
from visualiser.core.data.own_table_preview import preview
from visualiser.core.data.own_table_unusable import UnusableTable
from visualiser.core.data.own_table_workbook import Workbook
from visualiser.core.data.source import Cancelled, Progress
from visualiser.core.errors import UserError

FLATS = Path(__file__).parent / "tables_of_users" / "flats.xlsx"


def lines(path: Path, sheet: str = "") -> list[str]:
    with open_bytes(path, sheet) as stream:
        return io.TextIOWrapper(stream, "utf-8").read().splitlines()


def test_a_workbook_is_a_table_like_any_other() -> None:
    dataset = load(FLATS, target="rent")
    assert len(dataset) == 40
    assert dataset.task == "regression"
    assert dataset.labels[:3].tolist() == [500, 507.5, 515]
    assert categories(dataset, "town") == ["Ely"] * 20 + ["Bath"] * 20
    assert numeric(dataset, "seen")[:2].tolist() == [19723, 19724]
    assert categories(dataset, "garden")[:2] == ["yes", "no"]
    assert numeric(dataset, "column 3")[:6].tolist() == [0, 1, 2, 3, 4, 0]
    assert "the sheet “Flats”" in notes(dataset)
    assert "“share” has no values" in notes(dataset)


def test_dates_and_moments_are_read_by_their_style() -> None:
    first = lines(FLATS)[1].split(",")
    assert first[3:5] == ["2024-01-01", "2024-01-01 06:30:00"]


def test_another_sheet_is_read_on_request() -> None:
    seen = preview(FLATS, sheet="Notes")
    assert (seen.file.sheet, seen.file.sheets) == ("Notes", ("Flats", "Notes"))
    assert seen.file.rows[0] == ("first line of 0", "a")
    assert preview(FLATS).file.sheet == "Flats"
    with pytest.raises(UserError, match=r"no sheet “Gone”") as caught:
        load(FLATS, sheet="Gone")
    assert "Flats, Notes" in caught.value.hint


def test_a_workbook_that_begins_with_notes_is_read_from_its_first_table(tmp_path: Path) -> None:
    rents = text_row("size", "rent") + "".join(row(n, 7 * n % 30) for n in range(20))
    two_rows = text_row("who", "when") + text_row("Ann", "today")
    path = workbook(
        tmp_path, text_row("a note"), others={"About": two_rows, "Rents": rents, "More": rents}
    )
    assert preview(path).file.sheet == "Rents"
    dataset = load(path)
    assert len(dataset) == 20
    assert "the sheet “Rents”" in notes(dataset)
    assert preview(workbook(tmp_path, text_row("a"), others={"Few": two_rows})).file.sheet == "Few"


def test_a_sheet_that_is_no_table_is_refused_by_name_and_with_the_other_sheets(
    tmp_path: Path,
) -> None:
    path = workbook(
        tmp_path,
        text_row("a note"),
        others={"Titled": text_row("All flats") + row(1, 2), "Empty": "", "Short": row(1, 2)},
    )
    for sheet, words in {
        "First": "“First” of book.xlsx has one column only. A table needs a target",
        "Titled": "row 1, holds no column names: it has 1 cell, and rows below have 2",
        "Empty": "The sheet “Empty” of book.xlsx is empty",
    }.items():
        with pytest.raises(UnusableTable) as caught:
            preview(path, sheet=sheet)
        assert words in str(caught.value)
        assert "delimiter" not in str(caught.value)
        assert (caught.value.sheet, len(caught.value.sheets)) == (sheet, 4)


def test_delimiter_and_encoding_chosen_for_text_do_not_matter() -> None:
    assert len(load(FLATS, delimiter=";", encoding="cp1251", target="rent")) == 40


def test_formulas_count_with_their_saved_value_and_errors_as_missing(tmp_path: Path) -> None:
    rows = text_row("a", "b") + (
        "<row><c><f>1+1</f><v>2</v></c><c t='str'><f>T(1)</f><v>x,y</v></c></row>"
        "<row><c t='e'><v>#DIV/0!</v></c><c t='b'><v>1</v></c></row>"
    )
    assert lines(workbook(tmp_path, rows)) == ["a,b", '2,"x,y"', ",yes"]


def test_shared_texts_leave_out_how_they_are_pronounced(tmp_path: Path) -> None:
    shared = (
        "<si><r><t>東</t></r><r><t>京</t></r><rPh><t>トウキョウ</t></rPh></si><si><t>b</t></si>"
    )
    rows = "<row><c t='s'><v>0</v></c><c t='s'><v>1</v></c></row>" + row(1, 2)
    assert lines(workbook(tmp_path, rows, shared=shared)) == ["東京,b", "1,2"]


def test_styles_that_only_quote_letters_are_no_dates(tmp_path: Path) -> None:
    cells = "".join(f"<c s='{style}'><v>45000</v></c>" for style in range(5))
    found = lines(workbook(tmp_path, f"<row>{cells}</row>"))[0].split(",")
    assert found == ["45000", "2023-03-15", "2023-03-15", "45000", "2023-03-15"]
    half = "<row><c s='4'><v>45000.25</v></c><c s='1'><v>0.5</v></c><c s='1'><v>-3</v></c></row>"
    assert lines(workbook(tmp_path, half)) == ["2023-03-15 06:00:00,12:00:00,-3"]


def test_days_are_counted_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    path = workbook(tmp_path, "<row><c s='1'><v>1</v></c></row>", book="<workbookPr date1904='1'/>")
    assert lines(path) == ["1904-01-02"]


def test_cells_stand_where_they_say_and_empty_rows_keep_their_numbers(tmp_path: Path) -> None:
    rows = (
        "<row r='1'><c r='A1'><v>1</v></c><c r='C1'><v>3</v></c></row>"
        "<row r='4'><c r='B4'><v>2</v></c></row>"
        "<row r='2'><c r='AA2'><v>7</v></c></row>"
    )
    assert lines(workbook(tmp_path, rows)) == ["1,,3", "", "", ",2", "," * 26 + "7"]


def test_what_stands_beside_the_table_is_a_sentence_with_its_row(tmp_path: Path) -> None:
    rows = text_row("a", "b") + row(1, 2) * 5 + row(1, 2, 3) + row(1, 2) * 5
    with pytest.raises(UserError, match=r"book\.xlsx, row 7: 3 cells") as caught:
        load(workbook(tmp_path, rows))
    assert "beside the table" in caught.value.hint


def test_a_cell_in_the_very_last_place_needs_no_memory(tmp_path: Path) -> None:
    rows = text_row("a", "b") + row(1, 2) * 20
    far = "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
    with pytest.raises(UserError, match=r"row 1,048,576: 16384 cells"):
        load(workbook(tmp_path, rows + far))


def archive(path: Path, member: str, content: str) -> Path:
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr(member, content)
    return path


@pytest.mark.parametrize(
    ("name", "member", "content"),
    [
        ("flats.ods", "mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("template.ots", "mimetype", "application/vnd.oasis.opendocument.spreadsheet-template"),
        ("flats.xlsb", "xl/workbook.bin", "hello"),
        ("flats.numbers", "Index/Document.iwa", "hello"),
    ],
)
def test_workbooks_of_other_formats_are_to_be_saved_as_xlsx_or_csv(
    tmp_path: Path, name: str, member: str, content: str
) -> None:
    with pytest.raises(UserError, match=f"{name} is a workbook of another format") as caught:
        load(archive(tmp_path / name, member, content))
    assert "save it as .xlsx, or as CSV" in caught.value.hint


def test_an_old_workbook_is_to_be_saved_as_xlsx_or_csv(tmp_path: Path) -> None:
    path = tmp_path / "flats.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    with pytest.raises(UserError, match="old Excel workbook") as caught:
        load(path)
    assert "save it as .xlsx without a password, or as CSV" in caught.value.hint


@pytest.mark.parametrize(
    ("member", "content"),
    [("notes.txt", "hello"), ("mimetype", "application/vnd.oasis.opendocument.text")],
)
def test_archives_that_are_no_workbooks_are_named(
    tmp_path: Path, member: str, content: str
) -> None:
    with pytest.raises(UserError, match="zip archive, not a table"):
        load(archive(tmp_path / "table.csv", member, content))


def test_a_sheet_that_unpacks_to_gigabytes_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path, text_row("a", "b") + row(1, 2) * 3000)
    monkeypatch.setattr(own_table_workbook, "MAX_SHEET_BYTES", 50_000)
    with pytest.raises(UserError, match=r"too large: it unpacks to"):
        load(path)


def test_a_sheet_of_nothing_but_blanks_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_table_sheet, "MAX_WITHOUT_ROWS", 2_000_000)
    path = workbook(tmp_path, text_row("a", "b") + " " * 5_000_000 + row(1, 2))
    with pytest.raises(UserError, match="without a row"):
        load(path)


def test_what_stands_behind_the_rows_may_be_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_table_sheet, "MAX_WITHOUT_ROWS", 500_000)
    behind = "<conditionalFormatting/>" * 100_000
    path = workbook(tmp_path, text_row("a", "b") + row(1, 2), after=behind)
    assert lines(path) == ["a,b", "1,2"]


def test_damage_behind_the_rows_is_noticed_by_the_checksum(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, text_row("a", "b") + row(1, 2) * 20, packed=False, after="<ab/>" * 10**5
    )
    content = path.read_bytes()
    path.write_bytes(content.replace(b"<ab/></worksheet>", b"<ac/></worksheet>"))
    with pytest.raises(UserError, match="damaged"):
        lines(path)


def test_a_size_that_lies_is_noticed(tmp_path: Path) -> None:
    path = workbook(tmp_path, text_row("a", "b") + row(1, 2) * 3000)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    told = size.to_bytes(4, "little")
    assert content.count(told) == 2
    path.write_bytes(content.replace(told, (1000).to_bytes(4, "little")))
    with pytest.raises(UserError, match="damaged"):
        load(path)


def test_xml_with_entities_of_its_own_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "laughs.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "xl/workbook.xml",
            '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;">]><workbook>&b;</workbook>',
        )
    with pytest.raises(UserError, match="document type"):
        load(path)


def test_a_damaged_workbook_is_a_sentence_whatever_is_damaged(tmp_path: Path) -> None:
    whole = FLATS.read_bytes()
    path = tmp_path / "damaged.xlsx"
    draw = random.Random(0)
    for _ in range(150):
        content = bytearray(whole[: draw.choice([len(whole), draw.randrange(4, len(whole))])])
        for _ in range(draw.randint(0, 3)):
            content[draw.randrange(4, len(content))] = draw.randrange(256)
        path.write_bytes(content)
        try:
            load(path, target="rent")
        except UserError as error:
            assert error.hint


def test_reading_can_be_cancelled_and_tells_how_far_it_is(tmp_path: Path) -> None:
    class Watching(Progress):
        def __init__(self) -> None:
            self.shares: list[float] = []
            self.checks = 0

        def update(self, done: float, text: str) -> None:
            self.shares.append(done)

        def check(self) -> None:
            self.checks += 1
            if self.checks > 3:
                raise Cancelled

    path = workbook(tmp_path, text_row("a", "b") + "".join(row(n, n % 3) for n in range(40_000)))
    watching = Watching()
    with pytest.raises(Cancelled):
        load(path, watching)
    assert np.all(np.array(watching.shares) <= 1)


def test_a_long_workbook_with_names_is_not_read_again_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_table_reading, "LOOK_ROWS", 1_000)
    monkeypatch.setattr(own_table_reading, "CHUNK_CELLS", 3_000)
    opened = []
    text = Workbook.text
    monkeypatch.setattr(
        Workbook, "text", lambda book, sheet: opened.append(sheet) or text(book, sheet)
    )
    rows = [
        f"<row><c t='str'><v>id {n}</v></c><c><v>{n % 7}</v></c><c><v>{n % 2}</v></c></row>"
        for n in range(4_000)
    ]
    dataset = load(workbook(tmp_path, text_row("id", "a", "b") + "".join(rows)), target="b")
    assert len(dataset) == 4_000
    assert "“id” is different in nearly every row" in notes(dataset)
    assert len(opened) == 2  # to look at it, and to read it
