"""Sentences that unfold what they rest on."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.shown_window import SHAPES
from visualiser.core.diagnosis.evidence import (
    Bar,
    Bars,
    Curves,
    Example,
    Examples,
    Figure,
    Line,
    Lines,
    Table,
)
from visualiser.core.diagnosis.finding import Finding
from visualiser.core.experiment import DatasetConfig
from visualiser.core.starting_point import starting_point
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.main_window import MainWindow
from visualiser.ui.palette import DARK, LIGHT
from visualiser.ui.panels.evidence_curves import EvidenceCurves
from visualiser.ui.panels.findings_box import FindingsBox
from visualiser.ui.theme import Theme
from visualiser.ui.widgets.figure_rows import FigureRows

LOSS = Curves(
    "loss",
    (
        Line("training", "train", ((0, 1.0), (10, 0.5), (20, 0.1))),
        Line("validation", "validation", ((0, 1.0), (10, 0.6), (20, 0.9))),
    ),
    marked=(10, 20),
)
GROUPS = Bars(
    "accuracy",
    (Bar("few", 0.4, "40 %", 0.3, 0.5, warning=True), Bar("many", 0.9, "90 %", 0.85, 0.95)),
    limit=0.6,
    limit_title="what is wanted",
)
FIGURES = Table("now", (Figure("training loss", "0.100"), Figure("validation loss", "0.900")))
ROWS = Examples("wrong labels", (Example(1234, "labelled 4, truly 9"),))
WORDS = Lines("looked for", ("dead ReLUs",))

STANDS = Finding("comparison", "The model stands at 90 %.", "summary")
OVERFITS = Finding(
    "overfitting", "It overfits.", "alarm", "Stop earlier.",
    (LOSS, FIGURES, GROUPS, ROWS, WORDS), view="curves",
)  # fmt: skip
OTHERS = tuple(
    Finding(name, f"It is {name}.", "alarm", "Do something.", (FIGURES,), view="weights")
    for name in ("one", "two", "three")
)


@pytest.fixture
def box(qtbot: QtBot, theme: Theme, run_info: Callable[..., RunInfo]) -> Iterator[FindingsBox]:
    made = FindingsBox()
    qtbot.addWidget(made)
    made.resize(260, 700)
    made.start_run(run_info(starting_point(DatasetConfig(name="iris"))))
    made.show()
    yield made


def texts(box: FindingsBox) -> str:
    labels = [label.text() for label in box.findChildren(QLabel) if label.isVisible()]
    figures = [rows.accessibleName() for rows in box.findChildren(FigureRows) if rows.isVisible()]
    return "\n".join([*labels, *figures])


def test_a_click_unfolds_the_evidence_below_its_sentence(box: FindingsBox, qtbot: QtBot) -> None:
    box.show_findings("", (STANDS, OVERFITS))
    head = box.rows[1].head
    assert "0.900" not in texts(box)
    qtbot.mouseClick(head, Qt.MouseButton.LeftButton)
    pane = box.rows[1].pane
    assert pane is not None and pane.isVisible()
    assert len(pane.parts) == len(OVERFITS.evidence)
    shown = texts(box)
    for text in ("0.900", "Stop earlier.", "Row 1,234: labelled 4, truly 9", "Dead ReLUs"):
        assert text in shown
    assert "Tick: what is wanted" in shown
    qtbot.mouseClick(head, Qt.MouseButton.LeftButton)
    assert not pane.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Right])
def test_the_keyboard_unfolds_it_too(box: FindingsBox, qtbot: QtBot, key: Qt.Key) -> None:
    box.show_findings("", (OVERFITS,))
    row = box.rows[0]
    row.head.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(row.head, key)
    assert row.is_open
    qtbot.keyClick(row.head, Qt.Key.Key_Left)
    assert not row.is_open


def test_a_sentence_with_nothing_behind_it_is_no_button(box: FindingsBox, qtbot: QtBot) -> None:
    box.show_findings("", (STANDS,))
    head = box.rows[0].head
    assert head.focusPolicy() == Qt.FocusPolicy.NoFocus
    qtbot.mouseClick(head, Qt.MouseButton.LeftButton)
    assert not box.rows[0].is_open


def test_who_cannot_see_it_is_told_what_a_press_does(box: FindingsBox) -> None:
    box.show_findings("", (OVERFITS,))
    head = box.rows[0].head
    assert head.accessibleName() == OVERFITS.sentence
    before = head.accessibleDescription()
    head.click()
    assert before and head.accessibleDescription() not in ("", before)
    picture = box.findChild(EvidenceCurves)
    assert picture.accessibleName() == "loss"
    assert "validation: 1 … 0.9" in picture.accessibleDescription()


def test_three_are_in_sight_and_the_rest_behind_a_link(box: FindingsBox) -> None:
    box.show_findings("", (STANDS, OVERFITS, *OTHERS))
    assert [row.isVisible() for row in box.rows] == [True] * 3 + [False] * 2
    assert box.more.text() == "▸ 2 more"
    box.more.click()
    assert all(row.isVisible() for row in box.rows)
    box.more.click()
    assert sum(row.isVisible() for row in box.rows) == 3
    box.show_findings("", (STANDS, OVERFITS))
    assert not box.more.isVisible()


def test_what_is_unfolded_stays_so_while_its_figures_and_its_place_change(
    box: FindingsBox,
) -> None:
    box.show_findings("", (STANDS, OVERFITS))
    box.rows[1].head.click()
    pane = box.rows[1].pane
    assert pane is not None
    parts = pane.parts
    later = replace(FIGURES, rows=(Figure("training loss", "0.050"), FIGURES.rows[1]))
    moved = replace(OVERFITS, evidence=(LOSS, later, GROUPS, ROWS, WORDS))
    box.show_findings("", (STANDS, moved))
    assert pane.parts == parts, "only texts change"
    assert "0.050" in texts(box)
    box.show_findings("", (STANDS, OTHERS[0], moved))
    assert not box.rows[1].is_open
    assert box.rows[2].is_open


def test_a_new_run_has_everything_folded(
    box: FindingsBox, run_info: Callable[..., RunInfo]
) -> None:
    box.show_findings("", (OVERFITS,))
    box.rows[0].head.click()
    box.start_run(run_info(SHAPES))
    assert not box.isVisible()
    box.show_findings("", (OVERFITS,))
    assert not box.rows[0].is_open


def test_the_link_names_the_view_that_shows_more(box: FindingsBox, qtbot: QtBot) -> None:
    box.show_findings("", OTHERS)
    box.rows[0].head.click()
    pane = box.rows[0].pane
    assert pane is not None
    assert pane.link.text() == "Show “Weights”"
    with qtbot.waitSignal(box.view_wanted) as wanted:
        pane.link.click()
    assert wanted.args == ["weights"]


@pytest.mark.parametrize("view", ["spectrogram", "no such view", ""])
def test_a_view_with_nothing_to_show_here_is_not_offered(box: FindingsBox, view: str) -> None:
    box.show_findings("", (replace(OVERFITS, view=view),))
    box.rows[0].head.click()
    pane = box.rows[0].pane
    assert pane is not None
    assert not pane.link.isVisible()


def test_the_curves_are_linked_to_only_where_they_are_out_of_sight(box: FindingsBox) -> None:
    box.show_findings("", (OVERFITS,))
    box.rows[0].head.click()
    pane = box.rows[0].pane
    assert pane is not None and not pane.link.isVisible()
    box.offer_curves(True)
    assert pane.link.isVisible() and pane.link.text() == "Show “Curves”"
    box.offer_curves(False)
    assert not pane.link.isVisible()


def test_a_low_window_that_shows_views_offers_the_curves(window: MainWindow) -> None:
    findings = window.results.findings
    findings.start_run(None)
    findings.show_findings("", (OVERFITS,))
    findings.rows[0].head.click()
    pane = findings.rows[0].pane
    assert pane is not None
    window.resize(1280, 900)
    assert window.columns.shows_curves and pane.link.isHidden()
    window.columns.set_text_scale(4.0)  # as low as if text were so large
    window.results.view_wanted.emit("distributions")
    assert not window.columns.shows_curves and not pane.link.isHidden()
    pane.link.click()
    assert window.columns.shows_curves and pane.link.isHidden()


@pytest.mark.parametrize("width", [150, 260, 420])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_unfolded_evidence_keeps_to_the_width_of_a_column(
    box: FindingsBox, theme: Theme, width: int, scale: float, qtbot: QtBot
) -> None:
    theme.set_scale(scale)
    box.show_findings("", (OVERFITS, *OTHERS))
    for row in box.rows[:3]:
        row.head.click()
    box.resize(width, 900)
    assert box.minimumSizeHint().width() <= 150 * scale
    assert box.heightForWidth(width) > 0


@pytest.mark.parametrize(
    "curves",
    [
        LOSS,
        replace(LOSS, logarithmic=True, limit=1e-3, limit_title="usual"),
        Curves("one", (Line("a", "other", ((5, 2.0),)),)),
        Curves("flat", (Line("a", "twin", ((0, 2.0), (9, 2.0))),), limit=2.0),
        Curves("zeros", (Line("a", "train", ((0, 0.0), (9, 0.0))),), logarithmic=True),
        Curves("empty", (Line("a", "train", ()),)),
    ],
    ids=["two lines", "logarithmic", "one point", "flat", "zeros", "nothing"],
)
def test_any_curves_are_painted(qtbot: QtBot, theme: Theme, curves: Curves) -> None:
    picture = EvidenceCurves()
    qtbot.addWidget(picture)
    picture.resize(200, 90)
    blank = picture.grab().toImage()
    picture.show_curves(curves)
    painted = picture.grab().toImage()
    assert (painted != blank) == any(line.points for line in curves.lines)


def test_the_marked_stretch_is_painted_in_the_colour_of_a_warning(
    qtbot: QtBot, theme: Theme
) -> None:
    images = []
    for marked in (None, (10.0, 20.0)):
        picture = EvidenceCurves()
        qtbot.addWidget(picture)
        picture.resize(240, 110)
        picture.show_curves(replace(LOSS, marked=marked))
        images.append(QPixmap(picture.grab()).toImage())
    differs = [x for x in range(240) if images[0].pixelColor(x, 60) != images[1].pixelColor(x, 60)]
    assert differs
    assert min(differs) > 40, "the first half is not marked"


def test_both_themes_have_a_colour_for_the_mark_of_an_alarm() -> None:
    from visualiser.ui.style_sheet import style_sheet

    for palette in (LIGHT, DARK):
        assert f'*[role="warning-mark"] {{ color: {palette.spoiled}; }}' in style_sheet(
            palette, 1.0, "Inter"
        )


def test_the_window_turns_to_the_view_of_a_finding(
    window: MainWindow, trained: Callable[..., Snapshot]
) -> None:
    snapshot = trained(SHAPES, steps=30)
    window.start_run(snapshot.info)
    window.show_snapshot(snapshot)
    window.results.view_wanted.emit("distributions")
    assert window.stage.first.chosen == "distributions"
    current = window.stage.first.currentIndex()
    assert window.stage.first.tabText(current) == "Histograms"
    window.results.view_wanted.emit("curves")
    assert window.stage.first.currentIndex() == current


def test_the_window_asks_what_the_diagnosis_needs_while_it_is_in_sight(
    window: MainWindow,
) -> None:
    from visualiser.core.diagnosis.registry import WANT

    assert WANT in window.wanted()
    window.results.hide()
    assert WANT not in window.wanted()
