from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from visualiser.core.experiment import CorruptionConfig, Edit, Experiment, Spoiling
from visualiser.core.training.snapshot import RunInfo, Snapshot
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


@pytest.fixture
def box(qtbot: QtBot) -> Iterator[PlanBox]:
    made = PlanBox()
    qtbot.addWidget(made)
    yield made


def test_a_plan_is_listed_by_step_and_in_words(box: PlanBox) -> None:
    box.show_plan(PLANNED)
    assert not box.isHidden()
    assert box.list.text().splitlines() == [
        "step 500: Wrong labels 20 %",
        "step 1,500: healed, learning rate 0.01",
    ]


def test_without_a_plan_there_is_nothing_to_see(box: PlanBox) -> None:
    box.show_plan(PLANNED)
    box.show_plan(Experiment())
    assert box.isHidden()


def test_what_has_happened_is_ticked(box: PlanBox) -> None:
    box.show_plan(PLANNED)
    box.show_done(1)
    assert [line.startswith("✓") for line in box.list.text().splitlines()] == [True, False]


def test_of_a_long_plan_the_next_changes_are_listed(box: PlanBox) -> None:
    rates = [0.1 + 0.1 * (number % 2) for number in range(20)]
    edits = tuple(Edit(step=10 * n, spoiling=wrong_labels(r)) for n, r in enumerate(rates, 1))
    box.show_plan(Experiment(edits=edits))
    assert box.list.text().splitlines()[-1] == f"{20 - MOST_LINES} more"
    box.show_done(10)
    assert "step 110: " in box.list.text()
    assert len(box.list.text().splitlines()) == MOST_LINES + 1
    box.show_done(20)
    assert "✓ step 200: " in box.list.text()


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
    assert panel.plan.list.text().startswith("✓ step 500")
