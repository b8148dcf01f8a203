import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.corruption.spec import Amount
from visualiser.ui.widgets.amount_slider import AmountSlider
from visualiser.ui.widgets.scale import (
    amount_scale,
    ladder_scale,
    next_width,
    plain_number,
    short_count,
)

SHARE = Amount("label_noise_rate", 0.0, 0.8, "share")
FACTOR = Amount("imbalance_factor", 1.0, 0.01, "factor")
KEPT = Amount("retained_share", 1.0, 0.0, "retained")
SEVERITY = Amount("severity", 0.0, 5.0, "severity")


@pytest.fixture
def slider(qtbot):
    slider = AmountSlider("Wrong labels", amount_scale(SHARE), "Some labels are wrong.")
    slider.emitted = []
    slider.value_changed.connect(slider.emitted.append)
    qtbot.addWidget(slider)
    slider.resize(270, 60)
    slider.show()
    return slider


def test_arrows_step_and_home_goes_back(slider):
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home):
        QTest.keyClick(slider.slider, key)
    assert slider.emitted == [0.01, 0.02, 0.01, 0.0]


def test_spoiled_data_are_marked_for_the_style_sheet(slider):
    assert not slider.slider.property("spoiled")
    QTest.keyClick(slider.slider, Qt.Key.Key_Right)
    assert slider.slider.property("spoiled")
    QTest.keyClick(slider.slider, Qt.Key.Key_Home)
    assert not slider.slider.property("spoiled")


def test_a_click_moves_the_handle_there(slider):
    middle = QPoint(slider.slider.width() // 2, slider.slider.height() // 2)
    QTest.mouseClick(slider.slider, Qt.MouseButton.LeftButton, pos=middle)
    assert slider.value == pytest.approx(0.4, abs=0.03)
    assert not slider.dragging


def test_showing_a_value_never_emits(slider):
    slider.set_value(0.123)
    assert (slider.value, slider.emitted) == (0.123, [])


def test_a_new_value_forgets_the_old_count(slider):
    slider.set_value(0.2)
    slider.set_realised("51 of 253 labels", "51 of 253")
    assert slider.number.texts == ("20 % → 51 of 253 labels", "20 % → 51 of 253", "20 %")
    QTest.keyClick(slider.slider, Qt.Key.Key_Right)
    assert slider.number.texts == ("21 %",)


def test_a_count_that_comes_does_not_move_the_panel(slider):
    slider.set_value(0.2)
    before = slider.heightForWidth(270)
    slider.set_realised("51 of 253 labels", "51 of 253")
    assert slider.heightForWidth(270) == before


def type_value(slider, typed):
    QTest.mouseClick(slider.number, Qt.MouseButton.LeftButton)
    QTest.keyClicks(slider.editor, typed)
    QTest.keyClick(slider.editor, Qt.Key.Key_Return)


@pytest.mark.parametrize("typed", ["abc", "-5", "nan", "81"])
def test_what_cannot_be_taken_keeps_the_old_value_and_says_so(slider, typed):
    slider.set_value(0.2)
    type_value(slider, typed)
    assert (slider.value, slider.emitted) == (0.2, [])
    assert slider.hint.isVisible()
    assert slider.hint.text() == "Not taken: type a number from 0 % to 80 %."
    type_value(slider, "30")
    assert (slider.value, slider.hint.isVisible()) == (0.3, False)


@pytest.mark.parametrize("typed", ["0", "-5", "nan", "101"])
def test_a_learning_rate_beside_the_ladder_is_not_taken(typed):
    assert ladder_scale().read(typed) is None


@pytest.mark.parametrize("size", [12, 26])
@pytest.mark.parametrize("padding", [1, 6])
def test_a_value_is_shown_whole_at_any_size_of_text(slider, size, padding):
    slider.setStyleSheet(f"* {{ font-size: {size}px; }} QPushButton {{ padding: {padding}px; }}")
    slider.set_value(0.2)
    slider.set_realised("300,000 of 700,000 labels", "300,000 of 700,000", "300k of 700k")
    width = max(270, 16 * size)
    slider.resize(width, slider.heightForWidth(width))
    slider.layout().activate()
    number = slider.number
    assert number._needed(number.text()) <= number.width()
    assert "of" in number.text()


def test_an_ampersand_in_a_name_is_shown(slider):
    slider.set_value(0.2)
    slider.set_realised("5 of “R&D”")
    assert slider.number.text() == "20 % → 5 of “R&&D”"


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0"), (9_999, "9,999"), (12_345, "12.3k"), (700_000, "700k"), (999_999, "999k"),
     (1_000_000, "1M"), (4_250_000, "4.2M")],
)  # fmt: skip
def test_short_counts(count, text):
    assert short_count(count) == text


def test_the_wheel_scrolls_the_panel_and_not_the_value(slider):
    centre = QPointF(slider.slider.rect().center())
    slider.slider.clearFocus()
    event = QWheelEvent(
        centre, slider.slider.mapToGlobal(centre), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(slider.slider, event)
    assert slider.emitted == []


@pytest.mark.parametrize("entry", CORRUPTIONS.values(), ids=CORRUPTIONS.keys())
def test_every_place_of_a_slider_is_in_range_and_the_ends_are_exact(entry):
    scale = amount_scale(entry.amount)
    assert scale.values[0] == entry.amount.identity
    assert scale.values[-1] == entry.amount.extreme
    assert all(entry.amount.contains(value) for value in scale.values)
    falls = entry.amount.extreme < entry.amount.identity
    assert list(scale.values) == sorted(set(scale.values), reverse=falls)
    assert [scale.place(value) for value in scale.values] == list(range(len(scale.values)))


COUNTED = [
    CORRUPTIONS[name].amount for name in ("irrelevant_features", "planted_secret", "target_leakage")
]
TYPED = (SHARE, FACTOR, KEPT, SEVERITY, *COUNTED)


@pytest.mark.parametrize("amount", TYPED, ids=lambda amount: amount.parameter)
def test_what_a_place_says_can_be_typed(amount):
    scale = amount_scale(amount)
    for value in scale.values:
        assert scale.read(scale.text(value)) == pytest.approx(value, rel=0.01)


@given(st.text(max_size=12))
@settings(max_examples=200)
def test_whatever_is_typed_stays_in_range_or_is_refused(typed):
    for amount in TYPED:
        value = amount_scale(amount).read(typed)
        assert value is None or amount.contains(value)


@pytest.mark.parametrize(
    ("typed", "value"), [("20", 0.2), ("0,5", 0.005), ("99 %", None), ("-4", None), ("x", None)]
)
def test_a_typed_share_is_in_per_cent(typed, value):
    assert amount_scale(SHARE).read(typed) == value


@pytest.mark.parametrize("typed", ["1 in 5", "5", "0.2", "0,2", "20 %", "20%"])
def test_a_ratio_can_be_typed_as_people_write_it(typed):
    assert amount_scale(FACTOR).read(typed) == pytest.approx(0.2)


@pytest.mark.parametrize(("typed", "value"), [("3", 3), ("severity 4", 4), ("2.6", 3), ("6", None)])
def test_a_severity_has_whole_steps(typed, value):
    scale = amount_scale(SEVERITY)
    assert scale.values == (0, 1, 2, 3, 4, 5) and scale.page == 1
    assert scale.read(typed) == value


@pytest.mark.parametrize(("typed", "value"), [("70", 0.3), ("0", 1.0), ("100 %", 0.0)])
def test_of_a_retained_share_what_is_left_out_is_typed_and_shown(typed, value):
    scale = amount_scale(KEPT)
    assert scale.read(typed) == value
    assert scale.text(value) == f"{typed.removesuffix(' %')} %"


@pytest.mark.parametrize("entry", CORRUPTIONS.values(), ids=CORRUPTIONS.keys())
def test_at_the_left_end_nothing_is_done(entry, qtbot):
    slider = AmountSlider(entry.title, amount_scale(entry.amount))
    qtbot.addWidget(slider)
    assert slider.slider.value() == 0
    assert slider.number.text() == "none"


def test_the_ladder_goes_in_ones_and_threes():
    values = ladder_scale().values
    assert values[:4] == (0.00001, 0.00003, 0.0001, 0.0003)
    assert values[-3:] == (10.0, 30.0, 100.0)
    assert [plain_number(v) for v in values[:2]] == ["0.00001", "0.00003"]


@given(st.integers(2, 2047))
def test_widths_go_up_and_down_by_the_same_steps(width):
    up, down = next_width(width, True), next_width(width, False)
    assert down < width < up
    assert next_width(down, True) >= width or width % 4
    assert next_width(up, False) >= width - 64
