"""A quick check that a program, packaged or not, does its main job."""

from pathlib import Path

from visualiser.app.driver import DriverError
from visualiser.app.offscreen import driven_window
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig
from visualiser.core.starting_point import starting_point

STEPS = 200


def smoke_test(picture: Path = Path("smoke-test.png")) -> int:
    """Load digits, train 200 steps in the real window, save a picture; returns the exit code.

    Raises:
        UserError: the window did not get there; says where it stood.
    """
    with driven_window() as driver:
        try:
            driver.open(starting_point(DatasetConfig(name="mnist_5k")), seconds=120)
            before = driver.window.snapshot
            driver.play()
            driver.wait_until(lambda: driver.step >= STEPS, 120, f"{STEPS} steps are made")
            driver.pause()
        except DriverError as error:
            raise UserError(f"The smoke test failed: {error}.") from error
        after = driver.window.snapshot
        if before is None or after is None or after.validation.loss >= before.validation.loss:
            raise UserError("The smoke test failed: the model has learnt nothing.")
        driver.picture(picture)
        print(
            f"{after.step:,} steps, validation accuracy {after.validation.values['accuracy']:.3f}"
        )
    print(f"picture: {picture.absolute()}")
    return 0
