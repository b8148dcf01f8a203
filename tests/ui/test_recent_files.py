from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu

from visualiser.ui.recent_files import RecentFiles
from visualiser.ui.settings import MOST_RECENT


@pytest.fixture
def menu(qtbot):
    made = QMenu()
    qtbot.addWidget(made)
    return made


def test_the_newest_stands_first_and_each_once(menu, tmp_path: Path) -> None:
    recent = RecentFiles(menu, ())
    paths = [tmp_path / f"{number}.csv" for number in range(MOST_RECENT + 2)]
    for path in [*paths, paths[5]]:
        recent.note(path)
    assert recent.paths[:2] == (str(paths[5]), str(paths[-1]))
    assert len(recent.paths) == len(set(recent.paths)) == MOST_RECENT


def test_what_is_gone_is_greyed_and_says_so(menu, qtbot, tmp_path: Path) -> None:
    here = tmp_path / "a & b.csv"
    here.write_text("x", encoding="utf-8")
    recent = RecentFiles(menu, (str(here), str(tmp_path / "gone.csv"), "nul\0"))
    menu.aboutToShow.emit()
    there, gone, odd = menu.actions()[:3]
    assert there.isEnabled() and there.text() == "a && b.csv"
    assert not gone.isEnabled() and not odd.isEnabled()
    assert gone.text() == "gone.csv (gone)"
    assert "is not there any more" in gone.toolTip()
    with qtbot.waitSignal(recent.chosen) as chosen:
        there.trigger()
    assert chosen.args == [here]


def test_the_list_can_be_forgotten(menu, tmp_path: Path) -> None:
    recent = RecentFiles(menu, (str(tmp_path),))
    menu.aboutToShow.emit()
    menu.actions()[-1].trigger()
    assert recent.paths == ()
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["None yet"]


def test_what_was_moved_stands_at_its_new_place_alone(menu, tmp_path: Path) -> None:
    old, other, new = (tmp_path / name for name in ("old.csv", "other.csv", "new.csv"))
    recent = RecentFiles(menu, (str(other), str(old)))
    recent.replace(old, new)
    assert recent.paths == (str(new), str(other))
