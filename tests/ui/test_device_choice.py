from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from visualiser.ui.device_choice import DeviceChoice


@pytest.fixture
def device(qtbot: QtBot) -> Iterator[DeviceChoice]:
    made = DeviceChoice()
    qtbot.addWidget(made)
    yield made


@pytest.mark.parametrize(
    ("asked", "used", "shown"),
    [
        ("cuda", "CPU, 1 thread", "CUDA → CPU"),
        ("cuda", "CUDA, NVIDIA T4", "CUDA"),
        ("mps", "MPS", "MPS"),
        ("cpu", "CPU, 2 threads", "CPU"),
        ("auto", "CPU, 1 thread", "Auto (CPU)"),
        ("auto", "CUDA, NVIDIA T4", "Auto (CUDA)"),
    ],
)
def test_the_control_says_on_what_the_run_really_is(
    device: DeviceChoice, asked: str, used: str, shown: str
) -> None:
    device.put(asked)
    device.show_used(used)
    assert device.currentText() == shown
    assert used in device.toolTip()
    assert device.get() == asked


def test_only_the_device_asked_for_says_what_is_used(device: DeviceChoice) -> None:
    device.show_used("CPU, 1 thread")
    device.put("cuda")
    assert [device.itemText(i) for i in range(device.count())] == ["Auto", "CPU", "CUDA", "MPS"]
    device.show_used("CPU, 1 thread")
    assert [device.itemText(i) for i in range(device.count())][::2] == ["Auto", "CUDA → CPU"]


def test_a_device_that_runs_out_of_memory_gives_way_in_sight(device: DeviceChoice) -> None:
    device.put("cuda")
    device.show_used("CUDA, NVIDIA T4")
    device.show_used("CPU, 1 thread")
    assert device.currentText() == "CUDA → CPU"
