"""What a run was spoiled with earlier is known for the rest of it."""

import pytest

from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Edit, Experiment, Spoiling
from visualiser.core.spoiled_before import SpoiledWith, spoiled_with
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want

NAME = "feature_noise"


def noise(amount: float) -> CorruptionConfig:
    return CorruptionConfig(name=NAME, amount=amount)


def after(steps: int, start: float, *edits: tuple[int, float]) -> Snapshot:
    """A run with so much noise at the start and from the steps of the edits on."""
    experiment = Experiment(
        dataset=DatasetConfig(name="iris"),
        spoiling=Spoiling(corruptions=(noise(start),)) if start else Spoiling(),
        edits=tuple(
            Edit(step=step, spoiling=Spoiling(corruptions=(noise(amount),) if amount else ()))
            for step, amount in edits
        ),
    )
    trainer = Trainer(experiment, load_dataset(experiment.dataset, 0))
    for _ in range(steps):
        trainer.step()
    return trainer.snapshot(Want.NOTHING, "paused")


@pytest.mark.parametrize(
    ("snapshot", "expected"),
    [
        (after(6, 0.0), None),
        (after(6, 1.0), SpoiledWith(noise(1.0), None)),
        (after(6, 1.0, (4, 0.0)), SpoiledWith(noise(1.0), 4)),
        (after(6, 1.0, (3, 2.0), (5, 0.0)), SpoiledWith(noise(2.0), 5)),
        (after(6, 0.0, (2, 1.0), (4, 0.0), (5, 2.0)), SpoiledWith(noise(2.0), None)),
        (after(6, 1.0, (9, 0.0)), SpoiledWith(noise(1.0), None)),
        (after(6, 0.0, (3, 1.0), (3, 0.0)), None),
    ],
    ids=["never", "still", "healed", "changed and healed", "again", "to be healed", "at once"],
)
def test_the_last_way_it_was_spoiled_and_when_it_was_healed(
    snapshot: Snapshot, expected: SpoiledWith | None
) -> None:
    assert spoiled_with(snapshot, NAME) == expected


def test_what_is_done_to_validation_rows_alone_teaches_no_model() -> None:
    spoiling = Spoiling(corruptions=(noise(1.0),)).done_to("validation")
    experiment = Experiment(dataset=DatasetConfig(name="iris"), spoiling=spoiling)
    trainer = Trainer(experiment, load_dataset(experiment.dataset, 0))
    assert spoiled_with(trainer.snapshot(Want.NOTHING, "paused"), NAME) is None
