from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sklearn.metrics import roc_auc_score

from visualiser.core.data.cell_text import NO_BREAK
from visualiser.core.training.audit import Audit
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.palette import DARK
from visualiser.ui.views.offers.trust import PRIVACY
from visualiser.ui.views.privacy import PrivacyView


@pytest.fixture
def view(open_view: Callable[..., PrivacyView], spoiled_digits: Snapshot) -> PrivacyView:
    return open_view(PrivacyView, spoiled_digits)


def by_scikit_learn(audit: Audit | None) -> float:
    assert audit is not None
    is_member = np.repeat([1, 0], [len(audit.member_losses), len(audit.other_losses)])
    losses = np.concatenate([audit.member_losses, audit.other_losses])
    return float(roc_auc_score(is_member, -losses))


def told_apart(spoiled: Snapshot, lead: float) -> Snapshot:
    """With losses of rows never seen that are larger by so much, and true labels alone."""
    losses = np.random.default_rng(0).exponential(size=400)
    audit = Audit(0.1, 0.5, losses, np.zeros(400, dtype=bool), losses + lead, {})
    return replace(spoiled, audit=audit, twin_audit=None, twin_differs=False)


def test_the_figure_of_both_is_the_area_under_the_curve_of_their_losses(
    view: PrivacyView, spoiled_digits: Snapshot
) -> None:
    for figure, audit in (
        (view.auc.student, spoiled_digits.audit),
        (view.auc.twin, spoiled_digits.twin_audit),
    ):
        assert figure.figure.text() == f"{100 * by_scikit_learn(audit):.1f}{NO_BREAK}%"
        assert " to " in figure.note.text()
    assert view.curve.course is not None
    assert np.array_equal(view.curve.course.student, spoiled_digits.history["mia_auc"])


def test_losses_are_drawn_by_kind_and_those_of_wrong_labels_apart(view: PrivacyView) -> None:
    titles = [kind.title for kind in view.plot.kinds]
    assert titles == [
        "training pictures",
        "pictures never seen",
        "training pictures with a wrong label",
    ]
    assert [entry.text for entry in view.legend.entries] == titles
    for shares in view.plot.shares:
        assert shares.sum() == pytest.approx(1)


def test_the_twin_has_no_wrong_labels_to_show(view: PrivacyView) -> None:
    view.model.put("twin")
    view.model.edited.emit()
    assert len(view.plot.kinds) == 2


def test_it_is_said_that_wrong_labels_count_as_they_were_given(
    view: PrivacyView, spoiled_digits: Snapshot
) -> None:
    words = view.further.text()
    assert "with the labels that they were given" in words
    audit = spoiled_digits.audit
    assert audit is not None
    true = replace(audit, member_losses=audit.true_member_losses)
    assert f"alone: {100 * by_scikit_learn(true):.1f}{NO_BREAK}%" in words
    assert "500 training pictures and 750 validation pictures" in words


@pytest.mark.parametrize(
    ("lead", "words"),
    [
        (0.0, "A loss does not tell"),
        (1.0, "What it learnt from has the smaller loss"),
        (-0.4, "Training rows have the larger losses"),
    ],
)
def test_the_sentence_says_what_the_figure_means(
    open_view: Callable[..., PrivacyView], spoiled_digits: Snapshot, lead: float, words: str
) -> None:
    view = open_view(PrivacyView, told_apart(spoiled_digits, lead))
    assert view.words.text().startswith(words)
    assert view.auc.twin.isHidden() and view.model.isHidden()
    assert "labels that they were given" not in view.further.text()


def test_rows_that_are_newer_are_said_to_be(
    open_view: Callable[..., PrivacyView], snapshot_of: Callable[..., Snapshot]
) -> None:
    view = open_view(PrivacyView, snapshot_of("bike_daily", (), 2))
    assert "newer" in view.further.text()


def test_arrow_keys_go_from_bin_to_bin(qtbot: QtBot, view: PrivacyView) -> None:
    qtbot.keyClick(view.plot, Qt.Key.Key_Left)
    assert "training pictures: " in view.row.text()
    assert view.row.text().startswith("Loss of ")


def test_losses_that_are_no_numbers_are_said_to_be(
    open_view: Callable[..., PrivacyView], spoiled_digits: Snapshot
) -> None:
    audit = spoiled_digits.audit
    assert audit is not None
    lost = np.full(3, np.nan)
    broken = replace(audit, member_losses=lost, other_losses=lost, mislabelled=lost > 0)
    view = open_view(PrivacyView, replace(spoiled_digits, audit=broken))
    assert view.plot.places == 0
    assert view.auc.student.figure.text() == "–"
    assert "diverged" in view.words.text()


@pytest.mark.parametrize("size", [(420, 120), (300, 600)])
def test_it_draws_in_any_size_and_theme(view: PrivacyView, size: tuple[int, int]) -> None:
    before = view.grab().toImage()
    view.apply_palette(DARK)
    assert view.grab().toImage() != before
    view.resize(*size)
    assert not view.grab().isNull()


def test_purchases_are_refused(snapshot_of: Callable[..., Snapshot]) -> None:
    reason = PRIVACY.refuses(snapshot_of("retail_purchases", (), 2).info)
    assert reason is not None and reason.endswith(".")


def test_spoiled_training_rows_are_said_to_be_compared_with_clean_ones(
    view: PrivacyView, spoiled_digits: Snapshot
) -> None:
    assert "The training part is spoiled" in view.further.text()
    clean = replace(told_apart(spoiled_digits, 1.0), changes=())
    view.start_run(clean.info)
    view.show_snapshot(clean)
    assert view.further.text() and "The training part is spoiled" not in view.further.text()
