from pathlib import Path

import numpy as np
import pytest

from tests.core.data.encoded import encoder_of
from tests.core.data.own_tables import categories, load, notes, numeric, people, written
from visualiser.core.data.own_table_preview import preview
from visualiser.core.data.split import split_dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import SplitConfig


@pytest.mark.parametrize(
    ("cells", "task"),
    [
        (["0", "1", "2"], "classification"),
        (["0.5", "1.5"], "regression"),
        ([str(n) for n in range(40)], "regression"),
        (["yes", "no"], "classification"),
        (["$ 5", "$ 6"], "regression"),
    ],
)
def test_classification_or_regression_is_seen_from_the_target(
    tmp_path: Path, cells: list[str], task: str
) -> None:
    rows = [f"{n},{cells[n % len(cells)]}" for n in range(40)]
    assert load(written(tmp_path, "x,goal\n" + "\n".join(rows))).task == task


def test_the_guessed_task_can_be_overruled(tmp_path: Path) -> None:
    path = written(tmp_path, "x,goal\n" + "\n".join(f"{n},{n % 3}" for n in range(30)))
    assert load(path, task="regression").labels.dtype == np.float64
    assert load(path, task="classification").class_names == ("0", "1", "2")


def test_numbers_as_people_write_them(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "thousands\tmoney\tshare\tcomma\tminus\tgoal\n"
        + "1,234\t$ 5\t12 %\t3,5\t-1.5\ta\n12,345,678\t$1,000\t3%\t0,25\t+2\tb\n" * 6,
        "table.tsv",
    )
    dataset = load(path)
    assert numeric(dataset, "thousands")[:2].tolist() == [1234, 12345678]
    assert numeric(dataset, "money")[:2].tolist() == [5, 1000]
    assert numeric(dataset, "share")[:2].tolist() == [12, 3]
    assert numeric(dataset, "comma")[:2].tolist() == [3.5, 0.25]
    assert numeric(dataset, "minus")[:2].tolist() == [-1.5, 2]
    assert "decimal comma" in notes(dataset)


def test_a_price_keeps_its_sign_as_the_unit(tmp_path: Path) -> None:
    path = written(tmp_path, "x;price\n" + "\n".join(f"{n};€ {n},50" for n in range(20)))
    dataset = load(path)
    assert dataset.unit == "€"
    assert dataset.labels[:3].tolist() == [0.5, 1.5, 2.5]


@pytest.mark.parametrize("missing", ["", "NA", "null", "?", "n/a", "-"])
def test_missing_values_stay_missing(tmp_path: Path, missing: str) -> None:
    rows = "".join(f"{n},red,yes\n{n},blue,no\n" for n in range(8))
    path = written(tmp_path, f"x,colour,goal\n{rows}{missing},red,yes\n7,{missing},no\n")
    dataset = load(path)
    assert np.isnan(numeric(dataset, "x")[-2])
    assert categories(dataset, "colour")[-1] == ""
    assert "Missing values: “x” (5.6 %), “colour” (5.6 %)." in dataset.notes
    split = split_dataset(dataset, SplitConfig(), 0)
    encoder = encoder_of(dataset, split.train)
    assert not np.isnan(encoder.transform(dataset.features)).any()


def test_rows_without_a_target_are_dropped_and_counted(tmp_path: Path) -> None:
    dataset = load(written(tmp_path, "x,goal\n" + "1,a\n2,b\n" * 8 + "3,\n4,NA\n"))
    assert len(dataset) == 16
    assert "2 rows have no value for the target “goal” and cannot be used." in dataset.notes


def test_empty_and_constant_columns_and_names_are_left_out_and_said(tmp_path: Path) -> None:
    rows = [f"{n},,same,7,person{n},{'ab'[n % 2]}" for n in range(60)]
    text = "x,nothing,always,seven,who,goal\n" + "\n".join(rows)
    dataset = load(written(tmp_path, text))
    assert dataset.feature_names == ("x",)
    for column in ("nothing", "always", "seven", "who", "x"):
        assert f"“{column}”" in notes(dataset)


def test_dates_become_days(tmp_path: Path) -> None:
    rows = [f"{n % 28 + 1:02}-03-2024,{'ab'[n % 2]}" for n in range(40)]
    dataset = load(written(tmp_path, "day,goal\n" + "\n".join(rows)))
    first = (np.datetime64("2024-03-01") - np.datetime64("1970-01-01")).astype(int)
    assert numeric(dataset, "day")[:3].tolist() == [first, first + 1, first + 2]
    assert "day-month-year" in notes(dataset)


def test_many_dates_with_times_are_read_too(tmp_path: Path) -> None:
    moments = np.datetime64("2024-01-01T00:00:00") + np.arange(2000) * np.timedelta64(7, "m")
    rows = [f"{moment},{'ab'[n % 2]}" for n, moment in enumerate(moments)]
    dataset = load(written(tmp_path, "at,goal\n" + "\n".join(rows)))
    assert numeric(dataset, "at")[-1] == pytest.approx(19723 + 1999 * 7 / 1440, abs=0.01)


def test_day_and_month_that_could_be_swapped_are_said(tmp_path: Path) -> None:
    rows = [f"0{n % 9 + 1}/05/2024,{'ab'[n % 2]}" for n in range(40)]
    dataset = load(written(tmp_path, "day,goal\n" + "\n".join(rows)))
    assert "the other way round" in notes(dataset)


def test_words_far_down_a_column_of_numbers_make_it_text(tmp_path: Path) -> None:
    rows = [f"00{n % 9},{'ab'[n % 2]}" for n in range(1000)] + ["many,a", "few,b"] * 200
    dataset = load(written(tmp_path, "size,goal\n" + "\n".join(rows)))
    assert "many" in categories(dataset, "size")
    assert "000" in categories(dataset, "size")


def test_a_few_words_among_numbers_count_as_missing_and_are_named(tmp_path: Path) -> None:
    rows = [f"{n},{'ab'[n % 2]}" for n in range(1000)]
    rows[700] = "unknown,a"
    dataset = load(written(tmp_path, "size,goal\n" + "\n".join(rows)))
    assert np.isnan(numeric(dataset, "size")).sum() == 1
    assert "“unknown” in row 701" in notes(dataset)


def test_columns_can_be_left_out_and_the_group_kept_from_the_model(tmp_path: Path) -> None:
    path = written(tmp_path, people())
    dataset = load(path, group="sex", leave_out=["sex", "date"])
    assert dataset.feature_names == ("age", "income", "city")
    assert dataset.groups is not None
    assert dataset.group_names == ("f", "m")


def test_the_favourable_class_can_be_named(tmp_path: Path) -> None:
    path = written(tmp_path, people())
    assert load(path, positive="no").positive_class == 0
    with pytest.raises(UserError, match="“perhaps”"):
        load(path, positive="perhaps")


def test_only_the_first_rows_where_asked_for(tmp_path: Path) -> None:
    dataset = load(written(tmp_path, people(500)), rows=50)
    assert len(dataset) == 50
    assert "first 50 rows" in notes(dataset)


def test_small_classes_are_named(tmp_path: Path) -> None:
    dataset = load(written(tmp_path, "x,goal\n" + "1,a\n2,b\n" * 20 + "3,rare\n"))
    assert "Fewer than 10 rows in: “rare”." in dataset.notes


@pytest.mark.parametrize(
    ("template", "hour"),
    [
        ("2024-03-{:02}T06:30:00.125Z", 6.5),
        ("2024-03-{:02}T06:30:00+02:00", 4.5),
        ("2024-03-{:02} 06:30:00-0100", 7.5),
        ("3/{}/2024 6:30 PM", 18.5),
    ],
)
@pytest.mark.parametrize("count", [25, 600])
def test_times_as_other_programs_write_them_are_dates(
    tmp_path: Path, template: str, hour: float, count: int
) -> None:
    rows = [f"{template.format(n % 25 + 1)},{n % 7},{'ab'[n % 2]}" for n in range(count)]
    dataset = load(written(tmp_path, "at,n,goal\n" + "\n".join(rows)))
    first = (np.datetime64("2024-03-01") - np.datetime64("1970-01-01")).astype(int)
    assert numeric(dataset, "at")[:2].tolist() == pytest.approx(
        [first + hour / 24, first + 1 + hour / 24], abs=0.01
    )


def test_what_was_done_to_the_target_is_said_too(tmp_path: Path) -> None:
    rows = [f"{n},{n % 7 + 0.5}" for n in range(1000)]
    rows[700] = "700,unknown"
    path = written(tmp_path, "n,price\n" + "\n".join(rows))
    dataset = load(path)
    assert "“price”: 1 cell is no number and counts as missing" in notes(dataset)
    assert "“n” looks like a row number" in notes(dataset)
    assert "“n” looks" not in notes(load(path, target="n"))


def test_cells_that_are_too_large_are_said_to_be_that_and_not_missing(tmp_path: Path) -> None:
    cells = ["1e308", "inf", *[f"{n / 7:.3f}" for n in range(58)]]
    rows = "".join(f"{cell},{n % 5},{'yes' if n % 3 else 'no'}\n" for n, cell in enumerate(cells))
    path = written(tmp_path, f"a,b,y\n{rows}")
    assert preview(path).column("a").kind == "number"
    said = notes(load(path))
    assert "2 cells are too large to be used." in said
    assert "Missing values" not in said
    dataset = load(path, target="a", task="regression")
    assert len(dataset) == 58
    assert "no value" not in notes(dataset)
    path = written(tmp_path, "a,b,y\n" + "".join(f"1e308,{n},{n % 2}\n" for n in range(30)))
    assert "“a” has no values but 30 too large to be used, and is left out." in notes(load(path))
