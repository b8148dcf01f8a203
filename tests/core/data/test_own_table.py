import gzip
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from visualiser.core.data import own_table, own_table_reading
from visualiser.core.data.dataset import Dataset, Table
from visualiser.core.data.encoding import fit_encoder
from visualiser.core.data.own_table_file import TableFile, inspect_file
from visualiser.core.data.own_table_preview import preview
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.source import Cancelled, Progress
from visualiser.core.data.split import split_dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig, SplitConfig


def load(path: Path, progress: Progress | None = None, **options: object) -> Dataset:
    config = {"name": "own_table", "options": {"path": str(path), **options}}
    return load_dataset(DatasetConfig.model_validate(config), 0, progress)


def written(folder: Path, text: str, name: str = "table.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def people(rows: int = 40, delimiter: str = ",") -> str:
    lines = ["age,income,city,sex,date,hired"]
    for row in range(rows):
        city, sex = ("Delft", "Gouda", "Breda")[row % 3], ("f", "m")[row % 2]
        day = f"2024-{row % 12 + 1:02}-{row % 27 + 1:02}"
        hired = ("no", "yes")[row // 2 % 2]
        lines.append(f"{20 + row * 7 % 40},{1000.5 + row * 3.25},{city},{sex},{day},{hired}")
    return "\n".join(lines).replace(",", delimiter) + "\n"


def numeric(dataset: Dataset, name: str) -> np.ndarray:
    assert isinstance(dataset.features, Table)
    return dataset.features.numeric[:, dataset.features.numeric_names.index(name)]


def categories(dataset: Dataset, name: str) -> list[str]:
    """Values of a categorical column as text, empty where missing."""
    table = dataset.features
    assert isinstance(table, Table)
    column = table.categorical_names.index(name)
    texts = (*table.categories[column], "")
    return [texts[code] for code in table.categorical[:, column]]


def notes(dataset: Dataset) -> str:
    return "\n".join(dataset.notes)


# ---- tables that are fine -------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_same_table_is_read_from_any_delimiter_and_encoding(
    tmp_path: Path, delimiter: str, encoding: str
) -> None:
    path = written(tmp_path, people(delimiter=delimiter), encoding=encoding)
    dataset = load(path, group="sex")
    assert (dataset.target, dataset.task) == ("hired", "classification")
    assert dataset.class_names == ("no", "yes")
    assert dataset.positive_class == 1
    assert dataset.group_names == ("f", "m")
    assert dataset.feature_names == ("age", "income", "city", "sex", "date")
    assert numeric(dataset, "income")[:2].tolist() == [1000.5, 1003.75]
    assert categories(dataset, "city")[:3] == ["Delft", "Gouda", "Breda"]


def test_a_gzipped_table_is_read_like_the_plain_one(tmp_path: Path) -> None:
    path = tmp_path / "table.csv.gz"
    path.write_bytes(gzip.compress(people().encode()))
    assert len(load(path)) == 40


def test_windows_1252_is_a_fallback_that_is_said(tmp_path: Path) -> None:
    text = people().replace("Gouda", "Curaçao")
    dataset = load(written(tmp_path, text, encoding="cp1252"))
    assert "Curaçao" in categories(dataset, "city")
    assert "Windows-1252" in notes(dataset)


def test_bytes_that_are_no_utf8_far_down_are_read_as_windows_1252(tmp_path: Path) -> None:
    text = people(20_000).encode() + "30,5,Curaçao,f,2024-01-01,yes\n".encode("cp1252")
    path = tmp_path / "table.csv"
    path.write_bytes(text)
    dataset = load(path)
    assert len(dataset) == 20_001
    assert "Curaçao" in categories(dataset, "city")
    assert "Windows-1252" in notes(dataset)


def test_windows_line_ends_and_blank_lines_do_not_matter(tmp_path: Path) -> None:
    plain = load(written(tmp_path, people(), "a.csv"))
    text = "\r\n\r\n" + people().replace("\n", "\r\n") + "\r\n\r\n"
    dataset = load(written(tmp_path, text, "b.csv"))
    assert np.array_equal(numeric(dataset, "age"), numeric(plain, "age"))


def test_cells_with_delimiters_quotes_and_line_breaks_stay_whole(tmp_path: Path) -> None:
    text = 'name,"size,\nin m",kind\n' + 'x,1,"a, ""b""\nc"\ny,2,d\n' * 10
    dataset = load(written(tmp_path, text))
    assert dataset.feature_names == ("name", "size,\nin m")
    assert dataset.class_names == ('a, "b"\nc', "d")
    assert len(dataset) == 20


def test_a_table_without_a_header_gets_numbered_columns(tmp_path: Path) -> None:
    dataset = load(written(tmp_path, "1,2.5,a\n3,4.5,b\n" * 6))
    assert dataset.feature_names == ("column 1", "column 2")
    assert dataset.target == "column 3"
    assert len(dataset) == 12


def test_the_user_may_overrule_delimiter_and_header(tmp_path: Path) -> None:
    path = written(tmp_path, "a;b\nc;d\n" * 6)
    assert len(load(path, header="no")) == 12
    assert len(load(path, header="yes", leave_out=[])) == 11
    with pytest.raises(UserError, match="one column only"):
        load(path, delimiter=",")


def test_a_column_called_target_or_class_is_the_guess_else_the_last_one(tmp_path: Path) -> None:
    first = load(written(tmp_path, "label,x\n" + "a,1\nb,2\n" * 5))
    assert first.target == "label"
    assert "“label” is taken as the target." in first.notes
    assert load(written(tmp_path, "x,y2\n" + "1,a\n2,b\n" * 5)).target == "y2"


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
    encoder = fit_encoder(dataset, split.train, {})
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


def test_rare_categories_become_other(tmp_path: Path) -> None:
    rows = [f"v{n % 120},{'ab'[n // 120 % 2]}" for n in range(600)]
    dataset = load(written(tmp_path, "kind,goal\n" + "\n".join(rows)))
    assert isinstance(dataset.features, Table)
    assert len(dataset.features.categories[0]) == 50
    assert categories(dataset, "kind").count("other") == 5 * (120 - 49)
    assert "“kind” has 120 categories" in notes(dataset)


def messages(rows: int = 40) -> list[str]:
    return [
        f"win a free prize number {n} now" if n % 2 else f"see you at home tonight at {n}"
        for n in range(rows)
    ]


def test_text_as_the_only_feature_stays_text(tmp_path: Path) -> None:
    rows = [f'"{text}",{("ham", "spam")[n % 2]}' for n, text in enumerate(messages())]
    dataset = load(written(tmp_path, "message,label\n" + "\n".join(rows)))
    assert dataset.modality == "text"
    assert np.asarray(dataset.features)[1] == "win a free prize number 1 now"
    assert "free" in fit_encoder(dataset, split_dataset(dataset, SplitConfig(), 0).train, {}).names


def test_text_beside_other_columns_becomes_counted_words(tmp_path: Path) -> None:
    rows = [f'"{text}",{n % 5},{("ham", "spam")[n % 2]}' for n, text in enumerate(messages())]
    dataset = load(written(tmp_path, "message,n,label\n" + "\n".join(rows)))
    assert isinstance(dataset.features, Table)
    assert dataset.features.numeric.shape == (40, 65)
    words = dataset.features.numeric[:, :-1].sum(axis=1)
    assert words.tolist() == [len(text.split()) for text in messages()]
    assert "64 numbers" in notes(dataset)


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


class Recording(Progress):
    def __init__(self, cancel_after: int | None = None) -> None:
        self.shares: list[float] = []
        self.cancel_after = cancel_after

    def update(self, done: float, text: str) -> None:
        self.shares.append(done)

    def check(self) -> None:
        if self.cancel_after is not None and len(self.shares) >= self.cancel_after:
            raise Cancelled


def test_progress_grows_from_piece_to_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_table_reading, "CHUNK_CELLS", 6000)
    progress = Recording()
    load(written(tmp_path, people(20_000)), progress)
    assert len(progress.shares) > 20
    assert progress.shares == sorted(progress.shares)
    assert (progress.shares[0], progress.shares[-1]) == (0, 1)


def test_cancel_stops_between_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_table_reading, "CHUNK_CELLS", 6000)
    progress = Recording(cancel_after=3)
    with pytest.raises(Cancelled):
        load(written(tmp_path, people(20_000)), progress)
    assert len(progress.shares) <= 4


# ---- bad input: one sentence that names file, line or column, and what to do -------------------

BAD_CONTENT = {
    "empty": (b"", "is empty"),
    "only blanks": (b"\n \n\t\n", "is empty"),
    "only a mark": (b"\xef\xbb\xbf", "is empty"),
    "only a header": (b"a,b,c\n", "header and no rows"),
    "one column": (b"a\n1\n2\n3\n", "one column only"),
    "workbook": (b"PK\x03\x04" + bytes(200), "workbook"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(200), "picture"),
    "binary": (bytes(range(256)) * 20, "binary"),
    "ragged near the top": (b"a,b\n" + b"1,2\n" * 5 + b"1,2,3\n" + b"1,2\n" * 9, "line 7: 3 cells"),
    "ragged far down": (b"a,b\n" + b"1,2\n" * 900 + b"1,2,3\n" + b"1,2\n" * 9, "line 902: 3 cells"),
    "open quote": (b'a,b\n1,2\n1,"2\n' + b"1,2\n" * 900, "quotation mark|binary|line"),
    "same names": (b"a,b,a\n1,2,3\n4,5,6\n", "two columns called “a”.*columns 1 and 3"),
    "one class": (b"x,goal\n" + b"1,a\n2,a\n" * 9, "“goal” has the same value"),
    "one class and gaps": (b"x,goal\n" + b"1,a\n2,\n" * 9, "“goal” has one value only"),
    "all-missing target": (b"x,goal\n" + b"1,\n2,NA\n" * 9, "“goal” has no values"),
    "nothing to learn from": (b"x,goal\n" + b"1,a\n1,b\n" * 9, "nothing to learn from"),
    "no line breaks": (b"1,2," * 100_000, "no line breaks"),
    "too many columns": (b",".join(b"c%d" % n for n in range(3000)) + b"\n1\n", "3,000 columns"),
}


@pytest.mark.parametrize(("content", "sentence"), BAD_CONTENT.values(), ids=BAD_CONTENT.keys())
def test_a_bad_file_is_named_with_what_is_wrong_and_what_to_do(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "lesson.csv"
    path.write_bytes(content)
    target = "goal" if b"goal" in content else ""
    with pytest.raises(UserError, match=sentence) as caught:
        load(path, target=target)
    assert "lesson.csv" in caught.value.message
    assert caught.value.hint


def test_no_file_chosen_yet() -> None:
    with pytest.raises(UserError, match="No file has been chosen"):
        load_dataset(DatasetConfig(name="own_table"), 0)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"gone\.csv does not exist"):
        load(tmp_path / "gone.csv")
    with pytest.raises(UserError, match="is a folder"):
        load(tmp_path)
    with pytest.raises(UserError, match=r"gone\.csv does not exist"):
        preview(tmp_path / "gone.csv")


@pytest.mark.parametrize("path", ["nul\0byte.csv", "x" * 5000])
def test_an_impossible_path_is_one_sentence(path: str) -> None:
    with pytest.raises(UserError):
        load(Path(path))


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    subprocess.run(["mkfifo", str(tmp_path / "pipe.csv")], check=True)
    with pytest.raises(UserError, match="not an ordinary file"):
        load(tmp_path / "pipe.csv")


@pytest.mark.parametrize(
    "content", [b"no gzip at all,1\n2,3\n", gzip.compress(b"a,b\n1,2\n", mtime=0)[:-9]]
)
def test_a_damaged_gzip_file_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "lesson.csv.gz"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"lesson\.csv\.gz is damaged"):
        load(path)


def test_a_gzip_file_damaged_far_down_is_named(tmp_path: Path) -> None:
    path = tmp_path / "lesson.csv.gz"
    noise = np.random.default_rng(0).random((30_000, 3))
    rows = "".join(f"{a},{b},{c}\n" for a, b, c in noise)
    path.write_bytes(gzip.compress(f"a,b,c\n{rows}".encode(), 1)[:-5000])
    with pytest.raises(UserError, match=r"lesson\.csv\.gz is damaged"):
        load(path)


@pytest.mark.parametrize("role", ["target", "group", "leave_out"])
def test_an_unknown_column_is_answered_with_those_there_are(tmp_path: Path, role: str) -> None:
    wanted: Any = ["salary"] if role == "leave_out" else "salary"
    with pytest.raises(UserError, match="no column “salary”") as caught:
        load(written(tmp_path, people()), **{role: wanted})
    assert "income" in caught.value.hint


def test_target_and_group_must_differ(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="both target and group"):
        load(written(tmp_path, people()), target="sex", group="sex")


def test_ten_thousand_classes_are_too_many(tmp_path: Path) -> None:
    rows = "".join(f"{n % 7},{n},id {n}\n" for n in range(10_000))
    path = written(tmp_path, f"x,number,word\n{rows}")
    with pytest.raises(UserError, match="“word” has 10,000 different values"):
        load(path, target="word")
    with pytest.raises(UserError, match="“number” has 10,000") as caught:
        load(path, target="number", task="classification")
    assert "regression" in caught.value.hint
    with pytest.raises(UserError, match="“word” holds words"):
        load(path, target="word", task="regression")


def test_a_group_column_needs_two_to_twenty_groups(tmp_path: Path) -> None:
    path = written(tmp_path, people())
    with pytest.raises(UserError, match="“income” has 40 different values"):
        load(path, group="income")
    alone = written(tmp_path, people().replace(",m,", ",f,"), "alone.csv")
    with pytest.raises(UserError, match="“sex”"):
        load(alone, group="sex")


def test_rows_without_a_group_are_a_group_called_unknown(tmp_path: Path) -> None:
    dataset = load(written(tmp_path, people().replace(",m,", ",,", 4)), group="sex")
    assert set(dataset.group_names) == {"f", "m", "unknown"}


def test_a_file_that_disappears_midway_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, people(5000))

    def inspect_then_lose(*arguments: Any) -> TableFile:
        file = inspect_file(*arguments)
        path.unlink()
        return file

    monkeypatch.setattr(own_table, "inspect_file", inspect_then_lose)
    with pytest.raises(UserError, match=r"table\.csv does not exist \(any more\)"):
        load(path)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a sparse file")
def test_a_file_of_five_gigabytes_is_refused_at_once_and_its_first_rows_can_be_read(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, people(20_000))
    with path.open("r+b") as stream:
        stream.truncate(5 * 2**30)
    with pytest.raises(UserError, match="too large: 5 GB") as caught:
        load(path)
    assert "first rows" in caught.value.hint
    assert len(load(path, rows=1000)) == 1000


def test_a_gzip_bomb_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(people().encode() + b"1,2,Delft,f,2024-01-01,no\n" * 200_000))
    monkeypatch.setattr(own_table_reading, "MAX_BYTES", 2**20)
    with pytest.raises(UserError, match="too large"):
        load(path)


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_table_reading, "MAX_ROWS", 500)
    with pytest.raises(UserError, match="too large"):
        load(written(tmp_path, people(5000)))


def test_formulas_and_code_in_cells_are_only_text(tmp_path: Path) -> None:
    evil = "__import__('os').system('touch hacked')"
    text = "x,cell,goal\n" + f'1,"{evil}",a\n2,"=cmd|calc",b\n' * 8
    dataset = load(written(tmp_path, text))
    assert set(categories(dataset, "cell")) == {evil, "=cmd|calc"}


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_whatever_the_file_holds_it_loads_or_says_why_not(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    try:
        dataset = load(path)
    except UserError as error:
        assert error.message
    else:
        assert len(dataset) > 0


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12),
            st.one_of(st.integers(), st.floats(), st.text("abc,;\"\n'%$ 0123", max_size=5)),
            st.sampled_from(["a", "b", ""]),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_whatever_a_table_written_by_python_holds_it_loads_or_says_why_not(
    tmp_path: Path, rows: list[tuple[str, object, str]]
) -> None:
    import csv

    path = tmp_path / "any.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([("text", "value", "goal"), *rows])
    try:
        dataset = load(path, target="goal")
    except UserError as error:
        assert error.message
    else:
        assert len(dataset) <= len(rows)


# ---- the preview -----------------------------------------------------------------------------


def test_the_preview_says_what_would_be_done(tmp_path: Path) -> None:
    path = written(tmp_path, people(500, ";"))
    seen = preview(path)
    assert len(seen.rows) == 200
    assert seen.names == ("age", "income", "city", "sex", "date", "hired")
    assert [column.kind for column in seen.columns] == [
        *("number", "number", "category", "category", "date", "yes or no")
    ]
    assert (seen.target, seen.column(seen.target).task) == ("hired", "classification")
    assert seen.column("hired").values == ("no", "yes")
    assert seen.column("income").task == "regression"
    assert seen.group_candidates[0] == "sex"
    assert (seen.delimiter, seen.encoding, seen.has_header) == (";", "utf-8", True)
    assert seen.rows[0][2] == "Delft"


def test_the_preview_agrees_with_what_is_loaded(tmp_path: Path) -> None:
    path = written(tmp_path, people(100))
    seen, dataset = preview(path), load(path)
    assert seen.target == dataset.target
    assert seen.column(seen.target).task == dataset.task
    assert seen.column(seen.target).values == dataset.class_names


@pytest.mark.parametrize(
    ("length", "words"),
    [(5_000_000, "line 2, is 4,882 kB long"), (140_000, "line 2, has 140,004 characters")],
)
def test_a_line_that_is_far_too_long_is_named_with_its_length(tmp_path, length, words):
    text = "text,label\n" + "x" * length + ",yes\n" + "good,no\n" * 50
    with pytest.raises(UserError, match=words) as refused:
        inspect_file(written(tmp_path, text))
    assert "quotation" not in str(refused.value)
