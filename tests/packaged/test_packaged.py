"""The folder program that `make package` built, in an environment with nothing in it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaged.own_data import every_kind, of_no_use
from tests.packaged.size_table import PARTS, megabytes, parts, table
from visualiser.app.smoke import EXIT_FAILED
from visualiser.core.data.own_kinds import OWN_KINDS
from visualiser.core.data.registry import SOURCES

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "dist" / "visualiser"
SIZES = ROOT / "docs" / "packaging.md"
EXECUTABLE = PROGRAM / ("visualiser.exe" if sys.platform == "win32" else "visualiser")
LIMIT_MB = 700
BUNDLED = [name for name in SOURCES if name not in OWN_KINDS]
AT_ONCE = 7
"""Data sets that one window goes through: several windows can be tested beside each other."""

SECONDS = 300
"""For a call of the program, on a machine with other things to do."""

pytestmark = pytest.mark.timeout(SECONDS + 30)
needs_program = pytest.mark.skipif(not EXECUTABLE.exists(), reason="run `make package` first")
needs_virtual_display = pytest.mark.skipif(
    not (shutil.which("xvfb-run") and shutil.which("xauth")), reason="xvfb is not installed"
)


def run(
    home: Path, *words: str, display: bool = False, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the program as `env -i` would: no PATH, so no Python to lean on."""
    command = [str(EXECUTABLE), *words]
    environment = {"HOME": str(home), "VISUALISER_HOME": str(home)} | environment
    if display:
        # xvfb-run itself needs a PATH; what it starts gets only the display.
        keep = [f"{name}={value}" for name, value in environment.items()]
        shown = 'exec env -i DISPLAY="$DISPLAY" XAUTHORITY="$XAUTHORITY" "$@"'
        command = ["xvfb-run", "-a", "sh", "-c", shown, "sh", *keep, *command]
    return subprocess.run(
        command,
        cwd=home,
        env=None if display else environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


@pytest.mark.packaged
@needs_program
def test_it_trains_in_its_window_drawn_into_memory(home: Path) -> None:
    result = run(home, "--smoke-test", QT_QPA_PLATFORM="offscreen")
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.packaged
@needs_program
@needs_virtual_display
def test_it_trains_in_its_window_on_a_display(home: Path) -> None:
    result = run(home, "--smoke-test", display=True, QT_QPA_PLATFORM="xcb")
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.packaged
@needs_program
@pytest.mark.parametrize(
    "names", [BUNDLED[start : start + AT_ONCE] for start in range(0, len(BUNDLED), AT_ONCE)]
)
def test_it_shows_all_there_is_of_every_bundled_data_set(home: Path, names: list[str]) -> None:
    result = run(home, "--smoke-test", *names, QT_QPA_PLATFORM="offscreen")
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()[: len(names)]
    for name, line in zip(names, lines, strict=True):
        assert line.startswith(f"{name}: {SOURCES[name].title}, ")
        assert line.endswith("Try it")


@pytest.mark.packaged
@needs_program
def test_it_opens_data_of_every_kind_and_format_that_is_dropped_on_its_window(
    home: Path, tmp_path: Path
) -> None:
    given = list(every_kind(tmp_path))
    paths = [str(data.path) for data in given]
    result = run(home, "--smoke-test", *paths, QT_QPA_PLATFORM="offscreen")
    assert result.returncode == 0, result.stderr
    for data, line in zip(given, result.stdout.splitlines()[: len(given)], strict=True):
        rows = "" if data.rows is None else f"{data.rows} rows; "
        assert line.startswith(f"{data.path}: {OWN_KINDS[data.kind].noun}, {rows}")
        assert line.endswith("Try it")


@pytest.mark.packaged
@needs_program
def test_it_says_a_sentence_about_each_file_that_nobody_can_use(home: Path, tmp_path: Path) -> None:
    given = of_no_use(tmp_path)
    result = run(home, "--smoke-test", *map(str, given), QT_QPA_PLATFORM="offscreen")
    assert result.returncode == EXIT_FAILED, result.stdout
    said = [line for line in result.stderr.splitlines() if line.startswith("visualiser: ")]
    for (path, part), sentence in zip(given.items(), said, strict=True):
        assert sentence.startswith(f"visualiser: {path}: ")
        assert part in sentence


@pytest.mark.packaged
@needs_program
@pytest.mark.parametrize(
    "words",
    [
        ("shapes", "--option", "shape=spiral"),
        ("stamps", "--model", "linear"),
        ("sms_spam",),
        ("sacramento",),
        ("retail_purchases", "--batch-size", "4096"),
        ("bike_daily",),
        ("drums",),
        ("dutch_names",),
        ("mortgage_hmda", "--group-bias", "0.5"),
        ("breast_cancer",),
    ],
    ids=lambda words: words[0],
)
def test_it_trains_on_bundled_data_without_a_window(home: Path, words: tuple[str, ...]) -> None:
    check_training(home, "--dataset", *words)


@pytest.mark.packaged
@needs_program
@pytest.mark.parametrize("name", OWN_KINDS)
def test_it_trains_on_data_of_ones_own_without_a_window(
    home: Path, tmp_path: Path, name: str
) -> None:
    data = next(data for data in every_kind(tmp_path) if data.kind == name)
    check_training(home, "--data", str(data.path))


def check_training(home: Path, *words: str) -> None:
    """An epoch is trained, and its files are written."""
    result = run(home, "train", *words, "--epochs", "1", "--out", "run")
    assert result.returncode == 0, result.stderr
    assert sorted(file.name for file in (home / "run").iterdir()) == [
        "curves.png",
        "experiment.experiment.json",
        "history.csv",
        "run.json",
    ]


@pytest.mark.packaged
@needs_program
def test_it_stays_below_the_promised_size() -> None:
    assert megabytes(PROGRAM) <= LIMIT_MB, table(PROGRAM)


@pytest.mark.packaged
@needs_program
@pytest.mark.skipif(sys.platform != "linux", reason="the table is of Linux")
def test_its_size_is_made_of_what_the_documentation_says() -> None:
    rows = re.findall(r"^\| ([^*|]+) \| ([\d.]+) \|$", SIZES.read_text(encoding="utf-8"), re.M)
    said = {title: float(size) for title, size in rows[: len(PARTS)]}
    found = parts(PROGRAM)
    assert said.keys() == found.keys()
    for title, size in found.items():  # libraries of other systems are of other sizes
        assert said[title] == pytest.approx(size, rel=0.25, abs=2), table(PROGRAM)


@pytest.mark.packaged
@needs_program
def test_it_brings_the_licences_of_all_that_is_in_it() -> None:
    assert "MIT License" in (PROGRAM / "LICENSE").read_text(encoding="utf-8")
    texts = PROGRAM / "THIRD_PARTY"
    readme = (texts / "README.txt").read_text(encoding="utf-8")
    assert "GNU Lesser\nGeneral Public License, version 3" in readme
    assert "You may replace them" in readme
    assert "GENERAL PUBLIC LICENSE" in (texts / "GPL-3.txt").read_text(encoding="utf-8")
    assert "LESSER GENERAL PUBLIC" in (texts / "LGPL-3.txt").read_text(encoding="utf-8")
    for name in ("torch", "numpy", "pandas", "pyqtgraph", "pydantic"):
        assert any(file.is_file() for file in (texts / name).rglob("*")), name
    assert list(texts.glob("Python 3.*/*"))


@pytest.mark.packaged
@needs_program
@pytest.mark.skipif(sys.platform != "linux", reason="Qt aborts on Linux only")
def test_a_display_that_does_not_answer_is_one_sentence(home: Path) -> None:
    result = run(home, DISPLAY=":77")
    assert result.returncode == 2, result.stderr
    assert result.stderr.startswith("visualiser: ")


def test_the_table_of_sizes_counts_every_file_once(tmp_path: Path) -> None:
    contents = {
        "visualiser": 3,
        "_internal/torch/lib/libtorch_cpu.so": 7,
        "_internal/torch/lib/libc10.so": 2,
        "_internal/libX11.so.6": 1,
        "_internal/something.txt": 4,
    }
    for place, megabytes_of_file in contents.items():
        file = tmp_path / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(bytes(megabytes_of_file * 2**20))
    (tmp_path / "_internal" / "libX11.so").symlink_to("libX11.so.6")
    sizes = parts(tmp_path)
    assert next(iter(sizes)).startswith("PyTorch: libtorch_cpu")
    assert sum(sizes.values()) == megabytes(tmp_path) == 17
    assert set(sizes) == {title for title, _ in PARTS}
    assert "| **the whole program** | **17** |" in table(tmp_path)
