"""What a run of a sweep came to, and the file that keeps it."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, ValidationError

from visualiser.core.data.dataset import TaskName
from visualiser.core.errors import UserError
from visualiser.core.experiment import Value
from visualiser.core.text_file import read_bytes

CELLS_FILE: Final = "cells.jsonl"
_SIZE_LIMIT = 50_000_000
"""Bytes; a run has some five hundred."""

Text = Annotated[str, Field(max_length=400)]
Count = Annotated[int, Field(ge=0)]


class Counted(Value):
    """What one way of spoiling really did: so many of those that it could change."""

    name: Text
    changed: Count
    eligible: Count


class CellResult(Value):
    """The figures of one finished run, with all that a chart of them needs.

    Attributes:
        key: of its cell.
        figures: part (“train”, “validation”, “test”) → name → value; None where it is no finite
            number. Validation and test rows are clean; training rows are as they were given.
        baseline: the task's main figure of answering without a model on the test part.
        changes: what the spoiling did.
        rows: that it was trained on.
        steps: optimiser updates.
        seconds: of training it; of runs that were trained at once its share of them.
        together: how many runs were trained at once.
        data: title of the data set.
        unit: of its target.
        titles: figure → what it is called for this data set.
        program: version that trained it.
    """

    key: Annotated[str, Field(pattern="^[0-9a-f]{24}$")]
    figures: dict[Text, dict[Text, float | None]]
    baseline: float | None
    changes: tuple[Counted, ...] = ()
    rows: Count
    steps: Count
    seconds: float
    together: Annotated[int, Field(ge=1)] = 1
    data: Text
    task: TaskName
    unit: Text = ""
    titles: dict[Text, Text] = Field(default={})
    program: Text = ""

    def value(self, figure: str, part: str = "test") -> float:
        """A figure, NaN where it is none."""
        value = self.figures.get(part, {}).get(figure)
        return float("nan") if value is None else value


class CellLog:
    """One line for each finished run, written through to the disk as it comes.

    What a crash left half written is no line and is ignored, and so is a second one of a run: so
    nothing is lost but what was under way, and nothing counts twice.

    Attributes:
        results: key → result of what is there.
        damaged: lines that could not be read.
    """

    def __init__(self, folder: Path) -> None:
        """Read what is there.

        Raises:
            UserError: the file cannot be read.
        """
        self._path = folder / CELLS_FILE
        self.results: dict[str, CellResult] = {}
        self.damaged = 0
        self._ends_whole = True
        if self._path.exists():
            data = read_bytes(self._path, _SIZE_LIMIT)
            self._ends_whole = not data or data.endswith(b"\n")
            for result in self._read(data):
                self.results.setdefault(result.key, result)

    def _read(self, data: bytes) -> Iterator[CellResult]:
        for line in data.split(b"\n"):
            if line.strip():
                try:
                    yield CellResult.model_validate_json(line, strict=True)
                except ValidationError:  # of bytes that are no text too
                    self.damaged += 1

    def append(self, result: CellResult) -> None:
        """Keep a result, on the disk too before this returns; a second one of a run is left out.

        Raises:
            UserError: the file cannot be written.
        """
        if result.key in self.results:
            return
        # ASCII: a line that is cut off anywhere is still text.
        line = json.dumps(result.model_dump(mode="json"), allow_nan=False) + "\n"
        if not self._ends_whole:  # what was torn stays a line of its own
            line = "\n" + line
        try:
            with self._path.open("a", encoding="ascii", newline="\n") as file:
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            self._ends_whole = False  # half of it may be there
            reason = error.strerror or str(error)
            raise UserError(
                f"“{self._path}” cannot be written ({reason}).",
                "Make room on the disk or choose another folder; what is there is kept.",
            ) from error
        self._ends_whole = True
        self.results[result.key] = result
