"""One example of each kind of data in words."""

from typing import get_args

import pytest

from visualiser.core.data.dataset import Modality
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig
from visualiser.ui.views.example_text import EXAMPLE_TEXTS, example_text


def test_every_kind_of_data_has_words() -> None:
    assert {*EXAMPLE_TEXTS} == {*get_args(Modality)}


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("shapes", " · "),
        ("digits_8x8", ""),
        ("sms_spam", " "),
        ("iris", "sepal length"),
        ("bike_daily", " · "),
        ("retail_purchases", "customer"),
        ("dutch_names", " ↵ "),
    ],
)
def test_an_example_is_one_line(name: str, part: str) -> None:
    dataset = load_dataset(DatasetConfig(name=name), 0)
    text = example_text(dataset, dataset.features, 0)
    assert part in text and "\n" not in text
    assert bool(text) == bool(part)
