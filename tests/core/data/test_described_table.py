"""Tables by description: what a column of a file becomes."""

from typing import Any, Literal

import numpy as np
import pytest

from visualiser.core.data.dataset import DataCard, Dataset, Table
from visualiser.core.data.described_table import (
    AmountTarget,
    Category,
    ClassTarget,
    GroupOptions,
    TableDescription,
    encode,
    table_source,
)
from visualiser.core.data.source import Progress

CARD = DataCard("what", "source", "licence", "size", ("weakness",))
COLUMNS = {
    "age": np.array(["31", "NA", "9", "40"]),
    "area": np.array([0.0, 12.5, 7.0, 3.0]),
    "town": np.array(["New_York", "?", "Rome", "Rome"]),
    "sex": np.array(["f", "m", "m", "f"]),
    "origin": np.array(["x", "y", "x", "x"]),
    "paid": np.array(["yes", "no", "no", "yes"]),
}


class PeopleOptions(GroupOptions):
    group_by: Literal["sex", "origin"] = "sex"


def loaded(options: Any = None, **changes: Any) -> Dataset:
    described: dict[str, Any] = {
        "name": "people",
        "title": "People",
        "summary": "People.",
        "job": "Classics",
        "card": CARD,
        "read": lambda: COLUMNS,
        "target": ClassTarget("paid", "fate", {"no": "owes", "yes": "paid"}, positive="yes"),
        "numeric": {"age": "age (years)", "area": "area (m²)"},
        "categorical": {"town": Category("town", {"Rome": "Roma"})},
        "groups": {
            "sex": Category("sex", {"m": "men", "f": "women"}),
            "origin": Category("origin"),
        },
        "options": PeopleOptions,
        "notes": ("A column is left out.",),
    }
    description = TableDescription(**(described | changes))
    source = table_source(description)
    return source.load(options or source.options(), 0, Progress())


def table_of(dataset: Dataset) -> Table:
    assert isinstance(dataset.features, Table)
    return dataset.features


def test_numbers_are_read_and_missing_ones_stay_missing() -> None:
    table = table_of(loaded(unknown={"area": 0.0}))
    assert table.numeric_names == ("age (years)", "area (m²)")
    expected = [[31, np.nan], [np.nan, 12.5], [9, 7], [40, 3]]
    assert np.array_equal(table.numeric, np.float32(expected), equal_nan=True)


def test_categories_have_words_and_missing_ones_stay_missing() -> None:
    table = table_of(loaded())
    assert table.categories[0] == ("Roma", "new york")
    assert table.categorical[:, 0].tolist() == [1, -1, 0, 0]


def test_rare_categories_are_together_and_named_ones_never() -> None:
    values = np.array(["b", "a", "c", "c", "d", "", "c"])
    names, codes = encode(Category("letter", {"d": "D"}, text=str.upper, rarer_than=2), values)
    assert names == ("D", "C", "other")
    assert codes.tolist() == [2, 2, 1, 1, 0, -1, 1]


def test_classes_are_in_the_order_of_the_description() -> None:
    dataset = loaded()
    assert dataset.class_names == ("owes", "paid")
    assert dataset.labels.tolist() == [1, 0, 0, 1]
    assert dataset.positive_class == 1


def test_amounts_have_their_unit() -> None:
    dataset = loaded(target=AmountTarget("area", "area", "m²"), numeric={"age": "age"})
    assert (dataset.task, dataset.unit, dataset.class_names) == ("regression", "m²", ())
    assert dataset.labels.tolist() == [0, 12.5, 7, 3]


def test_the_group_of_a_run_is_the_last_feature_and_can_be_hidden() -> None:
    shown, hidden = loaded(), loaded(PeopleOptions(use_group=False))
    for dataset in (shown, hidden):
        assert dataset.group_names == ("men", "women")
        assert dataset.groups is not None
        assert dataset.groups.tolist() == [1, 0, 0, 1]
    assert shown.feature_names[-2:] == ("origin", "sex")
    assert hidden.feature_names == shown.feature_names[:-1]
    assert "does not see" in hidden.notes[0]
    assert hidden.notes[1:] == shown.notes[1:] == ("A column is left out.",)


def test_another_column_can_be_the_group() -> None:
    dataset = loaded(PeopleOptions(group_by="origin", use_group=False))
    assert dataset.group_title == "origin"
    assert dataset.feature_names[-1] == "sex"
    assert "origin" not in dataset.feature_names


def test_rows_can_be_chosen() -> None:
    dataset = loaded(rows=lambda columns, options, seed: np.array([3, 0]))
    assert dataset.labels.tolist() == [1, 1]
    assert table_of(dataset).numeric[:, 0].tolist() == [40, 31]


def test_a_value_that_is_no_class_is_a_mistake_in_the_description() -> None:
    with pytest.raises(KeyError, match="yes"):
        loaded(target=ClassTarget("paid", "fate", {"no": "owes", "perhaps": "?"}))
