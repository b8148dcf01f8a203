from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.palette import DARK
from visualiser.ui.view import ViewSpec
from visualiser.ui.views.registry import VIEWS

BY_NAME = {spec.name: spec for spec in VIEWS}


def test_names_and_titles_are_unique() -> None:
    assert len(BY_NAME) == len({spec.title for spec in VIEWS}) == len(VIEWS)


@pytest.mark.parametrize(
    ("dataset", "model", "refused"),
    [
        ("shapes", "", {"spectrogram", "scatter", "forecast", "map"}),
        ("mnist_5k", "mlp", {"spectrogram", "boundary", "scatter", "forecast", "map"}),
        ("mnist_5k", "cnn", {"spectrogram", "boundary", "scatter", "network", "forecast", "map"}),
        ("sacramento", "", {"spectrogram", "boundary", "confusion", "gallery", "forecast"}),
        ("drums", "", {"boundary", "scatter", "network", "forecast", "map"}),
        ("bike_daily", "", {"spectrogram", "boundary", "confusion", "gallery", "map"}),
    ],
)
def test_a_view_that_has_nothing_to_show_says_why(
    snapshot_of: Callable[..., Snapshot], dataset: str, model: str, refused: set[str]
) -> None:
    info = snapshot_of(dataset, (), 2, model=model).info
    asked = {
        "network",
        "spectrogram",
        "boundary",
        "confusion",
        "gallery",
        "scatter",
        "forecast",
        "map",
    }
    for name in asked:
        reason = BY_NAME[name].refuses(info)
        assert (reason is not None) == (name in refused)
        if reason is not None:
            assert reason.endswith(".")


@pytest.mark.parametrize("spec", VIEWS, ids=lambda spec: spec.name)
@pytest.mark.parametrize("dataset", ["shapes", "mnist_5k", "sacramento", "bike_daily", "drums"])
def test_every_view_draws_what_it_does_not_refuse_in_any_size(
    qtbot: QtBot, snapshot_of: Callable[..., Snapshot], spec: ViewSpec, dataset: str
) -> None:
    snapshot = snapshot_of(dataset, (), 2)
    if spec.refuses(snapshot.info) is not None:
        return
    view = spec.create()
    assert isinstance(view, QWidget)
    qtbot.addWidget(view)
    view.resize(500, 250)
    view.show()
    view.start_run(snapshot.info)  # type: ignore[attr-defined]
    assert not view.grab().isNull()
    view.show_snapshot(snapshot)  # type: ignore[attr-defined]
    view.apply_palette(DARK)  # type: ignore[attr-defined]
    view.resize(200, 120)
    assert not view.grab().isNull()
