"""The command line in this process: what it prints and returns."""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from visualiser.cli.main import main


@dataclass(frozen=True)
class Answer:
    """Exit code and output of one call."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def visualiser(capfd: pytest.CaptureFixture[str], qapp: object) -> Callable[..., Answer]:
    """`visualiser("list", "models")` as if typed; curves are drawn by the tests' application."""

    def run(*words: object) -> Answer:
        capfd.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as stop:  # --help and --version
            code = int(stop.code or 0)
        return Answer(code, *capfd.readouterr())

    return run


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table of people with a group and a decision that follows from the income."""
    path = tmp_path / "my people.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["income", "town", "group", "decision", "rent"])
        for i in range(120):
            decision = "yes" if i % 10 > 4 else "no"
            writer.writerow([1000 + i % 10, "AB"[i % 2], "xyz"[i % 3], decision, 500 + 3.5 * i])
    return path
