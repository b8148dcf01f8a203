"""`visualiser train --report`."""

from pathlib import Path
from typing import Any

import pytest

TRAIN = ("train", "--dataset", "iris", "--epochs", "1", "--quiet")


def test_the_report_is_written_into_the_folder(visualiser: Any, tmp_path: Path) -> None:
    run = visualiser(*TRAIN, "--label-noise", "0.3", "--out", str(tmp_path), "--report")
    assert run.code == 0
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "clean twin" in page and "still sealed" not in page


def test_what_a_clue_and_a_secret_came_to_is_in_the_report(visualiser: Any, tmp_path: Path) -> None:
    page = tmp_path / "marked.html"
    run = visualiser(
        *("train", "--dataset", "digits_8x8", "--epochs", "2", "--quiet"),
        *("--shortcut", "1", "--report", str(page)),
    )
    assert run.code == 0
    text = page.read_text(encoding="utf-8")
    # Both parts in one table, so that the whole keeps to two sheets.
    assert text.count("answered as the swapped patch says") == 1
    assert "right, validation · test" in text
    page = tmp_path / "told.html"
    run = visualiser(
        *("train", "--dataset", "dutch_names", "--model", "bigram", "--epochs", "1", "--quiet"),
        *("--secret", "8", "--report", str(page)),
    )
    assert run.code == 0
    assert "Exposure of the planted secret" in page.read_text(encoding="utf-8")


def test_the_report_is_written_where_it_is_asked_for(visualiser: Any, tmp_path: Path) -> None:
    path = tmp_path / "lesson.html"
    run = visualiser(*TRAIN, "--report", str(path))
    assert run.code == 0 and "The report is in" in run.err
    assert "What did it cost?" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("where", [[], ["report.doc"], ["nowhere/report.pdf"]])
def test_a_place_that_does_not_do_is_told_before_training(
    visualiser: Any, tmp_path: Path, where: list[str]
) -> None:
    run = visualiser(*TRAIN, "--report", *[str(tmp_path / name) for name in where])
    assert run.code == 2
    assert "--report" in run.err and run.out == ""
