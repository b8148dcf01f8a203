import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.experiment import CorruptionConfig
from visualiser.ui.widgets.corruption_row import CorruptionRow
from visualiser.ui.widgets.matrix_editor import MatrixEditor

NAMES = [("", "automatic"), ("cat", "cat"), ("dog", "dog"), ("hen", "hen")]
GIVEN = [[0.7, 0.2, 0.1], [0.0, 1.0, 0.0], [1 / 3, 1 / 3, 1 / 3]]


@pytest.fixture
def editor(qtbot: QtBot) -> MatrixEditor:
    made = MatrixEditor("Noise matrix")
    made.emitted = []
    made.edited.connect(lambda: made.emitted.append(made.get()))
    made.offer(NAMES)
    qtbot.addWidget(made)
    made.show()
    return made


def typed(editor: MatrixEditor, row: int, column: int, text: str) -> None:
    """As a hand would: to the cell, F2, digits, Return."""
    editor.table.setFocus()
    editor.table.setCurrentCell(row, column)
    QTest.keyClick(editor.table, Qt.Key.Key_F2)
    field = editor.table.findChild(QLineEdit)
    if field is not None:
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        QApplication.processEvents()  # Qt takes what was typed a moment later


def cells(editor: MatrixEditor) -> list[list[str]]:
    size = editor.table.rowCount()
    return [
        [editor.table.item(row, column).text() for column in range(size)] for row in range(size)
    ]


def test_it_is_nothing_until_it_is_switched_on(editor: MatrixEditor) -> None:
    assert editor.get() == [] and not editor.table.isVisible()
    editor.switch.click()
    assert editor.table.isVisible()
    assert cells(editor) == [["80", "10", "10"], ["10", "80", "10"], ["10", "10", "80"]]
    editor.switch.click()
    assert editor.emitted[-1] == [] and len(editor.emitted) == 2


def test_what_is_shown_comes_back_as_it_was_and_says_nothing(editor: MatrixEditor) -> None:
    editor.put(GIVEN)
    assert editor.get() == GIVEN and editor.emitted == []
    assert cells(editor)[2] == ["33.3", "33.3", "33.3"]


def test_the_diagonal_is_what_is_left_of_the_row(editor: MatrixEditor) -> None:
    editor.put(GIVEN)
    typed(editor, 0, 1, "25")
    assert cells(editor)[0] == ["65", "25", "10"]
    assert editor.emitted[-1][0] == pytest.approx([0.65, 0.25, 0.1])
    assert editor.emitted[-1][2] == GIVEN[2], "what was not typed stays exact"


def test_a_row_is_never_more_than_all(editor: MatrixEditor) -> None:
    editor.put(GIVEN)
    typed(editor, 0, 2, "99")
    assert cells(editor)[0] == ["0", "20", "80"]
    assert sum(editor.get()[0]) == pytest.approx(1)


def test_the_diagonal_cannot_be_typed_and_what_is_no_number_is_not_taken(
    editor: MatrixEditor,
) -> None:
    editor.put(GIVEN)
    typed(editor, 0, 0, "5")
    typed(editor, 0, 1, "x")
    assert editor.get() == GIVEN and editor.emitted == []


def test_a_matrix_that_spoils_nothing_is_none(editor: MatrixEditor) -> None:
    editor.put([[0.9, 0.1, 0.0], [0, 1, 0], [0, 0, 1]])
    typed(editor, 0, 1, "0")
    assert editor.emitted == [[]]


def test_other_classes_give_the_matrix_up_and_the_same_keep_it(editor: MatrixEditor) -> None:
    editor.put(GIVEN)
    editor.offer(NAMES)
    assert editor.get() == GIVEN
    editor.offer(NAMES[:3])
    assert editor.get() == [] and editor.emitted == []


def test_the_table_says_the_classes(editor: MatrixEditor) -> None:
    editor.put(GIVEN)
    assert editor.table.verticalHeaderItem(1).text() == "dog"
    assert editor.table.horizontalHeaderItem(1).text() == "→ dog"
    assert editor.table.accessibleName() and editor.switch.accessibleName()


def test_a_matrix_of_an_experiment_is_in_force_and_in_the_form(qtbot: QtBot) -> None:
    row = CorruptionRow(CORRUPTIONS["class_conditional_label_noise"])
    qtbot.addWidget(row)
    config = CorruptionConfig(name=row.corruption.name, amount=0.3, options={"matrix": GIVEN})
    row.show_config(config)
    assert row.config == config
    assert row.form.values() == {"matrix": GIVEN}
    row.form.set_choices("matrix", NAMES)
    assert row.config == config
