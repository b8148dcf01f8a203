"""Models trained at once are those that a trainer makes of each, but for rounding."""

import pytest
import torch

from tests.core.sweep.small_sweeps import MOONS, sweep_of
from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.data.encoding_spec import Inputs
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig, Experiment, ModelConfig, Spoiling
from visualiser.core.experiment_file import experiment_text
from visualiser.core.models.layers import Activation, Dense, Dropout, Flatten
from visualiser.core.models.registry import MODELS
from visualiser.core.network.losses import loss_of
from visualiser.core.sweep import work
from visualiser.core.sweep.lines import size_lines
from visualiser.core.sweep.plan import TOGETHER
from visualiser.core.sweep.result import CellResult
from visualiser.core.sweep.sweep import Line, Sweep, cell_key, cells_of
from visualiser.core.sweep.together import Together
from visualiser.core.sweep.work import train_cells
from visualiser.core.timeline import rough
from visualiser.core.training.pair import Pair
from visualiser.core.training.preparation import prepare
from visualiser.core.training.trainer import Trainer

Weights = list[torch.Tensor]


def experiments(sweep: Sweep) -> list[Experiment]:
    return [cell.experiment for cell in cells_of(sweep)]


def weights_together(all_of_them: list[Experiment]) -> list[Weights]:
    pairs = []
    for one in all_of_them:
        preparation = prepare(one, load_dataset(one.dataset, one.seed))
        pairs.append(Pair(one, preparation, torch.device("cpu")))
        pairs[-1].use(one.spoiling, at_start=True)
    loss = loss_of(preparation.dataset, pairs[0].part)
    epochs = [one.training.epochs for one in all_of_them]
    together = Together(preparation.layers, loss, all_of_them[0].training, pairs, epochs)
    while together.active:
        together.step()
    return [[p.detach() for p in pair.student.model.parameters()] for pair in pairs]


def weights_of_trainer(one: Experiment) -> Weights:
    trainer = Trainer(one, load_dataset(one.dataset, one.seed))
    while not trainer.finished:
        trainer.step()
    return [p.detach() for p in trainer._pair.student.model.parameters()]


def assert_agree(all_of_them: list[Experiment]) -> None:
    for one, weights in zip(all_of_them, weights_together(all_of_them), strict=True):
        for ours, theirs in zip(weights, weights_of_trainer(one), strict=True):
            torch.testing.assert_close(ours, theirs, rtol=0, atol=1e-5)


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam", "adamw"])
def test_with_each_optimiser_they_agree_with_the_trainer(optimizer: str) -> None:
    training = MOONS.training.replace(optimizer=optimizer, weight_decay=0.01)
    assert_agree(experiments(sweep_of(MOONS.replace(training=training))))


def test_they_agree_for_one_model_alone() -> None:
    assert_agree(experiments(sweep_of(amounts=(0.3,), seeds=(4,))))


def test_dropout_draws_what_each_models_own_would_have_drawn() -> None:
    model = ModelConfig(name="mlp", options={"hidden": [6, 5], "dropout": 0.4})
    assert_agree(experiments(sweep_of(MOONS.replace(model=model))))


def test_models_with_fewer_examples_make_their_own_steps_and_are_done_sooner() -> None:
    sizes = sweep_of(lines=size_lines((0.3, 1.0)), seeds=(0,))
    # Batches of 7 and 16 in one step, and some done while others go on.
    fewer = [one.replace(training=one.training.replace(epochs=2)) for one in experiments(sizes)]
    assert_agree(fewer)
    assert_agree(experiments(sizes))


def test_spoiled_features_are_each_models_own() -> None:
    assert_agree(experiments(sweep_of(corruption="feature_noise", amounts=(0.0, 0.5, 1.0))))


def test_a_regression_agrees_too() -> None:
    houses = MOONS.replace(dataset=DatasetConfig(name="sacramento"))
    houses = houses.replace(training=houses.training.replace(epochs=1))
    assert_agree(experiments(sweep_of(houses, corruption="target_noise", seeds=(0,))))


def test_pictures_are_flattened_for_each_model() -> None:
    digits = MOONS.replace(dataset=DatasetConfig(name="digits_8x8"))
    digits = digits.replace(training=digits.training.replace(epochs=1))
    assert_agree(experiments(sweep_of(digits, seeds=(0,))))


def test_the_figures_are_those_of_the_trainer_whoever_trains() -> None:
    all_of_them = experiments(sweep_of())
    texts = [experiment_text(one) for one in all_of_them]
    at_once = {result.key: result for result in train_cells(texts)}
    one_by_one = {r.key: r for text in texts for r in train_cells([text])}
    assert {r.together for r in at_once.values()} == {6}
    assert {r.together for r in one_by_one.values()} == {1}
    for one, result in zip(all_of_them, at_once.values(), strict=True):
        trainer = Trainer(one, load_dataset(one.dataset, one.seed))
        while not trainer.finished:
            trainer.step()
        figures, _ = trainer.final_figures()
        for part, of_part in figures.items():
            assert result.figures[part] == pytest.approx(of_part.as_dict(), abs=1e-5)
            assert one_by_one[result.key].figures[part] == pytest.approx(of_part.as_dict())
        assert result.steps == trainer.step_number


@pytest.mark.parametrize("seeds", [(0, 1), (0,)], ids=["at once", "one by one"])
def test_who_looks_on_changes_nothing_and_sees_runs_on_their_way(
    seeds: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "_SECONDS_BETWEEN_LOOKS", 0.0)
    monkeypatch.setattr(work, "_SHARE_FOR_LOOKS", 1e9)
    noisy = sweep_of(
        MOONS.replace(model=ModelConfig(name="mlp", options={"hidden": [5], "dropout": 0.2})),
        seeds=seeds,
        lines=size_lines((0.5, 1.0)) if len(seeds) > 1 else (Line(),),
    )
    texts = [experiment_text(one) for one in experiments(noisy)]
    seen: list[CellResult] = []
    looked_at = {one.key: one for one in train_cells(texts, early=seen.extend)}
    alone = {one.key: one for one in train_cells(texts)}
    assert {key: one.figures for key, one in looked_at.items()} == {
        key: one.figures for key, one in alone.items()
    }
    assert {one.key for one in seen} == alone.keys()
    steps = [one.steps for one in seen if one.key == seen[0].key]
    assert steps == sorted(set(steps)) and steps[0] > 0 and steps[-1] <= alone[seen[0].key].steps
    assert all(set(one.figures) == {"test"} for one in seen)


def test_a_loss_that_is_no_number_any_more_is_no_figure() -> None:
    houses = MOONS.replace(dataset=DatasetConfig(name="sacramento"))
    training = houses.training.replace(optimizer="sgd", learning_rate=1000.0, epochs=3)
    lost = sweep_of(houses.replace(training=training), corruption="target_noise")
    results = list(train_cells([experiment_text(one) for one in experiments(lost)]))
    assert {result.figures["test"]["loss"] for result in results} == {None}
    assert len(results) == 6


def test_dense_layers_are_all_that_is_trained_at_once() -> None:
    for name in TOGETHER:
        model = MODELS[name]
        options = model.options.model_validate({"dropout": 0.1} if name == "mlp" else {})
        layers = model.layers(options, Inputs((1, 4, 4)), 3)
        assert {type(layer) for layer in layers} <= {Dense, Activation, Dropout, Flatten}


@pytest.mark.parametrize("model", ["linear", "mlp"])
def test_every_way_of_spoiling_gives_the_figures_of_a_run_by_itself(model: str) -> None:
    base = Experiment(
        dataset=DatasetConfig(name="penguins"),
        model=ModelConfig(name=model),
        training=MOONS.training.replace(epochs=2, twin=False),
    )
    dataset = load_dataset(base.dataset, base.seed)
    runs = [
        base.replace(spoiling=Spoiling(corruptions=(rough(name),)))
        for name, corruption in CORRUPTIONS.items()
        if corruption.refuses(dataset) is None
    ]
    results = {found.key: found for found in train_cells([experiment_text(run) for run in runs])}
    for run in runs:
        trainer = Trainer(run, dataset)
        while not trainer.finished:
            trainer.step()
        figures, _ = trainer.final_figures()
        for part, expected in figures.items():
            told = results[cell_key(run)].figures[part]
            assert told == pytest.approx(expected.as_dict(), abs=1e-4), run.spoiling
