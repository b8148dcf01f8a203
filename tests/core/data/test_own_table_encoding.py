import random
from pathlib import Path

import pytest

from tests.core.data.own_tables import categories, load, notes, people, written
from visualiser.core.data.own_table_encoding import survey
from visualiser.core.errors import UserError


def curacao(rows: int = 40, encoding: str = "utf-8") -> bytes:
    return people(rows).replace("Gouda", "Curaçao").encode(encoding)


def file_of(folder: Path, content: bytes) -> Path:
    path = folder / "table.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("rows", [40, 20_000])
def test_one_bad_byte_in_a_utf8_file_leaves_the_other_letters_as_they_are(
    tmp_path: Path, rows: int
) -> None:
    content = curacao(rows) + b"30,5,M\xfcnchen,f,2024-01-01,yes\n"
    dataset = load(file_of(tmp_path, content))
    assert {"Curaçao", "M\ufffdnchen"} < set(categories(dataset, "city"))
    assert f"1 byte is not UTF-8 (in line {rows + 2:,})" in notes(dataset)


def test_the_bytes_and_the_first_line_of_them_are_counted_in_the_whole_file(tmp_path: Path) -> None:
    bad = b"30,5,\xff\xfe,f,2024-01-01,yes\n"
    dataset = load(file_of(tmp_path, curacao(500) + bad + curacao(9_000)[30:] + bad))
    assert "4 bytes are not UTF-8 (first in line 502)" in notes(dataset)


def test_letters_after_the_sample_decide_too(tmp_path: Path) -> None:
    first = people(1) + "30,5,M\xfcnchen,f,2024-01-01,yes\n"
    content = first.encode("cp1252") + people(20_000).partition("\n")[2].encode() + curacao()[30:]
    assert "Curaçao" in categories(load(file_of(tmp_path, content)), "city")


def test_a_file_with_a_mark_of_utf8_stays_utf8(tmp_path: Path) -> None:
    dataset = load(file_of(tmp_path, b"\xef\xbb\xbf" + people().encode() + b"1,2,\xfc,f,2024,no\n"))
    assert "1 byte is not UTF-8" in notes(dataset)
    assert dataset.feature_names[0] == "age"


@pytest.mark.parametrize(
    ("encoding", "title"),
    [("cp1252", "Windows-1252"), ("cp1250", "Windows-1250"), ("utf-16", "UTF-16"),
     ("mac_roman", "Mac Roman")],
)  # fmt: skip
def test_an_encoding_that_was_chosen_is_used_and_said(
    tmp_path: Path, encoding: str, title: str
) -> None:
    text = people().replace("Gouda", "Köln")
    dataset = load(written(tmp_path, text, encoding=encoding), encoding=encoding)
    assert "Köln" in categories(dataset, "city")
    assert f"Read as {title}" in notes(dataset)
    assert "you chose" in notes(dataset)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_the_order_of_bytes_is_recognised_where_utf16_was_chosen(
    tmp_path: Path, encoding: str
) -> None:
    dataset = load(written(tmp_path, people(), encoding=encoding), encoding="utf-16")
    assert len(dataset) == 40


def test_utf16_that_was_recognised_is_said(tmp_path: Path) -> None:
    assert "Recognised as UTF-16." in notes(load(written(tmp_path, people(), encoding="utf-16")))


def test_nothing_is_said_of_plain_utf8(tmp_path: Path) -> None:
    assert "UTF-8" not in notes(load(file_of(tmp_path, curacao())))


@pytest.mark.parametrize(
    ("written_as", "chosen", "sentence"),
    [("utf-8", "utf-16", "is not text in UTF-16"), ("cp1252", "gb18030", "is not text in GB"),
     ("utf-16", "cp1252", "is not text in Windows-1252")],
)  # fmt: skip
def test_an_encoding_that_cannot_be_is_refused(
    tmp_path: Path, written_as: str, chosen: str, sentence: str
) -> None:
    path = written(tmp_path, people().replace("Gouda", "Aÿ"), encoding=written_as)
    with pytest.raises(UserError, match=sentence) as caught:
        load(path, encoding=chosen)
    assert caught.value.hint


def test_bytes_that_fit_no_more_far_down_are_refused_where_the_encoding_was_chosen(
    tmp_path: Path,
) -> None:
    content = people(20_000).encode() + b"30,5,\xff\xff,f,2024-01-01,yes\n"
    with pytest.raises(UserError, match="is not text in GB 18030"):
        load(file_of(tmp_path, content), encoding="gb18030")


def test_a_survey_does_not_depend_on_where_the_pieces_are_cut() -> None:
    content = "é\r\nñ€😀\r\n".encode() * 50 + b"\xff\r\n" + "ü".encode("cp1252") + b"\r\n\xe2\x82"
    whole = survey([content], complete=True)
    assert (whole.good, whole.bad, whole.line) == (200, 4, 101)
    rng = random.Random(0)
    for _ in range(20):
        cuts = sorted(rng.sample(range(len(content)), 7))
        pieces = [content[a:b] for a, b in zip([0, *cuts], [*cuts, None], strict=True)]
        assert survey(pieces, complete=True) == whole


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(end: str) -> None:
    content = f"a{end}b{end}".encode() + b"\xff"
    assert survey([content], complete=True).line == 3
