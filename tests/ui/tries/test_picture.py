"""Files that are opened in Try it: what the model gets, and what the user reads."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from pytestqt.qtbot import QtBot

from tests.core.data.picture_folders import picture, png_of
from tests.ui.views.conftest import trained
from visualiser.core.data.isolated_name import isolated
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.tries.picture import PictureMaker

SEVEN = ((80, 60), (200, 60), (120, 230))


@pytest.fixture(scope="module")
def digits() -> RunInfo:
    return trained("mnist_5k", steps=1).info


@pytest.fixture(scope="module")
def stamps() -> RunInfo:
    return trained("stamps", steps=1).info


@pytest.fixture(scope="module")
def clothing() -> RunInfo:
    return trained("fashion_6k", steps=1).info


def maker_of(info: RunInfo, qtbot: QtBot) -> PictureMaker:
    maker = PictureMaker()
    qtbot.addWidget(maker)
    maker.start_run(info)
    return maker


def opened(maker: PictureMaker, path: Path) -> np.ndarray:
    """(C, H, W) of a file."""
    maker.open_file(str(path))
    assert not maker.truth()
    picture: np.ndarray = np.asarray(maker.example())[0]
    return picture


def height(picture: np.ndarray) -> int:
    """Rows from the first with ink to the last."""
    return int(np.ptp(np.nonzero(picture[0] > 0.1)[0])) + 1


def seven(path: Path, ground: tuple[int, ...], scale: float = 1, left: int = 0) -> Path:
    made = Image.new("RGBA", (280 + 2 * left, 280), ground)
    points = [(left + scale * x, scale * y) for x, y in SEVEN]
    pen = ImageDraw.Draw(made)
    pen.line(points, fill=(0, 0, 0, 255), width=round(22 * scale), joint="curve")
    made.save(path)
    return path


def test_a_seven_is_the_same_on_white_on_nothing_and_small_on_grey_paper(
    digits: RunInfo, qtbot: QtBot, tmp_path: Path
) -> None:
    maker = maker_of(digits, qtbot)
    on_white = opened(maker, seven(tmp_path / "white.png", (255, 255, 255, 255)))
    assert height(on_white) == 20  # of 28 pixels, as in MNIST
    assert on_white.max() == 1 and on_white[0, 0, 0] == 0
    assert "“white.png”, sized and centred as the pictures of the data are." in maker.words.text()
    clear = opened(maker, seven(tmp_path / "clear.png", (0, 0, 0, 0)))
    np.testing.assert_array_equal(clear, on_white)
    small = opened(maker, seven(tmp_path / "small.png", (225, 222, 215, 255), 0.4, left=150))
    assert height(small) == 20 and small.max() == 1 and small[0, 0, 0] == 0
    assert small.sum() == pytest.approx(on_white.sum(), rel=0.1)


def test_a_paper_with_nothing_on_it_is_called_that(
    digits: RunInfo, qtbot: QtBot, tmp_path: Path
) -> None:
    maker = maker_of(digits, qtbot)
    assert not opened(maker, picture(tmp_path / "empty.png", (250, 250, 250))).any()
    assert "“empty.png” shows nothing that stands out" in maker.words.text()


def test_what_is_clear_in_a_stamp_lies_on_white(
    stamps: RunInfo, qtbot: QtBot, tmp_path: Path
) -> None:
    maker = maker_of(stamps, qtbot)
    found = opened(maker, seven(tmp_path / "clear.png", (0, 0, 0, 0)))
    assert found.shape[0] == 3 and found[:, 0, 0].min() == 1 and found.min() < 0.5
    assert "“clear.png”, cut to a square" in maker.words.text()


def test_clothing_on_white_keeps_its_place_and_its_greys(
    clothing: RunInfo, qtbot: QtBot, tmp_path: Path
) -> None:
    maker = maker_of(clothing, qtbot)
    made = Image.new("L", (56, 56), 255)
    made.paste(100, (4, 4, 20, 20))
    made.save(tmp_path / "shirt.png")
    found = opened(maker, tmp_path / "shirt.png")
    assert found[0, 5, 5] == pytest.approx(155 / 255, abs=0.01) and not found[0, 14:, 14:].any()
    assert "dark and light have changed places" in maker.words.text()


def test_a_picture_above_the_limit_is_refused_with_both_numbers(
    digits: RunInfo, qtbot: QtBot, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    maker = maker_of(digits, qtbot)
    path = tmp_path / "big.png"
    path.write_bytes(png_of(9_000, 9_000))
    before = maker.example()
    maker.open_file(str(path))
    assert maker.words.text() == (
        "“big.png” is too large: 9,000 × 9,000 pixels. Make it smaller first. "
        "At most 60 million pixels can be read."
    )
    np.testing.assert_array_equal(np.asarray(maker.example()), np.asarray(before))
    assert capfd.readouterr().err == ""


def test_a_picture_of_many_pixels_below_the_limit_is_opened(
    stamps: RunInfo, qtbot: QtBot, tmp_path: Path
) -> None:
    path = picture(tmp_path / "many.png", (200, 30, 30), (7_000, 8_000))
    found = opened(maker_of(stamps, qtbot), path)
    assert found[0].min() > 0.7 and found[1:].max() < 0.2


@pytest.mark.parametrize("content", ["a picture", "none"])
def test_a_name_that_turns_its_sentence_around_keeps_to_itself(
    digits: RunInfo, qtbot: QtBot, tmp_path: Path, content: str
) -> None:
    maker = maker_of(digits, qtbot)
    path = tmp_path / "<b>x\u202etxt.png"
    if content == "a picture":
        seven(path, (255, 255, 255, 255))
    else:
        path.write_bytes(b"no picture")
    maker.open_file(str(path))
    name = isolated(path.name)
    assert f"“{name}”" in maker.words.text() and name != path.name


def test_files_and_drawings_for_data_of_ink_on_white_are_ink_on_white(
    digits: RunInfo, qtbot: QtBot, tmp_path: Path
) -> None:
    parts = {
        name: replace(part, features=1 - np.asarray(part.features))
        for name, part in (("train", digits.split.train), ("validation", digits.split.validation))
    }
    maker = maker_of(replace(digits, split=replace(digits.split, **parts)), qtbot)
    found = opened(maker, seven(tmp_path / "seven.png", (0, 0, 0, 0)))
    assert found[0, 0, 0] == 1 and found.min() == 0
    maker.empty.click()
    assert np.asarray(maker.example()).min() == 1
