"""Each kind of data of the user's own, dropped on the real window and trained on."""

from pathlib import Path

import pytest

from tests.core.data.test_own_kinds import MADE
from visualiser.app.driver import Driver
from visualiser.core.data.own_kinds import OWN_KINDS


@pytest.mark.parametrize("name", MADE)
def test_what_is_dropped_is_recognised_loaded_and_learnt_from(
    driver: Driver, tmp_path: Path, name: str
) -> None:
    window, path = driver.window, MADE[name](tmp_path)
    assert driver.open_own(path) == OWN_KINDS[name].noun
    assert window.snapshot is not None
    assert window.snapshot.info.dataset.name == name
    window.transport.step.click()
    driver.wait_until(lambda: driver.step >= 1, 60, "a step is made")
    assert not [m for m in window.messages.messages if m.kind == "error"]
    assert str(path) in window.column.data.card_text.text()
    assert window.desk.recent_data.paths[0] == str(path)
    content = window.run_experiment().dataset.content
    assert content.startswith("sha256")
