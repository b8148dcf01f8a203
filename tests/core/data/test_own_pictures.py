import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.core.data.picture_folders import COLOURS, folder_of_pictures, picture, png_of
from visualiser.core.data import own_pictures
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.own_picture_file import Unreadable, bombs_refused, read_picture
from visualiser.core.data.own_pictures import OwnPicturesOptions, survey
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.source import Cancelled, Progress
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig


def load(path: Path, progress: Progress | None = None, **options: object) -> Dataset:
    config = {"name": "own_pictures", "options": {"path": str(path), **options}}
    return load_dataset(DatasetConfig.model_validate(config), 0, progress)


def notes(dataset: Dataset) -> str:
    return " ".join(dataset.notes)


def test_sub_folders_are_labels(tmp_path: Path) -> None:
    dataset = load(folder_of_pictures(tmp_path), size=8, fit="stretch")
    assert dataset.class_names == ("blue", "red")
    assert np.bincount(dataset.labels).tolist() == [12, 12]
    assert isinstance(dataset.features, np.ndarray)
    assert dataset.features.shape == (24, 3, 8, 8)
    assert dataset.features.dtype == np.float32
    for label, name in enumerate(dataset.class_names):
        mean = dataset.features[dataset.labels == label].mean(axis=(0, 2, 3))
        assert mean == pytest.approx(np.array(COLOURS[name]) / 255, abs=0.01)
    assert dataset.title == tmp_path.name
    assert dataset.content.startswith("sha256-files:24:")


def test_a_table_may_name_the_labels_and_what_belongs_together(tmp_path: Path) -> None:
    lines = ["Person;Label;Filename"]
    for number in range(20):
        picture(tmp_path / f"p{number}.png", COLOURS["red"])
        lines.append(f"person {number // 4};{'ab'[number % 2]};p{number}.png")
    lines += ["x;a;gone.png", "x;a;../secret.png", "x;;p1.png", f"x;a;{tmp_path.parent}/p.png"]
    (tmp_path / "labels.csv").write_text("\n".join(lines), encoding="utf-8")
    picture(tmp_path.parent / "secret.png", COLOURS["blue"])
    dataset = load(tmp_path, labels="labels.csv")
    assert dataset.class_names == ("a", "b")
    assert len(dataset) == 20
    assert dataset.blocks is not None
    assert np.bincount(dataset.blocks).tolist() == [4] * 5
    assert "4 rows of labels.csv name no picture in the folder" in notes(dataset)


def test_folders_below_a_label_can_be_blocks(tmp_path: Path) -> None:
    for label in "ab":
        for number in range(12):
            picture(tmp_path / label / f"person {number // 3}" / f"{number}.png", COLOURS["red"])
    assert load(tmp_path).blocks is None
    blocks = load(tmp_path, blocks="folder").blocks
    assert blocks is not None
    assert np.bincount(blocks).tolist() == [3] * 8


def test_grey_pictures_are_seen_to_be_grey(tmp_path: Path) -> None:
    for label, level in {"dark": 40, "light": 200}.items():
        for number in range(10):
            picture(tmp_path / label / f"{number}.png", (level, level, level))
    for colour, channels in (("auto", 1), ("grey", 1), ("colour", 3)):
        features = load(tmp_path, colour=colour).features
        assert isinstance(features, np.ndarray)
        assert features.shape[1] == channels


def test_a_picture_is_turned_as_the_camera_was_held(tmp_path: Path) -> None:
    pixels = np.zeros((40, 80, 3), np.uint8)
    pixels[:, :40] = 255  # white on the left; turned clockwise it is above
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "held.jpg"
    Image.fromarray(pixels).save(path, exif=exif, quality=95)
    found = read_picture(path, 16, "stretch").mean(axis=(1, 2))
    assert found[:6].min() > 240
    assert found[10:].max() < 15


def test_transparency_lies_on_white(tmp_path: Path) -> None:
    path = picture(tmp_path / "clear.png", (0, 0, 0, 0))
    assert read_picture(path, 8).min() == 255
    palette = Image.new("P", (8, 8), 0)
    palette.save(tmp_path / "palette.gif", transparency=0)
    assert read_picture(tmp_path / "palette.gif", 8).min() == 255


def test_other_shapes_are_padded_cropped_or_stretched(tmp_path: Path) -> None:
    path = picture(tmp_path / "wide.png", (0, 0, 0), (64, 16))
    middle = read_picture(path, 16, "pad")
    assert middle[0].min() == 255 and middle[8].max() == 0
    assert read_picture(path, 16, "crop").max() == 0
    assert read_picture(path, 16, "stretch").max() == 0


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK", "RGBA"])
def test_all_kinds_of_pixels_are_read(tmp_path: Path, mode: str) -> None:
    made = Image.new(mode, (40, 30), 0)
    path = tmp_path / ("a.tif" if mode in {"CMYK", "I;16"} else "a.png")
    made.save(path)
    assert read_picture(path, 8).shape == (8, 8, 3)


def hostile(folder: Path) -> None:
    (folder / "red" / "huge.png").write_bytes(png_of(50_000, 50_000))
    (folder / "red" / "large.png").write_bytes(png_of(9_000, 9_000))
    with zipfile.ZipFile(folder / "red" / "zip.png", "w") as archive:
        archive.writestr("a", "b")
    (folder / "red" / "empty.jpg").write_bytes(b"")
    (folder / "red" / "cut.png").write_bytes((folder / "red" / "000.png").read_bytes()[:60])
    (folder / "red" / "program.png").write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n")


def test_what_cannot_be_read_is_left_out_counted_and_named(tmp_path: Path) -> None:
    hostile(folder_of_pictures(tmp_path))
    dataset = load(tmp_path)
    assert len(dataset) == 24
    said = notes(dataset)
    assert "6 pictures cannot be used and are left out" in said
    for name in ("cut.png", "empty.jpg", "huge.png (too large)", "large.png (too large"):
        assert name in said


def test_loops_of_links_and_odd_names_do_no_harm(tmp_path: Path) -> None:
    folder_of_pictures(tmp_path)
    (tmp_path / "red" / "loop").symlink_to(tmp_path)
    (tmp_path / "red" / "gone.png").symlink_to(tmp_path / "nothing.png")
    for number in range(10):
        picture(tmp_path / "שלום 😀" / f"né\u202e{number}.png", COLOURS["blue"])
    dataset = load(tmp_path)
    assert len(dataset) == 34
    assert "שלום 😀" in dataset.class_names


def test_one_class_no_class_and_too_many_are_sentences(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="No folder has been chosen"):
        load_dataset(DatasetConfig(name="own_pictures"), 0)
    with pytest.raises(UserError, match="does not exist"):
        load(tmp_path / "gone")
    with pytest.raises(UserError, match="has no pictures with a label"):
        load(tmp_path)
    flat = tmp_path / "flat"
    for number in range(12):
        picture(flat / f"{number}.png", COLOURS["red"])
    with pytest.raises(UserError, match="has no pictures with a label") as caught:
        load(flat)
    assert "sub-folder for each class" in caught.value.hint
    with pytest.raises(UserError, match="have the label “flat”"):
        load(tmp_path)
    with pytest.raises(UserError, match="is a file"):
        load(flat / "0.png")
    for number in range(60):
        picture(tmp_path / f"class {number}" / "0.png", COLOURS["red"])
    with pytest.raises(UserError, match="61 labels"):
        load(tmp_path)


def test_too_many_pixels_are_refused_before_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_of_pictures(tmp_path)
    monkeypatch.setattr(own_pictures, "MOST_NUMBERS", 20 * 3 * 32 * 32)
    with pytest.raises(UserError, match="24 pictures of 32 × 32 pixels are too much"):
        load(tmp_path)
    assert len(load(tmp_path, most=20)) == 20
    assert len(load(tmp_path, size=16)) == 24


def test_reading_tells_how_far_it_is_and_can_be_cancelled(tmp_path: Path) -> None:
    class Watching(Progress):
        def __init__(self) -> None:
            self.told: list[tuple[float, str]] = []

        def update(self, done: float, text: str) -> None:
            self.told.append((done, text))

        def check(self) -> None:
            if "32 of" in "".join(text for _, text in self.told):
                raise Cancelled

    folder_of_pictures(tmp_path, each=40)
    watching = Watching()
    with pytest.raises(Cancelled):
        load(tmp_path, watching)
    assert watching.told[-1][1] == "32 of 80 pictures read"


def test_a_survey_shows_some_of_each_and_what_can_be_chosen(tmp_path: Path) -> None:
    hostile(folder_of_pictures(tmp_path))
    (tmp_path / "names.csv").write_text("file,label\n", encoding="utf-8")
    found = survey(OwnPicturesOptions(path=str(tmp_path)), Progress())
    assert found.facts[0] == "30 pictures, 2 classes: blue (12), red (18)."
    assert {sample.label for sample in found.samples} == {"red", "blue"}
    assert any(sample.text for sample in found.samples)
    assert [value for value, _ in found.choices["labels"]] == ["", "names.csv"]
    refused = survey(OwnPicturesOptions(path=str(tmp_path), labels="names.csv"), Progress())
    assert "has a header and no rows" in refused.refusal
    assert refused.choices


def test_the_largest_pictures_are_refused_by_their_header(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    path.write_bytes(png_of(2**31 - 1, 2**31 - 1))
    with bombs_refused(), pytest.raises(Unreadable):
        read_picture(path, 8)


def test_a_table_with_a_label_for_each_picture_is_refused(tmp_path: Path) -> None:
    lines = ["file,label"]
    for number in range(60):
        picture(tmp_path / f"{number}.png", COLOURS["red"], (8, 8))
        lines += [f"{number}.png,label {number * 1_000 + more}" for more in range(1_000)]
    (tmp_path / "labels.csv").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(UserError, match="60,000 labels"):
        load(tmp_path, labels="labels.csv")
