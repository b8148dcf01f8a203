import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from visualiser.core.experiment import Experiment, Spoiling, TrainingConfig
from visualiser.ui.panels.training_panel import TrainingPanel


@pytest.fixture
def panel(qtbot):
    panel = TrainingPanel()
    panel.emitted, panel.rates, panel.seeds = [], [], []
    panel.changed.connect(panel.emitted.append)
    panel.learning_rate_changed.connect(panel.rates.append)
    panel.seed_changed.connect(panel.seeds.append)
    qtbot.addWidget(panel)
    panel.resize(270, 400)
    panel.show()
    return panel


def test_the_learning_rate_climbs_the_ladder(panel):
    QTest.keyClick(panel.rate.slider, Qt.Key.Key_Right)
    assert panel.rates == [0.01]
    assert panel.emitted == []


def test_a_learning_rate_off_the_ladder_can_be_typed(panel):
    QTest.mouseClick(panel.rate.number, Qt.MouseButton.LeftButton)
    QTest.keyClicks(panel.rate.editor, "0.0042")
    QTest.keyClick(panel.rate.editor, Qt.Key.Key_Return)
    assert panel.rates == [0.0042]
    assert panel.rate.number.texts == ("0.0042",)


def test_escape_gives_up_typing(panel):
    QTest.mouseClick(panel.rate.number, Qt.MouseButton.LeftButton)
    QTest.keyClicks(panel.rate.editor, "7")
    QTest.keyClick(panel.rate.editor, Qt.Key.Key_Escape)
    assert panel.rates == []
    assert panel.rate.value == 0.003


def test_another_optimiser_keeps_everything_else(panel, qtbot):
    training = TrainingConfig(
        learning_rate=0.02, batch_size=17, weight_decay=0.0012345678, epochs=3, twin=False
    )
    panel.show_experiment(Experiment(training=training))
    combo = panel.form.controls["optimizer"]
    combo.setFocus()
    with qtbot.waitSignal(panel.changed):
        QTest.keyClick(combo, Qt.Key.Key_Down)
    assert panel.emitted == [training.replace(optimizer="adamw")]


def test_rolling_the_dice_sends_a_seed_once(panel, qtbot):
    panel.more.set_open(True)
    QTest.mouseClick(panel.roll, Qt.MouseButton.LeftButton)
    assert panel.seeds == [panel.seed.get()]


def test_a_typed_seed_is_sent(panel, qtbot):
    panel.more.set_open(True)
    panel.seed.selectAll()
    with qtbot.waitSignal(panel.seed_changed) as sent:
        QTest.keyClicks(panel.seed, "123")
        QTest.keyClick(panel.seed, Qt.Key.Key_Return)
    assert sent.args == [123]


def test_the_slider_follows_a_planned_edit(panel, run_info, snapshot):
    info = run_info(Experiment())
    panel.show_experiment(Experiment())
    panel.start_run(info)
    panel.show_snapshot(snapshot(info, Spoiling(), applied=1, learning_rate=0.5))
    assert panel.rate.value == 0.5
    assert panel.rates == []


def test_showing_never_emits(panel, qtbot):
    experiment = Experiment(training=TrainingConfig(optimizer="sgd", epochs=7), seed=9)
    with qtbot.assertNotEmitted(panel.changed, wait=350):
        panel.show_experiment(experiment)
    assert (panel.config, panel.rates, panel.seeds) == (experiment.training, [], [])
    assert panel.seed.get() == 9
