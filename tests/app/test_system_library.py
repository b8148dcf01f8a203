"""Debian's packages for the libraries that Qt takes from the system."""

from pathlib import Path

import pytest

from visualiser.app.system_library import debian_package, missing_library

SET_UP = Path(__file__).resolve().parents[2] / ".ci" / "setup.sh"


def listed_packages() -> list[tuple[str, str]]:
    """Library and package, as the set-up installs them."""
    table = SET_UP.read_text(encoding="utf-8").split("QT_LIBRARIES='")[1].split("'")[0]
    return [(library, package) for library, package in map(str.split, table.strip().splitlines())]


@pytest.mark.parametrize(("library", "package"), listed_packages())
def test_the_package_is_the_one_that_the_set_up_installs(library: str, package: str) -> None:
    assert debian_package(library) == package


@pytest.mark.parametrize(
    "failure",
    [
        "libEGL.so.1: cannot open shared object file: No such file or directory",
        "Cannot load library /x/libqxcb.so: libEGL.so.1: cannot open shared object file: No such",
    ],
)
def test_the_library_is_found_in_what_the_loader_says(failure: str) -> None:
    problem = missing_library(failure)
    assert problem is not None
    assert "library libEGL.so.1," in problem.message
    assert problem.hint.endswith("apt-get install libegl1")


@pytest.mark.parametrize(
    "failure",
    [
        "No module named 'PySide6'",
        "libQt6Gui.so.6: cannot open shared object file: No such file or directory",
    ],
)
def test_other_failures_are_not_for_apt(failure: str) -> None:
    assert missing_library(failure) is None
