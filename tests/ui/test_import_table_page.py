import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QFontInfo
from PySide6.QtWidgets import QApplication

from tests.core.data.test_own_table_workbook import FLATS
from tests.core.data.workbooks import row, text_row, workbook
from visualiser.core.data import own_table_file
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig
from visualiser.ui.import_dialog import ImportDialog


@pytest.fixture
def opened(qtbot, tmp_path):
    def open_dialog(content: str | bytes | None, wait_for: str = "use"):
        path = tmp_path / "table.csv"
        if isinstance(content, str):
            path.write_text(content)
        elif content is not None:
            path.write_bytes(content)
        dialog = ImportDialog(path)
        qtbot.addWidget(dialog)
        dialog.open()
        qtbot.waitUntil(lambda: answered(dialog, wait_for), timeout=20_000)
        return dialog

    return open_dialog


def answered(dialog, wait_for):
    page = dialog.page
    if page is None:
        return dialog.error.isVisible()
    wanted = dialog.use.isEnabled() if wait_for == "use" else page.refusal.isVisible()
    return wanted or page.error.isVisible()


PEOPLE = "age,sex,town,hired\n" + "".join(
    f"{20 + n % 40},{'fm'[n % 2]},{['Ely', 'Bath'][n % 2]},{'yes' if n % 3 else 'no'}\n"
    for n in range(60)
)


def test_the_first_rows_and_what_was_recognised_are_shown(opened):
    dialog = opened(PEOPLE)
    assert [dialog.page.table.horizontalHeaderItem(c).text() for c in range(4)] == [
        "age", "sex", "town", "hired",
    ]  # fmt: skip
    assert dialog.page.table.item(0, 0).text() == "20"
    assert "comma" in dialog.page.recognised.text()
    assert "4 columns" in dialog.page.recognised.text()


def test_choices_become_options_of_the_data_set(opened, qtbot):
    dialog = opened(PEOPLE)
    dialog.page.form.controls["target"].put("hired")
    dialog.page.form.controls["group"].put("sex")
    dialog.page.form.controls["task"].put("classification")
    dialog.page.columns.item(2).setCheckState(Qt.CheckState.Unchecked)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.use.click()
    assert chosen.args[0].name == "own_table"
    assert chosen.args[0].options == {
        "path": str(dialog._path),
        "target": "hired",
        "group": "sex",
        "task": "classification",
        "leave_out": ["town"],
    }


def test_the_plan_follows_the_target(opened):
    dialog = opened(PEOPLE)
    for target, words in (("age", "regression"), ("hired", "classification")):
        target_box = dialog.page.form.controls["target"]
        target_box.put(target)
        target_box.edited.emit()
        assert f"“{target}”" in dialog.page.plan.text()
        assert words in dialog.page.plan.text()


def test_another_delimiter_reads_the_file_again(opened, qtbot):
    dialog = opened("a;b\n" + "1;2\n3;4\n" * 15)
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


@pytest.mark.parametrize("content", [None, "", b"\x89PNG\r\n\x1a\n\0\0\0", "a,b\n1,2\n1,2,3\n"])
def test_a_bad_file_gets_a_sentence_and_cannot_be_used(opened, content):
    dialog = opened(content)
    error = dialog.error if dialog.page is None else dialog.page.error
    assert error.text()
    assert not dialog.use.isEnabled()


def test_cancel_drops_what_is_still_being_read(qtbot, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(PEOPLE)
    dialog = ImportDialog(path)
    qtbot.addWidget(dialog)
    dialog.open()
    with qtbot.assertNotEmitted(dialog.chosen):
        dialog.reject()
    assert not dialog._work.running


def choose(dialog, name, value):
    dialog.page.form.controls[name].put(value)
    dialog.page.form.controls[name].edited.emit()


def test_a_favourable_class_is_offered_for_a_classification_only(opened):
    dialog = opened(PEOPLE)
    for target, offered in (("hired", True), ("age", False)):
        choose(dialog, "target", target)
        assert dialog.page.form.controls["positive"].isVisible() == offered


@pytest.mark.parametrize(
    ("target", "task", "words"),
    [("one", "auto", "one value"), ("none", "auto", "no values"),
     ("name", "regression", "words"), ("name", "classification", "50 classes")],
)  # fmt: skip
def test_what_will_be_refused_is_said_before_the_table_is_used(opened, target, task, words):
    names = [f"{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(80)]
    dialog = opened("one,none,name,age,hired\n" + "".join(
        f"x,,{name},{n % 40},{'yes' if n % 3 else 'no'}\n" for n, name in enumerate(names)
    ))  # fmt: skip
    assert dialog.use.isEnabled()
    choose(dialog, "task", task)
    choose(dialog, "target", target)
    assert words in dialog.page.refusal.text()
    assert not dialog.use.isEnabled()
    choose(dialog, "task", "auto")
    choose(dialog, "target", "hired")
    assert dialog.use.isEnabled()
    assert not dialog.page.refusal.isVisible()


def test_a_file_that_cannot_be_used_offers_another_one(opened, qtbot):
    dialog = opened("")
    assert dialog.height() < dialog.width()
    with qtbot.waitSignal(dialog.another_wanted):
        dialog.another.click()
    assert not dialog.isVisible()


def test_choices_made_before_come_back(qtbot, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(PEOPLE)
    asked = {"path": str(path), "target": "hired", "positive": "no", "leave_out": ["town"]}
    dialog = ImportDialog(path, asked=DatasetConfig(name="own_table", options=asked))
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(dialog.use.isEnabled, timeout=20_000)
    assert dialog.page.options() == asked


def test_enter_uses_the_table_and_does_not_cancel(opened, qtbot):
    dialog = opened(PEOPLE)
    qtbot.waitUntil(dialog.use.isEnabled, timeout=20_000)
    with qtbot.waitSignal(dialog.chosen, timeout=5_000):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)


def test_the_sentence_on_a_bad_file_is_seen_whole(opened, qtbot):
    dialog = opened(b"\x00\x01\x02" * 200)
    dialog.show()
    qtbot.waitUntil(dialog.page.error.isVisible, timeout=20_000)
    label = dialog.page.error
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))


def test_another_encoding_reads_the_file_again(opened, qtbot):
    dialog = opened("town,hired\n" + "Łódź,yes\nKraków,no\n" * 15)
    dialog._path.write_bytes(dialog._path.read_text().encode("cp1250"))
    choose(dialog, "encoding", "cp1250")
    qtbot.waitUntil(dialog.use.isEnabled, timeout=20_000)
    assert dialog.page.table.item(0, 0).text() == "Łódź"
    assert "Windows-1250" in dialog.page.recognised.text()
    assert dialog.page.options()["encoding"] == "cp1250"


def test_bytes_that_are_not_utf8_are_said_beside_what_was_recognised(opened):
    rows = "Curaçao,yes\nSão Paulo,no\n" * 15
    dialog = opened(f"town,hired\n{rows}".encode() + b"M\xfcnchen,yes\n")
    assert "1 byte is not UTF-8 (in line 32)" in dialog.page.doubt.text()
    assert dialog.page.table.item(0, 0).text() == "Curaçao"


def test_a_file_too_large_is_refused_at_once_until_its_rows_are_limited(opened, qtbot, monkeypatch):
    monkeypatch.setattr(own_table_file, "MAX_BYTES", 100)
    dialog = opened(PEOPLE, wait_for="refusal")
    assert "too large" in dialog.page.refusal.text()
    assert not dialog.use.isEnabled()
    assert dialog.another.isVisible()
    choose(dialog, "rows", 10_000)
    assert dialog.use.isEnabled()
    assert not dialog.another.isVisible()


def test_too_few_rows_are_refused_at_once(opened):
    dialog = opened("a,b\n1,2\n3,4\n", wait_for="refusal")
    assert "2 usable rows" in dialog.page.refusal.text()
    assert not dialog.use.isEnabled()
    assert dialog.another.isVisible()


def test_a_table_without_a_usable_input_is_refused_at_once(opened):
    dialog = opened("one,hired\n" + "x,yes\nx,no\n" * 15, wait_for="refusal")
    assert "nothing to learn from besides the target “hired”" in dialog.page.refusal.text()


def test_nothing_is_promised_of_a_target_or_a_file_that_is_refused(opened, qtbot):
    dialog = opened("one,age,hired\n" + "x,3,yes\nx,4,no\n" * 15)
    choose(dialog, "target", "one")
    assert not dialog.page.plan.isVisible()
    assert not dialog.page.plan.text()
    choose(dialog, "target", "hired")
    assert "Learns to predict" in dialog.page.plan.text()
    choose(dialog, "delimiter", "|")
    qtbot.waitUntil(dialog.page.error.isVisible, timeout=20_000)
    assert not dialog.page.plan.isVisible()
    assert not dialog.page.refusal.isVisible()


def test_the_target_has_nothing_to_tick_and_keeps_what_was_chosen_for_it(opened):
    dialog = opened(PEOPLE)
    choose(dialog, "target", "hired")
    ticks = [dialog.page.columns.item(at).data(Qt.ItemDataRole.CheckStateRole) for at in range(4)]
    assert [tick is None for tick in ticks] == [False, False, False, True]
    assert "to be predicted" in dialog.page.columns.item(3).text()
    dialog.page.columns.item(2).setCheckState(Qt.CheckState.Unchecked)
    choose(dialog, "target", "town")
    assert "leave_out" not in dialog.page.options()
    choose(dialog, "target", "hired")
    assert dialog.page.options()["leave_out"] == ["town"]
    assert dialog.page.columns.item(2).checkState() == Qt.CheckState.Unchecked


def test_a_table_without_columns_to_learn_from_cannot_be_used(opened):
    dialog = opened(PEOPLE)
    choose(dialog, "target", "hired")
    for place in range(3):
        dialog.page.columns.item(place).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.use.isEnabled()
    assert "nothing to learn from" in dialog.page.refusal.text()
    assert "Leave fewer columns out." in dialog.page.refusal.text()
    dialog.page.columns.item(1).setCheckState(Qt.CheckState.Checked)
    assert dialog.use.isEnabled()


def test_the_button_that_enter_presses_has_the_focus(opened, qtbot):
    dialog = opened(PEOPLE)
    assert dialog.focusWidget() is dialog.use


def test_a_refusal_names_the_file_and_what_to_do(opened):
    dialog = opened("one,x,hired\n" + "x,1,yes\nx,2,no\n" * 15)
    choose(dialog, "target", "one")
    assert dialog.page.refusal.text() == (
        "table.csv: the target column “one” has one value only, so there is nothing to learn. "
        "Choose another column to predict."
    )


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


MIXED = "date,code,sold\n" + "".join(
    f"{('2022-01-{:02}', '{:02}.02.2022', '03/{:02}/2022')[n % 3].format(n // 3 % 28 + 1)},"
    f"{n % 4},{100 + n * 7 % 31}\n"
    for n in range(90)
)


def retype(dialog, name, kind):
    head = dialog.page.table.heads.choices[name]
    head.put(kind)
    head.edited.emit()


def test_why_a_column_will_not_be_used_is_said_below_the_rows(opened):
    dialog = opened(MIXED)
    assert "“date” has dates written in several ways" in dialog.page.remarks.text()
    assert dialog.page.remarks.isVisible()
    assert dialog.page.table.heads.choices["date"].currentText() == "Recognise (not used: names)"
    retype(dialog, "code", "leave_out")
    assert not dialog.use.isEnabled()
    assert "“date” has dates written in several ways" in dialog.page.refusal.text()


def test_the_type_of_a_column_is_chosen_in_its_head(opened, qtbot):
    dialog = opened(MIXED)
    retype(dialog, "date", "date_month_first")
    retype(dialog, "code", "category")
    assert [dialog.page.columns.item(row).text() for row in range(2)] == [
        "date · date", "code · category",
    ]  # fmt: skip
    types = {"date": "date_month_first", "code": "category"}
    assert dialog.page.options()["types"] == types
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.use.click()
    notes = load_dataset(chosen.args[0], 0).notes
    assert "“code” is read as categories, as you chose." in notes
    again = ImportDialog(dialog._path, asked=chosen.args[0])
    qtbot.addWidget(again)
    again.open()
    qtbot.waitUntil(again.use.isEnabled, timeout=20_000)
    assert again.page.options()["types"] == types
    assert again.page.table.heads.choices["date"].get() == "date_month_first"
    retype(again, "date", "")
    assert again.page.options()["types"] == {"code": "category"}


def test_a_column_is_left_out_in_its_head_or_in_the_list(opened):
    dialog = opened(PEOPLE)
    choose(dialog, "target", "hired")
    retype(dialog, "town", "leave_out")
    assert dialog.page.options()["leave_out"] == ["town"]
    assert dialog.page.columns.item(2).checkState() == Qt.CheckState.Unchecked
    dialog.page.columns.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.page.table.heads.choices["age"].get() == "leave_out"
    assert dialog.page.table.heads.choices["hired"].findData("leave_out") < 0
    retype(dialog, "town", "text")
    assert dialog.page.options()["leave_out"] == ["age"]


def test_heads_are_reached_by_keyboard_and_have_names(opened, qtbot):
    names = ",".join(f"c{n}" for n in range(30))
    dialog = opened(f"{names}\n" + "".join(f"{','.join([str(n)] * 30)}\n" for n in range(20)))
    last = dialog.page.table.heads.choices["c29"]
    assert last.accessibleName() == "Type of “c29”"
    assert last.toolTip()
    bar = dialog.page.table.horizontalScrollBar()
    assert bar.value() == 0
    QApplication.sendEvent(last, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    assert bar.value() > 0


def test_the_order_of_day_and_month_is_offered_where_it_is_doubtful(opened):
    dialog = opened("date,when,sold\n" + "".join(
        f"0{n % 9 + 1}/02/2022,2022-02-0{n % 9 + 1},{n * 7 % 31}\n" for n in range(40)
    ))  # fmt: skip
    heads = dialog.page.table.heads.choices
    assert heads["date"].findData("date_day_first") > 0
    assert heads["when"].findData("date_day_first") < 0
    assert "could be the other way round" in dialog.page.remarks.text()
    retype(dialog, "date", "date_day_first")
    assert "the other way round" not in dialog.page.remarks.text()


def test_recognise_says_what_was_recognised(opened, qtbot):
    dialog = opened("a;b\n" + "1;yes\n3;no\n" * 15)
    shown = {name: box.itemText(0) for name, box in dialog.page.form.controls.items()}
    assert shown["delimiter"] == "Recognise (semicolon)"
    assert shown["encoding"] == "Recognise (UTF-8)"
    assert shown["header"] == "Recognise (names)"
    assert shown["task"] == "Recognise (classification)"
    assert shown["positive"] == "Recognise (yes)"
    choose(dialog, "delimiter", ",")
    qtbot.waitUntil(dialog.page.error.isVisible, timeout=20_000)
    assert dialog.page.form.controls["delimiter"].itemText(0) == "Recognise (semicolon)"


def test_a_small_window_with_large_text_scrolls_to_the_options(opened):
    dialog = opened(PEOPLE)
    font = dialog.font()
    font.setPixelSize(2 * QFontInfo(font).pixelSize())
    dialog.setFont(font)
    dialog.resize(1000, 560)
    table, rows = dialog.page.table, dialog.page.table.verticalHeader()
    assert table.viewport().height() >= 5 * rows.defaultSectionSize()
    assert dialog.page._scroll.verticalScrollBar().maximum() > 0


def test_moments_that_are_all_at_midnight_are_shown_as_days(opened):
    dialog = opened("when,seen,rent\n" + "".join(
        f"2024-01-{n * 7 % 27 + 1:02} 00:00:00,2024-01-01 {n:02}:00:00,{n * 7 % 11}\n"
        for n in range(20)
    ))  # fmt: skip
    assert dialog.page.table.item(1, 0).text() == "2024-01-08"
    assert dialog.page.table.item(0, 1).text() == "2024-01-01 00:00:00"


def test_a_text_that_is_no_table_may_be_one_if_it_is_read_in_another_way(opened, qtbot):
    dialog = opened("rent,rent\n" + "1,2\n4,3\n" * 15)
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


def test_what_is_no_text_at_all_has_nothing_to_choose(opened):
    dialog = opened(b"\x00\x01\x02" * 200)
    assert not dialog.page.form.isVisible()
