"""What the size of the folder program is made of, as the table in docs/packaging.md.

python tests/packaged/size_table.py dist/visualiser
"""

import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

MEGABYTE = 2**20

# Part, and the files in it; a file counts for the first part that it fits.
PARTS = [
    ("PyTorch: libtorch_cpu (its operations and oneDNN)", ["torch/lib/libtorch_cpu*"]),
    ("PyTorch: the rest of its libraries", ["torch/*"]),
    ("Qt: ICU, its tables of languages", ["PySide6/Qt/lib/libicu*"]),
    ("Qt: its other libraries and plugins", ["PySide6/Qt/*"]),
    ("PySide6, Qt's binding to Python", ["PySide6/*", "shiboken6/*"]),
    ("NumPy, with an OpenBLAS of its own", ["numpy/*", "numpy.libs/*", "numpy-*"]),
    ("pandas", ["pandas/*", "pandas-*"]),
    ("SciPy and scikit-learn", ["scipy/*", "scipy.libs/*", "sklearn/*", "scikit_learn*"]),
    ("Pillow and soundfile, with their decoders", ["PIL/*", "pillow*", "_soundfile_data/*"]),
    ("Python modules of all packages, compressed", ["visualiser", "visualiser.exe"]),
    ("Python: interpreter and standard library", ["libpython*", "python3*", "base_library.zip"]),
    ("data sets", ["datasets/*"]),
    ("fonts and icons", ["assets/*"]),
    ("licences of all of them", ["LICENSE", "THIRD_PARTY/*"]),
    ("libraries of the system", ["lib*.so*", "*.dll", "*.dylib"]),
    ("everything else", ["*"]),
]


def files(folder: Path) -> Iterator[tuple[str, int]]:
    """Place and size in bytes of each file of the program, without links."""
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink():
            place = file.relative_to(folder).as_posix()
            yield place.removeprefix("_internal/"), file.stat().st_size


def megabytes(folder: Path) -> float:
    """Size of the whole program."""
    return sum(size for _, size in files(folder)) / MEGABYTE


def parts(folder: Path) -> dict[str, float]:
    """Part → megabytes, largest first."""
    sizes = dict.fromkeys([title for title, _ in PARTS], 0.0)
    for place, size in files(folder):
        title = next(t for t, patterns in PARTS if any(fnmatch(place, p) for p in patterns))
        sizes[title] += size / MEGABYTE
    return dict(sorted(sizes.items(), key=lambda part: -part[1]))


def table(folder: Path) -> str:
    """The parts as a Markdown table."""
    lines = ["| part | MB |", "| --- | ---: |"]
    lines += [f"| {title} | {size:.1f} |" for title, size in parts(folder).items()]
    lines.append(f"| **the whole program** | **{megabytes(folder):.0f}** |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(Path(sys.argv[1])))
