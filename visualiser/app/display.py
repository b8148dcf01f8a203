"""Whether a window can be opened at all: Qt aborts the whole process where it cannot."""

import ctypes
import os
import socket
import sys
from pathlib import Path

from visualiser.core.errors import UserError

_X11_LIBRARIES = {"libxcb.so.1": "libxcb1", "libxcb-cursor.so.0": "libxcb-cursor0"}
"""What Qt's plugin for X11 takes from the system and often misses, with Debian's packages."""

_WITHOUT = "“visualiser demo --out pictures” shows the program without a display."
_SECONDS = 2.0


def require_display() -> None:
    """On Linux, find out what Qt would abort the process over.

    Raises:
        UserError: there is no display, it does not answer, or a library for it is missing.
    """
    problem = display_problem()
    if problem is not None:
        raise problem


def prefer_display() -> None:
    """Draw into memory where no display can be used, unless a Qt platform was asked for.

    Raises:
        UserError: the platform that was asked for cannot be used.
    """
    if os.environ.get("QT_QPA_PLATFORM"):
        require_display()
    elif display_problem() is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def display_problem() -> UserError | None:
    """Why no window can be opened, or None where one can."""
    if sys.platform != "linux":
        return None
    problems = []
    for platform in _platforms():
        if platform.startswith("wayland"):
            problem = _wayland_problem()
        elif platform == "xcb":
            problem = _x11_problem()
        else:
            problem = None
        if problem is None:
            return None
        problems.append(problem)
    if problems:
        return problems[0]
    return UserError("There is no display to open the window on.", _WITHOUT)


def _platforms() -> list[str]:
    """Qt's platforms in the order in which it tries them."""
    chosen = os.environ.get("QT_QPA_PLATFORM")
    if chosen:  # as in “wayland;xcb” or “offscreen:size=800x600”
        return [platform.partition(":")[0] for platform in chosen.split(";")]
    platforms = []
    if os.environ.get("WAYLAND_DISPLAY") or os.environ.get("XDG_SESSION_TYPE") == "wayland":
        platforms.append("wayland")
    if os.environ.get("DISPLAY"):
        platforms.append("xcb")
    return platforms


def _x11_problem() -> UserError | None:
    """Connects with Qt's own library, so that host, port and permission count as they will."""
    for library, package in _X11_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            return UserError(
                f"The library {library}, which Qt needs to open a window, is missing.",
                f"On Debian and Ubuntu: sudo apt-get install {package}",
            )
    name, *_ = _X11_LIBRARIES
    xcb = ctypes.CDLL(name)
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    for function in (xcb.xcb_connection_has_error, xcb.xcb_disconnect):
        function.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return _silent("DISPLAY", os.environ.get("DISPLAY", "")) if failed else None


def _wayland_problem() -> UserError | None:
    name = os.environ.get("WAYLAND_DISPLAY") or "wayland-0"
    path = Path(os.environ.get("XDG_RUNTIME_DIR", "")) / name
    try:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(_SECONDS)
            probe.connect(str(path))
    except (OSError, ValueError):  # ValueError: a NUL character in the path
        return _silent("WAYLAND_DISPLAY", name)
    return None


def _silent(variable: str, value: str) -> UserError:
    return UserError(
        f"The display “{value}” ({variable}) does not answer.",
        f"Correct the variable {variable}. {_WITHOUT}",
    )
