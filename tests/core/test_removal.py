"""One person's rows left out beside what is repaired already, and put back."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.made_snapshots import dataset
from visualiser.core.data.people import people_of, person_text
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.split import part_of
from visualiser.core.experiment import DatasetConfig, Repair
from visualiser.core.outcome import describe
from visualiser.core.removal import is_left_out, left_out_person, repairs_with, repairs_without
from visualiser.core.repair import repair
from visualiser.core.starting_point import starting_point
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want

MADE = replace(dataset(2, 60), blocks=np.arange(60) // 5)
PART = part_of(MADE, np.array([0, 1, 2, 2, 7, 8, 30, 31, 1]))
OTHERS = (Repair(row=2, label=1), Repair(row=7), Repair(row=31, label=0))


def test_all_rows_of_a_person_go_copies_too_and_other_repairs_stay() -> None:
    repairs = repairs_without(MADE, PART, 0, OTHERS)
    left, done = repair(PART, repairs)
    assert left.rows.tolist() == [8, 30, 31] and done.missing == 0
    assert Repair(row=31, label=0) in repairs and Repair(row=2, label=1) not in repairs
    assert is_left_out(MADE, PART, 0, repairs)
    assert not is_left_out(MADE, PART, 1, repairs)
    assert not is_left_out(MADE, PART, 0, repairs[1:])


def test_repairs_that_take_out_one_person_and_nothing_else_are_told_from_others() -> None:
    alone = repairs_without(MADE, PART, 0, ())
    assert left_out_person(MADE, PART, alone) == 0
    assert left_out_person(MADE, PART, repairs_without(MADE, PART, 1, alone)) is None
    assert left_out_person(MADE, PART, repairs_without(MADE, PART, 0, OTHERS)) is None
    assert left_out_person(MADE, PART, alone[1:]) is None
    assert left_out_person(MADE, PART, ()) is None
    column = Repair(column="any")
    assert left_out_person(MADE, PART, (column,)) is None
    assert left_out_person(MADE, PART, (*alone, column)) is None


def test_what_came_of_a_removal_speaks_of_the_removal() -> None:
    experiment = starting_point(DatasetConfig(name="titanic"))
    data = load_dataset(experiment.dataset, experiment.seed)
    trainer = Trainer(experiment, data)
    part = trainer.info.split.train
    trainer.change_repairs(repairs_without(data, part, int(part.rows[0]), ()))
    for _ in range(5):
        trainer.step()
    said = next(
        f.sentence
        for f in describe(trainer.snapshot(Want.PREDICTIONS, "paused", fresh=True)).findings
        if f.name == "repairs"
    )
    assert said.startswith(f"Without row {part.rows[0] + 1:,} the model comes to")
    assert "leaving them out" in said and "repair" not in said


@given(st.permutations(range(3)))
def test_two_people_are_left_out_and_put_back_in_any_order(order: list[int]) -> None:
    people = [(0, 1, 6)[place] for place in order]
    repairs: tuple[Repair, ...] = ()
    for person in people:
        repairs = repairs_without(MADE, PART, person, repairs)
    left, _ = repair(PART, repairs)
    assert len(left) == 1  # one row is left in any case
    for person in people:
        assert is_left_out(MADE, PART, person, repairs)
        repairs = repairs_with(MADE, person, repairs)
    assert repairs == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [("drums", "block "), ("retail_purchases", "customer "), ("sms_spam", "message ")],
)
def test_a_person_is_a_block_a_customer_or_a_row(name: str, text: str) -> None:
    found = load_dataset(DatasetConfig(name=name), 0)
    rows = np.arange(0, len(found), 7)
    people = people_of(found, rows)
    assert person_text(found, int(people[3])).startswith(text)
    assert (len(np.unique(people)) == len(rows)) == (name == "sms_spam")
