import gzip
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.data.own_tables import categories, load, people, written
from visualiser.core.data import own_table, own_table_reading
from visualiser.core.data.own_table_file import TableFile, inspect_file
from visualiser.core.data.own_table_preview import preview
from visualiser.core.data.registry import load_dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig

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
    "one class": (b"x,goal\n" + b"1,a\n2,a\n" * 9, "“goal” has one value only"),
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

    def inspect_then_lose(path: Path, **ways: Any) -> TableFile:
        file = inspect_file(path, **ways)
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
        stream.truncate(5_000_000_000)
    with pytest.raises(UserError, match="too large: it has 5 GB, and 1 GB is the most") as caught:
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


@pytest.mark.parametrize(
    ("length", "words"),
    [(5_000_000, "line 2, is 4,882 kB long"), (140_000, "line 2, has 140,004 characters")],
)
def test_a_line_that_is_far_too_long_is_named_with_its_length(tmp_path, length, words):
    text = "text,label\n" + "x" * length + ",yes\n" + "good,no\n" * 50
    with pytest.raises(UserError, match=words) as refused:
        inspect_file(written(tmp_path, text))
    assert "quotation" not in str(refused.value)


ROWS = "".join(f"{n},{n * 1.5},{'ab'[n % 2]}\n" for n in range(60))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<!DOCTYPE html>\n<p>Not found, sorry</p>\n", "a web page"),
        ('\n<?xml version="1.0"?>\n<a>1,2</a>\n', "an XML file"),
        ('[{"a": 1, "b": 2},\n{"a": 3, "b": 4}]\n', "a JSON file"),
    ],
)
def test_text_that_is_no_table_is_called_what_it_is(tmp_path: Path, text: str, kind: str) -> None:
    with pytest.raises(UserError, match=rf"table\.csv is {kind}"):
        preview(written(tmp_path, text))


def test_lines_above_the_column_names_are_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="line 2, holds no column names") as caught:
        preview(written(tmp_path, f"\nReport of May\n\nx,y,goal\n{ROWS}"))
    assert "Remove the lines above" in caught.value.hint


@pytest.mark.parametrize("rows", [1, 40, 4000])
def test_a_quotation_mark_that_is_never_closed_is_named_with_its_place(
    tmp_path: Path, rows: int
) -> None:
    text = f'x,y,goal\n{ROWS}1,"2,a\n' + ROWS * rows
    with pytest.raises(UserError, match=r"near (line|row) 62: a quotation mark is opened"):
        load(written(tmp_path, text))


def test_an_open_quotation_mark_is_seen_in_the_preview(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="near line 62: a quotation mark"):
        preview(written(tmp_path, f'x,y,goal\n{ROWS}1,"2,a\n{ROWS}'))


def test_a_zero_byte_far_down_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(f"x,y,goal\n{ROWS * 500}".encode() + b"3,\x004,a\n" + ROWS.encode())
    with pytest.raises(UserError, match="line 30,002, holds a zero byte"):
        load(path)


@pytest.mark.parametrize("ending", [b"1", b"\x00\xd8\x31\x00\n\x00"])
@pytest.mark.parametrize("rows", [1, 500])
def test_a_file_that_stops_being_utf16_is_not_read_as_something_else(
    tmp_path: Path, ending: bytes, rows: int
) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(f"x,y,goal\n{ROWS * rows}".encode("utf-16") + ending)
    with pytest.raises(UserError, match="begins as UTF-16 does") as caught:
        load(path)
    assert "UTF-8" in caught.value.hint
