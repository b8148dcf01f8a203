"""How the file of a table is read: delimiter, names, encoding and sheet."""

from tests.core.data.test_own_table_workbook import FLATS
from tests.core.data.workbooks import row, text_row, workbook
from tests.ui.opened_tables import answered, choose
from visualiser.ui.import_dialog import ImportDialog


def test_another_delimiter_reads_the_file_again(open_table, qtbot):
    dialog = open_table("a;b\n" + "1;2\n3;4\n" * 15)
    assert dialog.page.table.columnCount() == 2
    delimiter = dialog.page.form.controls["delimiter"]
    delimiter.put("|")
    delimiter.edited.emit()
    assert not dialog.use.isEnabled()
    qtbot.waitUntil(dialog.page.error.isVisible, timeout=20_000)
    delimiter.put(";")
    delimiter.edited.emit()
    qtbot.waitUntil(dialog.use.isEnabled, timeout=20_000)
    assert not dialog.page.error.isVisible()


def test_another_encoding_reads_the_file_again(open_table, qtbot):
    dialog = open_table("town,hired\n" + "Łódź,yes\nKraków,no\n" * 15)
    dialog._path.write_bytes(dialog._path.read_text().encode("cp1250"))
    choose(dialog, "encoding", "cp1250")
    qtbot.waitUntil(dialog.use.isEnabled, timeout=20_000)
    assert dialog.page.table.item(0, 0).text() == "Łódź"
    assert "Windows-1250" in dialog.page.recognised.text()
    assert dialog.page.options()["encoding"] == "cp1250"


def test_bytes_that_are_not_utf8_are_said_beside_what_was_recognised(open_table):
    rows = "Curaçao,yes\nSão Paulo,no\n" * 15
    dialog = open_table(f"town,hired\n{rows}".encode() + b"M\xfcnchen,yes\n")
    assert "1 byte is not UTF-8 (in line 32)" in dialog.page.doubt.text()
    assert dialog.page.table.item(0, 0).text() == "Curaçao"


def test_the_sheet_of_a_workbook_is_chosen(qtbot):
    dialog = ImportDialog(FLATS)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(dialog.use.isEnabled, timeout=20_000)
    assert "an Excel workbook" in dialog.page.recognised.text()
    sheet = dialog.page.form.controls["sheet"]
    assert sheet.isVisibleTo(dialog)
    assert not dialog.page.form.controls["delimiter"].isVisibleTo(dialog)
    assert dialog.page.options()["sheet"] == "Flats"
    sheet.put("Notes")
    sheet.edited.emit()
    qtbot.waitUntil(lambda: dialog.page.table.columnCount() == 2, timeout=20_000)
    assert dialog.page.options()["sheet"] == "Notes"


RENTS = text_row("size", "rent") + "".join(row(20 + n, 500 + 7 * n % 90) for n in range(30))


def test_the_first_sheet_with_a_table_is_shown_and_another_one_can_always_be_chosen(
    qtbot, tmp_path
):
    path = workbook(tmp_path, text_row("see the second sheet"), others={"Flats": RENTS})
    dialog = ImportDialog(path)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(dialog.use.isEnabled, timeout=20_000)
    assert dialog.page.options()["sheet"] == "Flats"
    choose(dialog, "sheet", "First")
    qtbot.waitUntil(dialog.page.error.isVisible, timeout=20_000)
    assert "The sheet “First” of book.xlsx has one column only." in dialog.page.error.text()
    assert "delimiter" not in dialog.page.error.text()
    assert not dialog.use.isEnabled()
    assert not dialog.page.form.controls["target"].isVisible()
    assert dialog.page.form.controls["sheet"].isVisible()
    choose(dialog, "sheet", "Flats")
    qtbot.waitUntil(dialog.use.isEnabled, timeout=20_000)
    assert dialog.page.form.controls["target"].isVisible()


def test_sheets_are_offered_where_none_of_them_is_a_table(qtbot, tmp_path):
    path = workbook(tmp_path, text_row("a note"), others={"More": text_row("a", "b")})
    dialog = ImportDialog(path)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: answered(dialog, "refusal"), timeout=20_000)
    assert "None of the sheets of book.xlsx holds a table." in dialog.page.error.text()
    sheet = dialog.page.form.controls["sheet"]
    assert sheet.isVisible()
    assert [sheet.itemText(place) for place in range(sheet.count())] == ["First", "More"]


def test_recognise_says_what_was_recognised(open_table, qtbot):
    dialog = open_table("a;b\n" + "1;yes\n3;no\n" * 15)
    shown = {name: box.itemText(0) for name, box in dialog.page.form.controls.items()}
    assert shown["delimiter"] == "Recognise (semicolon)"
    assert shown["encoding"] == "Recognise (UTF-8)"
    assert shown["header"] == "Recognise (names)"
    assert shown["task"] == "Recognise (classification)"
    assert shown["positive"] == "Recognise (yes)"
    choose(dialog, "delimiter", ",")
    qtbot.waitUntil(dialog.page.error.isVisible, timeout=20_000)
    assert dialog.page.form.controls["delimiter"].itemText(0) == "Recognise (semicolon)"


def test_a_text_that_is_no_table_may_be_one_if_it_is_read_in_another_way(open_table, qtbot):
    dialog = open_table("rent,rent\n" + "1,2\n4,3\n" * 15)
    assert "two columns called “rent”" in dialog.page.error.text()
    form = dialog.page.form.controls
    assert form["header"].isVisible()
    assert not form["target"].isVisible()
    assert dialog.another.isVisible()
    assert dialog.height() < dialog.width()
    choose(dialog, "header", "no")
    qtbot.waitUntil(dialog.use.isEnabled, timeout=20_000)
    assert form["target"].isVisible()
    assert dialog.page.table.columnCount() == 2


def test_what_is_no_text_at_all_has_nothing_to_choose(open_table):
    dialog = open_table(b"\x00\x01\x02" * 200)
    assert not dialog.page.form.isVisible()
