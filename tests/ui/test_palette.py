"""Colours that must be told apart, by the colour-blind too."""

import numpy as np
import pytest
from numpy.typing import NDArray

from visualiser.ui.palette import DARK, LIGHT, RUNS, Palette, rgb, run_colour

Colour = NDArray[np.float64]

SEEN_BY = {
    "most": np.eye(3),
    "deuteranopes": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "protanopes": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "tritanopes": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
"""Of linear sRGB, at full severity (Machado, Oliveira and Fernandes 2009)."""
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)


def linear(colour: str) -> Colour:
    share = np.array(rgb(colour)) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def lab(light: Colour) -> Colour:
    """CIELAB of linear sRGB under D65."""
    xyz = TO_XYZ @ np.clip(light, 0, 1) / np.array([0.95047, 1.0, 1.08883])
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(first: str, second: str) -> float:
    """As WCAG 2.2 defines it."""
    darker, lighter = sorted(float(TO_XYZ[1] @ linear(colour)) for colour in (first, second))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("eye", SEEN_BY)
def test_the_first_overlaid_run_keeps_apart_from_the_curves_of_this_one(
    palette: Palette, eye: str
) -> None:
    for curve in (palette.accent, palette.spoiled, palette.train):
        seen = [lab(SEEN_BY[eye] @ linear(colour)) for colour in (run_colour(1), curve)]
        assert np.linalg.norm(seen[0] - seen[1]) > 15  # 2 can just be told apart side by side


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("eye", SEEN_BY)
def test_the_curve_of_repaired_data_keeps_apart_from_the_others(palette: Palette, eye: str) -> None:
    for curve in (palette.accent, palette.spoiled, palette.train):
        seen = [lab(SEEN_BY[eye] @ linear(colour)) for colour in (palette.mended, curve)]
        assert np.linalg.norm(seen[0] - seen[1]) > 15


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_overlaid_run_is_seen_on_its_ground(palette: Palette) -> None:
    """WCAG 2.2 asks for 3 : 1 of what must be seen to understand a chart (1.4.11)."""
    assert all(contrast(colour, palette.card) > 2.95 for colour in RUNS)


def test_runs_that_follow_each_other_differ() -> None:
    assert len({run_colour(number) for number in range(1, len(RUNS) + 1)}) == len(RUNS)
