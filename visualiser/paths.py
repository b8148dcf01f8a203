"""Where bundled and user files live; the only user of `sys._MEIPASS`."""

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_PROGRAM = "training-visualiser"


def datasets_dir() -> Path:
    """Folder of the bundled data sets, read only."""
    return _bundled("datasets")


def assets_dir() -> Path:
    """Folder of icons, fonts and translations, read only."""
    return _bundled("assets")


def user_data_dir() -> Path:
    """Folder for settings and the log; it need not exist.

    The variable VISUALISER_HOME names another one; otherwise it is the usual place of the
    operating system for what a program keeps.
    """
    chosen = os.environ.get("VISUALISER_HOME")
    if chosen:
        return Path(os.path.expanduser(chosen))  # noqa: PTH111 (Path's raises over “~nobody”)
    if sys.platform == "win32":
        roaming = os.environ.get("APPDATA")
        return (Path(roaming) if roaming else Path.home() / "AppData" / "Roaming") / _PROGRAM
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / _PROGRAM
    data_home = os.environ.get("XDG_DATA_HOME")
    return (Path(data_home) if data_home else Path.home() / ".local" / "share") / _PROGRAM


def settings_file() -> Path:
    """File of the window's settings."""
    return user_data_dir() / "settings.json"


def log_file() -> Path:
    """File that unexpected errors are written to."""
    return user_data_dir() / "visualiser.log"


def _bundled(folder: str) -> Path:
    """In the packaged program, in the installed wheel, or at the root of the source tree."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / folder
    installed = _PACKAGE / "_data" / folder
    return installed if installed.is_dir() else _PACKAGE.parent / folder
