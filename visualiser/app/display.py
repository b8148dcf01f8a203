"""Whether a window can be opened at all: Qt aborts the whole process where it cannot."""

import ctypes
import os
import socket
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPluginLoader

from visualiser.app.system_library import missing_library
from visualiser.core.errors import UserError

_WITHOUT = "“visualiser demo --out pictures” shows the program without a display."
_SECONDS = 2.0


def require_display() -> None:
    """Find out what Qt would abort the process over.

    Raises:
        UserError: there is no display, it does not answer, a library for it is missing, or
            QT_QPA_PLATFORM names none of Qt's platforms.
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
    if sys.platform != "linux" and not os.environ.get("QT_QPA_PLATFORM"):
        return None
    problems = []
    for platform in _platforms():
        problem = _platform_problem(platform)
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
        return [platform.partition(":")[0] for platform in chosen.split(";") if platform]
    platforms = []
    if os.environ.get("WAYLAND_DISPLAY") or os.environ.get("XDG_SESSION_TYPE") == "wayland":
        platforms.append("wayland")
    if os.environ.get("DISPLAY"):
        platforms.append("xcb")
    return platforms


def _platform_problem(platform: str) -> UserError | None:
    plugins = _plugins()
    plugin = plugins.get(platform.lower())
    if plugin is None:
        return UserError(
            f"Qt has no platform called “{platform}” (QT_QPA_PLATFORM).",
            f"Leave that variable out, or choose one of: {', '.join(sorted(plugins))}.",
        )
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return missing_library(str(error)) or UserError(
            f"Qt's platform “{platform}” cannot be loaded: {error}.", _WITHOUT
        )
    if platform.startswith("wayland"):
        return _wayland_problem()
    return _x11_problem() if platform == "xcb" else None


def _plugins() -> dict[str, Path]:
    """Qt's platforms and their files, by the names that QT_QPA_PLATFORM takes."""
    folders = [Path(folder) / "platforms" for folder in QCoreApplication.libraryPaths()]
    if chosen := os.environ.get("QT_QPA_PLATFORM_PLUGIN_PATH"):
        folders.insert(0, Path(chosen))
    plugins: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("*q*")):
            described = QPluginLoader(str(path)).metaData().get("MetaData")
            names: list[str] = described["Keys"] if isinstance(described, dict) else []
            plugins |= {name.lower(): path for name in names if name.lower() not in plugins}
    return plugins


def _x11_problem() -> UserError | None:
    """Connects with Qt's own library, so that host, port and permission count as they will."""
    xcb = ctypes.CDLL("libxcb.so.1")  # its platform loads, so this is there
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
