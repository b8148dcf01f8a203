import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip

from visualiser.core.experiment import SplitConfig
from visualiser.ui.widgets.shares import Shares, linked

PARTS = st.sampled_from(["train", "validation", "test"])


@given(st.lists(st.tuples(PARTS, st.floats(-20, 150)), max_size=8))
def test_after_any_changes_the_shares_are_a_valid_split(changes):
    shares = {"train": 70.0, "validation": 15.0, "test": 15.0}
    for part, value in changes:
        shares = linked(shares, part, value)
        SplitConfig(**{name: share / 100 for name, share in shares.items()})


def test_what_validation_gains_training_gives():
    shares = linked({"train": 70, "validation": 15, "test": 15}, "validation", 25)
    assert shares == {"validation": 25, "test": 15, "train": 60}


def test_what_training_gains_the_others_give_in_proportion():
    shares = linked({"train": 60, "validation": 30, "test": 10}, "train", 80)
    assert shares == {"train": 80, "validation": 15, "test": 5}


def test_the_arrow_keys_change_a_share(qtbot):
    shares = Shares()
    qtbot.addWidget(shares)
    shares.show()
    with qtbot.waitSignal(shares.edited):
        QTest.keyClick(shares.spins["test"], Qt.Key.Key_Up)
    assert shares.get() == SplitConfig(train=0.65, validation=0.15, test=0.2)


def test_showing_a_split_never_emits(qtbot):
    shares = Shares()
    qtbot.addWidget(shares)
    split = SplitConfig(train=0.333, validation=0.333, test=0.334, stratified=False)
    with qtbot.assertNotEmitted(shares.edited):
        shares.put(split)
    assert shares.get() == split
    assert pytest.approx(shares.spins["test"].value()) == 33


@pytest.mark.parametrize(("typed", "kept"), [("99", 0.98), ("100", 0.98), ("0", 0.01)])
def test_a_share_that_cannot_be_becomes_the_nearest_that_can_and_the_rule_is_shown(
    qtbot, typed, kept
):
    shares = Shares()
    qtbot.addWidget(shares)
    shares.show()
    spin = shares.spins["test"]
    spin.selectAll()
    QTest.keyClicks(spin, typed)
    with qtbot.waitSignal(shares.edited):
        QTest.keyClick(spin, Qt.Key.Key_Return)
    assert shares.get().test == pytest.approx(kept)
    assert spin.value() == pytest.approx(100 * kept)
    assert "From 1 to 98 %" in QToolTip.text()
    assert "From 1 to 98 %" in spin.toolTip()
