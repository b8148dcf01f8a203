from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from visualiser.ui.speed_control import SPEEDS, SpeedControl


@pytest.fixture
def speed(qtbot: QtBot) -> Iterator[SpeedControl]:
    made = SpeedControl()
    qtbot.addWidget(made)
    yield made


def test_speed_runs_from_a_step_a_second_to_full(speed: SpeedControl, qtbot: QtBot) -> None:
    assert speed.steps_per_second is None
    assert speed.text.text() == "full speed"
    with qtbot.waitSignal(speed.changed) as changed:
        speed.slider.setValue(0)
    assert changed.args == [1]
    assert speed.text.text() == "1 step/s"
    finite = [step for step in SPEEDS if step is not None]
    assert finite == sorted(finite)


def test_every_speed_has_its_words(speed: SpeedControl) -> None:
    texts = set()
    for place in range(len(SPEEDS)):
        speed.slider.setValue(place)
        texts.add(speed.text.text())
        assert speed.text.text() in speed.slider.toolTip()
    assert len(texts) == len(SPEEDS)
    assert "1,000 steps/s" in texts


@pytest.mark.parametrize(("asked", "chosen"), [(None, None), (1, 1), (60, 50), (1000, 1000)])
def test_a_remembered_speed_is_taken_as_near_as_there_is_one(
    speed: SpeedControl, asked: float | None, chosen: float | None
) -> None:
    speed.slider.setValue(3)
    speed.choose(asked)
    assert speed.steps_per_second == chosen
