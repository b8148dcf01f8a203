from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Experiment, Spoiling
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.palette import LIGHT
from visualiser.ui.stage import FIRST, SECOND, Stage
from visualiser.ui.view_tabs import ViewTabs
from visualiser.ui.views.registry import VIEWS
from visualiser.ui.views.removal import RemovalView

Trained = Callable[..., Snapshot]


class Reversed(QTranslator):
    """Translates what is marked in the context “Views”: letters back to front."""

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return text[::-1] if context == "Views" else ""

    def isEmpty(self) -> bool:
        return False


@pytest.fixture
def translated() -> Iterator[None]:
    translator = Reversed()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def scrolling_place(tabs: ViewTabs) -> QScrollArea:
    layout = tabs.currentWidget().layout()
    assert layout is not None
    area = layout.itemAt(0).widget()
    assert isinstance(area, QScrollArea)
    return area


def test_titles_tips_and_reasons_are_translated(
    qtbot: QtBot, trained: Trained, translated: None
) -> None:
    tabs = ViewTabs(LIGHT, FIRST)
    qtbot.addWidget(tabs)
    assert [tabs.tabText(i) for i in range(tabs.count())] == [v.title[::-1] for v in VIEWS]
    info = trained(Experiment(dataset=DatasetConfig(name="shapes"))).info
    tabs.start_run(info)
    for index, view in enumerate(VIEWS):
        assert tabs.tabToolTip(index) == (view.refuses(info) or view.tip)[::-1]


@pytest.mark.parametrize("name", ["shapes", "sacramento", "mnist_5k"])
def test_two_views_beside_each_other_are_not_the_same_to_begin_with(
    qtbot: QtBot, trained: Trained, name: str
) -> None:
    stage = Stage(LIGHT)
    qtbot.addWidget(stage)
    stage.start_run(trained(Experiment(dataset=DatasetConfig(name=name))).info)
    stage.show_two(True)
    assert stage.first.currentIndex() != stage.second.currentIndex()


def test_what_is_preferred_is_among_the_views() -> None:
    assert {*FIRST, *SECOND} <= {view.name for view in VIEWS}


@pytest.mark.parametrize("name", ["network", "boundary", "data"])
def test_a_view_takes_a_low_place_as_it_is(qtbot: QtBot, trained: Trained, name: str) -> None:
    tabs = ViewTabs(LIGHT, FIRST)
    qtbot.addWidget(tabs)
    tabs.resize(420, 240)
    tabs.show()
    info = trained(Experiment(dataset=DatasetConfig(name="shapes"))).info
    tabs.start_run(info)
    tabs.choose(name)
    QCoreApplication.processEvents()
    page = scrolling_place(tabs)
    assert page.verticalScrollBar().maximum() == 0
    assert page.horizontalScrollBar().maximum() == 0


def test_a_view_that_needs_more_than_its_place_scrolls_in_it(
    qtbot: QtBot, trained: Trained
) -> None:
    tabs = ViewTabs(LIGHT, FIRST)
    qtbot.addWidget(tabs)
    tabs.start_run(trained(Experiment(dataset=DatasetConfig(name="shapes"))).info)
    tabs.choose("network")
    page = scrolling_place(tabs)
    page.widget().setMinimumSize(1500, 900)
    tabs.resize(420, 240)
    tabs.show()
    QCoreApplication.processEvents()
    assert tabs.minimumSizeHint().width() < 420
    assert page.verticalScrollBar().maximum() > 0


@pytest.mark.parametrize("view", [view.name for view in VIEWS])
def test_a_view_that_refuses_the_next_run_is_left_without_opening_another_that_does(
    qtbot: QtBot, trained: Trained, view: str
) -> None:
    tabs = ViewTabs(LIGHT, FIRST)
    qtbot.addWidget(tabs)
    tabs.resize(420, 240)
    tabs.show()
    for name in ("shapes", "mnist_5k", "bike_daily", "sacramento", "shapes"):
        info = trained(Experiment(dataset=DatasetConfig(name=name))).info
        tabs.start_run(info)
        assert tabs.isTabEnabled(tabs.currentIndex())
        tabs.choose(view)


def test_what_a_view_wants_repaired_is_passed_on(qtbot: QtBot, trained: Trained) -> None:
    stage = Stage(LIGHT)
    qtbot.addWidget(stage)
    snapshot = trained(Experiment(dataset=DatasetConfig(name="shapes")))
    stage.show()
    stage.choose("removal")
    stage.start_run(snapshot.info)
    stage.show_snapshot(snapshot)
    view = stage.findChild(RemovalView)
    assert isinstance(view, RemovalView)
    with qtbot.waitSignal(stage.repairs_wanted) as wanted:
        view.go_on.click()
    assert wanted.args is not None
    ((repair,), start_over) = wanted.args
    assert repair.row == view.person and start_over is False


@pytest.mark.parametrize(
    ("spoiled", "forward"),
    [
        ("group_label_bias", {"groups", "calibration", "looked_at"}),
        ("withdrawn_consent", {"privacy", "looked_at", "removal"}),
    ],
)
def test_tabs_about_what_is_spoiled_have_room_first(
    qtbot: QtBot, trained: Trained, spoiled: str, forward: set[str]
) -> None:
    tabs = ViewTabs(LIGHT, FIRST)
    qtbot.addWidget(tabs)
    tabs.resize(640, 300)
    tabs.show()
    clean = Experiment(dataset=DatasetConfig(name="mortgage_hmda"))
    snapshot = trained(clean)
    tabs.start_run(snapshot.info)
    tabs.show_snapshot(snapshot)

    def shown() -> set[str]:
        return {view.name for at, view in enumerate(VIEWS) if tabs.isTabVisible(at)}

    assert not forward <= shown()
    recipe = Spoiling(corruptions=(CorruptionConfig(name=spoiled, amount=0.3),))
    tabs.show_snapshot(trained(clean.replace(spoiling=recipe)))
    assert forward <= shown()
    tabs.show_snapshot(snapshot)
    assert not forward <= shown()
