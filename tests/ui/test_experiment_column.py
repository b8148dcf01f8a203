from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from visualiser.core.experiment import (
    CorruptionConfig,
    DatasetConfig,
    Edit,
    Experiment,
    ModelConfig,
    Repair,
    SplitConfig,
    Spoiling,
    TrainingConfig,
)
from visualiser.core.models.registry import MODELS
from visualiser.core.starting_point import starting_point
from visualiser.core.training.commands import (
    ChangeLearningRate,
    ChangeRepairs,
    ChangeSpoiling,
    DropPlan,
)
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.experiment_column import ExperimentColumn
from visualiser.ui.theme import Theme

DIGITS = starting_point(DatasetConfig(name="mnist_5k"))
NOISE = Spoiling(corruptions=(CorruptionConfig(name="symmetric_label_noise", amount=0.2),))


@pytest.fixture
def column(qtbot: QtBot) -> Iterator[ExperimentColumn]:
    made = ExperimentColumn()
    qtbot.addWidget(made)
    made.show_experiment(DIGITS)
    yield made


def test_showing_an_experiment_asks_for_nothing(column: ExperimentColumn, qtbot: QtBot) -> None:
    other = starting_point(DatasetConfig(name="sms_spam"), seed=3)
    with (
        qtbot.assertNotEmitted(column.experiment_wanted),
        qtbot.assertNotEmitted(column.command),
    ):
        column.show_experiment(other)
    assert column.experiment == other


def test_spoiling_is_a_command_to_the_run_under_way(column: ExperimentColumn, qtbot: QtBot) -> None:
    with (
        qtbot.assertNotEmitted(column.experiment_wanted),
        qtbot.waitSignal(column.command) as sent,
    ):
        column.quality.changed.emit(NOISE)
    assert sent.args == [ChangeSpoiling(NOISE)]
    assert column.experiment.spoiling == NOISE


def test_the_learning_rate_is_a_command_to_the_run_under_way(
    column: ExperimentColumn, qtbot: QtBot
) -> None:
    with (
        qtbot.assertNotEmitted(column.experiment_wanted),
        qtbot.waitSignal(column.command) as sent,
    ):
        column.training.learning_rate_changed.emit(0.1)
    assert sent.args == [ChangeLearningRate(0.1)]
    assert column.experiment.training.learning_rate == 0.1


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            lambda column: column.model.changed.emit(ModelConfig(name="linear"), {}),
            DIGITS.replace(model=ModelConfig(name="linear")),
        ),
        (
            lambda column: column.training.changed.emit(
                DIGITS.training.replace(optimizer="sgd", batch_size=8)
            ),
            DIGITS.replace(training=DIGITS.training.replace(optimizer="sgd", batch_size=8)),
        ),
        (lambda column: column.training.seed_changed.emit(5), DIGITS.replace(seed=5)),
        (
            lambda column: column.use_twin(False),
            DIGITS.replace(training=DIGITS.training.replace(twin=False)),
        ),
        (
            lambda column: column.use_device("cuda"),
            DIGITS.replace(training=DIGITS.training.replace(device="cuda")),
        ),
        (
            lambda column: column.data.changed.emit(
                DIGITS.dataset, SplitConfig(train=0.5, validation=0.25, test=0.25)
            ),
            DIGITS.replace(split=SplitConfig(train=0.5, validation=0.25, test=0.25)),
        ),
    ],
    ids=["model", "optimiser", "seed", "twin", "device", "split"],
)
def test_what_cannot_change_during_a_run_asks_for_another_and_says_why(
    column: ExperimentColumn, qtbot: QtBot, change: object, expected: Experiment
) -> None:
    with (
        qtbot.assertNotEmitted(column.command),
        qtbot.waitSignal(column.experiment_wanted) as wanted,
    ):
        change(column)  # type: ignore[operator]
    experiment, why = wanted.args
    assert experiment == column.experiment == expected
    assert why


def test_the_number_of_epochs_for_runs_without_a_window_leaves_the_run_alone(
    column: ExperimentColumn, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(column.experiment_wanted):
        column.training.changed.emit(DIGITS.training.replace(epochs=99))
    assert column.experiment.training.epochs == 99


def test_another_data_set_brings_the_model_that_suits_it_and_no_spoiling(
    column: ExperimentColumn, qtbot: QtBot
) -> None:
    column.show_experiment(
        DIGITS.replace(spoiling=NOISE, training=TrainingConfig(twin=False, device="cpu"))
    )
    with qtbot.waitSignal(column.experiment_wanted) as wanted:
        column.data.changed.emit(DatasetConfig(name="sacramento"), SplitConfig())
    experiment = wanted.args[0]
    suited = starting_point(DatasetConfig(name="sacramento"))
    assert experiment.model == suited.model
    assert experiment.spoiling == Spoiling()
    assert not experiment.training.twin
    assert experiment.training.device == "cpu"


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        ({"path": "/flats.csv", "target": "side"}, True),
        ({"path": "/flats.csv", "target": "side", "group": "town"}, True),
        ({"path": "/flats.csv", "target": "rent"}, False),
        ({"path": "/other.csv", "target": "side"}, False),
        ({"path": "/flats.csv", "target": "side", "sheet": "2025"}, False),
    ],
)
def test_spoiling_stays_with_a_table_and_not_with_another_file_or_target(
    column: ExperimentColumn, qtbot: QtBot, options: dict[str, str], kept: bool
) -> None:
    table = DatasetConfig(name="own_table", options={"path": "/flats.csv", "target": "side"})
    column.show_experiment(starting_point(table).replace(spoiling=NOISE))
    with qtbot.waitSignal(column.experiment_wanted) as wanted:
        column.data.changed.emit(DatasetConfig(name="own_table", options=options), SplitConfig())
    assert (wanted.args[0].spoiling == NOISE) is kept


def test_while_other_data_is_on_its_way_the_panels_stay_with_the_run(
    column: ExperimentColumn, qtbot: QtBot
) -> None:
    column.show_experiment(DIGITS.replace(spoiling=NOISE))
    column.data.source.put("sacramento")
    with qtbot.waitSignal(column.experiment_wanted):
        column.data.source.edited.emit()
    assert column.experiment.spoiling == NOISE
    assert column.model.model.get() == DIGITS.model.name
    assert column.data.dataset.name == "sacramento"
    with qtbot.waitSignal(column.experiment_wanted) as wanted:
        column.model.changed.emit(ModelConfig(name="linear"), {})
    assert wanted.args[0].dataset == DIGITS.dataset
    assert column.data.dataset == DIGITS.dataset


PLANNED = DIGITS.replace(edits=(Edit(step=500, spoiling=NOISE),))


def test_dropping_the_plan_keeps_what_is_in_force_and_the_run(
    column: ExperimentColumn, qtbot: QtBot
) -> None:
    column.show_experiment(PLANNED)
    with (
        qtbot.assertNotEmitted(column.experiment_wanted),
        qtbot.waitSignal(column.command) as sent,
    ):
        column.quality.plan.drop.click()
    assert sent.args == [DropPlan()]
    assert column.experiment == DIGITS
    assert column.quality.plan.isHidden()


@pytest.mark.parametrize(
    "move",
    [
        lambda column: column.quality.changed.emit(NOISE),
        lambda column: column.training.learning_rate_changed.emit(0.1),
    ],
    ids=["data quality", "learning rate"],
)
def test_moving_a_slider_takes_the_plan_away(column: ExperimentColumn, move: object) -> None:
    column.show_experiment(PLANNED)
    assert not column.quality.plan.isHidden()
    move(column)  # type: ignore[operator]
    assert column.experiment.edits == ()
    assert column.quality.plan.isHidden()


def test_narrow_columns_have_no_horizontal_scroll_bar(column: ExperimentColumn) -> None:
    column.resize(230, 500)
    column.show()
    page = column.widget()
    assert page.minimumSizeHint().width() <= column.viewport().width()


@pytest.mark.parametrize("name", ["mnist_5k", "sms_spam", "sacramento"])
def test_all_sections_are_in_sight_in_a_window_of_the_usual_size(
    column: ExperimentColumn,
    theme: Theme,
    trained: Callable[..., Snapshot],
    name: str,
    qtbot: QtBot,
) -> None:
    experiment = starting_point(DatasetConfig(name=name))
    column.show_experiment(experiment)
    column.start_run(trained(experiment, steps=0).info)
    column.resize(290, 716)
    column.show()
    qtbot.waitUntil(lambda: column.verticalScrollBar().maximum() == 0)  # once it is laid out


def test_another_model_brings_its_learning_rate(column: ExperimentColumn, qtbot: QtBot) -> None:
    column.show_experiment(starting_point(DatasetConfig(name="dutch_names")))
    with qtbot.waitSignal(column.experiment_wanted) as sent:
        column.model.changed.emit(ModelConfig(name="bigram", options={}), {})
    assert sent.args is not None
    assert sent.args[0].training.learning_rate == MODELS["bigram"].learning_rate


def test_repairs_go_into_the_run_under_way_or_into_a_new_one(
    column: ExperimentColumn, qtbot: QtBot
) -> None:
    repairs = (Repair(row=3), Repair(row=4, label=1))
    with (
        qtbot.assertNotEmitted(column.experiment_wanted),
        qtbot.waitSignal(column.command) as sent,
    ):
        column.take_repairs(repairs, start_over=False)
    assert sent.args == [ChangeRepairs(repairs)]
    assert column.experiment.repairs == repairs
    with qtbot.waitSignal(column.experiment_wanted) as wanted:
        column.take_repairs(repairs[:1], start_over=True)
    assert wanted.args is not None and wanted.args[0].repairs == repairs[:1]
