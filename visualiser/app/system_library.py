"""Libraries that Qt takes from the system: what to say where one is missing. Imports no Qt."""

import re

from visualiser.core.errors import UserError

_MISSING = re.compile(r"(?<!\S)(lib(?!Qt6)\S+?\.so[\d.]*): cannot open shared object file")
"""How the loader of Linux puts it, alone or at the end of a sentence; Qt's own come with Qt."""

_OF_ITS_OWN = {"libglib-2.0.so.0": "libglib2.0-0"}
"""Where Debian's package is not called after its library as its policy has it."""


def missing_library(failure: str) -> UserError | None:
    """What to do about a failed import or a plugin that does not load, or None for other failures.

    Args:
        failure: the words of the error.
    """
    found = _MISSING.search(failure)
    if found is None:
        return None
    library = found[1]
    return UserError(
        f"The library {library}, which Qt needs to open a window, is missing.",
        f"On Debian and Ubuntu: sudo apt-get install {debian_package(library)}",
    )


def debian_package(library: str) -> str:
    """Debian's package for a library such as libEGL.so.1 (Debian Policy, section 8.1)."""
    name, _, version = library.partition(".so.")
    package = f"{name}-{version}" if name[-1].isdigit() else f"{name}{version}"
    return _OF_ITS_OWN.get(library, package.lower())
