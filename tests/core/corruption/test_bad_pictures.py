"""Corrupted pictures against ImageNet-C's constants, SciPy's filters and closed forms."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from scipy import ndimage, stats

from tests.core.corruption.examples import DATASETS
from tests.core.corruption.spoiling import SURE, spoilt
from visualiser.core.data.dataset import Dataset

SEVERITIES = (1, 2, 3, 4, 5)
IMAGENET_C = {
    "gaussian": (0.08, 0.12, 0.18, 0.26, 0.38),
    "impulse": (0.03, 0.06, 0.09, 0.17, 0.27),
    "contrast": (0.4, 0.3, 0.2, 0.1, 0.05),
}
CIFAR_C_BLUR = (0.4, 0.6, 0.7, 0.8, 1.0)
CUTOUT = {1: 8 / 32, 3: 16 / 32}
"""Sides of the patch by severity: of CIFAR-100 and of CIFAR-10."""


def pictures(channels: int = 1, height: int = 28, width: int = 28, rows: int = 60) -> Dataset:
    values = np.random.default_rng(3).random((rows, channels, height, width), dtype=np.float32)
    labels = np.arange(rows, dtype=np.int64) % 3
    return replace(DATASETS["pictures"], features=values, labels=labels)


def of_kind(dataset: Dataset, kind: str, severity: float, **options):
    clean, part, change = spoilt(dataset, "image_corruption", severity, kind=kind, **options)
    return clean.features, part.features, change


@pytest.mark.parametrize("severity", SEVERITIES)
def test_gaussian_noise_has_the_spread_of_imagenet_c(severity: int) -> None:
    spread = IMAGENET_C["gaussian"][severity - 1]
    clean, noisy, _ = of_kind(pictures(), "gaussian", severity)
    # Where nothing is cut off on one side: the noise there is half of a normal distribution.
    above = (noisy - clean)[(clean < 0.02) & (noisy > 0) & (noisy < 1)] / spread
    beyond = above[(above > 0.3) & (above < 1.5)]
    cut = stats.truncnorm(0.3, 1.5)
    assert len(beyond) > 100
    assert stats.kstest(beyond, cut.cdf).pvalue > SURE


@pytest.mark.parametrize("severity", SEVERITIES)
def test_impulse_noise_hits_its_share_as_often_white_as_black(severity: int) -> None:
    share = IMAGENET_C["impulse"][severity - 1]
    clean, noisy, _ = of_kind(pictures(3), "impulse", severity)
    white, black = (int(np.count_nonzero((noisy == v) & (clean != v))) for v in (1, 0))
    assert white + black == np.count_nonzero(noisy != clean)
    assert stats.binomtest(white + black, clean.size, share).pvalue > SURE
    assert stats.binomtest(white, white + black, 0.5).pvalue > SURE


@pytest.mark.parametrize("severity", SEVERITIES)
@pytest.mark.parametrize("channels", [1, 3])
def test_contrast_is_that_of_imagenet_c_around_the_mean_of_each_channel(
    severity: int, channels: int
) -> None:
    clean, pale, _ = of_kind(pictures(channels), "contrast", severity)
    left = IMAGENET_C["contrast"][severity - 1]
    np.testing.assert_allclose(pale.std(axis=(2, 3)), left * clean.std(axis=(2, 3)), rtol=1e-4)
    np.testing.assert_allclose(pale.mean(axis=(2, 3)), clean.mean(axis=(2, 3)), atol=1e-5)


@pytest.mark.parametrize("severity", SEVERITIES)
@pytest.mark.parametrize(
    ("height", "width", "scale"), [(28, 28, 1), (8, 8, 1), (64, 96, 2), (28, 40, 1)]
)
def test_blur_is_that_of_scipy_with_the_deviation_of_cifar_c(
    severity: int, height: int, width: int, scale: int
) -> None:
    clean, blurred, _ = of_kind(pictures(3, height, width, rows=12), "blur", severity)
    deviation = scale * CIFAR_C_BLUR[severity - 1]
    expected = ndimage.gaussian_filter(
        clean.astype(np.float64), (0, 0, deviation, deviation), mode="nearest"
    )
    np.testing.assert_allclose(blurred, expected, atol=1e-5)


@pytest.mark.parametrize("severity", SEVERITIES)
@pytest.mark.parametrize(("height", "width"), [(32, 32), (28, 28), (9, 30)])
def test_a_grey_square_hides_its_share_anywhere_in_the_picture(
    severity: int, height: int, width: int
) -> None:
    clean, hidden, _ = of_kind(pictures(3, height, width, rows=200), "occlusion", severity)
    grey = (hidden == 0.5).all(axis=1)
    side = round((severity + 1) / 8 * min(height, width))
    if height == 32 and severity in CUTOUT:
        assert side == CUTOUT[severity] * 32
    assert (grey.sum(axis=(1, 2)) == side * side).all()
    np.testing.assert_array_equal(hidden, np.where(grey[:, None], np.float32(0.5), clean))
    # Each place for its upper left corner is as likely as any other.
    left = grey.any(axis=1).argmax(axis=1)
    counts = np.bincount(left, minlength=width - side + 1)
    assert len(counts) == width - side + 1
    assert stats.chisquare(counts).pvalue > SURE


def test_a_larger_square_covers_the_smaller_ones() -> None:
    hidden = [of_kind(pictures(), "occlusion", severity)[1] == 0.5 for severity in SEVERITIES]
    for smaller, larger in pairwise(hidden):
        assert (larger | ~smaller).all() and larger.sum() > smaller.sum()


@pytest.mark.parametrize("kind", ["gaussian", "impulse", "blur", "contrast", "occlusion"])
def test_pictures_get_worse_from_step_to_step_and_stay_in_range(kind: str) -> None:
    away = []
    for severity in SEVERITIES:
        clean, bad, change = of_kind(pictures(3), kind, severity, fraction=0.5)
        assert bad.dtype == np.float32 and bad.min() >= 0 and bad.max() <= 1
        away.append(np.abs(bad - clean).mean())
        assert stats.binomtest(change.changed, len(clean), 0.5).pvalue > SURE
    assert away == sorted(away)


def test_a_picture_without_contrast_has_none_to_lose() -> None:
    flat = replace(pictures(), features=np.full((60, 1, 28, 28), 0.25, dtype=np.float32))
    clean, pale, change = of_kind(flat, "contrast", 5)
    np.testing.assert_array_equal(clean, pale)
    assert change.changed == 0
