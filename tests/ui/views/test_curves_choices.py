"""What the user chose about the curves, and what happened at a step."""

import numpy as np
import pytest

from tests.ui.views.drawn_curves import CLEAN, edited, long_run, loss_lines, metric_lines
from visualiser.ui.views.curves_choices import Choices


def test_epochs_can_run_along_the_bottom(trained, show) -> None:
    snapshot = trained(CLEAN, 60)
    view = show(snapshot)
    view.toolbar.epochs.click()
    line = loss_lines(view)["train"]
    assert np.array_equal(line.x[: len(snapshot.history)], snapshot.history["epoch"])
    assert "epochs" in view.metric_chart.layer.title


def test_a_logarithmic_loss_is_drawn_by_its_exponent(trained, show) -> None:
    snapshot = trained(CLEAN, 60)
    view = show(snapshot)
    accuracy = metric_lines(view)["train"].y
    view.toolbar.log_loss.click()
    line = loss_lines(view)["train"]
    rows = len(snapshot.history)
    assert np.allclose(10 ** line.y[:rows], snapshot.history["train_loss"])
    assert np.array_equal(metric_lines(view)["train"].y, accuracy)
    low, high = view.loss_chart.y_range
    assert low <= line.y.min() and line.y.max() <= high


def test_the_loss_of_every_batch_is_drawn_when_asked_for(trained, show) -> None:
    snapshot = trained(CLEAN, 60)
    view = show(snapshot)
    assert "batch" not in loss_lines(view)
    view.toolbar.batches.click()
    line = loss_lines(view)["batch"]
    assert np.array_equal(line.x, np.arange(1, 61))
    assert np.allclose(line.y, snapshot.history.batch_loss)
    assert "batch" not in metric_lines(view)


def test_smoothing_keeps_the_raw_curve_under_the_smooth_one(trained, show) -> None:
    snapshot = long_run(trained(CLEAN, 20), 500)
    view = show(snapshot)
    raw = loss_lines(view)["train"].y
    view.toolbar.smooth.click()
    faint, smooth = [line for line in view.loss_chart.layer.content.lines if line.name == "train"]
    assert np.array_equal(faint.y, raw)
    assert faint.look.opacity < 1
    assert smooth.y.std() < 0.5 * raw.std()
    assert smooth.y[-1] == pytest.approx(raw[-1])


def test_choosing_tells_the_settings_but_being_set_does_not(qtbot, trained, show) -> None:
    view = show(trained(CLEAN, 60))
    chosen = Choices(epochs=True, log_loss=True, batches=True, smooth=True)
    with qtbot.assertNotEmitted(view.choices_changed):
        view.set_choices(chosen)
    assert view.choices == view.toolbar.choices == chosen
    with qtbot.waitSignal(view.choices_changed):
        view.toolbar.smooth.click()
    assert not view.choices.smooth


@pytest.mark.parametrize("epochs", [False, True])
@pytest.mark.parametrize("twice", [False, True])
@pytest.mark.parametrize("rows", [600, 5000])
def test_no_curve_shows_an_effect_before_its_cause(
    trained, show, rows: int, twice: bool, epochs: bool
) -> None:
    view = show(edited(trained(CLEAN, 20), rows, twice))
    view.set_choices(Choices(smooth=True, epochs=epochs))
    marker = 5.0 if epochs else 500.0
    faint, smooth = [line for line in view.loss_chart.layer.content.lines if line.name == "train"]
    for line in (faint, smooth):
        assert set(line.y[line.x < marker]) == {1.0}
        assert set(line.y[line.x > marker]) == {2.0}
        at_marker = line.y[line.x == marker]
        assert at_marker.tolist() == ([1.0, 2.0] if twice else [1.0])


def test_pointing_beside_an_edit_reads_the_figures_of_that_side(trained, show) -> None:
    view = show(edited(trained(CLEAN, 20), 600, twice=True))
    words = view._words
    before = words.read_outs(view.snapshot, 499.9, view.choices)["loss"]
    after = words.read_outs(view.snapshot, 500.1, view.choices)["loss"]
    assert (before.x, after.x) == (500, 500)
    assert before.heading.endswith("before the change")
    assert after.heading.endswith("after the change")
    assert any("1.000" in text for _, text in before.rows)
    assert any("2.000" in text for _, text in after.rows)


def test_a_zoom_that_ends_at_an_edit_shows_both_its_sides(trained, show) -> None:
    view = show(edited(trained(CLEAN, 20), 600, twice=True))
    view.zoom_to(400, 500)
    line = loss_lines(view)["train"]
    assert line.y[line.x == 500].tolist() == [1.0, 2.0]
