import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo

from tests.ui.opened_tables import PEOPLE, choose
from visualiser.core.data import own_table_file
from visualiser.core.experiment import DatasetConfig
from visualiser.ui.import_dialog import ImportDialog


def test_the_first_rows_and_what_was_recognised_are_shown(open_table):
    dialog = open_table(PEOPLE)
    assert [dialog.page.table.horizontalHeaderItem(c).text() for c in range(4)] == [
        "age", "sex", "town", "hired",
    ]  # fmt: skip
    assert dialog.page.table.item(0, 0).text() == "20"
    assert "comma" in dialog.page.recognised.text()
    assert "4 columns" in dialog.page.recognised.text()


def test_choices_become_options_of_the_data_set(open_table, qtbot):
    dialog = open_table(PEOPLE)
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


def test_the_plan_follows_the_target(open_table):
    dialog = open_table(PEOPLE)
    for target, words in (("age", "regression"), ("hired", "classification")):
        target_box = dialog.page.form.controls["target"]
        target_box.put(target)
        target_box.edited.emit()
        assert f"“{target}”" in dialog.page.plan.text()
        assert words in dialog.page.plan.text()


@pytest.mark.parametrize("content", [None, "", b"\x89PNG\r\n\x1a\n\0\0\0", "a,b\n1,2\n1,2,3\n"])
def test_a_bad_file_gets_a_sentence_and_cannot_be_used(open_table, content):
    dialog = open_table(content)
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


def test_a_favourable_class_is_offered_for_a_classification_only(open_table):
    dialog = open_table(PEOPLE)
    for target, offered in (("hired", True), ("age", False)):
        choose(dialog, "target", target)
        assert dialog.page.form.controls["positive"].isVisible() == offered


@pytest.mark.parametrize(
    ("target", "task", "words"),
    [("one", "auto", "one value"), ("none", "auto", "no values"),
     ("name", "regression", "words"), ("name", "classification", "50 classes")],
)  # fmt: skip
def test_what_will_be_refused_is_said_before_the_table_is_used(open_table, target, task, words):
    names = [f"{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(80)]
    dialog = open_table("one,none,name,age,hired\n" + "".join(
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


def test_a_file_that_cannot_be_used_offers_another_one(open_table, qtbot):
    dialog = open_table("")
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


def test_enter_uses_the_table_and_does_not_cancel(open_table, qtbot):
    dialog = open_table(PEOPLE)
    qtbot.waitUntil(dialog.use.isEnabled, timeout=20_000)
    with qtbot.waitSignal(dialog.chosen, timeout=5_000):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)


def test_the_sentence_on_a_bad_file_is_seen_whole(open_table, qtbot):
    dialog = open_table(b"\x00\x01\x02" * 200)
    dialog.show()
    qtbot.waitUntil(dialog.page.error.isVisible, timeout=20_000)
    label = dialog.page.error
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))


def test_a_file_too_large_is_refused_at_once_until_its_rows_are_limited(
    open_table, qtbot, monkeypatch
):
    monkeypatch.setattr(own_table_file, "MAX_BYTES", 100)
    dialog = open_table(PEOPLE, wait_for="refusal")
    assert "too large" in dialog.page.refusal.text()
    assert not dialog.use.isEnabled()
    assert dialog.another.isVisible()
    choose(dialog, "rows", 10_000)
    assert dialog.use.isEnabled()
    assert not dialog.another.isVisible()


def test_too_few_rows_are_refused_at_once(open_table):
    dialog = open_table("a,b\n1,2\n3,4\n", wait_for="refusal")
    assert "2 usable rows" in dialog.page.refusal.text()
    assert not dialog.use.isEnabled()
    assert dialog.another.isVisible()


def test_a_table_without_a_usable_input_is_refused_at_once(open_table):
    dialog = open_table("one,hired\n" + "x,yes\nx,no\n" * 15, wait_for="refusal")
    assert "nothing to learn from besides the target “hired”" in dialog.page.refusal.text()


def test_nothing_is_promised_of_a_target_or_a_file_that_is_refused(open_table, qtbot):
    dialog = open_table("one,age,hired\n" + "x,3,yes\nx,4,no\n" * 15)
    choose(dialog, "target", "one")
    assert not dialog.page.plan.isVisible()
    assert not dialog.page.plan.text()
    choose(dialog, "target", "hired")
    assert "Learns to predict" in dialog.page.plan.text()
    choose(dialog, "delimiter", "|")
    qtbot.waitUntil(dialog.page.error.isVisible, timeout=20_000)
    assert not dialog.page.plan.isVisible()
    assert not dialog.page.refusal.isVisible()


def test_a_table_without_columns_to_learn_from_cannot_be_used(open_table):
    dialog = open_table(PEOPLE)
    choose(dialog, "target", "hired")
    for place in range(3):
        dialog.page.columns.item(place).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.use.isEnabled()
    assert "nothing to learn from" in dialog.page.refusal.text()
    assert "Leave fewer columns out." in dialog.page.refusal.text()
    dialog.page.columns.item(1).setCheckState(Qt.CheckState.Checked)
    assert dialog.use.isEnabled()


def test_the_button_that_enter_presses_has_the_focus(open_table, qtbot):
    dialog = open_table(PEOPLE)
    assert dialog.focusWidget() is dialog.use


def test_a_refusal_names_the_file_and_what_to_do(open_table):
    dialog = open_table("one,x,hired\n" + "x,1,yes\nx,2,no\n" * 15)
    choose(dialog, "target", "one")
    assert dialog.page.refusal.text() == (
        "table.csv: the target column “one” has one value only, so there is nothing to learn. "
        "Choose another column to predict."
    )


def test_a_small_window_with_large_text_scrolls_to_the_options(open_table):
    dialog = open_table(PEOPLE)
    font = dialog.font()
    font.setPixelSize(2 * QFontInfo(font).pixelSize())
    dialog.setFont(font)
    dialog.resize(1000, 560)
    table, rows = dialog.page.table, dialog.page.table.verticalHeader()
    assert table.viewport().height() >= 5 * rows.defaultSectionSize()
    assert dialog.page._scroll.verticalScrollBar().maximum() > 0
