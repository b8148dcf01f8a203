import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualiser.core.data.nouns import NOUNS
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.split import Part
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig, Repair
from visualiser.core.repair import check_repairs, copy_numbers, repair


def part(rows: list[int]) -> Part:
    """One feature and a label of 0 a row."""
    numbers = np.array(rows, dtype=np.int64)
    features = numbers[:, None].astype(np.float32)
    return Part(features, np.zeros(len(rows), np.int64), None, numbers, np.arange(len(rows)))


@given(st.lists(st.integers(0, 5), max_size=20))
def test_copies_are_numbered_in_their_order(rows: list[int]) -> None:
    expected = [rows[:place].count(row) for place, row in enumerate(rows)]
    assert copy_numbers(part(rows)).tolist() == expected


def test_rows_are_relabelled_and_left_out_by_row_and_copy() -> None:
    before = part([7, 3, 7, 5])
    after, done = repair(
        before, (Repair(row=7, copy_number=1), Repair(row=3, label=2), Repair(row=9))
    )
    assert after.rows.tolist() == [7, 3, 5]
    assert after.labels.tolist() == [0, 2, 0]
    assert (done.relabelled, done.dropped, done.missing) == (1, 1, 1)
    assert done.sentence(NOUNS["text"]) == "1 label replaced, 1 message left out"
    assert before.labels.tolist() == [0, 0, 0, 0]


def test_without_repairs_the_part_is_the_same() -> None:
    before = part([1, 2])
    after, done = repair(before, ())
    assert after is before
    assert done.sentence(NOUNS["table"]) == ""


def test_one_row_is_left_to_train_on() -> None:
    after, done = repair(part([1, 2]), (Repair(row=1), Repair(row=2)))
    assert (len(after), done.dropped) == (1, 1)


@pytest.mark.parametrize(
    ("data", "label"), [("iris", 3), ("iris", 0.5), ("iris", -1), ("dutch_names", 0)]
)
def test_labels_that_the_data_does_not_have_are_refused(data: str, label: float) -> None:
    dataset = load_dataset(DatasetConfig(name=data), 0)
    with pytest.raises(UserError):
        check_repairs(dataset, (Repair(row=0, label=label),))


def test_a_number_may_get_any_other() -> None:
    check_repairs(load_dataset(DatasetConfig(name="sacramento"), 0), (Repair(row=0, label=12.5),))
