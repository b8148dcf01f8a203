"""Photo stamps: one stamp one block, grounds that give the answer away as far as asked for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visualiser.core.data.dataset import Dataset
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.source import Cancelled, Progress
from visualiser.core.data.split import split_dataset
from visualiser.core.data.stamp_scenes import compose, place, shrinking
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig, SplitConfig

OF_ITS_KIND, OF_ANOTHER = 0, 1


def stamps(seed: int = 0, **options: object) -> Dataset:
    few = {"pictures": 4, **options}
    return load_dataset(DatasetConfig.model_validate({"name": "stamps", "options": few}), seed)


def corners(dataset: Dataset) -> np.ndarray:
    """(N, 3) colours of the four corners of each picture, where stamps seldom reach."""
    pixels = np.asarray(dataset.features)
    return np.median(pixels[:, :, [0, 0, -1, -1], [0, -1, 0, -1]], axis=2)


def test_pictures_are_in_colour_and_each_stamp_gives_as_many() -> None:
    dataset = stamps(pictures=3)
    assert np.asarray(dataset.features).shape == (3 * 101, 3, 48, 48)
    assert dataset.class_names == ("mammal", "vehicle")
    assert np.bincount(dataset.labels).tolist() == [3 * 67, 3 * 34]
    assert dataset.blocks is not None
    assert np.unique(dataset.blocks, return_counts=True)[1].tolist() == [3] * 101


@pytest.mark.parametrize(
    ("kinds", "count"), [("fruit_vegetables", 59), ("birds_insects", 58), ("all_kinds", 286)]
)
def test_other_kinds_can_be_told_apart(kinds: str, count: int) -> None:
    dataset = stamps(kinds=kinds, pictures=1)
    assert len(dataset) == count
    assert {*np.unique(dataset.labels)} == {*range(dataset.class_count)}


def test_no_stamp_is_in_two_parts_of_the_data() -> None:
    dataset = stamps()
    assert dataset.blocks is not None
    split = split_dataset(dataset, SplitConfig(), 0)
    seen = [{*dataset.blocks[part.rows]} for part in (split.train, split.validation, split.test)]
    assert not (seen[0] & seen[1] or seen[0] & seen[2] or seen[1] & seen[2])


def test_a_seed_gives_the_same_pictures_again_and_another_seed_others() -> None:
    first, again, other = stamps(1), stamps(1), stamps(2)
    assert np.array_equal(np.asarray(first.features), np.asarray(again.features))
    assert not np.array_equal(np.asarray(first.features), np.asarray(other.features))


@pytest.mark.parametrize("tied", [0.0, 0.3, 1.0])
def test_the_share_on_the_ground_of_the_kind_is_the_one_asked_for(tied: float) -> None:
    dataset = stamps(tied=tied, pictures=12)
    assert dataset.groups is not None
    assert np.mean(dataset.groups == OF_ITS_KIND) == pytest.approx(tied, abs=0.04)
    assert dataset.notes[0].startswith(f"{100 * np.mean(dataset.groups == OF_ITS_KIND):.0f} %")
    meadow = corners(dataset)[:, 1] - corners(dataset)[:, 0] > 0.1
    on_meadow = (dataset.labels == 0) == (dataset.groups == OF_ITS_KIND)
    assert np.mean(meadow == on_meadow) > 0.99


def test_untying_grounds_moves_no_stamp_and_only_takes_pictures_off_their_ground() -> None:
    tight, loose = stamps(tied=0.9), stamps(tied=0.4)
    assert tight.groups is not None and loose.groups is not None
    assert not np.any((tight.groups == OF_ANOTHER) & (loose.groups == OF_ITS_KIND))
    same = tight.groups == loose.groups
    assert np.array_equal(np.asarray(tight.features)[same], np.asarray(loose.features)[same])


def test_more_pictures_keep_the_first_ones_of_each_stamp_where_they_are() -> None:
    few, more = (
        np.asarray(stamps(pictures=n, background="plain").features).reshape(101, n, -1)
        for n in (2, 5)
    )
    assert np.array_equal(few, more[:, :2])


@pytest.mark.parametrize("background", ["plain", "random"])
def test_grounds_that_are_not_tied_say_nothing_of_the_kind(background: str) -> None:
    from sklearn.linear_model import LogisticRegression

    dataset = stamps(background=background, pictures=8)
    assert dataset.groups is None
    assert dataset.group_names == ()
    colours, half = corners(dataset), len(dataset) // 2
    order = np.random.default_rng(0).permutation(len(dataset))
    model = LogisticRegression().fit(colours[order[:half]], dataset.labels[order[:half]])
    score = model.score(colours[order[half:]], dataset.labels[order[half:]])
    assert score < 0.75, "mammals alone are 66 %"


def test_a_linear_model_takes_the_shortcut_on_stamps_it_has_not_seen() -> None:
    from sklearn.linear_model import LogisticRegression

    dataset = stamps(pictures=6)
    split = split_dataset(dataset, SplitConfig(), 0)
    flat = [np.asarray(p.features).reshape(len(p), -1) for p in (split.train, split.test)]
    answers = LogisticRegression(C=0.001, max_iter=50).fit(flat[0], split.train.labels)
    right = answers.predict(flat[1]) == split.test.labels
    assert split.test.groups is not None
    assert np.mean(right[split.test.groups == OF_ITS_KIND]) > 0.95
    assert np.mean(right[split.test.groups == OF_ANOTHER]) < 0.3


@settings(max_examples=30, deadline=None)
@given(size=st.floats(0.1, 1), along=st.floats(0, 1), side=st.integers(3, 20))
def test_what_is_made_smaller_keeps_its_light_and_lies_within_the_picture(
    size: float, along: float, side: int
) -> None:
    offset = np.array([side * (1 - size) * along])
    weights = shrinking(np.array([size]), offset, side)[0]
    assert np.allclose(weights.sum(axis=0), size, atol=1e-4), "each pixel is spread once"
    assert weights.sum() == pytest.approx(size * side, rel=1e-4)


def test_a_stamp_of_full_size_stays_as_it_is_or_is_mirrored() -> None:
    stamp = np.random.default_rng(0).integers(0, 256, (1, 8, 8, 4), dtype=np.uint8)
    stamp[..., 3] = 255
    straight, mirrored = (
        compose(place(stamp, np.array([[1, 0, 0, flip]])), np.zeros((1, 3, 1, 1), np.float32))
        for flip in (0.9, 0.1)
    )
    assert np.allclose(np.moveaxis(straight[0], 0, -1) * 255, stamp[0, ..., :3], atol=1e-3)
    assert np.array_equal(mirrored, straight[..., ::-1])


def test_where_a_stamp_is_transparent_its_ground_is_seen() -> None:
    ground = np.full((1, 3, 1, 1), 0.25, np.float32)
    nothing = np.zeros((1, 8, 8, 4), np.uint8)
    assert np.all(compose(place(nothing, np.full((1, 4), 0.5)), ground) == 0.25)


def test_the_making_of_many_pictures_can_be_cancelled() -> None:
    class Impatient(Progress):
        def check(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        load_dataset(DatasetConfig(name="stamps"), 0, Impatient())


@pytest.mark.parametrize("options", [{"tied": 1.2}, {"pictures": 0}, {"kinds": "dinosaurs"}])
def test_options_that_do_not_fit_are_refused_by_name(options: dict[str, object]) -> None:
    with pytest.raises(UserError, match=next(iter(options))):
        stamps(**options)


def test_it_is_known_what_of_a_picture_is_the_thing() -> None:
    plain = stamps(background="plain", pictures=1)
    assert plain.scenes is not None and plain.scenes.grounds is None
    rows = np.arange(len(plain))
    opacity = plain.scenes.things(rows)
    pixels = np.asarray(plain.features)
    assert opacity.shape == (len(plain), 48, 48)
    assert np.allclose(pixels[np.broadcast_to(opacity[:, None] == 0, pixels.shape)], 0.92)
    assert 0.05 < opacity.mean() < 0.7


def test_a_thing_is_set_on_another_ground_and_nothing_else_changes() -> None:
    dataset = stamps(pictures=2)
    scenes, pixels = dataset.scenes, np.asarray(dataset.features)
    assert scenes is not None and scenes.grounds is not None
    rows = np.arange(0, len(dataset), 3)
    same = scenes.on_grounds(pixels[rows], rows, scenes.grounds[rows])
    assert np.array_equal(same, pixels[rows])
    swapped = scenes.on_grounds(pixels[rows], rows, 1 - scenes.grounds[rows])
    thing = np.broadcast_to(scenes.things(rows)[:, None] > 0.999, pixels[rows].shape)
    assert np.allclose(swapped[thing], pixels[rows][thing], atol=2e-3)
    green = swapped[:, 1] - swapped[:, 2]
    meadow = green.mean(axis=(1, 2)) > 0.15
    assert np.mean(meadow == (scenes.grounds[rows] == 1)) > 0.95
