"""What sounds all the time, and which clips are called noisy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.findings.made_rows import bundled, evidence_of, spoiled
from visualiser.core.findings.rows import noisy_clips
from visualiser.core.findings.rows.noisy_clips import steadiness
from visualiser.core.findings.spec import Suspects
from visualiser.core.findings.truth import truth_of


def found(name: str, decibels: float, colour: str, fraction: float) -> tuple[Suspects, np.ndarray]:
    """Which clips are called noisy, and which are."""
    dataset, split, part = spoiled(
        name, "background_noise", decibels, colour=colour, fraction=fraction
    )
    wrong = truth_of(dataset, part, split.train).values
    return noisy_clips.find(evidence_of(dataset, part)), wrong


@pytest.mark.parametrize("colour", ["pink", "white"])
@pytest.mark.parametrize("fraction", [0.05, 0.3, 1.0])
def test_voices_with_noise_behind_them_are_flagged_and_no_others(
    colour: str, fraction: float
) -> None:
    suspects, wrong = found("voices_nl", 10, colour, fraction)
    assert suspects.flagged[wrong].all()
    assert (suspects.flagged & ~wrong).mean() <= 0.01
    place = int(suspects.ranked[0])
    assert suspects.reasons[place].startswith("Something sounds behind it all the time")


def test_drums_with_much_noise_are_ranked_and_cymbals_not_accused() -> None:
    suspects, wrong = found("drums", 0, "white", 0.2)
    order = np.argsort(-suspects.score)
    assert wrong[order[: wrong.sum()]].mean() > 0.8
    assert not suspects.flagged[~wrong].any()


@pytest.mark.parametrize("name", ["voices_nl", "drums"])
def test_of_clean_clips_hardly_one_is_noisy(name: str) -> None:
    dataset, _ = bundled(name)
    assert noisy_clips.find(evidence_of(dataset)).flagged.mean() <= 0.01


@given(st.integers(0, 1000))
def test_noise_is_steady_and_a_pause_is_not(seed: int) -> None:
    noise = np.random.default_rng(seed).standard_normal((1, 16_000)).astype(np.float32)
    paused = noise.copy()
    paused[:, 8_000:] = 0
    steady, pausing = steadiness(np.concatenate([noise, paused]))
    assert steady > 0.5 and pausing < 1e-6


def test_loudness_is_no_steadiness_and_silence_none_that_matters() -> None:
    clips = np.asarray(bundled("voices_nl")[1].train.features)[:5]
    assert steadiness(clips / 8) == pytest.approx(steadiness(clips), abs=0.01)
    assert len(steadiness(np.zeros((2, 20), np.float32))) == 2


def test_without_sounds_there_is_nothing_to_listen_to() -> None:
    refuses = noisy_clips.FINDER.refuses
    assert refuses(bundled("penguins")[0]) and not refuses(bundled("drums")[0])
