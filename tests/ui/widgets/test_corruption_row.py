import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.core.corruption.examples import DATASETS, clean_part
from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.corruption.spec import Context
from visualiser.core.experiment import CorruptionConfig
from visualiser.ui.widgets.controls import Choice
from visualiser.ui.widgets.corruption_row import CorruptionRow
from visualiser.ui.widgets.option_form import OptionForm

SOME = CorruptionConfig(name="feature_noise", amount=0.5, options={"fraction": 0.25})


@pytest.fixture
def row(qtbot: QtBot) -> CorruptionRow:
    made = CorruptionRow(CORRUPTIONS["feature_noise"])
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_form_of_options_is_made_when_it_is_first_looked_at(row: CorruptionRow) -> None:
    assert row.findChild(OptionForm) is None
    QTest.mouseClick(row.more, Qt.MouseButton.LeftButton)
    assert row.form.isVisible() and row.form.controls["fraction"].isVisible()
    QTest.mouseClick(row.more, Qt.MouseButton.LeftButton)
    assert not row.form.isVisible()


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_further_options_unfold_within_the_row_and_open_no_window(qtbot: QtBot, name: str) -> None:
    made = CorruptionRow(CORRUPTIONS[name])
    qtbot.addWidget(made)
    made.show()
    QTest.mouseClick(made.more, Qt.MouseButton.LeftButton)
    assert made.ingredient.isVisible()
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [made]


def test_options_are_in_force_whether_their_form_is_made_or_not(row: CorruptionRow) -> None:
    row.show_config(SOME)
    assert row.config == SOME
    assert row.form.values() == SOME.options
    assert row.config == SOME


def test_options_that_do_not_fit_change_nothing(row: CorruptionRow) -> None:
    row.show_config(SOME)
    row.show_config(SOME.model_copy(update={"options": {"fraction": "many"}}))
    assert row.config == SOME


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_every_option_has_a_control(qtbot: QtBot, name: str) -> None:
    made = CorruptionRow(CORRUPTIONS[name])
    qtbot.addWidget(made)
    fields = CORRUPTIONS[name].options.model_fields
    assert made.form.controls.keys() == fields.keys()


@pytest.mark.parametrize(
    ("name", "option", "data", "offered"),
    [
        ("missing_region", "of", "pictures", ("class 0 (automatic)", "class 0", "brightness")),
        ("missing_region", "of", "prices", ("height", "weight", "share")),
        ("covariate_shift", "column", "messages", ("length (automatic)", "length")),
        ("covariate_shift", "column", "points", ("x1", "x2")),
    ],
)
def test_what_can_be_missing_or_preferred_is_offered(
    qtbot: QtBot, name: str, option: str, data: str, offered: tuple[str, ...]
) -> None:
    made = CorruptionRow(CORRUPTIONS[name])
    qtbot.addWidget(made)
    clean = clean_part(DATASETS[data])
    made.offer_names(Context(DATASETS[data], clean, clean))
    choice = made.form.controls[option]
    assert isinstance(choice, Choice)
    texts = [choice.itemText(place) for place in range(choice.count())]
    assert set(offered) <= set(texts)
    assert texts[0].endswith("(automatic)")
