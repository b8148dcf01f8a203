from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.core.sweep.small_sweeps import MOONS, sweep_of
from visualiser.core.errors import UserError
from visualiser.core.experiment import CorruptionConfig, Edit, ModelConfig, Repair, Spoiling
from visualiser.core.sweep.lines import (
    against_lines,
    amounts_from,
    crossed,
    even_amounts,
    model_lines,
    second_lines,
    size_lines,
)
from visualiser.core.sweep.sweep import Line, Sweep, cells_of, check_sweep

NOISE, FEWER, FLIP = "symmetric_label_noise", "fewer_examples", "pair_flip"


def amounts_of(sweep: Sweep, name: str) -> list[float | None]:
    return [cell.experiment.spoiling.amount(name) for cell in cells_of(sweep)]


def test_a_cell_is_the_experiment_with_an_amount_and_a_seed_and_without_a_twin() -> None:
    cells = cells_of(sweep_of(MOONS.replace(weights_seed=9, edits=(Edit(step=3),))))
    assert [(cell.seed, cell.amount) for cell in cells] == [
        (seed, amount) for seed in (0, 1) for amount in (0.0, 0.2, 0.4)
    ]
    for cell in cells:
        assert cell.experiment.seed == cell.seed
        assert cell.experiment.spoiling.amount(NOISE) == (cell.amount or None)
        assert not cell.experiment.training.twin
        assert cell.experiment.weights_seed is None and not cell.experiment.edits


def test_the_spoiling_of_the_experiment_stays_beside_what_is_swept() -> None:
    configs = (CorruptionConfig(name="feature_noise", amount=0.5),)
    configs += (CorruptionConfig(name=NOISE, amount=0.7),)
    sweep = sweep_of(MOONS.replace(spoiling=Spoiling(corruptions=configs)))
    assert set(amounts_of(sweep, "feature_noise")) == {0.5}
    assert amounts_of(sweep, NOISE)[:3] == [None, 0.2, 0.4]


def test_what_is_swept_keeps_its_own_pattern_and_part_and_repairs_are_of_the_run_alone() -> None:
    own = CorruptionConfig(name=NOISE, amount=0.7, seed=99, parts="both")
    base = MOONS.replace(spoiling=Spoiling(corruptions=(own,)), repairs=(Repair(row=0),))
    cells = cells_of(sweep_of(base))
    swept = [config for cell in cells for config in cell.experiment.spoiling.corruptions]
    assert {config.amount for config in swept} == {0.2, 0.4}
    assert all((config.seed, config.parts) == (99, "both") for config in swept)
    assert not any(cell.experiment.repairs for cell in cells)


def test_equal_runs_have_equal_keys_and_different_ones_different_keys() -> None:
    sweep = sweep_of()
    keys = [cell.key for cell in cells_of(sweep)]
    assert len(set(keys)) == 6
    more = sweep_of(amounts=(0.0, 0.2, 0.3, 0.4), seeds=(0, 1, 2))
    assert set(keys) < {cell.key for cell in cells_of(more)}
    renamed = sweep_of(MOONS.replace(title="another title"))
    assert keys == [cell.key for cell in cells_of(renamed)]


def test_without_noise_two_ways_of_spoiling_are_one_run() -> None:
    sweep = sweep_of(lines=against_lines([NOISE, FLIP]))
    clean = {cell.key for cell in cells_of(sweep) if cell.amount == 0}
    assert len(clean) == 2  # one for each seed
    assert set(amounts_of(sweep, FLIP)) == {None, 0.2, 0.4}


def test_a_smaller_set_is_gone_through_more_often() -> None:
    sweep = sweep_of(lines=size_lines((0.1, 0.5, 1.0)), seeds=(0,), amounts=(0.2,))
    told = [
        (cell.experiment.spoiling.amount(FEWER), cell.experiment.training.epochs)
        for cell in cells_of(sweep)
    ]
    assert told == [(0.1, 20), (0.5, 4), (None, 2)]


def test_lines_are_named_after_what_they_are_and_may_be_crossed() -> None:
    models = model_lines([ModelConfig(name="linear"), ModelConfig(name="mlp")])
    noise = second_lines("feature_noise", (0.0, 1.0), {})
    assert [line.label for line in crossed(models, noise)] == [
        "Linear model, Noisy features: none",
        "Linear model, Noisy features: 1 sd",
        "Neural network (MLP), Noisy features: none",
        "Neural network (MLP), Noisy features: 1 sd",
    ]
    wide = [ModelConfig(name="mlp", options={"hidden": hidden}) for hidden in ([4], [8, 8])]
    labels = [line.label for line in model_lines(wide)]
    assert labels == ["Neural network (MLP), hidden 4", "Neural network (MLP), hidden 8–8"]
    assert crossed() == (Line(),)


def test_ways_of_spoiling_with_other_amounts_share_no_axis() -> None:
    with pytest.raises(UserError, match="cannot share an axis"):
        against_lines([NOISE, "feature_noise"])


@given(st.floats(-5, 5), st.floats(-5, 5), st.integers(2, 20))
def test_even_amounts_are_even(low: float, high: float, count: int) -> None:
    amounts = even_amounts(low, high, count)
    assert len(amounts) == count
    assert amounts[0] == pytest.approx(low, abs=1e-8)
    assert amounts[-1] == pytest.approx(high, abs=1e-8)
    steps = [after - before for before, after in pairwise(amounts)]
    assert max(steps) - min(steps) < 1e-8


def test_amounts_are_read_from_text() -> None:
    assert amounts_from("0:0.6:4", "--amounts") == (0.0, 0.2, 0.4, 0.6)
    assert amounts_from("0, 0.1,0.3", "--amounts") == (0.0, 0.1, 0.3)
    for text in ("", "a", "0:1", "0:1:x", "0,0", "0:1:1000", "1:1:3"):
        with pytest.raises(UserError, match="--amounts"):
            amounts_from(text, "--amounts")


def test_a_sweep_with_something_twice_or_too_many_runs_is_refused() -> None:
    for changes in (
        {"amounts": (0.1, 0.1)},
        {"seeds": (1, 1)},
        {"lines": (Line(), Line())},
        {"amounts": tuple(i / 100 for i in range(60)), "seeds": tuple(range(100))},
    ):
        with pytest.raises(ValidationError):
            sweep_of(**changes)


def test_what_no_registry_knows_is_refused_before_anything_is_trained() -> None:
    for sweep in (
        sweep_of(corruption="rust"),
        sweep_of(amounts=(0.0, 0.95)),
        sweep_of(options={"strength": 3}),
        sweep_of(lines=(Line(model=ModelConfig(name="oracle")),)),
    ):
        with pytest.raises(UserError):
            check_sweep(sweep)
