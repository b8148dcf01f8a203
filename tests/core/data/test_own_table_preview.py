from pathlib import Path

from tests.core.data.own_tables import load, people, written
from visualiser.core.data.own_table_preview import preview


def test_the_preview_says_what_would_be_done(tmp_path: Path) -> None:
    path = written(tmp_path, people(500, ";"))
    seen = preview(path)
    assert len(seen.file.rows) == 200
    assert seen.names == ("age", "income", "city", "sex", "date", "hired")
    assert [column.kind for column in seen.columns] == [
        *("number", "number", "category", "category", "date", "yes or no")
    ]
    assert (seen.target, seen.column(seen.target).task) == ("hired", "classification")
    assert seen.column("hired").values == ("no", "yes")
    assert seen.column("income").task == "regression"
    assert seen.group_candidates[0] == "sex"
    file = seen.file
    assert (file.delimiter, file.encoding.title, file.has_header) == (";", "UTF-8", True)
    assert file.rows[0][2] == "Delft"


def test_the_preview_agrees_with_what_is_loaded(tmp_path: Path) -> None:
    path = written(tmp_path, people(100))
    seen, dataset = preview(path), load(path)
    assert seen.target == dataset.target
    assert seen.column(seen.target).task == dataset.task
    assert seen.column(seen.target).values == dataset.class_names
