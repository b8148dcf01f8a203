"""What is said to be predicted."""

import pytest

from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig
from visualiser.core.task_words import prediction_sentence


@pytest.mark.parametrize(
    ("name", "options", "sentence"),
    [
        ("bike_daily", {}, "Predicts “hires”, a number a day ahead (forecasting)."),
        ("bike_daily", {"ahead": 7}, "Predicts “hires”, a number 7 days ahead (forecasting)."),
        ("sacramento", {}, "Predicts “price”, a number (regression)."),
    ],
)
def test_a_forecast_is_called_one(name: str, options: dict[str, int], sentence: str) -> None:
    dataset = load_dataset(DatasetConfig.model_validate({"name": name, "options": options}), 0)
    assert prediction_sentence(dataset) == sentence
