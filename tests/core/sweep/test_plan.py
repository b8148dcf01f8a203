import pytest

from tests.core.sweep.small_sweeps import sweep_of
from visualiser.core.experiment import ModelConfig
from visualiser.core.sweep.lines import model_lines
from visualiser.core.sweep.plan import MOST_TOGETHER, Unit, plan
from visualiser.core.sweep.sweep import cells_of

MANY = sweep_of(amounts=tuple(i / 10 for i in range(8)), seeds=tuple(range(25)))
BOTH = sweep_of(lines=model_lines([ModelConfig(name="linear"), ModelConfig(name="mlp")]))


@pytest.mark.parametrize("workers", [1, 2, 5])
@pytest.mark.parametrize("sweep", [MANY, BOTH], ids=["many", "two models"])
def test_every_run_that_is_not_done_is_planned_once(sweep, workers) -> None:
    cells = cells_of(sweep)
    done = {cell.key for cell in cells[::3]}
    planned = [cell.key for unit in plan(cells, done, workers) for cell in unit.cells]
    assert len(planned) == len(set(planned))
    assert set(planned) == {cell.key for cell in cells} - done


def test_models_that_train_at_once_come_in_lots_for_all_workers() -> None:
    cells = cells_of(MANY)
    assert max(len(unit.cells) for unit in plan(cells, (), 1)) <= MOST_TOGETHER
    assert len(plan(cells, (), 8)) == 8
    assert len(plan(cells[:35], (), 4)) == 1  # not worth the start of a process each
    assert len(plan(cells[:35], (), 4, worth_a_worker=7)) == 4


def test_different_models_are_never_in_one_lot() -> None:
    for unit in plan(cells_of(BOTH), (), 1):
        assert len({cell.experiment.model.name for cell in unit.cells}) == 1


def test_other_models_come_one_by_one() -> None:
    digits = sweep_of(BOTH.base.replace(model=ModelConfig(name="cnn")))
    assert [len(unit.cells) for unit in plan(cells_of(digits), (), 1)] == [1] * 6


def test_the_same_runs_have_the_same_key_in_any_process() -> None:
    keys = [unit.key for unit in plan(cells_of(MANY), (), 3)]
    assert keys == [unit.key for unit in plan(cells_of(MANY), (), 3)]
    assert len(set(keys)) == len(keys)


def test_lots_that_differ_in_the_middle_alone_have_different_keys() -> None:
    first, second, third, last = cells_of(sweep_of(amounts=(0.0, 0.1, 0.2, 0.4), seeds=(0,)))
    assert Unit((first, second, last)).key != Unit((first, third, last)).key
