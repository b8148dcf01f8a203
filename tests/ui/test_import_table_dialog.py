import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from visualiser.ui.import_table_dialog import ImportTableDialog, size_text


@pytest.fixture
def opened(qtbot, tmp_path):
    def open_dialog(content: str | bytes | None):
        path = tmp_path / "table.csv"
        if isinstance(content, str):
            path.write_text(content)
        elif content is not None:
            path.write_bytes(content)
        dialog = ImportTableDialog(path)
        qtbot.addWidget(dialog)
        dialog.open()
        qtbot.waitUntil(lambda: dialog.use.isEnabled() or dialog.error.isVisible(), timeout=20_000)
        return dialog

    return open_dialog


PEOPLE = "age,sex,town,hired\n" + "".join(
    f"{20 + n % 40},{'fm'[n % 2]},{['Ely', 'Bath'][n % 2]},{'yes' if n % 3 else 'no'}\n"
    for n in range(60)
)


def test_the_first_rows_and_what_was_recognised_are_shown(opened):
    dialog = opened(PEOPLE)
    assert [dialog.table.horizontalHeaderItem(c).text() for c in range(4)] == [
        "age", "sex", "town", "hired",
    ]  # fmt: skip
    assert dialog.table.item(0, 0).text() == "20"
    assert "comma" in dialog.recognised.text()
    assert "4 columns" in dialog.recognised.text()


def test_choices_become_options_of_the_data_set(opened, qtbot):
    dialog = opened(PEOPLE)
    dialog.form.controls["target"].put("hired")
    dialog.form.controls["group"].put("sex")
    dialog.form.controls["task"].put("classification")
    dialog.columns.item(2).setCheckState(Qt.CheckState.Unchecked)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.use.click()
    assert chosen.args[0] == {
        "path": str(dialog._path),
        "target": "hired",
        "group": "sex",
        "task": "classification",
        "leave_out": ["town"],
    }


def test_the_plan_follows_the_target(opened):
    dialog = opened(PEOPLE)
    for target, words in (("age", "regression"), ("hired", "classification")):
        target_box = dialog.form.controls["target"]
        target_box.put(target)
        target_box.edited.emit()
        assert f"“{target}”" in dialog.plan.text()
        assert words in dialog.plan.text()


def test_another_delimiter_reads_the_file_again(opened, qtbot):
    dialog = opened("a;b\n" + "1;2\n3;4\n" * 15)
    assert dialog.table.columnCount() == 2
    delimiter = dialog.form.controls["delimiter"]
    delimiter.put("|")
    delimiter.edited.emit()
    assert not dialog.use.isEnabled()
    qtbot.waitUntil(dialog.error.isVisible, timeout=20_000)
    delimiter.put(";")
    delimiter.edited.emit()
    qtbot.waitUntil(dialog.use.isEnabled, timeout=20_000)
    assert not dialog.error.isVisible()


@pytest.mark.parametrize("content", [None, "", b"\x89PNG\r\n\x1a\n\0\0\0", "a,b\n1,2\n1,2,3\n"])
def test_a_bad_file_gets_a_sentence_and_cannot_be_used(opened, content):
    dialog = opened(content)
    assert dialog.error.text()
    assert not dialog.use.isEnabled()


def test_cancel_drops_what_is_still_being_read(qtbot, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(PEOPLE)
    dialog = ImportTableDialog(path)
    qtbot.addWidget(dialog)
    dialog.open()
    with qtbot.assertNotEmitted(dialog.chosen):
        dialog.reject()
    assert not dialog._work.running


@pytest.mark.parametrize(("size", "text"), [(12, "12 bytes"), (3190, "3.19 kB"), (5e9, "5 GB")])
def test_sizes_have_a_unit(size, text):
    assert size_text(size) == text


def choose(dialog, name, value):
    dialog.form.controls[name].put(value)
    dialog.form.controls[name].edited.emit()


def test_a_favourable_class_is_offered_for_a_classification_only(opened):
    dialog = opened(PEOPLE)
    for target, offered in (("hired", True), ("age", False)):
        choose(dialog, "target", target)
        assert dialog.form.controls["positive"].isVisible() == offered


@pytest.mark.parametrize(
    ("target", "task", "words"),
    [("one", "auto", "one value"), ("none", "auto", "no values"),
     ("name", "regression", "words"), ("name", "classification", "50 classes")],
)  # fmt: skip
def test_what_will_be_refused_is_said_before_the_table_is_used(opened, target, task, words):
    names = [f"{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(80)]
    dialog = opened("one,none,name,hired\n" + "".join(
        f"x,,{name},{'yes' if n % 3 else 'no'}\n" for n, name in enumerate(names)
    ))  # fmt: skip
    assert dialog.use.isEnabled()
    choose(dialog, "task", task)
    choose(dialog, "target", target)
    assert words in dialog.refusal.text()
    assert not dialog.use.isEnabled()
    choose(dialog, "task", "auto")
    choose(dialog, "target", "hired")
    assert dialog.use.isEnabled()
    assert not dialog.refusal.isVisible()


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
    dialog = ImportTableDialog(path, asked=asked)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(dialog.use.isEnabled, timeout=20_000)
    assert dialog.options() == asked


def test_enter_uses_the_table_and_does_not_cancel(opened, qtbot):
    dialog = opened(PEOPLE)
    qtbot.waitUntil(dialog.use.isEnabled, timeout=20_000)
    with qtbot.waitSignal(dialog.chosen, timeout=5_000):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)


def test_the_sentence_on_a_bad_file_is_seen_whole(opened, qtbot):
    dialog = opened(b"\x00\x01\x02" * 200)
    dialog.show()
    qtbot.waitUntil(dialog.error.isVisible, timeout=20_000)
    QApplication.processEvents()
    label = dialog.error
    assert label.height() >= label.heightForWidth(label.width())
