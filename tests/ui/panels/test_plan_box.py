from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from visualiser.core.data.painted_points import PaintedPoint
from visualiser.core.experiment import (
    CorruptionConfig,
    Edit,
    Experiment,
    Spoiling,
    Stroke,
)
from visualiser.core.training.snapshot import Plan, RunInfo, Snapshot
from visualiser.ui.panels.plan_box import MOST_LINES, PlanBox
from visualiser.ui.panels.quality_panel import QualityPanel


def wrong_labels(rate: float) -> Spoiling:
    return Spoiling(corruptions=(CorruptionConfig(name="symmetric_label_noise", amount=rate),))


PLANNED = Experiment(
    edits=(
        Edit(step=500, spoiling=wrong_labels(0.2)),
        Edit(step=1500, spoiling=Spoiling(), learning_rate=0.01),
    )
)


def show(box: PlanBox, experiment: Experiment) -> None:
    box.show_plan(experiment.spoiling, experiment.edits)


@pytest.fixture
def box(qtbot: QtBot) -> Iterator[PlanBox]:
    made = PlanBox()
    qtbot.addWidget(made)
    yield made


def test_a_plan_is_listed_by_step_and_in_words(box: PlanBox) -> None:
    show(box, PLANNED)
    assert not box.isHidden()
    assert box.title.text() == "Planned changes"
    assert box.lines == (
        ("", "step 500", "Wrong labels 20 %"),
        ("", "step 1,500", "healed, learning rate 0.01"),
    )


def test_strokes_are_listed_by_what_they_do_to_the_points(box: PlanBox) -> None:
    added = (PaintedPoint(0, 0, 0), PaintedPoint(1, 1, 0))
    strokes = (Stroke(added=added), Stroke(erased=(7,)), Stroke(erased=(1, 2), added=added))
    edits = tuple(Edit(step=step, stroke=stroke) for step, stroke in enumerate(strokes, start=5))
    show(box, Experiment(edits=edits))
    assert [words for _, _, words in box.lines] == ["+2 points", "−1 point", "points moved"]


def test_without_a_plan_there_is_nothing_to_see(box: PlanBox) -> None:
    show(box, PLANNED)
    show(box, Experiment())
    assert box.isHidden()


def test_what_has_happened_is_ticked(box: PlanBox) -> None:
    show(box, PLANNED)
    box.show_done(Plan(edits=PLANNED.edits, done=1))
    assert [line[0] for line in box.lines] == ["✓", ""]
    assert not box.drop.isHidden()


def test_once_all_has_happened_there_is_nothing_to_cancel(box: PlanBox) -> None:
    show(box, PLANNED)
    box.show_done(Plan(edits=PLANNED.edits, done=2))
    assert box.title.text() == "Planned changes, all made"
    assert box.drop.isHidden()
    show(box, PLANNED)
    assert not box.drop.isHidden()


def test_ticked_and_unticked_rows_are_aligned(box: PlanBox, qtbot: QtBot) -> None:
    show(box, PLANNED)
    box.show_done(Plan(edits=PLANNED.edits, done=1))
    box.resize(260, box.heightForWidth(260))
    box.show()
    qtbot.waitExposed(box)
    places = {
        text: {label.x() for label in box.findChildren(QLabel) if label.text().startswith(text)}
        for text in ("step ", "Wrong", "healed")
    }
    assert len(places["step "]) == 1
    assert places["Wrong"] == places["healed"]


def test_of_a_long_plan_the_next_changes_are_listed(box: PlanBox) -> None:
    rates = [0.1 + 0.1 * (number % 2) for number in range(20)]
    edits = tuple(Edit(step=10 * n, spoiling=wrong_labels(r)) for n, r in enumerate(rates, 1))
    show(box, Experiment(edits=edits))
    assert len(box.lines) == MOST_LINES
    assert box.before.isHidden()
    assert box.after.text() == f"{20 - MOST_LINES} more after"
    box.show_done(Plan(edits=edits, done=10))
    assert box.before.text() == "✓ 9 before"
    assert [line[:2] for line in box.lines[:2]] == [("✓", "step 100"), ("", "step 110")]
    assert len(box.lines) == MOST_LINES
    box.show_done(Plan(edits=edits, done=20))
    assert box.lines[-1][:2] == ("✓", "step 200")
    assert box.after.isHidden()


def test_the_plan_follows_the_run(
    qtbot: QtBot,
    run_info: Callable[[Experiment], RunInfo],
    snapshot: Callable[..., Snapshot],
) -> None:
    panel = QualityPanel()
    qtbot.addWidget(panel)
    info = run_info(PLANNED)
    panel.show_experiment(PLANNED)
    panel.start_run(info)
    panel.show_snapshot(snapshot(info, wrong_labels(0.2), applied=1))
    assert [line[:2] for line in panel.plan.lines] == [("✓", "step 500"), ("", "step 1,500")]
