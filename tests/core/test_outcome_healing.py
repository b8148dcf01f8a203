"""Until when the data of a run was spoiled."""

from dataclasses import replace

import pytest

from tests.core.made_snapshots import accuracy, snapshot, told
from visualiser.core.experiment import CorruptionConfig, Edit, Experiment, Spoiling
from visualiser.core.outcome_healing import healed_at, validation_healed_at
from visualiser.core.training.snapshot import Snapshot

NOISE = Spoiling(
    corruptions=(CorruptionConfig(name="symmetric_label_noise", amount=0.4, parts="both"),)
)
CLEAN = Spoiling()


def run(step: int, start: Spoiling, *edits: tuple[int, Spoiling], spoiled: bool) -> Snapshot:
    """At `step`, with the edits of the experiment; `spoiled` tells how the data is now."""
    experiment = Experiment(
        spoiling=start, edits=tuple(Edit(step=at, spoiling=spoiling) for at, spoiling in edits)
    )
    made = snapshot(accuracy(0.8), accuracy(0.9), step=step, experiment=experiment)
    if spoiled:
        return replace(made, spoiled_validation=accuracy(0.5))
    return replace(made, changes=())


@pytest.mark.parametrize("until", [healed_at, validation_healed_at])
def test_data_that_is_spoiled_now_has_no_last_step(until):
    assert until(run(300, NOISE, spoiled=True)) is None
    assert until(run(300, CLEAN, (100, NOISE), (200, CLEAN), (250, NOISE), spoiled=True)) is None


@pytest.mark.parametrize("until", [healed_at, validation_healed_at])
def test_data_that_was_always_clean_has_none_either(until):
    assert until(run(300, CLEAN, spoiled=False)) is None


@pytest.mark.parametrize("until", [healed_at, validation_healed_at])
def test_healed_data_was_spoiled_until_it_was_healed_last(until):
    assert until(run(300, NOISE, (200, CLEAN), spoiled=False)) == 200
    twice = ((100, CLEAN), (150, NOISE), (200, CLEAN))
    assert until(run(300, NOISE, *twice, spoiled=False)) == 200
    assert until(run(120, NOISE, *twice, spoiled=False)) == 100


@pytest.mark.parametrize("until", [healed_at, validation_healed_at])
def test_edits_still_to_come_do_not_count(until):
    assert until(run(150, CLEAN, (200, NOISE), (300, CLEAN), spoiled=False)) is None


def test_a_slider_at_its_identity_spoils_nothing():
    nothing = CorruptionConfig(name="under_representation", amount=1.0)
    zero = Spoiling(corruptions=(nothing,))
    assert healed_at(run(300, NOISE, (200, zero), spoiled=False)) == 200


def test_a_change_of_the_learning_rate_heals_nothing():
    made = run(300, NOISE, (200, CLEAN), spoiled=False)
    edits = (*made.experiment.edits, Edit(step=250, learning_rate=0.1))
    assert healed_at(replace(made, experiment=made.experiment.replace(edits=edits))) == 200


def test_the_words_say_since_when_the_data_is_clean():
    made = run(1500, NOISE, (1212, CLEAN), spoiled=False)
    assert "clean again since step 1,212, and the model is still behind" in told(made)
    alone = replace(made, twin_validation=None, twin_differs=False)
    assert "clean again since step 1,212: the model is right on 80.0 %" in told(alone)
