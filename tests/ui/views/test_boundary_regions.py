import numpy as np
import pytest

from visualiser.ui.palette import category_colour, rgb
from visualiser.ui.views.boundary_regions import region_picture

GROUND = "#ffffff"


def pixel(output: list[list[list[float]]], column: int = 0, row: int = 0) -> tuple[int, ...]:
    colour = region_picture(np.array(output, dtype=np.float32), GROUND).pixelColor(column, row)
    return colour.red(), colour.green(), colour.blue()


def distance(first: tuple[int, ...], second: tuple[int, ...]) -> float:
    return float(np.hypot.reduce(np.subtract(first, second)))


def test_a_surer_answer_is_deeper_in_the_colour_of_its_class() -> None:
    sure, unsure = pixel([[[1.0, 0.0]]]), pixel([[[0.7, 0.3]]])
    own, other = rgb(category_colour(0)), rgb(category_colour(1))
    assert distance(sure, own) < distance(unsure, own)
    assert distance(sure, own) < distance(sure, other)
    assert distance(sure, rgb(GROUND)) > distance(unsure, rgb(GROUND)) > 0


@pytest.mark.parametrize("classes", [2, 3])
def test_what_is_no_number_looks_like_a_guess(classes: int) -> None:
    guess = [1 / classes] * classes
    assert pixel([[[float("nan")] * classes]]) == pixel([[guess]])


def test_the_lowest_row_of_the_plane_is_the_lowest_of_the_picture() -> None:
    low, high = [[1.0, 0.0], [1.0, 0.0]], [[0.0, 1.0], [1.0, 0.0]]
    output = [low, high]
    assert pixel(output, 0, 0) != pixel(output, 0, 1)
    assert pixel(output, 1, 0) == pixel(output, 1, 1) == pixel(output, 0, 1)
