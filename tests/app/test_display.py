"""Displays that are missing or do not answer: a sentence instead of Qt's abort."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo

from visualiser.app.display import display_problem, prefer_display, require_display
from visualiser.app.window import build
from visualiser.core.errors import UserError
from visualiser.ui.settings import Settings

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Qt aborts on Linux only")

ROOT = Path(__file__).resolve().parents[2]
VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "QT_QPA_PLATFORM")
DEAD = ":77"


@pytest.fixture
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    return monkeypatch


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("", "", "There is no display"),
        ("DISPLAY", DEAD, "“:77” (DISPLAY) does not answer"),
        ("DISPLAY", "127.0.0.1:77.0", "“127.0.0.1:77.0” (DISPLAY) does not answer"),
        ("DISPLAY", "nonsense", "“nonsense” (DISPLAY) does not answer"),
        ("WAYLAND_DISPLAY", "wayland-77", "“wayland-77” (WAYLAND_DISPLAY) does not answer"),
        ("XDG_SESSION_TYPE", "wayland", "“wayland-0” (WAYLAND_DISPLAY) does not answer"),
        ("QT_QPA_PLATFORM", "xcb", "does not answer"),
    ],
)
def test_a_display_that_cannot_be_used_is_one_sentence(
    nothing_set: pytest.MonkeyPatch, variable: str, value: str, said: str, tmp_path: Path
) -> None:
    nothing_set.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    if variable:
        nothing_set.setenv(variable, value)
    with pytest.raises(UserError) as caught:
        require_display()
    assert said in caught.value.message or "is missing" in caught.value.message
    assert caught.value.hint


def test_a_platform_that_does_not_exist_is_one_sentence_with_those_that_do(
    nothing_set: pytest.MonkeyPatch,
) -> None:
    nothing_set.setenv("QT_QPA_PLATFORM", "bogus:size=1x1")
    with pytest.raises(UserError) as caught:
        require_display()
    assert "no platform called “bogus”" in caught.value.message
    assert "offscreen" in caught.value.hint


def test_a_platform_that_does_not_exist_is_passed_over_for_one_that_does(
    nothing_set: pytest.MonkeyPatch,
) -> None:
    nothing_set.setenv("QT_QPA_PLATFORM", "bogus;offscreen")
    require_display()


def test_a_library_that_a_platform_misses_is_named_with_its_package(
    nothing_set: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    whole = (plugins / "libqxcb.so").read_bytes()
    needed = b"libQt6XcbQpa.so.6"
    assert needed in whole
    (tmp_path / "libqxcb.so").write_bytes(whole.replace(needed, b"libnowhere-x.so.6"))
    nothing_set.setenv("QT_QPA_PLATFORM_PLUGIN_PATH", str(tmp_path))
    nothing_set.setenv("DISPLAY", DEAD)
    problem = display_problem()
    assert problem is not None
    assert "libnowhere-x.so.6" in problem.message
    assert "apt-get install libnowhere-x6" in problem.hint


def test_one_display_that_answers_is_enough(
    nothing_set: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    nothing_set.setenv("DISPLAY", DEAD)
    nothing_set.setenv("WAYLAND_DISPLAY", "wayland-1")
    nothing_set.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with socket.socket(socket.AF_UNIX) as compositor:
        nothing_set.chdir(tmp_path)  # a socket's path must be short
        compositor.bind("wayland-1")
        compositor.listen()
        nothing_set.setenv("XDG_RUNTIME_DIR", ".")
        problem = display_problem()
    if problem is not None and "is missing" in problem.message:
        pytest.skip("this system lacks what Wayland needs")
    assert problem is None


@pytest.mark.parametrize("platform", ["offscreen", "offscreen:size=800x600", "minimal"])
def test_a_platform_without_a_display_needs_none(
    nothing_set: pytest.MonkeyPatch, platform: str
) -> None:
    nothing_set.setenv("QT_QPA_PLATFORM", platform)
    nothing_set.setenv("DISPLAY", DEAD)
    require_display()
    prefer_display()
    assert os.environ["QT_QPA_PLATFORM"] == platform


def test_what_needs_no_eyes_draws_into_memory(nothing_set: pytest.MonkeyPatch) -> None:
    nothing_set.setenv("DISPLAY", DEAD)
    nothing_set.setenv("QT_QPA_PLATFORM", "")
    prefer_display()
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"


def test_a_platform_that_was_asked_for_is_not_replaced(nothing_set: pytest.MonkeyPatch) -> None:
    nothing_set.setenv("DISPLAY", DEAD)
    nothing_set.setenv("QT_QPA_PLATFORM", "xcb")
    with pytest.raises(UserError):
        prefer_display()


def program(*words: str, folder: Path, platform: str = "") -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    return subprocess.run(
        [sys.executable, "-m", "visualiser", *words],
        cwd=folder,
        env=environment | {"DISPLAY": DEAD, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": platform},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )


@pytest.mark.parametrize("platform", ["", "bogus"])
def test_the_window_says_that_the_display_is_dead(tmp_path: Path, platform: str) -> None:
    answer = program(folder=tmp_path, platform=platform)
    assert answer.returncode == 2
    assert answer.stderr.startswith("visualiser: ")
    assert answer.stderr.count("\n") == 1


def test_the_smoke_test_runs_beside_a_dead_display(tmp_path: Path) -> None:
    answer = program("--smoke-test", folder=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert (tmp_path / "smoke-test.png").is_file()


def test_the_window_has_the_icon_of_the_program(qapp: object) -> None:
    program = build(Settings())
    try:
        icon = program.application.windowIcon()
        assert not icon.isNull()
        assert icon.availableSizes()[0].width() >= 64
    finally:
        program.window.close()
        program.destroy()
