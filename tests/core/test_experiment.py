"""Experiments as values: frozen, comparable, and checked where they are made."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field, ValidationError

from visualiser.core.errors import UserError
from visualiser.core.experiment import (
    MOST_EDITS,
    MOST_STEPS,
    CorruptionConfig,
    Edit,
    Experiment,
    SplitConfig,
    Spoiling,
    TrainingConfig,
    Value,
    check_options,
)


def test_a_value_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Experiment().seed = 1  # type: ignore[misc]


def test_a_changed_copy_differs_only_in_what_was_named() -> None:
    before = Experiment(title="a lesson", seed=3)
    after = before.replace(seed=4)
    assert (before.seed, after.seed) == (3, 4)
    assert after.replace(seed=3) == before


def test_a_changed_copy_is_checked() -> None:
    with pytest.raises(ValidationError):
        TrainingConfig().replace(learning_rate=-1)


@pytest.mark.parametrize("amount", [math.nan, math.inf, -math.inf])
def test_amounts_that_are_no_numbers_are_refused(amount: float) -> None:
    with pytest.raises(ValidationError):
        CorruptionConfig(name="pair_flip", amount=amount)


def test_shares_must_add_up() -> None:
    with pytest.raises(ValidationError, match="add up to 1"):
        SplitConfig(train=0.7, validation=0.2, test=0.2)


def test_shares_that_miss_one_by_rounding_only_are_taken() -> None:
    assert SplitConfig(train=1 - 2 * 0.1, validation=0.1, test=0.1).test == 0.1


def test_edits_must_be_in_order() -> None:
    with pytest.raises(ValidationError, match="order of their steps"):
        Experiment(edits=(Edit(step=2), Edit(step=1)))


def test_two_edits_may_share_a_step() -> None:
    edits = (Edit(step=1, learning_rate=0.1), Edit(step=1, spoiling=Spoiling()))
    assert Experiment(edits=edits).edits == edits


def test_the_amount_of_a_corruption_is_found_by_name() -> None:
    spoiling = Spoiling(corruptions=(CorruptionConfig(name="pair_flip", amount=0.1),))
    assert spoiling.amount("pair_flip") == 0.1
    assert spoiling.amount("feature_noise") is None


@given(st.integers(), st.integers(0, 3))
def test_an_edit_is_taken_at_any_step_that_a_run_can_reach(step: int, zeros: int) -> None:
    step *= 10 ** (6 * zeros)
    if 0 <= step <= MOST_STEPS:
        assert Edit(step=step).step == step
    else:
        with pytest.raises(ValidationError):
            Edit(step=step)


@settings(max_examples=20)
@given(st.integers(-2, 2) | st.integers(2, 20 * MOST_EDITS))
def test_so_many_edits_are_taken_and_no_more(beyond: int) -> None:
    edits = (Edit(step=1, learning_rate=0.1),) * (MOST_EDITS + beyond)
    if beyond <= 0:
        assert Experiment(edits=edits).edits == edits
    else:
        with pytest.raises(ValidationError, match=f"{MOST_EDITS:,} changes at most"):
            Experiment(edits=edits)


class Kettle(Value):
    litres: float = Field(1.0, gt=0, le=2)


def test_options_become_a_checked_value() -> None:
    assert check_options(Kettle, {"litres": 1.5}, "Kettle") == Kettle(litres=1.5)


@pytest.mark.parametrize("options", [{"litres": 3}, {"litres": "much"}, {"colour": "red"}])
def test_an_option_that_does_not_fit_is_named_with_its_owner(options: dict[str, object]) -> None:
    with pytest.raises(UserError) as caught:
        check_options(Kettle, options, "Kettle")  # type: ignore[arg-type]
    assert "Kettle" in caught.value.message
    assert next(iter(options)) in caught.value.message
    assert "litres" in caught.value.hint
