"""The model and the training settings that suit each other."""

from visualiser.core.experiment import DatasetConfig, ModelConfig
from visualiser.core.starting_point import starting_point, with_model

BIGRAM = ModelConfig(name="bigram", options={})
NAMES = starting_point(DatasetConfig(name="dutch_names"))


def test_a_model_brings_its_learning_rate_and_takes_it_away_again() -> None:
    table = with_model(NAMES, BIGRAM)
    assert table.model == BIGRAM
    assert table.training.learning_rate > 10 * NAMES.training.learning_rate
    assert with_model(table, NAMES.model) == NAMES


def test_data_of_few_rows_bring_their_weight_decay() -> None:
    assert NAMES.training.weight_decay == 0.0005
    assert with_model(NAMES, BIGRAM).training.weight_decay == 0.0005
    assert starting_point(DatasetConfig(name="iris")).training.weight_decay == 0


def test_a_learning_rate_that_was_chosen_stays() -> None:
    chosen = NAMES.replace(training=NAMES.training.replace(learning_rate=0.02))
    assert with_model(chosen, BIGRAM).training.learning_rate == 0.02


def test_a_model_of_other_size_keeps_the_rate() -> None:
    larger = ModelConfig(name="gpt", options={"blocks": 3})
    assert with_model(NAMES, larger) == NAMES.replace(model=larger)
