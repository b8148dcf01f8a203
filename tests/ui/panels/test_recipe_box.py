from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.experiment import CorruptionConfig, Experiment, Spoiling
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.panels.quality_panel import QualityPanel

LABELS = CorruptionConfig(name="symmetric_label_noise", amount=0.2)
NOISE = CorruptionConfig(name="feature_noise", amount=0.5)
RARE = CorruptionConfig(name="class_imbalance", amount=0.1)


def recipe(*configs: CorruptionConfig) -> Spoiling:
    return Spoiling(corruptions=configs)


@pytest.fixture
def panel(qtbot: QtBot, run_info: Callable[[Experiment], RunInfo]) -> QualityPanel:
    panel = QualityPanel()
    qtbot.addWidget(panel)
    panel.start_run(run_info(Experiment()))
    panel.resize(270, 600)
    panel.show()
    return panel


def test_a_single_ingredient_in_sight_needs_no_list(panel: QualityPanel) -> None:
    panel.show_experiment(Experiment(spoiling=recipe(LABELS)))
    assert panel.recipe.isHidden()
    panel.sides.buttons["Noise"].click()
    assert panel.recipe.lines == ("Wrong labels 20 %",)


def test_arrows_change_the_order_and_the_keyboard_stays(panel: QualityPanel, qtbot: QtBot) -> None:
    panel.show_experiment(Experiment(spoiling=recipe(RARE, LABELS, NOISE)))
    assert [line.split()[0] for line in panel.recipe.lines] == ["Rare", "Wrong", "Noisy"]
    with qtbot.waitSignal(panel.changed) as sent:
        QTest.mouseClick(panel.recipe.line_of(NOISE.name).up, Qt.MouseButton.LeftButton)
    assert sent.args == [recipe(RARE, NOISE, LABELS)]
    assert panel.recipe.line_of(NOISE.name).up.hasFocus()
    QTest.keyClick(panel.recipe.line_of(NOISE.name).up, Qt.Key.Key_Space)
    assert panel.spoiling == recipe(NOISE, RARE, LABELS)
    assert not panel.recipe.line_of(NOISE.name).up.isEnabled()


def test_an_ingredient_can_be_left_out(panel: QualityPanel) -> None:
    panel.show_experiment(Experiment(spoiling=recipe(LABELS, NOISE, RARE)))
    QTest.mouseClick(panel.recipe.line_of(NOISE.name).remove, Qt.MouseButton.LeftButton)
    assert panel.spoiling == recipe(LABELS, RARE)


def test_what_came_into_use_last_is_done_last(panel: QualityPanel) -> None:
    panel.show_experiment(Experiment(spoiling=recipe(RARE)))
    QTest.keyClick(panel.rows[LABELS.name].slider.slider, Qt.Key.Key_Right)
    assert [config.name for config in panel.spoiling.corruptions] == [RARE.name, LABELS.name]


def test_a_click_on_an_ingredient_shows_its_slider(panel: QualityPanel) -> None:
    panel.show_experiment(Experiment(spoiling=recipe(LABELS, NOISE)))
    QTest.mouseClick(panel.recipe.line_of(NOISE.name).text, Qt.MouseButton.LeftButton)
    assert panel.sides.shown == "Noise"
    assert panel.rows[NOISE.name].isVisible()
    assert not panel.rows[LABELS.name].isVisible()


def test_sides_in_use_stand_out_and_say_by_what(panel: QualityPanel) -> None:
    panel.show_experiment(Experiment(spoiling=recipe(LABELS)))
    labels, noise = panel.sides.buttons["Labels"], panel.sides.buttons["Noise"]
    assert labels.property("spoiled") and not noise.property("spoiled")
    assert labels.accessibleDescription() == "Wrong labels 20 %"


def test_only_the_rows_of_the_shown_side_are_made(panel: QualityPanel) -> None:
    made = set(panel.rows.standing())
    assert {CORRUPTIONS[name].dimension for name in made} == {panel.sides.shown}


def test_each_ingredient_has_its_own_pattern_and_part(panel: QualityPanel) -> None:
    panel.show_experiment(Experiment(spoiling=recipe(LABELS)))
    form = panel.rows[LABELS.name].ingredient
    form.seed.setValue(5)
    form.parts.setCurrentIndex(form.parts.findData("both"))
    form.parts.activated.emit(form.parts.currentIndex())
    assert panel.spoiling == recipe(LABELS.replace(seed=5, parts="both"))
    assert panel.validation_too.get()
