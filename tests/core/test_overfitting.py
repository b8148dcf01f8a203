"""When a run is said to overfit."""

import numpy as np
import pytest

from tests.core.made_snapshots import accuracy, change, history, snapshot, told
from visualiser.core.outcome_overfitting import overfitting_since
from visualiser.core.training.snapshot import (
    Marker,
)


def jittered(curve: np.ndarray, size: float = 0.01) -> np.ndarray:
    return curve + np.random.default_rng(5).normal(0, size, len(curve))


STEPS = np.linspace(0, 1, 60)
FALLING = np.exp(-2 * STEPS)
TURNING = 1 - STEPS + 1.2 * STEPS**2


def test_overfitting_is_told_with_the_step_it_began_at():
    view = history(jittered(FALLING), jittered(TURNING))
    since = overfitting_since(view)
    assert since is not None
    assert 150 <= since <= 350, "the validation loss turns at 42 % of 600 steps"
    text = told(snapshot(accuracy(0.8), accuracy(0.9), history=view))
    assert f"Since about step {since:,} the validation loss rises" in text
    assert "overfitting" in text


def test_what_spoiled_features_teach_is_not_called_overfitting():
    view = history(jittered(FALLING), jittered(TURNING))
    noisy = snapshot(
        accuracy(0.8), accuracy(0.9), history=view, changes=(change("feature_noise", "points"),)
    )
    assert "what the model learns of spoiled points does not hold for clean ones" in told(noisy)
    assert "overfitting" not in told(noisy)


@pytest.mark.parametrize("way", ["fewer_examples", "missing_region", "stale_data"])
def test_rows_that_were_only_removed_spoil_none_of_the_others(way):
    view = history(jittered(FALLING), jittered(TURNING))
    fewer = snapshot(
        accuracy(0.8), accuracy(0.9), history=view, changes=(change(way, "points", "removed"),)
    )
    assert "the model is overfitting" in told(fewer)
    assert "spoiled points does not hold" not in told(fewer)


@pytest.mark.parametrize(
    ("train", "validation"),
    [
        (FALLING, FALLING + 0.1),
        (np.full(60, 0.5), np.full(60, 0.6)),
        (TURNING, TURNING),
        (FALLING[:5], TURNING[:5]),
        (np.full(60, np.nan), np.full(60, np.nan)),
    ],
    ids=["both fall", "both stand", "both rise", "too short", "diverged"],
)
def test_what_is_no_overfitting_is_not_called_so(train, validation):
    assert overfitting_since(history(jittered(train), jittered(validation))) is None


@pytest.mark.parametrize("seed", range(20))
def test_jitter_alone_is_no_overfitting(seed):
    random = np.random.default_rng(seed)
    train = 0.5 + 0.3 * FALLING + random.normal(0, 0.03, 60)
    validation = np.full(60, 0.8) + random.normal(0, 0.05, 60)
    assert overfitting_since(history(train, validation)) is None


def test_a_loss_that_rose_with_an_edit_is_no_overfitting():
    validation = np.concatenate([np.full(30, 0.4), np.full(30, 0.9)])
    view = history(FALLING, jittered(validation))
    marker = Marker(300, 3.0, "label noise 40 %")
    assert overfitting_since(view, from_step=marker.step) is None
    assert "overfitting" not in told(
        snapshot(accuracy(0.8), accuracy(0.9), history=view, markers=(marker,))
    )


def test_losses_that_settle_after_an_edit_are_no_overfitting():
    validation = np.concatenate([np.full(30, 0.4), [0.4, 0.6], np.full(58, 0.85)])
    train = np.concatenate([np.full(30, 0.3), np.linspace(4, 1, 60)])
    view = history(train, validation)
    marker = Marker(300, 3.0, "Wrong labels 40 %")
    shown = snapshot(accuracy(0.8), accuracy(0.9), history=view, markers=(marker,))
    assert overfitting_since(view, from_step=marker.step) is not None
    assert "overfitting" not in told(shown)
