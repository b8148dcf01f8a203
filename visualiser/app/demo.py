"""The story told by the real window: a scene after the other, and a picture of each."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from visualiser.app.demo_scenes import SCENES
from visualiser.app.driver import DriverError
from visualiser.app.offscreen import driven_window
from visualiser.core.errors import UserError


def run_demo(folder: Path) -> int:
    """Drive the window through the story and save a picture of each scene.

    Raises:
        UserError: a picture cannot be written, or the window did not get there.
    """
    with driven_window() as driver, _plain_errors():
        for number, scene in enumerate(tqdm(SCENES, desc="demo", unit="scene"), start=1):
            scene.act(driver)
            path = folder / f"{number:02d}-{scene.name}.png"
            driver.picture(path)
            tqdm.write(f"{path}: {scene.title}")
    return 0


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except DriverError as error:
        raise UserError(f"The demonstration stopped: {error}.") from error
