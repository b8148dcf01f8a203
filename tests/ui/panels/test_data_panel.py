import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from visualiser.core.data.registry import SOURCES
from visualiser.core.experiment import DatasetConfig, Experiment, SplitConfig
from visualiser.core.starting_point import starting_point
from visualiser.ui.palette import DARK
from visualiser.ui.panels.data_panel import DataPanel


@pytest.fixture
def panel(qtbot):
    panel = DataPanel()
    panel.emitted = []
    panel.changed.connect(lambda *values: panel.emitted.append(values))
    qtbot.addWidget(panel)
    panel.resize(270, 500)
    panel.show()
    return panel


def test_every_registered_source_is_on_offer_and_the_own_file_comes_last(panel):
    offered = [panel.source.itemData(i) for i in range(panel.source.count())]
    assert [name for name in offered if name is not None] == list(SOURCES)
    assert "own_table" in offered


def test_data_sets_stand_under_the_job_they_are_for(panel):
    under = {}
    for place in range(panel.source.count()):
        if panel.source.itemData(place) is None:
            job = panel.source.itemText(place)
            assert job not in under.values()
        else:
            under[panel.source.itemData(place)] = job
    assert under == {name: source.job for name, source in SOURCES.items()}


def test_a_described_table_has_its_options_in_the_panel(panel, qtbot):
    panel.show_experiment(Experiment(dataset=DatasetConfig(name="adult_10k")))
    assert list(panel.form.controls) == ["use_group", "group_by"]
    with qtbot.waitSignal(panel.changed):
        panel.form.controls["use_group"].click()
    assert panel.emitted[0][0].options == {"use_group": False}


def test_another_data_set_is_sent_once_with_the_split(panel, qtbot):
    panel.source.setFocus()
    with qtbot.waitSignal(panel.changed):
        QTest.keyClick(panel.source, Qt.Key.Key_Down)
        QTest.keyClick(panel.source, Qt.Key.Key_Down)
    second = list(SOURCES)[2]
    assert panel.emitted == [(DatasetConfig(name=second), SplitConfig())]


def test_several_options_changed_at_once_are_sent_once(panel, qtbot):
    panel.form.controls["classes"].stepUp()
    with qtbot.waitSignal(panel.changed):
        panel.form.controls["noise"].setValue(25)
    expected = DatasetConfig(options={"classes": 3, "noise": 0.25})
    assert panel.emitted == [(expected, SplitConfig())]


def test_options_keep_the_encoding(panel, qtbot):
    shown = DatasetConfig(encoding={"standardise": False})
    panel.show_experiment(Experiment(dataset=shown))
    with qtbot.waitSignal(panel.changed):
        panel.form.controls["classes"].stepUp()
    assert panel.emitted[0][0].encoding == shown.encoding


def test_shares_always_add_up(panel, qtbot):
    panel.split.set_open(True)
    with qtbot.waitSignal(panel.changed):
        panel.shares.spins["test"].setValue(30)
    _, split = panel.emitted[0]
    assert (split.train, split.validation, split.test) == (0.55, 0.15, 0.3)
    assert panel.shares.spins["train"].value() == 55


@pytest.mark.parametrize("name", [n for n, s in SOURCES.items() if s.file is None])
def test_examples_caption_and_card_are_those_of_the_run(panel, run_info, qtbot, name):
    experiment = starting_point(DatasetConfig(name=name))
    info = run_info(experiment)
    with qtbot.assertNotEmitted(panel.changed, wait=300):
        panel.show_experiment(experiment)
        blank = panel.examples.grab().toImage()
        panel.start_run(info)
    assert panel.examples.grab().toImage() != blank
    assert panel.caption.text().startswith(f"{len(info.dataset):,} ")
    assert panel.caption.text().endswith("70/15/15\u00a0%")
    assert info.dataset.card.weaknesses[0].split("“")[0].split("'")[0] in panel.card_text.text()


def test_examples_follow_the_theme(panel, run_info):
    panel.start_run(run_info(Experiment(dataset=DatasetConfig(name="mnist_5k"))))
    light = panel.examples.grab().toImage()
    panel.apply_palette(DARK)
    assert panel.examples.grab().toImage() != light


def test_giving_up_the_file_dialog_leaves_the_data_set(panel, qtbot):
    panel.source.put("own_table")
    panel.source.edited.emit()
    dialog = panel.findChild(QFileDialog)
    assert dialog is not None
    dialog.reject()
    assert panel.source.get() == "shapes"
    assert panel.emitted == []


def test_a_dropped_file_becomes_the_data_set(panel, qtbot, tmp_path):
    path = tmp_path / "houses.csv"
    path.write_text("rooms,price\n" + "".join(f"{n % 5},{n * 1000}\n" for n in range(40)))
    panel.open_path(path)
    dialog = panel.imports.dialog
    qtbot.waitUntil(dialog.use.isEnabled, timeout=20_000)
    with qtbot.waitSignal(panel.changed):
        dialog.use.click()
    dataset, _ = panel.emitted[0]
    assert dataset.name == "own_table"
    assert dataset.options["path"] == str(path)
    assert panel.source.get() == "own_table"


def test_headings_do_not_widen_the_closed_box(panel):
    choices = [panel.source.itemText(r) for r in range(panel.source.count())]
    widest = max(
        panel.source.fontMetrics().horizontalAdvance(text)
        for row, text in enumerate(choices)
        if panel.source.itemData(row) is not None
    )
    assert widest < panel.source.sizeHint().width() < widest + 60
