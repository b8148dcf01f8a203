from dataclasses import replace
from typing import get_args

import pytest

from visualiser.core.data.cadence import MONTHLY
from visualiser.core.data.dataset import Modality
from visualiser.core.data.nouns import NOUNS, Noun, noun_of
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig


def test_examples_of_every_kind_have_a_name() -> None:
    assert set(NOUNS) == set(get_args(Modality))


@pytest.mark.parametrize(
    ("count", "quality", "text"),
    [
        (1, "", "1 piece of text"),
        (0, "", "0 pieces of text"),
        (12_345, "", "12,345 pieces of text"),
        (1, "clean validation", "1 clean validation piece of text"),
    ],
)
def test_what_is_counted_agrees_with_its_count(count: int, quality: str, text: str) -> None:
    assert Noun("piece of text", "pieces of text").counted(count, quality) == text


def test_rows_of_a_dated_series_are_called_what_its_periods_are() -> None:
    daily = load_dataset(DatasetConfig(name="bike_daily"), 0)
    assert daily.seasons is not None
    monthly = replace(daily, seasons=replace(daily.seasons, cadence=MONTHLY))
    assert (noun_of(daily).many, noun_of(monthly).many) == ("days", "months")
