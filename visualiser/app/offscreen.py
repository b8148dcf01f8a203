"""The real window where nobody looks: for pictures, checks and measurements."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from visualiser.app.display import prefer_display
from visualiser.app.driver import Driver
from visualiser.ui.settings import Settings

WIDTH, HEIGHT = 1280, 800


@contextmanager
def driven_window(width: int = WIDTH, height: int = HEIGHT) -> Iterator[Driver]:
    """A shown window with settings of its own, closed at the end.

    It takes the display there is, or none; what the user's own window remembers stays untouched.

    Raises:
        UserError: QT_QPA_PLATFORM names a display that cannot be used.
    """
    prefer_display()
    from visualiser.app.window import build

    with tempfile.TemporaryDirectory() as home:
        old = os.environ.get("VISUALISER_HOME")
        os.environ["VISUALISER_HOME"] = home
        driver = Driver(build(Settings(theme="light")))
        try:
            driver.window.resize(width, height)
            driver.window.show()
            yield driver
        finally:
            driver.close()
            if old is None:
                del os.environ["VISUALISER_HOME"]
            else:
                os.environ["VISUALISER_HOME"] = old
