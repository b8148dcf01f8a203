"""A quick check that the program, packaged or not, does its main job, and with which data."""

import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from visualiser.app.driver import Driver, DriverError
from visualiser.app.offscreen import driven_window
from visualiser.app.window import report_bugs
from visualiser.core.data.own_kinds import OWN_KINDS
from visualiser.core.data.registry import SOURCES
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig
from visualiser.core.starting_point import FIRST_DATASET, starting_point
from visualiser.core.text_file import visible
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.views.registry import VIEWS

EXIT_FAILED = 1
_LEARNT_STEPS, _FEW_STEPS = 200, 10
_SECONDS = 120


def smoke_test(data: Sequence[str] = (), picture: Path = Path("smoke-test.png")) -> int:
    """Train in the real window, say a line about each data set, and save a picture of the last.

    Args:
        data: names of bundled data sets, and paths of data of one's own: those are dropped on the
            window and agreed to. Each is trained on for a few steps, and each view that it has is
            drawn. Without any, digits must be learnt from.
        picture: where the window is saved as it looks in the end.

    Returns:
        The exit code: 0, or 1 where the window did not get there; then stderr says why.

    Raises:
        UserError: there is no display to be used, or the picture cannot be written.
    """
    failed = False
    with driven_window() as driver:
        for name in data or (FIRST_DATASET,):
            try:
                with _nothing_logged(driver):
                    said = _try(driver, name) if data else _learn(driver, name)
            except (UserError, DriverError) as error:
                failed = True
                print(f"visualiser: {visible(f'{name}: {error}')}", file=sys.stderr, flush=True)
            else:
                print(visible(f"{name}: {said}"), flush=True)
        driver.picture(picture)
    print(f"picture: {picture.absolute()}")
    return EXIT_FAILED if failed else 0


def _learn(driver: Driver, name: str) -> str:
    driver.open(starting_point(DatasetConfig(name=name)), _SECONDS)
    before = _shown(driver)
    _train(driver, _LEARNT_STEPS)
    after = _shown(driver)
    if after.validation.loss >= before.validation.loss:
        raise DriverError("the model has learnt nothing")
    return f"{after.step:,} steps, validation accuracy {after.validation.values['accuracy']:.3f}"


def _try(driver: Driver, name: str) -> str:
    if name in SOURCES and name not in OWN_KINDS:
        driver.open(starting_point(DatasetConfig(name=name)), _SECONDS)
        kind = SOURCES[name].title
    else:
        kind = driver.open_own(Path(name), _SECONDS)
    _train(driver, _FEW_STEPS)
    views = _look_at_views(driver)
    shown = _shown(driver)
    return f"{kind}, {len(shown.info.dataset):,} rows; {shown.step:,} steps; {', '.join(views)}"


def _train(driver: Driver, steps: int) -> None:
    def is_trained() -> bool:
        return driver.step >= steps or _shown(driver).state in ("finished", "diverged")

    driver.play()
    driver.wait_until(is_trained, _SECONDS, f"{steps} steps are made")
    driver.pause()


def _look_at_views(driver: Driver) -> list[str]:
    """Draw every view that has something to show; returns their titles."""
    seen = []
    for view in VIEWS:
        if view.refuses(_shown(driver).info) is None:
            driver.look_at(view)
            seen.append(view.title)
    return seen


def _shown(driver: Driver) -> Snapshot:
    if driver.window.snapshot is None:
        raise DriverError("no run is shown")
    return driver.window.snapshot


class _Records(logging.Handler):
    """Keeps what is logged as a warning or an error."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.kept: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append(self.format(record))


@contextmanager
def _nothing_logged(driver: Driver) -> Iterator[None]:
    """Within, a warning, or an error that the window would survive, is a failure."""
    records, hook = _Records(), sys.excepthook
    logging.getLogger().addHandler(records)
    report_bugs(driver.program)
    try:
        yield
    finally:
        sys.excepthook = hook
        logging.getLogger().removeHandler(records)
    if records.kept:
        raise DriverError(f"the log has: {records.kept[0]}")
