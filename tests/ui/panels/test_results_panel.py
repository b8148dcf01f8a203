from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from visualiser.core.corruption.registry import change_text
from visualiser.core.experiment import (
    CorruptionConfig,
    DatasetConfig,
    Experiment,
    ModelConfig,
    Spoiling,
    TrainingConfig,
)
from visualiser.core.outcome import describe
from visualiser.core.starting_point import starting_point
from visualiser.core.training.snapshot import Predictions, RunInfo, Snapshot
from visualiser.ui.panels.results_panel import ResultsPanel

CLEAN = Experiment(
    dataset=DatasetConfig(name="mnist_5k"), model=ModelConfig(options={"hidden": [16]})
)
NOISE = CorruptionConfig(name="symmetric_label_noise", amount=0.5)
SPOILED = CLEAN.replace(spoiling=Spoiling(corruptions=(NOISE,)))
ALONE = SPOILED.replace(training=TrainingConfig(twin=False))
GROUPS = Experiment(dataset=DatasetConfig(name="mortgage_hmda"))
HOUSES = Experiment(dataset=DatasetConfig(name="sacramento"))

Trained = Callable[..., Snapshot]


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[ResultsPanel]:
    made = ResultsPanel()
    qtbot.addWidget(made)
    made.show()
    yield made


def show(panel: ResultsPanel, snapshot: Snapshot) -> None:
    panel.start_run(snapshot.info)
    panel.show_snapshot(snapshot)


def words(panel: ResultsPanel) -> list[str]:
    return [label.text() for label in panel.findings.sentences if label.isVisible()]


def test_figures_stand_beside_those_of_the_clean_twin(
    panel: ResultsPanel, trained: Trained
) -> None:
    snapshot = trained(SPOILED, steps=60)
    show(panel, snapshot)
    comparison = describe(snapshot).validation
    assert panel.student.text() == comparison.student_text
    assert panel.twin.text() == comparison.twin_text
    assert "clean" in panel.caption.text()


def test_the_difference_to_the_twin_stands_out(panel: ResultsPanel, trained: Trained) -> None:
    snapshot = trained(SPOILED, steps=60)
    show(panel, snapshot)
    comparison = describe(snapshot).validation
    assert comparison.effect == "worse"
    assert panel.findings.difference.text() == comparison.difference_text
    assert panel.student.property("spoiled")


def test_without_spoiling_there_is_no_difference_to_show(
    panel: ResultsPanel, trained: Trained
) -> None:
    show(panel, trained(CLEAN))
    assert not panel.findings.difference.isVisible()


def test_f1_stands_beside_accuracy_for_both_models(panel: ResultsPanel, trained: Trained) -> None:
    snapshot = trained(SPOILED, steps=60)
    show(panel, snapshot)
    f1, error, told_apart = describe(snapshot).further
    assert panel.further.texts == (
        f"macro F1 {f1.student_text}, twin {f1.twin_text}",
        f"ECE {error.student_text}, twin {error.twin_text}",
        f"MIA AUC {told_apart.student_text}, twin {told_apart.twin_text}",
    )
    assert float(f1.student_text) == pytest.approx(snapshot.validation.values["f1"], abs=0.001)
    show(panel, trained(ALONE))
    assert ", twin" not in panel.further.texts[0]


def test_without_a_twin_there_is_one_figure(panel: ResultsPanel, trained: Trained) -> None:
    show(panel, trained(ALONE))
    assert panel.student.isVisible()
    assert not panel.twin.isVisible()
    assert not panel.twin_title.isVisible()


def test_says_in_words_what_was_done_and_what_it_cost(
    panel: ResultsPanel, trained: Trained
) -> None:
    snapshot = trained(SPOILED, steps=60)
    show(panel, snapshot)
    assert words(panel) == list(describe(snapshot).sentences)
    assert panel.changed.text() == f"{change_text(snapshot.changes[0])}."


def test_a_clean_run_speaks_of_no_wrong_labels(panel: ResultsPanel, trained: Trained) -> None:
    show(panel, trained(CLEAN))
    assert not panel.changed.isVisible()
    assert not panel.memorised.isVisible()
    assert not panel.student.property("spoiled")


def test_worst_confusions_are_bars_with_the_twin_marked(
    panel: ResultsPanel, trained: Trained
) -> None:
    snapshot = trained(SPOILED, steps=60)
    show(panel, snapshot)
    confusions = describe(snapshot).confusions
    assert confusions
    assert [row.share for row in panel.confusions.rows] == [c.share for c in confusions]
    assert [row.mark for row in panel.confusions.rows] == [c.twin_share for c in confusions]
    assert panel.confusions.rows[0].title == f"{confusions[0].true} as {confusions[0].predicted}"


def test_where_no_class_is_confused_a_sentence_says_so_until_one_is(
    panel: ResultsPanel, trained: Trained
) -> None:
    snapshot = trained(SPOILED, steps=60)
    info = snapshot.info
    right = np.eye(info.dataset.class_count)[info.split.validation.labels[info.watched]]
    show(panel, replace(snapshot, predictions=Predictions(right, right)))
    assert panel.confusions.isVisible()
    assert panel.confusions.note.startswith("None worth naming")
    assert panel.confusions.rows == ()
    panel.show_snapshot(snapshot)
    assert panel.confusions.note == ""
    assert panel.confusions.rows


def test_wrong_labels_learnt_by_heart_are_counted(panel: ResultsPanel, trained: Trained) -> None:
    snapshot = trained(SPOILED, steps=60)
    show(panel, snapshot)
    assert snapshot.memorised is not None
    (row,) = panel.memorised.rows
    assert snapshot.memorised.sampled
    assert row.title == f"{snapshot.memorised.learnt:,} of a sample of 500"
    assert describe(snapshot).learning != "by heart"
    assert panel.memorised.title == "Wrong labels repeated"


def test_random_weights_are_not_said_to_repeat_wrong_labels(
    panel: ResultsPanel, trained: Trained
) -> None:
    show(panel, trained(SPOILED, steps=0))
    assert not panel.memorised.isVisible()


def test_the_model_is_told_of_before_its_twin(panel: ResultsPanel, trained: Trained) -> None:
    panel.resize(400, 600)
    show(panel, trained(SPOILED, steps=60))
    assert (
        panel.student_title.mapTo(panel, QPoint()).x() < panel.twin_title.mapTo(panel, QPoint()).x()
    )


def test_groups_are_compared_with_their_gap(panel: ResultsPanel, trained: Trained) -> None:
    snapshot = trained(GROUPS)
    show(panel, snapshot)
    gap = describe(snapshot).groups
    assert gap is not None
    assert panel.groups.isVisible()
    assert [row.title for row in panel.groups.rows] == [group.name for group in gap.groups]
    assert all(0 <= row.share <= 1 for row in panel.groups.rows if row.share == row.share)


def test_errors_of_a_regression_have_the_unit_of_the_target(
    panel: ResultsPanel, trained: Trained
) -> None:
    snapshot = trained(HOUSES)
    show(panel, snapshot)
    assert snapshot.info.dataset.unit in panel.student.text()
    assert snapshot.info.dataset.unit in panel.caption.text()
    assert not panel.confusions.isVisible()


def test_a_diverged_run_has_a_figure_of_its_own(panel: ResultsPanel, trained: Trained) -> None:
    wild = HOUSES.replace(training=TrainingConfig(learning_rate=1000.0, optimizer="sgd"))
    snapshot = trained(wild, steps=40)
    assert snapshot.state == "diverged"
    show(panel, snapshot)
    assert panel.student.text() == describe(snapshot).validation.student_text
    assert words(panel)


def test_the_exam_is_asked_for_once_in_place(
    panel: ResultsPanel, trained: Trained, qtbot: QtBot
) -> None:
    snapshot = trained(CLEAN)
    show(panel, snapshot)
    exam = panel.exam
    assert f"{len(snapshot.info.split.test):,}" in exam.text.text()
    with qtbot.assertNotEmitted(panel.exam_wanted):
        exam.open_button.click()
    assert exam.yes.isVisible()
    with qtbot.waitSignal(panel.exam_wanted):
        exam.yes.click()
    assert not exam.yes.isVisible()


def test_the_exam_stays_sealed_on_second_thoughts(
    panel: ResultsPanel, trained: Trained, qtbot: QtBot
) -> None:
    show(panel, trained(CLEAN))
    panel.exam.open_button.click()
    with qtbot.assertNotEmitted(panel.exam_wanted):
        panel.exam.no.click()
    assert panel.exam.open_button.isVisible()
    assert not panel.exam.figures.isVisible()


def test_an_opened_exam_shows_its_figures_until_another_run(
    panel: ResultsPanel, trained: Trained
) -> None:
    snapshot = trained(SPOILED, steps=60, exam=True)
    show(panel, snapshot)
    exam = describe(snapshot).exam
    assert exam is not None
    assert exam.student_text in panel.exam.figures.text()
    (f1,) = describe(snapshot).exam_further
    assert panel.exam.further.texts == (f"macro F1 {f1.student_text}, twin {f1.twin_text}",)
    assert exam.twin_text in panel.exam.figures.text()
    panel.start_run(trained(CLEAN).info)
    assert not panel.exam.figures.isVisible()
    assert panel.exam.text.text().startswith("Sealed")


def test_the_opened_exam_compares_the_groups_of_model_and_twin(
    panel: ResultsPanel, trained: Trained
) -> None:
    bias = CorruptionConfig(name="group_label_bias", amount=0.8)
    snapshot = trained(GROUPS.replace(spoiling=Spoiling(corruptions=(bias,))), exam=True)
    show(panel, snapshot)
    gap = describe(snapshot).exam_groups
    assert gap is not None
    heading, *groups, last = panel.exam.groups.texts
    assert heading[1:] == ("your model", "clean twin")
    assert [row[1:] for row in groups] == [(g.student_text, g.twin_text) for g in gap.groups]
    assert last == ("gap", gap.student_text, gap.twin_text)
    panel.start_run(snapshot.info)
    assert not panel.exam.groups.isVisible()


def test_an_exam_without_groups_or_twin_has_no_column_for_them(
    panel: ResultsPanel, trained: Trained
) -> None:
    show(panel, trained(SPOILED, steps=60, exam=True))
    assert not panel.exam.groups.isVisible()
    alone = GROUPS.replace(training=TrainingConfig(twin=False))
    show(panel, trained(alone, exam=True))
    assert {len(row) for row in panel.exam.groups.texts} == {2}


def test_a_new_run_forgets_the_old_figures(panel: ResultsPanel, trained: Trained) -> None:
    show(panel, trained(SPOILED, steps=60, exam=True))
    panel.start_run(trained(CLEAN).info)
    assert panel.student.text() == panel.twin.text() == "–"
    assert words(panel) == []
    for part in (panel.changed, panel.memorised, panel.confusions, panel.groups):
        assert not part.isVisible()


def test_the_same_snapshot_again_lays_nothing_out(panel: ResultsPanel, trained: Trained) -> None:
    snapshot = trained(SPOILED, steps=60)
    show(panel, snapshot)
    panel.findings.sentences[0].setText("untouched")
    panel.show_snapshot(replace(snapshot, seconds=snapshot.seconds + 1))
    assert words(panel)[0] == "untouched"


def test_narrow_columns_wrap_instead_of_clipping(panel: ResultsPanel, trained: Trained) -> None:
    show(panel, trained(SPOILED, steps=60, exam=True))
    assert panel.minimumSizeHint().width() <= 200
    assert panel.heightForWidth(200) > panel.heightForWidth(400)
    texts = [label for label in panel.findChildren(QLabel) if len(label.text()) > 30]
    assert texts
    assert all(label.wordWrap() for label in texts)


def test_random_weights_are_not_judged(panel: ResultsPanel, trained: Trained) -> None:
    show(panel, trained(SPOILED, steps=0))
    assert not panel.confusions.isVisible()
    assert not panel.groups.isVisible()
    assert not panel.findings.difference.isVisible()
    panel.show_snapshot(trained(SPOILED, steps=60))
    assert panel.confusions.isVisible()
    assert panel.findings.difference.isVisible()


def test_without_a_twin_the_own_figure_stands_at_the_left(
    panel: ResultsPanel, trained: Trained
) -> None:
    show(panel, trained(ALONE, steps=20))
    QApplication.processEvents()
    assert not panel.twin.isVisible()
    assert panel.student.mapTo(panel, QPoint()).x() == panel.caption.x()


def test_the_result_of_the_exam_comes_into_sight(
    panel: ResultsPanel, trained: Trained, qtbot: QtBot
) -> None:
    column = QScrollArea()
    qtbot.addWidget(column)
    column.setWidgetResizable(True)
    column.setWidget(panel)
    column.resize(300, 360)
    column.show()
    qtbot.waitExposed(column)
    show(panel, trained(GROUPS, steps=20))
    panel.exam.open_button.click()
    panel.exam.yes.click()
    panel.show_snapshot(trained(GROUPS, steps=20, exam=True))
    qtbot.waitUntil(lambda: not panel.exam.open_button.visibleRegion().isEmpty())
    assert not panel.exam.figures.visibleRegion().isEmpty()
    column.takeWidget()


@pytest.mark.parametrize(
    ("name", "noun"),
    [
        ("mnist_5k", "pictures"),
        ("dutch_names", "pieces of text"),
        ("retail_purchases", "purchases"),
    ],
)
def test_what_was_measured_is_called_what_it_is(
    panel: ResultsPanel, run_info: Callable[..., RunInfo], name: str, noun: str
) -> None:
    panel.start_run(run_info(starting_point(DatasetConfig(name=name))))
    assert panel.caption.text().endswith(f" clean {noun}")
    assert f"clean {noun} the model has never seen" in panel.exam.text.text()
