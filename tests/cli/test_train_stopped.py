"""`visualiser train`: when something is missing, or stops it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.small_run import FILES, ROOT, SMALL
from visualiser.cli import train


def test_without_qt_the_other_files_are_written(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['PySide6'] = None; from visualiser.cli.main import main;"
        f"sys.exit(main(['train', *{SMALL}, '--out', {str(tmp_path)!r}]))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert answer.returncode == 0
    assert "curves.png was not drawn" in answer.stderr
    assert {path.name for path in tmp_path.iterdir()} == FILES - {"curves.png"}


def test_curves_are_drawn_without_a_display(tmp_path: Path) -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    answer = subprocess.run(
        [sys.executable, "-m", "visualiser", "train", *SMALL, "--out", str(tmp_path)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (answer.returncode, answer.stderr) == (0, "")
    assert (tmp_path / "curves.png").stat().st_size > 10_000


def test_ctrl_c_keeps_the_run_so_far(
    visualiser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def press_ctrl_c(bar: object, trainer: Any) -> None:
        if trainer.step_number == 5:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(train.TrainingBar, "show", press_ctrl_c)
    before = signal.getsignal(signal.SIGINT)
    answer = visualiser("train", *SMALL, "--epochs", "1000", "--out", tmp_path)
    assert answer.code == 130
    assert "Interrupted at step 5" in answer.err
    assert {path.name for path in tmp_path.iterdir()} == FILES
    assert json.loads((tmp_path / "run.json").read_text("utf-8"))["steps"] == 5
    assert signal.getsignal(signal.SIGINT) == before


def test_a_second_ctrl_c_stops_at_once(visualiser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def press_twice(bar: object, trainer: Any) -> None:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(train.TrainingBar, "show", press_twice)
    before = signal.getsignal(signal.SIGINT)  # another one where tests run in the background
    answer = visualiser("train", *SMALL)
    assert answer.code == 130
    assert answer.err == "visualiser: Interrupted.\n"
    assert signal.getsignal(signal.SIGINT) is before


def test_a_run_that_is_stopped_at_once_leaves_no_folder(
    visualiser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def press_twice(bar: object, trainer: Any) -> None:
        assert not (tmp_path / "runs").exists()
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(train.TrainingBar, "show", press_twice)
    answer = visualiser("train", *SMALL, "--out", tmp_path / "runs" / "first")
    assert answer.code == 130
    assert not (tmp_path / "runs").exists()
