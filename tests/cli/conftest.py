"""The command line in this process: what it prints and returns."""

import json
from collections.abc import Callable
from dataclasses import dataclass
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
