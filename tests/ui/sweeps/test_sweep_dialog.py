from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from tests.core.sweep.small_sweeps import MOONS, sweep_of, trained
from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Spoiling
from visualiser.core.starting_point import starting_point
from visualiser.core.sweep.lines import size_lines
from visualiser.core.sweep.result import CELLS_FILE, CellResult
from visualiser.core.sweep.sweep import cells_of
from visualiser.core.sweep.sweep_file import open_folder
from visualiser.ui.message_bar import Message
from visualiser.ui.palette import DARK
from visualiser.ui.sweeps.dialog import SweepDialog

TWO = sweep_of(lines=size_lines((0.5, 1.0)))


@pytest.fixture
def dialog(qtbot: QtBot, theme: object) -> Iterator[SweepDialog]:
    made = SweepDialog()
    qtbot.addWidget(made)
    made.offer(MOONS, load_dataset(MOONS.dataset, 0))
    made.show()
    yield made


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, CellResult]:
    return trained(TWO, tmp_path_factory.mktemp("two"))


@pytest.fixture
def folder(tmp_path: Path, results: dict[str, CellResult]) -> Path:
    """Where that sweep is, but for its last run."""
    _, log = open_folder(TWO, tmp_path)
    for result in list(results.values())[:-1]:
        log.append(result)
    return tmp_path


def started(dialog: SweepDialog, qtbot: QtBot) -> tuple:
    with qtbot.waitSignal(dialog.start_wanted) as wanted:
        dialog.start.click()
    return tuple(wanted.args)


def test_empty_it_asks_the_question_and_offers_a_start(dialog: SweepDialog) -> None:
    assert "How much noise" in dialog.chart._nothing
    assert dialog.start.isEnabled() and not dialog.export_button.isEnabled()
    assert "7 amounts × 5 seeds = 35 runs" in dialog.form.runs.text()
    assert dialog.form.preview.text() == "0 %, 10 %, 20 %, …, 60 %"


def test_only_what_makes_sense_for_the_data_can_be_swept(dialog: SweepDialog) -> None:
    dataset = load_dataset(MOONS.dataset, 0)
    choice = dialog.form.corruption
    offered = {choice.itemData(i) for i in range(choice.count())}
    assert offered == {c.name for c in CORRUPTIONS.values() if c.refuses(dataset) is None}


def test_start_asks_for_the_sweep_that_is_described(dialog: SweepDialog, qtbot: QtBot) -> None:
    form = dialog.form
    form.count.setValue(3)
    form.top.setValue(40)
    form.seeds.setValue(2)
    sweep, folder, address = started(dialog, qtbot)
    assert sweep == sweep_of()
    assert address == "" and folder.name.startswith("shapes-symmetric_label_noise-")
    assert started(dialog, qtbot)[1] == folder


def test_the_same_place_is_kept_for_what_the_sliders_say_now(
    dialog: SweepDialog, qtbot: QtBot
) -> None:
    _, before, _ = started(dialog, qtbot)
    noisy = Spoiling(corruptions=(CorruptionConfig(name="feature_noise", amount=0.5),))
    dialog.offer(MOONS.replace(spoiling=noisy), load_dataset(MOONS.dataset, 0))
    assert "Noisy features" in dialog.form.what.text()
    dialog.form.corruption.put("symmetric_label_noise")
    dialog.form._choose()
    sweep, folder, _ = started(dialog, qtbot)
    assert sweep.base.spoiling == noisy
    assert folder != before


@pytest.mark.parametrize(
    ("kind", "labels"),
    [
        ("models", ["Linear model", "Neural network (MLP)"]),
        ("sizes", ["10 % of the examples", "all examples"]),
        ("second", ["Class confusion: none", None]),
        ("against", ["Wrong labels", None]),
    ],
)
def test_what_is_compared_becomes_lines(dialog, qtbot, kind, labels) -> None:
    box = dialog.form.comparison
    box.kind.setCurrentIndex(box.kind.findData(kind))
    box.kind.activated.emit(box.kind.currentIndex())
    made = [line.label for line in started(dialog, qtbot)[0].lines]
    assert len(made) == len(labels)
    if kind in ("models", "sizes"):
        assert made == labels
    assert "× 2 lines = 70 runs" in dialog.form.runs.text()


def test_where_models_are_compared_one_is_ticked(dialog: SweepDialog, qtbot: QtBot) -> None:
    box = dialog.form.comparison
    box.kind.setCurrentIndex(box.kind.findData("models"))
    box.kind.activated.emit(box.kind.currentIndex())
    for switch in box.models.values():
        if switch.get():
            switch.click()
    assert dialog.form.runs.text().startswith("No model is ticked.")
    with qtbot.assertNotEmitted(dialog.start_wanted):
        dialog.start.click()
    assert "No model is ticked" in dialog.messages.told[-1].message.text


def test_amounts_that_are_kept_are_told_as_what_is_left_out(dialog: SweepDialog) -> None:
    dialog.form.corruption.put("fewer_examples")
    dialog.form._choose()
    assert dialog.form.preview.text().startswith("left out: 0 %, ")


def test_what_is_shown_stays_until_another_sweep_is_open(
    dialog: SweepDialog, qtbot: QtBot, folder: Path
) -> None:
    dialog.open_folder(folder)
    before, label = dialog.summary, dialog.folder.text()
    dialog.form.seeds.setValue(1)
    sweep, elsewhere, _ = started(dialog, qtbot)
    assert dialog.summary is before and dialog.folder.text() == label
    dialog.begin()
    dialog.take_opened(sweep, {})
    assert dialog.folder.text() == f"0 of 7 runs, kept in {elsewhere}"
    dialog.end(Message("It cannot be.", kind="error"))
    assert dialog.summary == before and dialog.folder.text() == label
    assert dialog.start.text() == "Start"


def test_a_first_sweep_that_is_refused_leaves_the_question(
    dialog: SweepDialog, qtbot: QtBot
) -> None:
    sweep, _, _ = started(dialog, qtbot)
    dialog.begin()
    dialog.take_opened(sweep, {})
    assert "under way" in dialog.chart._nothing
    dialog.end(Message("It cannot be.", kind="error"))
    assert dialog.chart._nothing == dialog.chart.question
    assert dialog.folder.text() == "" and dialog.start.text() == "Start"


def test_a_cluster_needs_an_address(dialog: SweepDialog, qtbot: QtBot) -> None:
    place = dialog.place
    assert not place.address.isVisible()
    place.kind.setCurrentIndex(place.kind.findData("cluster"))
    place.kind.activated.emit(1)
    assert place.address.isVisible() and "trust" in place.note.text()
    with qtbot.assertNotEmitted(dialog.start_wanted):
        dialog.start.click()
    assert "no address" in dialog.messages.told[-1].message.text
    place.address.setText("tcp://192.168.0.5:8786")
    assert started(dialog, qtbot)[2] == "tcp://192.168.0.5:8786"


def test_results_are_drawn_as_they_come(
    dialog: SweepDialog, qtbot: QtBot, results: dict[str, CellResult], tmp_path: Path
) -> None:
    dialog.open_folder(open_and_give(tmp_path))
    dialog.begin()
    dialog.progress(0.1, "0 of 12 runs trained")
    dialog.take_opened(TWO, {})
    assert not dialog.form.isEnabled() and not dialog.start.isEnabled()
    cells = cells_of(TWO)
    for done, key in enumerate(dict.fromkeys(cell.key for cell in cells), start=1):
        dialog.take_result(results[key])
        qtbot.waitUntil(lambda n=done: dialog.summary and dialog.summary.done == n)
    dialog.end(Message("The sweep is done."))
    assert [curve.label for curve in dialog.summary.curves] == [line.label for line in TWO.lines]
    assert all(len(point.values) == 2 for c in dialog.summary.curves for point in c.points)
    assert dialog.form.isEnabled() and not dialog.work.isVisible()
    assert dialog.start.text() == "Complete" and not dialog.start.isEnabled()
    assert dialog.words.text()


def open_and_give(folder: Path) -> Path:
    open_folder(TWO, folder)
    return folder


def test_an_earlier_sweep_is_opened_and_gone_on_with(
    dialog: SweepDialog, qtbot: QtBot, folder: Path
) -> None:
    dialog.open_folder(folder)
    assert dialog.summary.done == dialog.summary.wanted - 1
    assert dialog.start.text() == "Go on"
    assert started(dialog, qtbot)[:2] == (TWO, folder)
    dialog.form.seeds.setValue(1)  # another one is described
    assert dialog.start.text() == "Start"


def test_a_folder_without_a_sweep_is_told_and_changes_nothing(
    dialog: SweepDialog, folder: Path, tmp_path: Path
) -> None:
    dialog.open_folder(folder)
    before = dialog.summary
    dialog.open_folder(tmp_path / "elsewhere")
    assert dialog.summary is before
    assert "no sweep" in dialog.messages.told[-1].message.text


def test_another_figure_may_be_drawn(dialog: SweepDialog, folder: Path) -> None:
    dialog.open_folder(folder)
    assert dialog.summary.measure.name == "accuracy"
    dialog.figure.setCurrentIndex(dialog.figure.findData("loss"))
    dialog.figure.activated.emit(dialog.figure.currentIndex())
    assert dialog.summary.measure.name == "loss"
    assert dialog.summary.baseline is None


def test_the_chart_is_saved_as_picture_drawing_and_table(
    dialog: SweepDialog, folder: Path, tmp_path: Path
) -> None:
    dialog.open_folder(folder)
    dialog.apply_palette(DARK)
    for suffix in ("png", "svg", "csv"):
        dialog.saving.save(suffix, tmp_path / f"chart.{suffix}")
    assert (tmp_path / "chart.png").stat().st_size > 5_000
    texts = "".join(ElementTree.parse(tmp_path / "chart.svg").getroot().itertext())
    assert "50 % of the examples" in texts and "accuracy on clean test rows (%)" in texts
    assert (tmp_path / "chart.csv").read_text().startswith("line,amount,figure")


def test_the_pointer_and_the_arrow_keys_read_the_points(
    dialog: SweepDialog, qtbot: QtBot, folder: Path
) -> None:
    dialog.open_folder(folder)
    chart = dialog.chart
    for (line, place), point in chart._points():
        said = chart.read(chart._place(point))
        assert chart.marked is not None
        assert dialog.summary.measure.text(chart.summary.curves[line].points[place].mean) in said
    assert chart.read(QPointF(1, 1)) == ""
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.marked == (0, 0) and "Wrong labels 0 %" in chart.accessibleDescription()
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.marked == (1, 2)


def test_everything_has_a_name_and_a_tip(dialog: SweepDialog) -> None:
    form, box = dialog.form, dialog.form.comparison
    for control in (
        form.corruption, form.top, form.count, form.seeds, box.kind, box.sizes, box.second_amounts,
        dialog.place.kind, dialog.place.address, dialog.figure, dialog.chart,
    ):  # fmt: skip
        assert control.accessibleName() and control.toolTip()


@pytest.mark.parametrize("name", ["sacramento", "bike_daily", "retail_purchases", "alice29"])
def test_it_can_be_described_for_every_kind_of_task(qtbot: QtBot, name: str) -> None:
    experiment = starting_point(DatasetConfig(name=name))
    made = SweepDialog()
    qtbot.addWidget(made)
    made.offer(experiment, load_dataset(experiment.dataset, 0))
    for place in range(made.form.corruption.count()):
        made.form.corruption.setCurrentIndex(place)
        made.form._choose()
        assert made.form.sweep().count == 35


def test_a_torn_line_is_no_reason_not_to_open(dialog: SweepDialog, folder: Path) -> None:
    path = folder / CELLS_FILE
    path.write_bytes(path.read_bytes()[:-50])
    dialog.open_folder(folder)
    assert dialog.summary.done == dialog.summary.wanted - 2
