import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from visualiser.core.experiment import DatasetConfig, Experiment, ModelConfig
from visualiser.core.models.registry import MODELS, refusal
from visualiser.ui.panels.model_panel import ModelPanel, operations_text

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot):
    panel = ModelPanel()
    panel.emitted, panel.encodings = [], []

    def note(model: ModelConfig, encoding: dict) -> None:
        panel.emitted.append(model)
        panel.encodings.append(encoding)

    panel.changed.connect(note)
    qtbot.addWidget(panel)
    panel.resize(270, 400)
    panel.show()
    return panel


def shown(panel, run_info, experiment):
    panel.show_experiment(experiment)
    panel.start_run(run_info(experiment))
    return panel


def mlp(*hidden: int, **options: object) -> ModelConfig:
    return ModelConfig(name="mlp", options={"hidden": list(hidden), **options})


def test_plus_on_the_layers_adds_one_like_the_last(panel, qtbot):
    panel.show_experiment(Experiment(model=mlp(8)))
    with qtbot.waitSignal(panel.changed):
        QTest.mouseClick(panel.form.controls["hidden"].layers.more, LEFT)
    assert panel.emitted == [mlp(8, 8)]


@pytest.mark.parametrize("name", MODELS)
def test_the_first_model_to_be_shown_has_its_own_options(panel, name):
    panel.show_experiment(Experiment(model=ModelConfig(name=name)))
    assert panel.model.get() == name
    assert panel.form.controls.keys() <= MODELS[name].options.model_fields.keys()


def test_quick_clicks_are_sent_as_one_model(panel, qtbot):
    panel.show_experiment(Experiment(model=mlp(4, 4)))
    for _ in range(3):
        QTest.mouseClick(panel.form.controls["hidden"].widths[1].more, LEFT)
    QTest.mouseClick(panel.form.controls["hidden"].widths[0].less, LEFT)
    qtbot.waitUntil(lambda: bool(panel.emitted))
    assert panel.emitted == [mlp(3, 7)]


def test_all_hidden_layers_can_go(panel, qtbot):
    panel.show_experiment(Experiment(model=mlp(8)))
    with qtbot.waitSignal(panel.changed):
        QTest.mouseClick(panel.form.controls["hidden"].layers.less, LEFT)
    assert panel.emitted == [mlp()]


def test_six_layers_wrap_within_a_narrow_panel(panel, run_info, qtbot):
    shown(panel, run_info, Experiment(model=mlp(128, 64, 32, 16, 8, 4)))
    assert panel.minimumSizeHint().width() <= 270
    steppers = panel.form.controls["hidden"].widths

    def all_inside() -> bool:
        rights = [s.mapTo(panel, s.rect().topRight()).x() for s in steppers]
        return all(s.isVisible() for s in steppers) and max(rights) <= panel.width()

    qtbot.waitUntil(all_inside)


def test_the_strip_says_what_goes_in_and_comes_out(panel, run_info):
    shown(panel, run_info, Experiment())
    editor = panel.form.controls["hidden"]
    assert (editor._input.text(), editor._output.text()) == ("2", "→ 2")


@pytest.mark.parametrize("name", ["shapes", "mnist_5k"])
def test_a_model_that_refuses_the_data_is_greyed_with_the_reason(panel, run_info, name):
    experiment = Experiment(dataset=DatasetConfig(name=name))
    info = run_info(experiment)
    shown(panel, run_info, experiment)
    for row, model in enumerate(MODELS.values()):
        reason = refusal(model, info.dataset.modality)
        assert panel.model.model().item(row).isEnabled() == (reason is None)
        if reason:
            assert reason in panel.model.itemData(row, Qt.ItemDataRole.ToolTipRole)


def test_weights_and_cost_are_those_of_the_run(panel, run_info):
    info = run_info(Experiment(model=mlp(8, 8)))
    shown(panel, run_info, info.experiment)
    assert panel.cost.text().startswith(f"{info.parameters:,} weights\n")
    assert operations_text(info.flops_per_step) in panel.cost.text()


def test_a_model_that_only_looks_up_says_no_operations(panel, run_info):
    bigram = Experiment(dataset=DatasetConfig(name="dutch_names"), model=ModelConfig(name="bigram"))
    shown(panel, run_info, bigram)
    assert panel.cost.text() == "3,844 weights"


def test_the_cost_follows_at_once_before_anything_is_sent(panel, run_info):
    shown(panel, run_info, Experiment(model=mlp(8)))
    QTest.mouseClick(panel.form.controls["hidden"].widths[0].more, LEFT)
    expected = run_info(Experiment(model=mlp(9))).parameters
    assert panel.cost.text().startswith(f"{expected:,} weights")
    assert panel.emitted == []


def test_another_model_is_sent_with_its_own_options(panel, qtbot):
    panel.show_experiment(Experiment(model=mlp(8)))
    with qtbot.waitSignal(panel.changed):
        panel.model.setFocus()
        QTest.keyClick(panel.model, Qt.Key.Key_Up)
    assert panel.emitted == [ModelConfig(name="linear")]


def test_the_encoding_of_text_is_sent_apart(panel, run_info, qtbot):
    shown(panel, run_info, Experiment(dataset=DatasetConfig(name="sms_spam")))
    combo = panel.encoding.controls["words"]
    combo.setFocus()
    with qtbot.waitSignal(panel.encoding_changed) as sent:
        QTest.keyClick(combo, Qt.Key.Key_Down)
    assert sent.args == [{"words": "hashed"}]
    assert panel.emitted == []


HASHED = DatasetConfig(name="sms_spam", encoding={"words": "hashed"})


@pytest.mark.parametrize(
    ("model", "encoding"), [("linear", {"words": "hashed"}), ("word_average", {})]
)
def test_the_encoding_goes_with_a_model_that_sees_examples_alike_and_only_then(
    panel, run_info, qtbot, model, encoding
):
    start = Experiment(dataset=HASHED)
    panel.show_experiment(start)
    panel.start_run(run_info(start))
    with qtbot.waitSignal(panel.changed):
        panel.model.put(model)
        panel.model.edited.emit()
    assert panel.encodings == [encoding]


def test_options_of_the_encoding_follow_the_model_at_once_and_back(panel, run_info):
    start = Experiment(dataset=HASHED)
    panel.show_experiment(start)
    panel.start_run(run_info(start))
    assert set(panel.encoding.controls) == {"words", "size"}
    panel.model.put("text_cnn")
    panel.model.edited.emit()
    assert set(panel.encoding.controls) == {"length", "vocabulary"}
    assert panel.cost.text() == ""  # what an example will be is not known yet
    panel.show_experiment(start)
    assert panel.encoding.values() == {"words": "hashed"}
    assert "weights" in panel.cost.text()


def test_showing_never_emits(panel, run_info, qtbot):
    with qtbot.assertNotEmitted(panel.changed, wait=400):
        shown(panel, run_info, Experiment(model=ModelConfig(name="linear")))
        shown(panel, run_info, Experiment(model=mlp(3, 2, activation="tanh")))
    assert panel.config == mlp(3, 2, activation="tanh")


@pytest.mark.parametrize(
    ("operations", "text"),
    [
        (0, "0 operations"),
        (999, "999 operations"),
        (999_600, "1 million operations"),
        (1.6e6, "1.6 million operations"),
        (2e12, "2 trillion operations"),
    ],
)
def test_operations_are_counted_in_words(operations, text):
    assert operations_text(operations) == text


def test_a_model_of_many_weights_says_that_a_step_takes_long(panel, run_info):
    info = run_info(Experiment())
    panel.show_experiment(Experiment())
    panel.start_run(info)
    assert not panel.warning.isVisible()
    for hidden, slow in (((2048, 2048, 2048), True), ((8,), False)):
        options = {"hidden": list(hidden)}
        panel.show_experiment(Experiment(model=ModelConfig(options=options)))
        assert panel.warning.isVisible() == slow
