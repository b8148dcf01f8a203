from time import monotonic

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Experiment, Spoiling
from visualiser.ui.panels.quality_panel import QualityPanel

LABELS = "symmetric_label_noise"
MORTGAGES = Experiment(dataset=DatasetConfig(name="mortgage_hmda"))


def spoiled(name: str, amount: float, **options: object) -> Spoiling:
    return Spoiling(corruptions=(CorruptionConfig(name=name, amount=amount, options=options),))


@pytest.fixture
def panel(qtbot):
    panel = QualityPanel()
    panel.emitted = []
    panel.changed.connect(panel.emitted.append)
    qtbot.addWidget(panel)
    panel.resize(270, 800)
    panel.show()
    return panel


def test_there_is_a_slider_for_every_registered_corruption(panel):
    assert list(panel.rows) == list(CORRUPTIONS)


def test_an_arrow_key_asks_for_one_per_cent_at_once(panel):
    QTest.keyClick(panel.rows[LABELS].slider.slider, Qt.Key.Key_Right)
    assert panel.emitted == [spoiled(LABELS, 0.01)]


def test_a_fast_drag_is_throttled_and_its_end_surely_arrives(panel, qtbot):
    slider = panel.rows[LABELS].slider.slider
    slider.setSliderDown(True)
    for place in range(1, 41):
        slider.setValue(place)
    assert len(panel.emitted) < 5
    slider.setSliderDown(False)
    assert panel.emitted[-1] == spoiled(LABELS, 0.4)


def test_while_a_training_runs_fewer_edits_are_sent_and_the_last_surely(
    panel, run_info, snapshot, qtbot
):
    info = run_info(Experiment())
    panel.show_snapshot(snapshot(info, Spoiling()))
    slider = panel.rows[LABELS].slider.slider
    slider.setSliderDown(True)
    started = monotonic()
    for place in range(1, 31):
        slider.setValue(place)
        qtbot.wait(20)
    assert len(panel.emitted) <= 1 + (monotonic() - started) / 0.24
    slider.setSliderDown(False)
    assert panel.emitted[-1] == spoiled(LABELS, 0.3)


def test_a_key_that_is_held_is_throttled_too(panel):
    slider = panel.rows[LABELS].slider.slider
    for _ in range(30):
        QTest.keyPress(slider, Qt.Key.Key_Right)
    assert len(panel.emitted) < 5
    QTest.keyRelease(slider, Qt.Key.Key_Right)
    assert panel.emitted[-1] == spoiled(LABELS, 0.3)


def test_an_exact_amount_can_be_typed(panel):
    slider = panel.rows[LABELS].slider
    slider.slider.setFocus()
    QTest.keyClicks(slider.slider, "3")
    QTest.keyClicks(slider.editor, "3.3")
    QTest.keyClick(slider.editor, Qt.Key.Key_Return)
    assert panel.emitted[-1].amount(LABELS) == pytest.approx(0.333)


def test_double_click_goes_back_to_clean_data(panel):
    panel.show_experiment(Experiment(spoiling=spoiled(LABELS, 0.4)))
    QTest.mouseDClick(panel.rows[LABELS].slider.slider, Qt.MouseButton.LeftButton)
    assert panel.emitted[-1] == Spoiling()


def test_heal_sends_clean_data(panel):
    panel.show_experiment(Experiment(spoiling=spoiled(LABELS, 0.4)))
    QTest.mouseClick(panel.heal, Qt.MouseButton.LeftButton)
    assert panel.emitted[-1] == Spoiling()
    assert not panel.heal.isEnabled()


def test_heal_sets_the_validation_switch_back_too(panel):
    spoiling = spoiled(LABELS, 0.4)
    panel.show_experiment(Experiment(spoiling=spoiling.done_to("both")))
    QTest.mouseClick(panel.heal, Qt.MouseButton.LeftButton)
    assert panel.emitted == [Spoiling()]
    assert not panel.validation_too.get()
    assert not panel.heal.isEnabled()


def test_the_switch_spoils_validation_data_too(panel):
    panel.show_experiment(Experiment(spoiling=spoiled(LABELS, 0.4)))
    panel.validation_too.click()
    assert panel.emitted == [spoiled(LABELS, 0.4).done_to("both")]
    QTest.keyClick(panel.rows["pair_flip"].slider.slider, Qt.Key.Key_Right)
    assert {config.parts for config in panel.spoiling.corruptions} == {"both"}


def test_another_experiment_sets_the_validation_switch_back(panel, run_info):
    panel.rows[LABELS].slider.choose(0.2)
    panel.validation_too.click()
    panel.show_experiment(MORTGAGES)
    panel.start_run(run_info(MORTGAGES))
    assert not panel.validation_too.get()
    panel.rows[LABELS].slider.choose(0.2)
    assert panel.emitted[-1] == spoiled(LABELS, 0.2)


def test_showing_never_emits(panel, run_info, snapshot):
    experiment = Experiment(spoiling=spoiled(LABELS, 0.4))
    info = run_info(experiment)
    panel.show_experiment(experiment)
    panel.start_run(info)
    panel.show_snapshot(snapshot(info, experiment.spoiling, applied=1))
    assert panel.emitted == []
    assert panel.spoiling == experiment.spoiling


def test_what_the_data_cannot_take_is_greyed_with_the_reason(panel, run_info):
    info = run_info(Experiment())
    panel.start_run(info)
    for name, row in panel.rows.items():
        reason = CORRUPTIONS[name].refuses(info.dataset)
        assert row.isEnabled() == (reason is None)
        assert (reason or "") in row.slider.slider.toolTip()


def test_what_the_data_cannot_take_is_not_asked_for(panel, run_info):
    panel.show_experiment(MORTGAGES.replace(spoiling=spoiled("group_label_bias", 0.5)))
    panel.start_run(run_info(Experiment()))
    assert panel.spoiling == Spoiling()


def test_realised_counts_appear_beside_the_amount(panel, run_info, snapshot):
    experiment = Experiment(spoiling=spoiled(LABELS, 0.4))
    info = run_info(experiment)
    panel.show_experiment(experiment)
    shot = snapshot(info, experiment.spoiling)
    panel.show_snapshot(shot)
    change = shot.changes[0]
    expected = f"40 % → {change.changed:,} of {change.eligible:,} labels"
    assert panel.rows[LABELS].slider.number.texts[0] == expected


def test_a_count_of_an_older_amount_is_not_shown_for_the_new_one(panel, run_info, snapshot):
    experiment = Experiment(spoiling=spoiled(LABELS, 0.4))
    info = run_info(experiment)
    panel.show_experiment(experiment.replace(spoiling=spoiled(LABELS, 0.2)))
    panel.show_snapshot(snapshot(info, experiment.spoiling))
    assert panel.rows[LABELS].slider.number.texts == ("20 %",)


def test_sliders_follow_a_planned_edit(panel, run_info, snapshot):
    info = run_info(Experiment())
    panel.show_experiment(Experiment())
    panel.start_run(info)
    panel.show_snapshot(snapshot(info, spoiled(LABELS, 0.3), applied=1))
    assert panel.rows[LABELS].slider.value == 0.3


def test_sliders_do_not_follow_while_the_user_drags(panel, run_info, snapshot):
    info = run_info(Experiment())
    panel.show_experiment(Experiment())
    slider = panel.rows[LABELS].slider
    slider.slider.setSliderDown(True)
    slider.slider.setValue(7)
    panel.show_snapshot(snapshot(info, spoiled(LABELS, 0.3), applied=1))
    assert slider.value == 0.07
    slider.slider.setSliderDown(False)


def test_options_offer_the_groups_of_the_data(panel, run_info):
    info = run_info(MORTGAGES)
    panel.show_experiment(MORTGAGES)
    panel.start_run(info)
    combo = panel.rows["under_representation"].form.controls["group"]
    offered = [combo.itemData(i) for i in range(combo.count())]
    assert offered == ["", *info.dataset.group_names]


@pytest.mark.parametrize(
    ("row", "option", "text"),
    [
        ("under_representation", "group", "Black applicants (automatic)"),
        ("under_representation", "label", "All of the group (automatic)"),
        ("group_label_bias", "positive", "approved (automatic)"),
        ("pair_flip", "from_class", "Every class (automatic)"),
        ("pair_flip", "to_class", "The next class (automatic)"),
    ],
)
def test_what_is_automatic_says_what_it_comes_to_on_this_data(panel, run_info, row, option, text):
    panel.show_experiment(MORTGAGES)
    panel.start_run(run_info(MORTGAGES))
    combo = panel.rows[row].form.controls[option]
    assert combo.currentText() == text
    assert combo.get() == ""


def test_a_changed_option_is_sent_with_its_amount(panel, run_info):
    experiment = MORTGAGES.replace(spoiling=spoiled("under_representation", 0.5))
    info = run_info(MORTGAGES)
    panel.show_experiment(experiment)
    panel.start_run(info)
    combo = panel.rows["under_representation"].form.controls["group"]
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    group = info.dataset.group_names[0]
    assert panel.emitted[-1] == spoiled("under_representation", 0.5, group=group)


def test_spoiling_that_the_data_before_had_no_use_for_can_be_healed(panel, run_info):
    panel.start_run(run_info(Experiment()))
    noisy = spoiled("target_noise", 0.5)
    houses = Experiment(dataset=DatasetConfig(name="sacramento"), spoiling=noisy)
    panel.show_experiment(houses)
    panel.start_run(run_info(houses))
    assert panel.spoiling == noisy
    assert panel.heal.isEnabled()
