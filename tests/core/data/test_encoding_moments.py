"""Days moment by moment: the past in its order, and what is known of the day at each moment."""

import numpy as np
import pytest

from tests.core.data.encoded import encoder_of
from visualiser.core.data.dataset import Table
from visualiser.core.data.dated_series import without_level
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.split import split_dataset
from visualiser.core.experiment import DatasetConfig, SplitConfig


@pytest.mark.parametrize("name", ["bike_daily", "retail_daily"])
def test_each_moment_has_a_value_of_the_past_and_what_is_known_of_the_day(name: str) -> None:
    dataset = load_dataset(DatasetConfig(name=name), 0)
    train = split_dataset(dataset, SplitConfig(), 0).train
    encoder = encoder_of(dataset, train, model="gru")
    flat = encoder_of(dataset, train, model="mlp")
    assert dataset.seasons is not None and isinstance(train.features, Table)
    past = dataset.seasons.past
    encoded = encoder.transform(train.features)
    assert encoded.shape == (len(train), past, len(encoder.names))
    values = encoded[:, :, 0]
    assert values.mean(axis=1) == pytest.approx(0, abs=1e-4)  # the level is taken off
    assert values.std() == pytest.approx(1, abs=1e-3)
    kept = without_level(train.features, dataset.seasons).numeric[:, :past]
    assert np.corrcoef(values.ravel(), kept.ravel())[0, 1] == pytest.approx(1, abs=1e-5)
    # What is known is encoded as for the other models, and is the same at every moment.
    assert encoder.names[1:] == flat.names[past:]
    expected = flat.transform(train.features)[:, past:]
    for moment in (0, past - 1):
        np.testing.assert_allclose(encoded[:, moment, 1:], expected, atol=1e-6)


def test_numbers_may_stay_as_they_are() -> None:
    dataset = load_dataset(DatasetConfig(name="bike_daily"), 0)
    train = split_dataset(dataset, SplitConfig(), 0).train
    encoder = encoder_of(dataset, train, {"standardise": False}, model="gru")
    assert dataset.seasons is not None and isinstance(train.features, Table)
    raw = without_level(train.features, dataset.seasons).numeric[:, : dataset.seasons.past]
    np.testing.assert_array_equal(encoder.transform(train.features)[:, :, 0], raw)
