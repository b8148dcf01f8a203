"""Columns that are what the user says, whatever they look like."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.core.data.own_tables import categories, load, notes, numeric, written
from visualiser.core.data import own_table_reading
from visualiser.core.data.own_table import OwnTableOptions
from visualiser.core.data.own_table_preview import preview
from visualiser.core.errors import UserError

START = date(2022, 1, 1)
WAYS = ("%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y")


def dated(folder: Path, *ways: str, rows: int = 90) -> Path:
    days = [START + timedelta(days=n) for n in range(rows)]
    lines = [f"{day.strftime(ways[n % len(ways)])},{n * 7 % 31}\n" for n, day in enumerate(days)]
    return written(folder, "date,sold\n" + "".join(lines))


def test_numbers_can_be_categories_in_their_order_and_keep_their_zeros(tmp_path: Path) -> None:
    cells = ["010", "2", "1"]
    text = "code,rent\n" + "".join(f"{cells[n % 3]},{n}\n" for n in range(30))
    dataset = load(written(tmp_path, text), target="rent", types={"code": "category"})
    assert categories(dataset, "code")[:3] == cells
    assert dataset.features.categories[0] == ("1", "2", "010")
    assert "“code” is read as categories, as you chose." in notes(dataset)


def test_words_can_be_numbers_and_the_others_then_count_as_missing(tmp_path: Path) -> None:
    cells = ["5", "about 6", "$ 7.50"]
    text = "size,rent\n" + "".join(f"{cells[n % 3]},{n}\n" for n in range(30))
    path = written(tmp_path, text)
    assert preview(path).column("size").kind == "category"
    dataset = load(path, target="rent", types={"size": "number"})
    assert np.array_equal(numeric(dataset, "size")[:3], [5, np.nan, 7.5], equal_nan=True)
    assert "10 cells such as “about 6” count as missing" in notes(dataset)


def test_names_can_be_text_or_categories(tmp_path: Path) -> None:
    text = "name,rent\n" + "".join(f"person {n},{n % 7}\n" for n in range(90))
    path = written(tmp_path, text)
    with pytest.raises(UserError, match="nothing to learn from"):
        load(path, target="rent")
    assert load(path, target="rent", types={"name": "text"}).modality == "text"
    kept = load(path, target="rent", types={"name": "category"})
    assert "has 90 categories: the 49 most frequent are kept" in notes(kept)


def test_the_target_can_be_of_another_type_too(tmp_path: Path) -> None:
    text = "size,stars\n" + "".join(f"{n},{n % 3 + 0.5}\n" for n in range(30))
    path = written(tmp_path, text)
    assert load(path, target="stars").task == "regression"
    dataset = load(path, target="stars", types={"stars": "category"})
    assert dataset.task == "classification"
    assert dataset.class_names == ("0.5", "1.5", "2.5")


@pytest.mark.parametrize("order", ["date", "date_month_first"])
def test_dates_written_in_several_ways_are_each_read_where_that_is_chosen(
    tmp_path: Path, order: str
) -> None:
    path = dated(tmp_path, *WAYS)
    with pytest.raises(UserError, match="nothing to learn from") as caught:
        load(path, target="sold")
    assert "“date” has dates written in several ways" in caught.value.hint
    days = numeric(load(path, target="sold", types={"date": order}), "date")
    assert days.tolist() == [(START - date(1970, 1, 1)).days + n for n in range(90)]


def test_the_order_of_day_and_month_can_be_chosen(tmp_path: Path) -> None:
    path = dated(tmp_path, "%m/%d/%Y", rows=12)
    seen = preview(path)
    assert seen.column("date").is_either_way
    assert "day and month could be the other way round" in seen.column("date").remark
    for order, step in (("date_day_first", 31), ("date_month_first", 1)):
        dataset = load(path, target="sold", task="regression", types={"date": order})
        assert np.diff(numeric(dataset, "date"))[0] == step
        assert "other way round" not in notes(dataset)


def test_a_column_without_a_cell_of_that_type_is_not_used_and_says_why(tmp_path: Path) -> None:
    path = dated(tmp_path, "%Y-%m-%d")
    seen = preview(path).with_types({"date": "number"})
    assert seen.column("date").remark == ("“date” has no cell that is a number, and is left out.")
    assert seen.column("date").remark in seen.refusal("sold", "", "regression")
    assert seen.recognised == ("date", "number")
    with pytest.raises(UserError, match="nothing to learn from"):
        load(path, target="sold", types={"date": "number"})


def test_types_of_columns_that_are_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no column “gone” \(wanted as typed column\)"):
        load(dated(tmp_path, "%Y-%m-%d"), types={"gone": "text"})


def test_types_are_said_in_pairs_on_the_command_line() -> None:
    said = OwnTableOptions.model_validate({"types": ["zip=category", "a=b=text"]})
    assert said.types == {"zip": "category", "a=b": "text"}
    assert OwnTableOptions.model_validate({"types": "zip=text"}).types == {"zip": "text"}
    with pytest.raises(ValueError, match="a type is number, category"):
        OwnTableOptions.model_validate({"types": "zip=code"})
    assert OwnTableOptions().model_dump(mode="json", exclude_defaults=True) == {}


def test_a_long_column_of_a_chosen_type_is_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_table_reading, "CHUNK_CELLS", 300)
    monkeypatch.setattr(own_table_reading, "LOOK_ROWS", 200)
    text = "name,rent\n" + "".join(f"flat {n},{n % 7}\n" for n in range(2_000))
    dataset = load(written(tmp_path, text), target="rent", types={"name": "category"})
    assert "has 2,000 categories" in notes(dataset)
