"""The command line as a whole: help, version, errors and exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from visualiser import __version__
from visualiser.cli import listing
from visualiser.core.corruption.registry import CORRUPTIONS

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ["list", "train", "demo", "bench"]


def program(*words: str, **kwargs: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "visualiser", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=100,
        check=False,
        **kwargs,
    )


def test_the_version_is_printed(visualiser: Any) -> None:
    answer = visualiser("--version")
    assert (answer.code, answer.out.strip()) == (0, f"visualiser {__version__}")


def test_help_names_every_command_with_an_example(visualiser: Any) -> None:
    answer = visualiser("--help")
    assert answer.code == 0
    assert all(command in answer.out for command in COMMANDS)
    assert "examples:" in answer.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(visualiser: Any, command: str) -> None:
    answer = visualiser(command, "--help")
    assert answer.code == 0
    assert "example" in answer.out
    assert f"visualiser {command}" in answer.out
    assert answer.err == ""


def test_every_corruption_has_an_option(visualiser: Any) -> None:
    text = visualiser("train", "--help").out
    assert all(f"--{corruption.flag} AMOUNT" in text for corruption in CORRUPTIONS.values())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["fly"], "invalid choice: 'fly'"),
        (["--fly"], "--fly"),
        (["list"], "Say what to list: datasets, models or corruptions."),
        (["list", "cats"], "invalid choice: 'cats'"),
        (["demo"], "--out --data-quality is required"),
        (["demo", "--out", ""], "--out: the name is empty"),
        (["train", "--out", ""], "--out: the name is empty"),
        (["train", "--data", " "], "--data: the name is empty"),
        (["train", ""], "the name is empty"),
        (["train", "--epochs", "many"], "--epochs: “many” is not a whole number"),
        (["train", "--epochs"], "expected one argument"),
        (["train", "--epoch", "1"], "“visualiser train” does not know “--epoch”"),
        (["train", "a.json", "b.json"], "does not know “b.json”"),
        (["train", "--optimizer", "magic"], "invalid choice: 'magic'"),
    ],
)
def test_a_word_that_is_not_understood_gets_one_line(
    visualiser: Any, words: list[str], said: str
) -> None:
    answer = visualiser(*words)
    assert answer.code == 2
    assert said in answer.err
    assert "--help" in answer.err
    assert answer.err.count("\n") == 1
    assert answer.out == ""


def test_the_smoke_test_goes_with_no_command(visualiser: Any) -> None:
    answer = visualiser("list", "datasets", "--smoke-test")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("visualiser: “visualiser list” does not know “--smoke-test”.")


def test_control_characters_of_a_file_or_a_word_never_reach_the_terminal(
    visualiser: Any, tmp_path: Path
) -> None:
    hostile = "\x1b[2Jgone\r\u202ereversed\x07"
    path = tmp_path / "lesson.experiment.json"
    content = {"format": "training-visualiser-experiment", "version": 1, hostile: 1}
    path.write_text(json.dumps(content), encoding="utf-8")
    for words in ([path], ["--dataset", hostile], ["--data", hostile]):
        answer = visualiser("train", "--quiet", *words)
        assert answer.code == 2
        assert "\\x1b[2J" in answer.err
        assert answer.err.rstrip("\n").isprintable()


def test_ctrl_c_while_waiting_ends_with_130(
    visualiser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted() -> list[dict[str, Any]]:
        raise KeyboardInterrupt

    monkeypatch.setitem(listing._LISTS, "models", interrupted)
    answer = visualiser("list", "models")
    assert answer.code == 130
    assert answer.err == "visualiser: Interrupted.\n"


def test_a_command_that_cannot_load_qt_says_what_to_install(
    visualiser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def import_qt() -> list[dict[str, Any]]:
        raise ImportError("libGL.so.1: cannot open shared object file: No such file or directory")

    monkeypatch.setitem(listing._LISTS, "models", import_qt)
    answer = visualiser("list", "models")
    assert answer.code == 2
    assert answer.err.endswith("sudo apt-get install libgl1\n")
    assert answer.err.count("\n") == 1


def test_the_program_runs_as_a_module() -> None:
    answer = program("--version")
    assert (answer.returncode, answer.stdout.strip()) == (0, f"visualiser {__version__}")


def test_errors_of_the_real_program_are_one_line_and_exit_code_2() -> None:
    answer = program("train", "--dataset", "cats")
    assert answer.returncode == 2
    assert answer.stderr.startswith("visualiser: There is no data set called “cats”.")
    assert answer.stderr.count("\n") == 1


def test_a_console_of_another_alphabet_is_no_obstacle() -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    answer = program("list", "datasets", env=environment)
    assert answer.returncode == 0
    assert "mnist_5k" in answer.stdout


def test_lists_come_without_torch_qt_or_pandas() -> None:
    heavy = "{'torch', 'PySide6', 'pandas', 'sklearn', 'scipy'}"
    code = (
        "import sys; from visualiser.cli.main import main; main(['list', 'datasets', '--json']);"
        f"sys.exit(str({heavy} & set(sys.modules) or ''))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert answer.stderr.strip() == ""


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes")
def test_a_reader_that_stops_early_is_not_an_error_to_talk_about() -> None:
    line = f'"{sys.executable}" -m visualiser list corruptions --json | head -c 1'
    answer = subprocess.run(
        ["sh", "-c", line], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert answer.stdout == "["
    assert answer.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_gets_a_sentence() -> None:
    line = f'"{sys.executable}" -m visualiser list models > /dev/full'
    answer = subprocess.run(
        ["sh", "-c", line], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert answer.returncode == 2
    assert answer.stderr == "visualiser: There is no space left on the disk.\n"


def test_what_a_command_does_not_need_is_not_loaded() -> None:
    code = (
        "import sys; from visualiser.cli.main import main\n"
        "try: main(['bench', '--help'])\n"
        "except SystemExit: pass\n"
        "print({'numpy', 'pydantic', 'PySide6'} & set(sys.modules), file=sys.stderr)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "--short" in answer.stdout
    assert answer.stderr.strip() == "set()"


def test_plugins_of_pydantic_that_are_installed_are_not_run(tmp_path: Path) -> None:
    (tmp_path / "plug.py").write_text("raise SystemExit('a plugin ran')\n", encoding="utf-8")
    about = tmp_path / "plug-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Name: plug\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[pydantic]\nplug = plug\n", encoding="utf-8")
    environment = {k: v for k, v in os.environ.items() if k != "PYDANTIC_DISABLE_PLUGINS"}
    path = os.pathsep.join([str(tmp_path), *sys.path])
    answer = program("list", "models", env=environment | {"PYTHONPATH": path})
    assert (answer.returncode, answer.stderr) == (0, "")


def test_where_scikit_learn_is_left_out_the_measuring_of_quality_says_so(
    visualiser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    answer = visualiser("bench", "quality", "--only", "iris")
    assert answer.code == 2
    assert "measures against scikit-learn" in answer.err
