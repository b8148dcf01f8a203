import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from visualiser.core.data.dataset import Table
from visualiser.core.data.nouns import NOUNS
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.split import Part, split_dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig, Experiment, Repair, SplitConfig
from visualiser.core.experiment_file import experiment_text, parse_experiment
from visualiser.core.repair import check_repairs, copy_numbers, repair, without_columns


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
    before = part([7, 3, 7, 5, *range(20, 30)])
    after, done = repair(
        before, (Repair(row=7, copy_number=1), Repair(row=3, label=2), Repair(row=9))
    )
    assert after.rows.tolist() == [7, 3, 5, *range(20, 30)]
    assert after.labels.tolist() == [0, 2, *[0] * 11]
    assert (done.relabelled, done.dropped, done.missing) == (1, 1, 1)
    said = "1 label replaced, 1 message left out, 1 not found in the training data"
    assert done.sentence(NOUNS["text"]) == said
    assert not before.labels.any()


def test_without_repairs_the_part_is_the_same() -> None:
    before = part([1, 2])
    after, done = repair(before, ())
    assert after is before
    assert done.sentence(NOUNS["table"]) == ""


@pytest.mark.parametrize(("rows", "left"), [(30, 10), (11, 10), (10, 10), (4, 1)])
def test_ten_rows_are_left_to_train_on_as_other_ways_leave_them(rows: int, left: int) -> None:
    after, done = repair(part(list(range(rows))), tuple(Repair(row=row) for row in range(rows)))
    assert (len(after), done.dropped, done.spared) == (left, rows - left, left)
    assert f"{left} kept (training needs 10 rows)" in done.sentence(NOUNS["table"])


@pytest.mark.parametrize(
    ("repairs", "sentence"),
    [
        ((Repair(row=150),), "Row 150 is to be repaired, which .* does not have"),
        ((Repair(row=3), Repair(row=3, label=1)), "Row 3 of .* twice"),
    ],
)
def test_rows_that_the_data_does_not_have_or_that_stand_twice_are_refused(
    repairs: tuple[Repair, ...], sentence: str
) -> None:
    iris = load_dataset(DatasetConfig(name="iris"), 0)
    with pytest.raises(UserError, match=sentence):
        check_repairs(iris, repairs)
    check_repairs(iris, (Repair(row=3), Repair(row=3, copy_number=1), Repair(row=149)))


@pytest.mark.parametrize(
    ("data", "label"), [("iris", 3), ("iris", 0.5), ("iris", -1), ("dutch_names", 0)]
)
def test_labels_that_the_data_does_not_have_are_refused(data: str, label: float) -> None:
    dataset = load_dataset(DatasetConfig(name=data), 0)
    with pytest.raises(UserError):
        check_repairs(dataset, (Repair(row=0, label=label),))


def test_a_number_may_get_any_other() -> None:
    check_repairs(load_dataset(DatasetConfig(name="sacramento"), 0), (Repair(row=0, label=12.5),))


def test_a_column_that_is_left_out_says_the_same_of_every_row() -> None:
    dataset = load_dataset(DatasetConfig(name="titanic"), 0)
    train = split_dataset(dataset, SplitConfig(), 0).train
    before = train.features
    assert isinstance(before, Table)
    name = before.names[-1]
    after, done = repair(train, (Repair(column=name), Repair(column="no such column")))
    assert isinstance(after.features, Table)
    assert done.missing == 1 and tuple(done.hidden) == (name,)
    assert done.sentence(NOUNS["table"]) == (
        f"column “{name}” left out, 1 not found in the training data"
    )
    texts = {after.features.text(row, len(before.names) - 1) for row in range(len(after))}
    assert len(texts) == 1
    others = range(len(before.names) - 1)
    for row in range(0, len(after), 97):
        assert [after.features.text(row, n) for n in others] == [
            before.text(row, n) for n in others
        ]


def test_of_numbers_the_mean_stands_in_for_a_column_also_in_other_rows() -> None:
    dataset = load_dataset(DatasetConfig(name="sacramento"), 0)
    split = split_dataset(dataset, SplitConfig(), 0)
    table = split.train.features
    assert isinstance(table, Table)
    name = table.numeric_names[0]
    after, done = repair(split.train, (Repair(column=name),))
    mean = float(np.nanmean(table.numeric[:, 0].astype(np.float64)))
    assert done.hidden == {name: pytest.approx(mean)}
    for shown in (after, without_columns(split.test, done.hidden)):
        assert isinstance(shown.features, Table)
        assert np.allclose(shown.features.numeric[:, 0], mean)
        assert not np.allclose(shown.features.numeric[:, 1], shown.features.numeric[0, 1])


def test_columns_are_left_out_of_tables_only() -> None:
    with pytest.raises(UserError, match="is no table"):
        check_repairs(load_dataset(DatasetConfig(name="shapes"), 0), (Repair(column="x"),))


@pytest.mark.parametrize(
    "wrong", [{}, {"row": 1, "column": "sex"}, {"column": "sex", "label": 1}, {"column": ""}]
)
def test_a_repair_is_of_a_row_or_of_a_column(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Repair(**wrong)


def test_a_column_left_out_is_saved_and_a_row_is_written_as_it_always_was() -> None:
    experiment = Experiment(repairs=(Repair(column="sex"), Repair(row=4, label=1)))
    text = experiment_text(experiment)
    assert parse_experiment(text, "a file") == experiment
    assert json.loads(text)["repairs"] == [
        {"column": "sex"}, {"row": 4, "copy_number": 0, "label": 1.0}
    ]  # fmt: skip
    with pytest.raises(UserError, match="of a row or of a column"):
        parse_experiment(text.replace('"column": "sex"', '"label": 1'), "a file")
