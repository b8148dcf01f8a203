"""Pictures of a bad camera: grain, dead pixels, blur, fog, something in front of the lens."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from visualiser.core.corruption.feature_noise import refuse_without_numbers
from visualiser.core.corruption.spec import Amount, Change, Context, Corruption
from visualiser.core.data.dataset import Dataset, FloatArray, read_only
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.split import Part
from visualiser.core.experiment import Value

GAUSSIAN = (0.08, 0.12, 0.18, 0.26, 0.38)
"""Standard deviation of the noise, of pixels in 0 … 1: ImageNet-C."""
IMPULSE = (0.03, 0.06, 0.09, 0.17, 0.27)
"""Share of the numbers of a picture that become 0 or 1: ImageNet-C."""
CONTRAST = (0.4, 0.3, 0.2, 0.1, 0.05)
"""Share of the contrast that is left: ImageNet-C."""
BLUR = (0.4, 0.6, 0.7, 0.8, 1.0)
"""Standard deviation of the blur in pixels: CIFAR-C, which is ImageNet-C for pictures of 32 × 32.
Those of ImageNet-C, 1 to 6 pixels of 224, would leave nothing of a small picture."""
OCCLUSION = (0.25, 0.375, 0.5, 0.625, 0.75)
"""Side of the patch, of the shorter side of the picture: from a sixteenth of a square picture to
nine sixteenths. Cutout covers 8 and 16 pixels of 32, which are severities 1 and 3."""

_BLUR_SIDE = 32
"""In larger pictures the blur grows with the shorter side."""
_REACH = 4.0
"""Standard deviations after which a blur ends, as in scikit-image and SciPy."""
_GREY = np.float32(0.5)
_AT_ONCE = 256
"""Pictures whose draws are held at a time."""

Draws = Literal["normal", "uniform", "place", "nothing"]
Kind = Literal["gaussian", "impulse", "blur", "contrast", "occlusion"]


class ImageCorruptionOptions(Value):
    """What is wrong with the pictures, and the `fraction` of them that have it."""

    kind: Annotated[
        Kind,
        Field(
            title="What is wrong",
            description="Grain, pixels that are black or white, blur, fog, or a grey patch in "
            "front of the picture.",
        ),
    ] = "gaussian"
    fraction: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 1.0


def corrupt(
    part: Part,
    amount: float,
    options: ImageCorruptionOptions,
    context: Context,
    generator: np.random.Generator,
) -> tuple[Part, Change]:
    """Corrupt pictures with severity `amount`, 1 to 5.

    Gaussian noise, impulse noise, Gaussian blur and contrast as in Hendrycks & Dietterich,
    “Benchmarking Neural Network Robustness to Common Corruptions and Perturbations” (2019), and a
    grey patch as in DeVries & Taylor, “Cutout” (2017), which lies wholly within the picture here.
    Each channel of a picture in colour is treated alike; noise is drawn for each by itself.
    """
    chosen = generator.random(len(context.clean)) < options.fraction
    pictures = np.array(part.features, dtype=np.float32)
    hit = np.zeros(len(part), dtype=np.bool_)
    severity, way = int(amount), _WAYS[options.kind]
    if severity:
        # Drawn for all rows of the clean part, so that what a picture gets does not depend on
        # what other ways of spoiling removed.
        for start, stop in _pieces(len(chosen)):
            draws = _draws(way.draws, stop - start, pictures.shape[1:], generator)
            of_these = (part.origin >= start) & (part.origin < stop) & chosen[part.origin]
            at = np.flatnonzero(of_these)
            old = pictures[at]
            new = way.apply(old, draws[part.origin[at] - start], severity - 1)
            hit[at] = (new != old).any(axis=(1, 2, 3))
            pictures[at] = new
    done, noun = part.origin[hit], noun_of(context.dataset).many
    change = Change("image_corruption", amount, len(done), len(part), noun, "changed", done)
    return part.with_values(features=read_only(pictures)), change


def _pieces(rows: int) -> Iterator[tuple[int, int]]:
    return ((start, min(start + _AT_ONCE, rows)) for start in range(0, rows, _AT_ONCE))


def _draws(
    kind: Draws, rows: int, shape: tuple[int, ...], generator: np.random.Generator
) -> FloatArray:
    """(rows, …) what a way of spoiling has to draw: a number a pixel, a place, or nothing."""
    if kind == "normal":
        return generator.standard_normal((rows, *shape), dtype=np.float32)
    if kind == "uniform":
        return generator.random((rows, *shape), dtype=np.float32)
    return generator.random((rows, 2 if kind == "place" else 0), dtype=np.float32)


def _gaussian(pictures: FloatArray, noise: FloatArray, step: int) -> FloatArray:
    return np.clip(pictures + np.float32(GAUSSIAN[step]) * noise, 0, 1)


def _impulse(pictures: FloatArray, dice: FloatArray, step: int) -> FloatArray:
    """As many white numbers as black ones; `dice` (n, C, H, W) is in 0 … 1."""
    half = np.float32(IMPULSE[step] / 2)
    return np.where(dice < half, np.float32(0), np.where(dice >= 1 - half, 1, pictures))


def _contrast(pictures: FloatArray, nothing: FloatArray, step: int) -> FloatArray:
    """Towards the mean of each channel."""
    mean = pictures.mean(axis=(2, 3), keepdims=True)
    return np.asarray(np.clip((pictures - mean) * np.float32(CONTRAST[step]) + mean, 0, 1))


def _blur(pictures: FloatArray, nothing: FloatArray, step: int) -> FloatArray:
    """A product with a band of weights from the left and from the right; edges go on outside."""
    height, width = pictures.shape[2:]
    deviation = BLUR[step] * max(1.0, min(height, width) / _BLUR_SIDE)
    down, across = _weights(height, deviation), _weights(width, deviation)
    return np.clip(down @ pictures @ across.T, 0, 1)


def _weights(size: int, deviation: float) -> FloatArray:
    """(size, size) how much each pixel of a line counts in each pixel of the blurred one."""
    reach = int(_REACH * deviation + 0.5)
    offsets = np.arange(-reach, reach + 1)
    bell = np.exp(-0.5 * (offsets / deviation) ** 2)
    weights = np.zeros((size, size))
    for offset, weight in zip(offsets, bell / bell.sum(), strict=True):
        weights[np.arange(size), np.clip(np.arange(size) + offset, 0, size - 1)] += weight
    return weights.astype(np.float32)


def _occlusion(pictures: FloatArray, place: FloatArray, step: int) -> FloatArray:
    """A square; that of a higher severity covers those of the lower ones. `place` (n, 2)."""
    height, width = pictures.shape[2:]
    side = max(1, round(OCCLUSION[step] * min(height, width)))
    top = np.minimum(place[:, 0] * (height - side + 1), height - side).astype(np.int64)
    left = np.minimum(place[:, 1] * (width - side + 1), width - side).astype(np.int64)
    down, across = np.arange(height) - top[:, None], np.arange(width) - left[:, None]
    within = ((down >= 0) & (down < side))[:, :, None] & ((across >= 0) & (across < side))[:, None]
    return np.where(within[:, None], _GREY, pictures)


@dataclass(frozen=True)
class _Way:
    """(pictures (n, C, H, W), draws (n, …), step 0 … 4) → pictures, and what it has to draw."""

    draws: Draws
    apply: Callable[[FloatArray, FloatArray, int], FloatArray]


_WAYS: dict[Kind, _Way] = {
    "gaussian": _Way("normal", _gaussian),
    "impulse": _Way("uniform", _impulse),
    "blur": _Way("nothing", _blur),
    "contrast": _Way("nothing", _contrast),
    "occlusion": _Way("place", _occlusion),
}


def _refuse(dataset: Dataset) -> str | None:
    if dataset.modality == "images":
        return None
    return refuse_without_numbers(dataset) or "it needs pictures; there are noisy features instead"


CORRUPTION = Corruption(
    name="image_corruption",
    flag="image-corruption",
    title="Bad pictures",
    dimension="Noise",
    touches="features",
    story="A cheap camera, rain on the lens, a finger in front of it: pictures are grainy, "
    "blurred, pale or partly hidden.",
    source="Severities 1 to 5; Hendrycks & Dietterich, ImageNet-C, 2019; DeVries & Taylor, "
    "Cutout, 2017",
    amount=Amount("severity", 0.0, 5.0, "severity"),
    options=ImageCorruptionOptions,
    refuses=_refuse,
    corrupt=corrupt,
)
