from pathlib import Path

import pytest

from tests.core.data.own_tables import load, notes, written
from visualiser.core.errors import UserError


def table(folder: Path, cells: list[str]) -> Path:
    """A table whose column “odd” has these cells again and again."""
    lines = [f"{cells[n % len(cells)]},{n % 7},{n % 2}" for n in range(60)]
    return written(folder, "odd,x,y\n" + "\n".join(lines) + "\n")


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (["01234", "09876", "10115"], "“odd” is written with leading zeros"),
        (["10:05", "23:59"], "“odd” looks like times of day (“10:05”)"),
        (["10 USD", "12 USD"], "“odd” looks like numbers with a unit (“10 USD”)"),
        (["5k", "3.5k"], "numbers with a unit (“5k”)"),
        (["few", "1.5", "2"], "“odd” has words such as “few” among its numbers"),
        (["2024-01-31", "31/01/2024"], "“odd” has dates written in several ways"),
    ],
)
def test_a_column_that_may_be_something_else_is_doubted(
    tmp_path: Path, cells: list[str], sentence: str
) -> None:
    assert sentence in notes(load(table(tmp_path, cells)))


@pytest.mark.parametrize(
    "cells",
    [["0", "1"], ["0.5", "0.25"], ["red", "blue"], ["1st", "second"], ["2024-01-31", "2024-02-01"]],
)
def test_ordinary_columns_are_not_doubted(tmp_path: Path, cells: list[str]) -> None:
    assert "“odd” is w" not in notes(load(table(tmp_path, cells)))
    assert "“odd” looks" not in notes(load(table(tmp_path, cells)))
    assert "“odd” has" not in notes(load(table(tmp_path, cells)))


def test_where_nothing_is_left_to_learn_from_the_reasons_are_said(tmp_path: Path) -> None:
    lines = [f"({n}.00),{n % 2}" if n % 2 else f"{n}.00,{n % 2}" for n in range(80)]
    path = written(tmp_path, "amount,v\n" + "\n".join(lines) + "\n")
    with pytest.raises(UserError, match="nothing to learn from besides") as caught:
        load(path)
    assert "“amount” has words such as “(1.00)” among its numbers" in caught.value.hint


def test_delimiters_at_the_ends_of_rows_alone_are_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="line 2, ends with a delimiter") as caught:
        load(written(tmp_path, "a,b\n" + "1,2,\n" * 20))
    assert "Remove it" in caught.value.hint


@pytest.mark.parametrize(
    ("words", "encoding", "quoted", "doubt"),
    [
        (("да", "цель"), "cp1251", "“öåëü”, “äà”", "looks like another alphabet"),
        (("赤色です", "目標値"), "cp932", "“–Ú•W’l”", "looks like another alphabet"),
        (("Größe", "größer"), "cp1252", "“größer”, “Größe”", "If letters are wrong"),
    ],
)
def test_an_encoding_that_was_guessed_is_shown_by_the_words_that_it_gives(
    tmp_path: Path, words: tuple[str, str], encoding: str, quoted: str, doubt: str
) -> None:
    value, name = words
    text = f"a,{name}\n" + "".join(f"{n},{value if n % 2 else 'no'}\n" for n in range(40))
    said = notes(load(written(tmp_path, text, encoding=encoding)))
    assert f"read as Windows-1252 (Latin-1). This gives {quoted}" in said
    assert doubt in said
    assert "--option" not in said


def test_long_names_are_shortened_in_sentences_and_one_row_is_one_row(tmp_path: Path) -> None:
    name = "n" * 500
    dataset = load(written(tmp_path, f"{name},y\n" + "$ 5,1\n$ 7,0\n" * 10))
    assert f"“{'n' * 59}…” is read as numbers" in notes(dataset)
    assert dataset.card.size == "20 usable rows, 1 column as features"


def test_a_name_from_right_to_left_keeps_to_itself_in_a_sentence(tmp_path: Path) -> None:
    dataset = load(written(tmp_path, "سعر,y\n" + "$ 5,1\n$ 7,0\n" * 10))
    assert "“\u2068سعر\u2069” is read as numbers" in notes(dataset)
