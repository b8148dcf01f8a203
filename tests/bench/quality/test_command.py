"""`visualiser bench quality`: what it prints, writes, keeps and refuses."""

import json
from pathlib import Path

import pytest

from visualiser.bench.quality.run import names_of
from visualiser.cli.main import main
from visualiser.core.data.registry import SOURCES

QUICK = ("--only", "iris", "--seeds", "1")


def bench(*words: object) -> int:
    return main(["bench", "quality", *map(str, words)])


def test_json_has_runs_means_and_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench(*QUICK, "--json") == 0
    (iris,) = json.loads(capsys.readouterr().out)["data_sets"]
    assert iris["name"] == "iris"
    assert iris["model"]["mean"] == iris["runs"][0]["model"]["accuracy"]
    assert set(iris["verdict"]) == {
        "beats_trivial",
        "ranks",
        "near_strong",
        "meets_aim",
        "in_time",
    }


def test_the_table_goes_to_stdout_and_progress_to_stderr(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert bench(*QUICK) == 0
    printed = capsys.readouterr()
    assert [line.split()[0] for line in printed.out.splitlines()] == ["data", "iris"]
    assert "iris" in printed.err


def test_a_second_run_keeps_the_lines_that_it_does_not_measure(tmp_path: Path) -> None:
    table = tmp_path / "baselines.md"
    assert bench("--only", "wine", "--seeds", "1", "--out", table) == 0
    wine = json.loads(table.with_suffix(".json").read_text("utf-8"))["data_sets"][0]
    assert bench(*QUICK, "--out", table) == 0
    kept = json.loads(table.with_suffix(".json").read_text("utf-8"))["data_sets"]
    assert [line["name"] for line in kept] == ["iris", "wine"]
    assert kept[1] == wine
    rows = [line for line in table.read_text("utf-8").splitlines() if line.startswith("| ")]
    assert [row.split()[1] for row in rows] == ["data", "---", "iris", "wine"]


def test_all_bundled_data_sets_are_measured_and_the_own_file_is_not() -> None:
    assert names_of(()) == tuple(n for n, source in SOURCES.items() if source.file is None)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--only", "nonsense"), "no data set called “nonsense”"),
        (("--only", "own_table"), "not bundled"),
        (("--seeds", "0"), "--seeds 0 does not fit"),
        (("--seeds", "x"), "Argument --seeds"),
        (("--out", "table.txt"), "does not end with “.md”"),
    ],
)
def test_what_does_not_fit_is_one_sentence(
    words: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench(*words) == 2
    printed = capsys.readouterr()
    assert sentence in printed.err
    assert printed.out == ""


def test_the_short_form_is_of_the_other_benchmark(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--short", "quality"]) == 2
    assert "--short is for the benchmark of speed" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "{}", '{"data_sets": [{"name": 1}]}', "\0"])
def test_a_foreign_file_beside_the_table_is_left_alone(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    beside = tmp_path / "t.json"
    beside.write_text(content, "utf-8")
    assert bench(*QUICK, "--out", tmp_path / "t.md") == 2
    assert "is not a file of" in capsys.readouterr().err
    assert beside.read_text("utf-8") == content
    assert not (tmp_path / "t.md").exists()
