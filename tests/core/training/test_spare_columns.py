"""A run goes on with columns that its data does not have, and forgets nothing over it."""

import numpy as np
import pytest
import torch

from tests.core.corruption.examples import DATASETS
from tests.core.training.conftest import assert_same_history, run
from visualiser.core.data.dataset import Dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import (
    CorruptionConfig,
    Edit,
    Experiment,
    ModelConfig,
    Spoiling,
    TrainingConfig,
)
from visualiser.core.training.preparation import prepare
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want
from visualiser.core.training.widening import SpareColumns, widened, widening

PRICES = DATASETS["prices"]
EXPERIMENT = Experiment(
    model=ModelConfig(name="mlp", options={"hidden": [6], "dropout": 0.1}),
    training=TrainingConfig(batch_size=32, epochs=3),
)


def spoiling(**amounts: float) -> Spoiling:
    return Spoiling(
        corruptions=tuple(CorruptionConfig(name=name, amount=a) for name, a in amounts.items())
    )


NOISE, LEAK = spoiling(irrelevant_features=7), spoiling(target_leakage=0.9)
BOTH = spoiling(irrelevant_features=3, target_leakage=0.9)


def first_weights(trainer: Trainer, *, twin: bool = False) -> np.ndarray:
    snapshot = trainer.snapshot(Want(weights=True), "paused")
    return (snapshot.twin_layers if twin else snapshot.layers)[0].weight


def names(trainer: Trainer) -> tuple[str, ...]:
    return trainer.info.encoder.names


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam", "adamw"])
@pytest.mark.parametrize("dataset", [PRICES, DATASETS["decisions"], DATASETS["colours"]])
def test_a_run_that_was_widened_is_replayed_to_the_bit(dataset: Dataset, optimizer: str) -> None:
    training = EXPERIMENT.training.replace(optimizer=optimizer, weight_decay=0.01)
    live = run(Trainer(EXPERIMENT.replace(training=training), dataset), 9)
    live.change_spoiling(LEAK)
    run(live, 9).change_spoiling(BOTH)
    run(live, 9).change_spoiling(Spoiling())
    run(live, 9).change_spoiling(spoiling(irrelevant_features=5))
    run(live, 9)
    kept = live.snapshot(Want.NOTHING, "paused").experiment
    assert [edit.step for edit in kept.edits] == [9, 18, 27, 36]
    again = run(Trainer(kept, dataset), 45)
    assert_same_history(live.history.view(), again.history.view())
    np.testing.assert_array_equal(first_weights(live), first_weights(again))
    np.testing.assert_array_equal(first_weights(live, twin=True), first_weights(again, twin=True))
    assert names(live) == names(again)
    assert np.isfinite(live.history.view()["train_loss"]).all()


def test_what_was_tried_out_between_two_steps_leaves_no_trace() -> None:
    live = run(Trainer(EXPERIMENT, PRICES), 12)
    for columns in (50, 20, 4):
        live.change_spoiling(spoiling(irrelevant_features=columns))
    run(live, 10).change_spoiling(BOTH)
    live.change_spoiling(spoiling(irrelevant_features=4))
    run(live, 10)
    again = run(Trainer(live.snapshot(Want.NOTHING, "paused").experiment, PRICES), 32)
    assert_same_history(live.history.view(), again.history.view())
    np.testing.assert_array_equal(first_weights(live), first_weights(again))
    assert live.info.dataset.spare_columns == ("noise 1", "noise 2", "noise 3", "noise 4")


def test_columns_tried_out_before_the_first_step_leave_a_clean_run() -> None:
    healed = Trainer(EXPERIMENT, PRICES)
    healed.change_spoiling(NOISE)
    assert len(names(healed)) == len(names(Trainer(EXPERIMENT, PRICES))) + 7
    healed.change_spoiling(Spoiling())
    clean = run(Trainer(EXPERIMENT, PRICES), 30)
    assert_same_history(run(healed, 30).history.view(), clean.history.view())
    assert names(healed) == names(clean)


def test_old_inputs_keep_their_weights_and_new_ones_start_as_the_layer_would() -> None:
    trainer = run(Trainer(EXPERIMENT, PRICES), 20)
    before, old_names = first_weights(trainer), names(trainer)
    trainer.change_spoiling(BOTH)
    after = first_weights(trainer)
    new = [place for place, name in enumerate(names(trainer)) if name not in old_names]
    assert [names(trainer)[place] for place in new] == ["noise 1", "noise 2", "noise 3",
                                                        "leaked answer"]  # fmt: skip
    np.testing.assert_array_equal(np.delete(after, new, axis=1), before)
    assert 0 < np.abs(after[:, new]).max() <= 1 / np.sqrt(after.shape[1])
    assert len(np.unique(after[:, new])) == after[:, new].size
    assert trainer.step_number == 20 and trainer.info.layers[0].inputs == after.shape[1]


def test_new_inputs_have_no_momentum_and_old_ones_keep_theirs() -> None:
    trainer = run(Trainer(EXPERIMENT, PRICES), 20)
    optimizer = trainer._pair.student.optimizer
    before = [value.clone() for value in next(iter(optimizer.state.values())).values()]
    trainer.change_spoiling(NOISE)
    optimizer = trainer._pair.student.optimizer
    numbers = trainer._data._base.encoder.numeric_width
    for old, new in zip(before, next(iter(optimizer.state.values())).values(), strict=True):
        if old.ndim == 2:
            assert not new[:, numbers : numbers + 7].any()
            kept = torch.cat((new[:, :numbers], new[:, numbers + 7 :]), dim=1)
            assert torch.equal(kept, old)
        else:
            assert torch.equal(old, new)


def test_what_the_models_answer_to_clean_rows_does_not_change() -> None:
    trainer = run(Trainer(EXPERIMENT, PRICES), 20)
    trainer.change_spoiling(spoiling(target_noise=0.5))
    run(trainer, 20)
    before = trainer.snapshot(Want(predictions=True), "paused", fresh=True).predictions
    trainer.change_spoiling(spoiling(target_noise=0.5, irrelevant_features=7))
    after = trainer.snapshot(Want(predictions=True), "paused", fresh=True).predictions
    np.testing.assert_allclose(after.output, before.output, rtol=1e-5)
    np.testing.assert_allclose(after.twin_output, before.twin_output, rtol=1e-5)


def test_the_clean_twin_learns_what_it_would_have_without_them() -> None:
    spoiled = run(Trainer(EXPERIMENT.replace(spoiling=BOTH), PRICES), 60)
    clean = run(Trainer(EXPERIMENT, PRICES), 60)
    np.testing.assert_allclose(
        spoiled.history.view()["twin_validation_loss"],
        clean.history.view()["validation_loss"],
        rtol=1e-4,
    )


def test_healing_puts_the_columns_back_to_zero_and_keeps_their_room() -> None:
    trainer = run(Trainer(EXPERIMENT.replace(spoiling=NOISE), PRICES), 10)
    info = trainer.info
    trainer.change_spoiling(Spoiling())
    run(trainer, 5)
    snapshot = trainer.snapshot(Want.NOTHING, "paused")
    assert snapshot.info is info
    assert snapshot.spoiled_train is info.split.train
    assert not info.split.train.features.numeric[:, -7:].any()
    for part in (info.split.train, info.split.validation, info.split.test):
        assert part.features.numeric_names[-7:] == info.dataset.spare_columns


def test_a_planned_spoiling_widens_when_it_is_due() -> None:
    planned = EXPERIMENT.replace(edits=(Edit(step=7, spoiling=LEAK),))
    trainer = run(Trainer(planned, PRICES), 7)
    assert trainer.info.dataset.spare_columns == ()
    run(trainer, 1)
    assert trainer.info.dataset.spare_columns == ("leaked answer",)
    assert trainer.info.evaluate_every == Trainer(EXPERIMENT, PRICES).info.evaluate_every


def test_a_spoiling_that_is_refused_widens_nothing() -> None:
    trainer = run(Trainer(EXPERIMENT, PRICES), 7)
    info, before = trainer.info, first_weights(trainer)
    bias = CorruptionConfig(name="under_representation", amount=0.5, options={"group": "martians"})
    with pytest.raises(UserError, match="martians"):
        trainer.change_spoiling(Spoiling(corruptions=(*NOISE.corruptions, bias)))
    assert trainer.info is info
    np.testing.assert_array_equal(first_weights(trainer), before)


def test_a_leak_looks_too_good_on_rows_that_have_it_and_fails_on_those_that_do_not() -> None:
    plan = LEAK.done_to("both")
    training = EXPERIMENT.training.replace(learning_rate=0.02)
    experiment = EXPERIMENT.replace(spoiling=plan, training=training)
    trainer = run(Trainer(experiment, PRICES), 400)
    snapshot = trainer.snapshot(Want.NOTHING, "paused", fresh=True)
    assert snapshot.spoiled_validation.loss < 0.7 * snapshot.validation.loss


def test_a_model_without_a_layer_to_widen_is_refused_in_words() -> None:
    base = prepare(EXPERIMENT, DATASETS["points"])
    assert widened(base, ()) is base
    with pytest.raises(UserError, match="no room for further columns"):
        widened(base, ("noise 1",))


def test_starting_weights_are_those_of_their_column_wherever_it_stands() -> None:
    base = prepare(EXPERIMENT, PRICES)
    one = widening(base, (), ("a", "b"), (), seed=3)
    other = widening(base, (), ("b", "a"), (), seed=3)
    np.testing.assert_array_equal(one.fresh, other.fresh[:, ::-1])
    assert not np.array_equal(one.fresh, widening(base, (), ("a", "b"), (), seed=4).fresh)


def test_a_run_keeps_the_columns_that_a_step_was_made_with() -> None:
    spare = SpareColumns()
    spare.take(spare.wanted(("a", "b"), 0), 0)
    assert spare.wanted(("b",), 0) == ("b",)
    spare.take(spare.wanted(("b",), 0), 0)
    spare.take(spare.wanted(("c",), 5), 5)
    assert spare.names == ("b", "c")
    assert spare.wanted((), 5) == ("b",)
    assert spare.wanted((), 6) == ("b", "c")
