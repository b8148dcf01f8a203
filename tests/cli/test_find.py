import csv
import json
from pathlib import Path

import pytest

from visualiser.cli.main import main
from visualiser.core.experiment_file import load_experiment

SMALL = ["--dataset", "iris", "--label-noise", "0.2", "--epochs", "4", "--quiet"]


def test_suspects_scores_and_a_repaired_experiment_are_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "found"
    assert main(["find", *SMALL, "--out", str(out), "--repair", "5"]) == 0
    said = capsys.readouterr().out
    assert "Confident learning" in said and "average precision" in said
    with (out / "suspects.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    document = json.loads((out / "findings.json").read_text(encoding="utf-8"))
    flagged = {name: one["flagged"] for name, one in document["finders"].items()}
    assert len(rows) == sum(flagged.values())
    confident = [row for row in rows if row["finder"] == "confident"]
    right = sum(int(row["wrong"]) for row in confident)
    score = document["finders"]["confident"]
    assert right / len(confident) == pytest.approx(score["precision"])
    assert right / document["wrong"]["label"] == pytest.approx(score["recall"])
    repaired = load_experiment(out / "repaired.experiment.json")
    agreed = [int(row["row"]) for row in rows if row["finder"] == "agreement"][:5]
    assert sorted(repair.row for repair in repaired.repairs) == sorted(agreed)


def test_of_clean_data_there_are_suspects_but_no_scores(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["find", "--dataset", "iris", "--epochs", "4", "--quiet", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["wrong"] is None
    assert set(document["finders"]["confident"]) == {"looks_for", "source", "flagged"}


def test_what_cannot_be_searched_is_refused_before_training(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["find", "--dataset", "dutch_names", "--quiet"]) == 2
    assert "cannot be searched" in capsys.readouterr().err
    assert main(["find", *SMALL, "--repair", "3"]) == 2
    assert "--out" in capsys.readouterr().err


@pytest.mark.parametrize(
    "spoiled",
    [
        ["--dataset", "titanic", "--leak", "0.9"],
        ["--dataset", "iris", "--contamination", "1", "--duplicates", "0.2"],
    ],
)
def test_a_finder_without_suspects_has_no_precision_and_files_are_written_all_the_same(
    spoiled: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "found"
    assert main(["find", *spoiled, "--epochs", "2", "--quiet", "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert f"Written to {out}: suspects.csv, findings.json." in said
    document = json.loads((out / "findings.json").read_text(encoding="utf-8"))
    assert any(one["flagged"] == 0 for one in document["finders"].values())


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (["--repair", "-5", "--out", "x"], "from 1"),
        (["--repair", "0", "--out", "x"], "from 1"),
        (["--report"], "train --report"),
        (["--report", "run.pdf"], "train --report"),
    ],
)
def test_what_cannot_be_written_is_refused_in_a_sentence(
    options: list[str], what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["find", *SMALL, *options]) == 2
    assert what in capsys.readouterr().err


def test_the_help_names_the_files_that_it_writes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["find", "--help"])
    said = capsys.readouterr().out
    assert "run.json" not in said and "--report" not in said and "findings.json" in said
