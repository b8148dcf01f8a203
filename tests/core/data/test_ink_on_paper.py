import numpy as np
import pytest
from PIL import Image, ImageDraw

from visualiser.core.data.bundled import read_arrays
from visualiser.core.data.drawn_picture import centred
from visualiser.core.data.ink_on_paper import ink_of

SEVEN = ((80, 60), (200, 60), (120, 230))


def seven(
    size: tuple[int, int] = (280, 280), scale: float = 1, at: tuple[int, int] = (0, 0)
) -> np.ndarray:
    """A seven of ink, (H, W): 1 where the pen was."""
    made = Image.new("L", size, 0)
    points = [(at[0] + scale * x, at[1] + scale * y) for x, y in SEVEN]
    ImageDraw.Draw(made).line(points, fill=255, width=round(22 * scale), joint="curve")
    return np.asarray(made, dtype=np.float32) / 255


def on_paper(
    ink: np.ndarray, paper: float, pen: float, shade: float = 0, grain: float = 0
) -> np.ndarray:
    """A photograph of ink: the light falls off to one side, and the camera has its grain."""
    light = np.linspace(1, 1 - shade, ink.shape[1])
    noise = np.random.default_rng(0).normal(0, grain, ink.shape)
    seen = np.clip((paper + ink * (pen - paper)) * light + noise, 0, 1)
    return np.asarray(np.round(255 * seen) / 255, dtype=np.float32)


DRAWN = centred(seven(), 28)


def likeness(photograph: np.ndarray, drawn: np.ndarray = DRAWN) -> float:
    """With the drawing on the canvas: 1 where they are the same, one pixel beside it perhaps."""
    found = centred(ink_of(photograph), 28)
    moved = [np.roll(found, (y, x), (0, 1)) for y in (-1, 0, 1) for x in (-1, 0, 1)]
    return max(float(np.corrcoef(one.ravel(), drawn.ravel())[0, 1]) for one in moved)


@pytest.mark.parametrize(
    "paper, pen", [(1, 0), (0, 1), (0.88, 0.1), (0.6, 0.25), (0.2, 0.9)], ids=str
)
def test_ink_is_found_whatever_its_colour_and_that_of_its_paper(paper: float, pen: float) -> None:
    assert likeness(on_paper(seven(), paper, pen)) > 0.97


def test_a_small_seven_in_a_corner_of_shaded_grainy_paper_is_sized_as_a_drawn_one() -> None:
    small = seven((560, 350), scale=0.4, at=(380, 180))
    assert likeness(on_paper(small, 0.85, 0.15, shade=0.4, grain=0.02)) > 0.9


def test_the_digits_most_like_a_photographed_seven_are_sevens() -> None:
    small = seven((560, 350), scale=0.4, at=(380, 180))
    arrays = read_arrays("mnist_5k.npz")
    digits = arrays["x"].astype(np.float32) / 255
    for photograph in (on_paper(seven(), 1, 0), on_paper(small, 0.85, 0.15, 0.4, 0.02)):
        apart = np.abs(digits - centred(ink_of(photograph), 28)).sum(axis=(1, 2))
        assert np.mean(arrays["y"][np.argsort(apart)[:15]] == 7) > 0.9


@pytest.mark.parametrize("dark", [True, False])
def test_digits_of_the_data_stay_as_they_are(dark: bool) -> None:
    digits = read_arrays("mnist_5k.npz")["x"][::50].astype(np.float32) / 255
    alike = [likeness(1 - digit if dark else digit, digit) for digit in digits]
    assert np.mean(np.array(alike) > 0.95) > 0.9


@pytest.mark.parametrize("shape", [(28, 28), (300, 200), (1, 560), (1, 1)])
def test_empty_paper_has_no_ink(shape: tuple[int, int]) -> None:
    assert not ink_of(on_paper(np.zeros(shape, np.float32), 0.8, 0, shade=0.3)).any()
