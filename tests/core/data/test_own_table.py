import gzip
from pathlib import Path

import numpy as np
import pytest

from tests.core.data.own_tables import categories, load, notes, numeric, people, written
from visualiser.core.errors import UserError


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
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


def test_a_y_is_the_guess_unless_it_is_a_place_in_the_plane(tmp_path: Path) -> None:
    assert load(written(tmp_path, "y,x1,x2\n" + "a,1,3\nb,2,4\n" * 5)).target == "y"
    assert load(written(tmp_path, "y,x\n" + "a,1\nb,2\n" * 5)).target == "y"
    assert load(written(tmp_path, "X,Y,side\n" + "1,3,a\n2,4,b\n" * 5)).target == "side"


@pytest.mark.parametrize("first", ["sep=;\n", '"sep=;"\n', "\ufeffsep=;\r\n"])
@pytest.mark.parametrize("header", ["x;y;goal\n", ""])
def test_a_first_line_that_names_the_delimiter_is_no_row(
    tmp_path: Path, first: str, header: str
) -> None:
    path = written(tmp_path, first + header + "1;2,5;a\n3;4,5;b\n" * 8)
    dataset = load(path)
    assert len(dataset) == 16
    assert len(dataset.feature_names) == 2
