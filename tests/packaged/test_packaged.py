"""The folder program that `make package` built, in an environment with nothing in it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaged.size_table import PARTS, megabytes, parts, table

PROGRAM = Path(__file__).resolve().parents[2] / "dist" / "visualiser"
EXECUTABLE = PROGRAM / ("visualiser.exe" if sys.platform == "win32" else "visualiser")
LIMIT_MB = 700

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
        timeout=110,
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
    "words",
    [
        ("--dataset", "sms_spam"),
        ("--dataset", "sacramento"),
        ("--dataset", "penguins"),
        ("--dataset", "iris"),
        ("--dataset", "wine"),
        ("--dataset", "breast_cancer"),
        ("--dataset", "mortgage_hmda", "--group-bias", "0.5"),
        ("--dataset", "shapes", "--option", "shape=spiral"),
        ("--data", "own table.csv", "--target", "price"),
    ],
)
def test_it_trains_on_every_kind_of_data(home: Path, words: tuple[str, ...]) -> None:
    rows = "".join(f"{n % 7},{'north' if n % 3 else 'south'},{n * 3 % 11}\n" for n in range(200))
    (home / "own table.csv").write_text("rooms,side,price\n" + rows, encoding="utf-8")
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
