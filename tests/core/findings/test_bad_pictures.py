"""Flaws of single pictures: what is measured, and which pictures are called bad."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.ndimage import gaussian_filter

from tests.core.findings.made_rows import bundled, evidence_of, spoiled
from visualiser.core.data.split import Part
from visualiser.core.findings.picture_flaws import FLAWS, measured
from visualiser.core.findings.rows import bad_pictures
from visualiser.core.findings.spec import Suspects
from visualiser.core.findings.truth import truth_of

PICTURES = ("mnist_5k", "fashion_6k", "digits_8x8", "stamps")
FEW, MANY = 0.03, 0.2


def found(name: str, kind: str, severity: int, fraction: float) -> tuple[Suspects, np.ndarray]:
    """What is called bad, and which pictures are."""
    dataset, split, part = spoiled(name, "image_corruption", severity, kind=kind, fraction=fraction)
    wrong = truth_of(dataset, part, split.train).values
    return bad_pictures.find(evidence_of(dataset, part)), wrong


@pytest.mark.parametrize("fraction", [FEW, MANY])
@pytest.mark.parametrize(
    ("name", "kind", "severity", "word"),
    [
        ("mnist_5k", "gaussian", 1, "grainy"),
        ("fashion_6k", "gaussian", 3, "grainy"),
        ("stamps", "gaussian", 1, "grainy"),
        ("mnist_5k", "impulse", 3, "specks"),
        ("fashion_6k", "impulse", 3, "specks"),
        ("stamps", "impulse", 1, "specks"),
        ("mnist_5k", "blur", 5, "blurred"),
        ("digits_8x8", "blur", 5, "blurred"),
        ("mnist_5k", "contrast", 1, "pale"),
        ("digits_8x8", "contrast", 1, "pale"),
        ("stamps", "contrast", 5, "pale"),
        ("mnist_5k", "occlusion", 1, "in front of it"),
        ("fashion_6k", "occlusion", 5, "in front of it"),
        ("stamps", "occlusion", 1, "in front of it"),
    ],
)
def test_bad_pictures_are_flagged_with_what_is_wrong_and_good_ones_are_not(
    name: str, kind: str, severity: int, word: str, fraction: float
) -> None:
    suspects, wrong = found(name, kind, severity, fraction)
    hits = suspects.flagged & wrong
    assert hits.sum() > 0.8 * wrong.sum()
    assert (suspects.flagged & ~wrong).sum() <= 0.02 * len(wrong)
    told = [word in suspects.reasons[place] for place in np.flatnonzero(hits)]
    assert np.mean(told) > 0.5
    assert suspects.score[suspects.flagged].min() >= 0.5


@pytest.mark.parametrize("name", PICTURES)
def test_of_clean_pictures_hardly_one_is_bad(name: str) -> None:
    dataset, _ = bundled(name)
    assert bad_pictures.find(evidence_of(dataset)).flagged.mean() <= 0.015


@pytest.mark.parametrize(("name", "severity"), [("mnist_5k", 1), ("stamps", 4)])
def test_what_all_training_pictures_have_is_seen_against_the_validation_part(
    name: str, severity: int
) -> None:
    suspects, wrong = found(name, "gaussian", severity, 1.0)
    assert wrong.all() and suspects.flagged.mean() > 0.95


def test_what_all_pictures_have_is_no_flaw() -> None:
    dataset, _, part = spoiled("mnist_5k", "image_corruption", 3)
    half = np.arange(len(part)) % 2 == 0
    one, other = (part.take(np.flatnonzero(mask)) for mask in (half, ~half))
    evidence = replace(evidence_of(dataset, one), validation=other)
    assert bad_pictures.find(evidence).flagged.mean() < 0.03


def test_without_pictures_there_is_nothing_to_look_at() -> None:
    refuses = bad_pictures.FINDER.refuses
    assert refuses(bundled("penguins")[0]) and not refuses(bundled("digits_8x8")[0])


@given(st.floats(0.02, 0.2), st.integers(0, 100))
def test_grain_is_the_standard_deviation_of_the_noise_whatever_is_drawn(
    deviation: float, seed: int
) -> None:
    random = np.random.default_rng(seed)
    picture = np.full((1, 1, 64, 64), 0.5)
    picture[..., 20:40, 10:50] = 0.9
    noisy = (picture + deviation * random.standard_normal(picture.shape)).astype(np.float32)
    grain = measured(FLAWS["grain"], noisy)
    assert np.exp(grain[0]) - 0.01 == pytest.approx(deviation, rel=0.1)


@given(st.integers(0, 40))
def test_specks_are_counted(count: int) -> None:
    picture = np.full((1, 1, 32, 32), 0.5, dtype=np.float32)
    down, right = np.divmod(np.arange(count), 8)
    picture[0, 0, 4 * down + 1, 4 * right + 1] = np.arange(count) % 2
    assert measured(FLAWS["specks"], picture)[0] == pytest.approx(count / 1024)


def test_blur_grows_with_the_width_of_the_bell_and_fog_with_the_lack_of_contrast() -> None:
    sharp = np.asarray(bundled("fashion_6k")[1].train.features)[:20]
    blurred = np.concatenate([gaussian_filter(sharp, (0, 0, s, s)) for s in (0, 0.8, 1.6)])
    first, second, third = measured(FLAWS["blur"], blurred).reshape(3, 20)
    assert (first < second).all() and (second < third).all()
    pale = np.concatenate([0.5 + share * (sharp - 0.5) for share in (1.0, 0.5, 0.1)])
    first, second, third = measured(FLAWS["fog"], pale).reshape(3, 20)
    assert (first < second).all() and (second < third).all()
    assert measured(FLAWS["blur"], pale).reshape(3, 20)[1] == pytest.approx(
        measured(FLAWS["blur"], sharp), abs=0.01
    )


@given(st.integers(3, 12), st.integers(3, 12), st.integers(0, 3), st.integers(0, 1000))
def test_a_patch_is_measured_by_its_area(high: int, wide: int, channels: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    # Nothing beside the patch has its colour.
    picture = 0.4 * random.random((1, channels + 1, 20, 20)).astype(np.float32)
    assert measured(FLAWS["patch"], picture)[0] == 0
    picture[:, :, 5 : 5 + high, 6 : 6 + wide] = 0.5
    assert measured(FLAWS["patch"], picture)[0] == pytest.approx(high * wide / 400)


def test_of_three_pictures_none_is_out_of_the_ordinary() -> None:
    part: Part = bundled("digits_8x8")[1].train.take(np.arange(3))
    assert not bad_pictures.find(evidence_of(bundled("digits_8x8")[0], part)).flagged.any()
