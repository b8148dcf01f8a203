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
    assert "clean twin, accuracy" in page and "still sealed" not in page


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
