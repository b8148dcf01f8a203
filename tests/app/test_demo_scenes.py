from dataclasses import replace

import pytest

from visualiser.app.demo_scenes import JOBS, SCENES, Job
from visualiser.app.driver import Driver
from visualiser.ui.views.registry import VIEWS


def test_every_picture_has_a_name_of_its_own() -> None:
    assert len({scene.name for scene in SCENES}) == len(SCENES)


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.dataset)
def test_a_job_is_learnt_and_each_of_its_views_drawn(driver: Driver, job: Job) -> None:
    for scene in replace(job, epochs=0.01).scenes():
        scene.act(driver)
        shown = driver.window.snapshot
        assert shown is not None and shown.info.dataset.name == job.dataset
        assert shown.step > 0 and shown.state == "paused"
        view = next(view for view in VIEWS if view.name == scene.name)
        assert view.refuses(shown.info) is None
        assert driver.window.stage.first.chosen == scene.name
