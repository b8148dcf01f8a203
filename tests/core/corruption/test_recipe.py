"""Recipes: order, patterns, parts, and their words."""

import numpy as np
import pytest

from visualiser.core.corruption.recipe_text import spoiling_text, subject
from visualiser.core.corruption.registry import spoil
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.split import split_dataset
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, SplitConfig, Spoiling


def recipe(*configs: CorruptionConfig) -> Spoiling:
    return Spoiling(corruptions=configs)


NOISY = CorruptionConfig(name="symmetric_label_noise", amount=0.3)
RARE = CorruptionConfig(name="class_imbalance", amount=0.1)
IRIS = load_dataset(DatasetConfig(name="iris"), 0)
TRAIN = split_dataset(IRIS, SplitConfig(), 0).train


def test_a_pattern_of_its_own_is_the_same_in_every_run() -> None:
    own = recipe(NOISY.replace(seed=7))
    labels = [spoil(TRAIN, own, seed, IRIS)[0].labels for seed in (0, 1)]
    assert np.array_equal(*labels)
    of_the_run = [spoil(TRAIN, recipe(NOISY), seed, IRIS)[0].labels for seed in (0, 7)]
    assert not np.array_equal(*of_the_run)
    assert np.array_equal(of_the_run[1], labels[0])


def test_ingredients_come_one_after_the_other() -> None:
    first, changes = spoil(TRAIN, recipe(RARE, NOISY), 0, IRIS)
    assert [change.name for change in changes] == ["class_imbalance", "symmetric_label_noise"]
    assert changes[1].eligible == len(first) < len(TRAIN)
    _, other = spoil(TRAIN, recipe(NOISY, RARE), 0, IRIS)
    assert other[0].eligible == len(TRAIN)


@pytest.mark.parametrize(
    ("parts", "train", "validation"),
    [("train", True, False), ("validation", False, True), ("both", True, True)],
)
def test_each_ingredient_says_which_part_it_is_done_to(
    parts: str, train: bool, validation: bool
) -> None:
    spoiling = (
        recipe(RARE)
        .done_to("validation")
        .replace(corruptions=(NOISY.replace(parts=parts), RARE.replace(parts="validation")))
    )
    assert (NOISY.name in [c.name for c in spoiling.on("train").corruptions]) == train
    assert (NOISY.name in [c.name for c in spoiling.on("validation").corruptions]) == validation
    assert RARE.name not in [c.name for c in spoiling.on("train").corruptions]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (recipe(), recipe(NOISY), "Wrong labels 30 %"),
        (recipe(NOISY), recipe(), "healed"),
        (recipe(NOISY, RARE), recipe(RARE), "Wrong labels off"),
        (recipe(NOISY, RARE), recipe(RARE, NOISY), "in another order"),
        (recipe(NOISY), recipe(NOISY), ""),
        (
            recipe(NOISY),
            recipe(NOISY.replace(parts="both")),
            "Wrong labels 30 % (validation too)",
        ),
        (recipe(NOISY), recipe(NOISY.replace(seed=3)), "Wrong labels 30 % (drawn anew)"),
        (
            recipe(NOISY.replace(parts="both")),
            recipe(NOISY.replace(amount=0.1)),
            "Wrong labels 10 % (training only)",
        ),
    ],
)
def test_what_changed_is_told(before: Spoiling, after: Spoiling, words: str) -> None:
    assert spoiling_text(before, after) == words


def test_one_changed_ingredient_is_the_subject() -> None:
    assert subject(recipe(RARE), recipe(RARE, NOISY)) == "symmetric_label_noise"
    assert subject(recipe(), recipe(RARE, NOISY)) == ""
    assert subject(recipe(NOISY), recipe()) == ""
