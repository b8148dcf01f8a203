"""What the columns of a table are taken for, and how that is changed."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication

from tests.ui.opened_tables import PEOPLE, choose, retype
from visualiser.core.data.registry import load_dataset
from visualiser.ui.import_dialog import ImportDialog


def test_the_target_has_nothing_to_tick_and_keeps_what_was_chosen_for_it(open_table):
    dialog = open_table(PEOPLE)
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


MIXED = "date,code,sold\n" + "".join(
    f"{('2022-01-{:02}', '{:02}.02.2022', '03/{:02}/2022')[n % 3].format(n // 3 % 28 + 1)},"
    f"{n % 4},{100 + n * 7 % 31}\n"
    for n in range(90)
)


def test_why_a_column_will_not_be_used_is_said_below_the_rows(open_table):
    dialog = open_table(MIXED)
    assert "“date” has dates written in several ways" in dialog.page.remarks.text()
    assert dialog.page.remarks.isVisible()
    assert dialog.page.table.heads.choices["date"].currentText() == "Recognise (not used: names)"
    retype(dialog, "code", "leave_out")
    assert not dialog.use.isEnabled()
    assert "“date” has dates written in several ways" in dialog.page.refusal.text()


def test_the_type_of_a_column_is_chosen_in_its_head(open_table, qtbot):
    dialog = open_table(MIXED)
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


def test_a_column_is_left_out_in_its_head_or_in_the_list(open_table):
    dialog = open_table(PEOPLE)
    choose(dialog, "target", "hired")
    retype(dialog, "town", "leave_out")
    assert dialog.page.options()["leave_out"] == ["town"]
    assert dialog.page.columns.item(2).checkState() == Qt.CheckState.Unchecked
    dialog.page.columns.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.page.table.heads.choices["age"].get() == "leave_out"
    assert dialog.page.table.heads.choices["hired"].findData("leave_out") < 0
    retype(dialog, "town", "text")
    assert dialog.page.options()["leave_out"] == ["age"]


def test_heads_are_reached_by_keyboard_and_have_names(open_table, qtbot):
    names = ",".join(f"c{n}" for n in range(30))
    dialog = open_table(f"{names}\n" + "".join(f"{','.join([str(n)] * 30)}\n" for n in range(20)))
    last = dialog.page.table.heads.choices["c29"]
    assert last.accessibleName() == "Type of “c29”"
    assert last.toolTip()
    bar = dialog.page.table.horizontalScrollBar()
    assert bar.value() == 0
    QApplication.sendEvent(last, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    assert bar.value() > 0


def test_the_order_of_day_and_month_is_offered_where_it_is_doubtful(open_table):
    dialog = open_table("date,when,sold\n" + "".join(
        f"0{n % 9 + 1}/02/2022,2022-02-0{n % 9 + 1},{n * 7 % 31}\n" for n in range(40)
    ))  # fmt: skip
    heads = dialog.page.table.heads.choices
    assert heads["date"].findData("date_day_first") > 0
    assert heads["when"].findData("date_day_first") < 0
    assert "could be the other way round" in dialog.page.remarks.text()
    retype(dialog, "date", "date_day_first")
    assert "the other way round" not in dialog.page.remarks.text()


def test_moments_that_are_all_at_midnight_are_shown_as_days(open_table):
    dialog = open_table("when,seen,rent\n" + "".join(
        f"2024-01-{n * 7 % 27 + 1:02} 00:00:00,2024-01-01 {n:02}:00:00,{n * 7 % 11}\n"
        for n in range(20)
    ))  # fmt: skip
    assert dialog.page.table.item(1, 0).text() == "2024-01-08"
    assert dialog.page.table.item(0, 1).text() == "2024-01-01 00:00:00"
