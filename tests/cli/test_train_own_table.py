"""What `visualiser train --data FILE` says about the user's own table."""

from pathlib import Path
from typing import Any

import pytest

from tests.core.data.picture_folders import folder_of_pictures
from tests.core.data.test_own_kinds import series


@pytest.fixture
def trained(visualiser: Any, table: Path) -> Any:
    def train(*words: object) -> Any:
        return visualiser("train", "--data", table, "--epochs", "1", "--quiet", *words)

    return train


def test_a_target_that_was_not_named_is_said_and_kept(trained: Any) -> None:
    answer = trained("--json")
    said = "Predicts “decision”, one of 2 classes (classification). Name another column with"
    assert f"visualiser: {said} --target COLUMN." in answer.err.splitlines()
    assert answer.json()["experiment"]["dataset"]["options"]["target"] == "decision"


def test_the_summary_says_what_is_predicted(trained: Any) -> None:
    answer = trained("--target", "rent")
    assert "Predicts “rent”, a number (regression)." in answer.out.splitlines()
    assert "--target COLUMN" not in answer.err


def test_what_was_done_to_the_table_goes_to_stderr(trained: Any, table: Path) -> None:
    text = table.read_text("utf-8").replace(",A,", ",Århus,")
    table.write_bytes(text.encode() + b"1001,\xc5rhus,x,yes,500\n")
    answer = trained("--target", "decision")
    assert "visualiser: 1 byte is not UTF-8 (in line 122)" in answer.err
    assert "UTF-8" not in answer.out


def test_names_of_columns_send_nothing_to_the_terminal(trained: Any, table: Path) -> None:
    text = table.read_text("utf-8").replace("decision", "deci\x1b[2Jsion")
    table.write_text(text, "utf-8")
    answer = trained("--target", "deci\x1b[2Jsion")
    assert "\x1b" not in answer.out + answer.err


def test_a_folder_of_pictures_is_recognised_and_trained_on(visualiser: Any, tmp_path: Path) -> None:
    folder = folder_of_pictures(tmp_path / "things")
    answer = visualiser(
        "train", "--data", folder, "--model", "linear", "--epochs", "1", "--quiet", "--json"
    )
    assert "visualiser: This is taken for a folder of pictures." in answer.err
    run = answer.json()
    assert run["experiment"]["dataset"]["name"] == "own_pictures"
    assert run["experiment"]["dataset"]["content"].startswith("sha256-files:24:")


def test_what_it_is_can_be_said(visualiser: Any, tmp_path: Path) -> None:
    path = series(tmp_path)
    words = ("train", "--data", path, "--epochs", "1", "--quiet", "--json")
    seen = visualiser(*words)
    assert "taken for a dated series" in seen.err
    assert seen.json()["experiment"]["dataset"]["name"] == "own_series"
    said = visualiser(*words, "--dataset", "own_table")
    assert said.json()["experiment"]["dataset"]["name"] == "own_table"
    assert "taken for" not in said.err
