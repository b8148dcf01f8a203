"""The licences of everything that goes into the folder program, gathered while it is built.

build.spec calls `write_licences`; by itself this file lists what would be gathered here:
`python .ci/third_party.py`.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from fnmatch import fnmatch
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = "THIRD_PARTY"
NAMES = ["licen[cs]e*", "copying*", "notice*", "authors*"]
BESIDE_METADATA = ["_soundfile_data/COPYING", "licensing/license_notes.md"]
"""Texts that soundfile keeps elsewhere: of libsndfile, and of what that was built from."""

README = """\
Third-party software in this folder
===================================

Training Visualiser itself is under the MIT licence: LICENSE, beside this folder. Here are the
licences of the software that was put into the program with it, one folder for each.

Qt, PySide6 and Shiboken (The Qt Company Ltd. and other contributors) are used under the GNU Lesser
General Public License, version 3: LGPL-3.txt, which builds on GPL-3.txt. Their sources are at
https://download.qt.io/official_releases/ (qt and QtForPython, version {version}).

You may replace them. They are not part of one large file: Qt's libraries are the files in
_internal/PySide6/Qt/lib (Windows: _internal/PySide6), its plugins those in
_internal/PySide6/Qt/plugins, and PySide6 and Shiboken those in _internal/PySide6 and
_internal/shiboken6. Put compatible ones of the same names in their place, and the program uses
those. The same holds for libsndfile, which reads sounds and has LAME and mpg123 in it: it is used
under the GNU Lesser General Public License, version 2.1 or later (soundfile/_soundfile_data), and
is the one library in _internal/_soundfile_data. Its sources are named in soundfile/licensing. You
may also take the program apart to find errors in such a change.

The data sets have their licences in _internal/datasets/LICENSES.md, the typeface Inter in
_internal/assets/fonts/OFL.txt.

{contents}
"""


def write_licences(program: Path, modules: Iterable[str], libraries: Iterable[Path]) -> None:
    """Put the licences into the folder of the finished program.

    Args:
        program: Folder that the user gets.
        modules: Names of the top-level modules that were put into it.
        libraries: Files outside the environment that were put into it.
    """
    shutil.copy(ROOT / "LICENSE", program / "LICENSE")
    target = program / FOLDER
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for text in sorted((ROOT / "assets" / "licences").glob("*.txt")):
        shutil.copy(text, target)
    contents = []
    for found in distributions_of(modules):
        contents.append(_entry(found))
        for path in licence_files(found):
            place = target / found.name / _short(path)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(str(found.locate_file(path)), place)
    for name, path in {**python_licence(), **system_licences(libraries)}.items():
        contents.append(name)
        (target / name).mkdir(exist_ok=True)
        shutil.copy(path, target / name)
    version = distribution("PySide6-Essentials").version
    text = README.format(version=version, contents="\n".join(f"- {line}" for line in contents))
    (target / "README.txt").write_text(text, encoding="utf-8", newline="\n")


def distributions_of(modules: Iterable[str]) -> list[Distribution]:
    """The installed distributions that the top-level modules belong to, by name."""
    owners = packages_distributions()
    names = {name for module in modules for name in owners.get(module, [])}
    names -= {"training-visualiser"}
    return sorted(map(distribution, names), key=lambda found: found.name.lower())


def licence_files(found: Distribution) -> list[str]:
    """Paths of a distribution's licence texts, wherever below its metadata they lie."""
    paths = [str(path) for path in found.files or []]
    return [
        path
        for path in paths
        if path in BESIDE_METADATA
        or (
            ".dist-info/" in path
            and any(fnmatch(Path(path).name.lower(), pattern) for pattern in NAMES)
        )
    ]


def python_licence() -> dict[str, Path]:
    """The licence of the interpreter; where it lies depends on who built it."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    places = [
        Path(sys.base_prefix) / "lib" / f"python{version}" / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE",
        Path("/usr/share/doc") / f"python{version}" / "copyright",
    ]
    return next(({f"Python {version}": place} for place in places if place.is_file()), {})


def system_licences(libraries: Iterable[Path]) -> dict[str, Path]:
    """Debian package → its copyright, for libraries that the system's packages brought."""
    if shutil.which("dpkg-query") is None:
        return {}
    names = {str(name) for library in libraries for name in (library, library.resolve())}
    names |= {name.removeprefix("/usr") for name in names}
    command = ["dpkg-query", "--search", *sorted(names)]
    lines = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    packages = {line.split(":")[0] for line in lines if not line.startswith("diversion")}
    places = {name: Path("/usr/share/doc") / name / "copyright" for name in sorted(packages)}
    return {name: place for name, place in places.items() if place.is_file()}


def _entry(found: Distribution) -> str:
    """Name, version and the licence that the distribution declares."""
    declared = found.metadata["License-Expression"] or found.metadata["License"] or ""
    first, *_ = declared.splitlines() or [""]
    return f"{found.name} {found.version}" + (f": {first[:80]}" if first else "")


def _short(path: str) -> Path:
    """The place below the metadata folder, without the folder that newer ones put texts in.

    Of texts beside that folder the whole place.
    """
    place = path.partition(".dist-info/")[2] or path
    return Path(place.removeprefix("licenses/"))


if __name__ == "__main__":
    for every in distributions_of(packages_distributions()):
        print(_entry(every), f"({len(licence_files(every))} texts)")
