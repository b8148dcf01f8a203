"""What is noted at each evaluation: sizes of steps and gradients, and silent units."""

import numpy as np
import pytest
import torch
from torch import nn

from tests.core.diagnosis.made_runs import experiment, marked_pictures, noisy_rule
from visualiser.core.models.layers import Activation, Convolution, Dense
from visualiser.core.network.build import build_network
from visualiser.core.training.silent_units import SilentUnits
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.vitals import VitalsLog, relu_places, relu_units
from visualiser.core.training.want import Want

LAYERS = (Dense(3, 4), Activation((4,), "relu"), Dense(4, 2))


def test_there_is_one_row_for_each_evaluation():
    trainer = Trainer(experiment(options={"hidden": [8]}), noisy_rule(300, 5, 0.1))
    for _ in range(60):
        trainer.step()
    shown = trainer.snapshot(Want.NOTHING, "paused")
    assert shown.vitals is not None
    assert shown.vitals.steps.tolist() == shown.history["step"].tolist()
    assert np.isnan(shown.vitals.update_ratios[0])
    assert (shown.vitals.update_ratios[1:] > 0).all()
    assert shown.vitals.silent.shape == (len(shown.vitals), 1)


def test_the_gradient_is_that_of_all_weights_together():
    trainer = Trainer(experiment(options={"hidden": [8]}), noisy_rule(300, 5, 0.1))
    shown = trainer.snapshot(Want.NOTHING, "paused").vitals
    while shown is None or len(shown) < 4:
        trainer.step()
        shown = trainer.snapshot(Want.NOTHING, "paused").vitals
    weights = [p.grad for n, p in trainer._pair.student.model.named_parameters() if "weight" in n]
    expected = np.sqrt(sum(float((grad**2).sum()) for grad in weights if grad is not None))
    assert shown.gradients[-1] == pytest.approx(expected, rel=1e-5)


def test_rows_once_seen_do_not_change_while_the_log_grows():
    log = VitalsLog(1)
    log.append(0, [float("nan")], float("nan"), [0.5])
    before = log.view()
    for step in range(1, 600):
        log.append(step, [0.1, 0.3, 0.2], 2.0, [0.25])
    assert before.silent.tolist() == [[0.5]]
    assert len(log.view()) == 600
    assert log.view().update_ratios[-1] == pytest.approx(0.2)


def test_a_unit_is_silent_only_if_no_row_of_any_piece_wakes_it():
    network = build_network(LAYERS, seed=0)
    with torch.no_grad():
        network[0].weight.copy_(torch.eye(4, 3))
        network[0].bias.copy_(torch.tensor([0.0, 0.0, -5.0, -1.0]))
    units = SilentUnits(LAYERS)
    with units.watching(network):
        network(torch.tensor([[1.0, -1.0, 1.0]]))
        network(torch.tensor([[-1.0, 1.0, 1.0]]))
    assert units.shares() == (0.5,)
    with units.watching(network):
        network(torch.tensor([[1.0, -1.0, 9.0]]))
    assert units.shares() == (0.5,), "what was seen before is forgotten"


def test_nothing_is_left_on_the_network_that_was_watched():
    network = build_network(LAYERS, seed=0)
    units = SilentUnits(LAYERS)
    with pytest.raises(RuntimeError), units.watching(network):
        network(torch.zeros(1, 99))
    assert not any(module._forward_hooks for module in network)
    assert all(np.isnan(share) for share in units.shares())


def test_the_channels_of_a_convolution_are_its_units():
    layers = (Convolution((1, 4, 4), 3, 3), Activation((3, 4, 4), "relu"))
    network = build_network(layers, seed=0)
    with torch.no_grad():
        network[0].bias.copy_(torch.tensor([9.0, -9.0, 9.0]))
    units = SilentUnits(layers)
    with units.watching(network):
        network(torch.zeros(2, 1, 4, 4))
    assert units.shares() == (pytest.approx(1 / 3),)
    assert relu_units(layers, 1) == ("convolution 1", 3)


def test_other_activations_are_not_watched():
    layers = (Dense(3, 4), Activation((4,), "tanh"), Dense(4, 2))
    assert relu_places(layers) == ()
    assert SilentUnits(layers).shares() == ()


def test_layers_of_relus_are_named_as_the_weights_before_them():
    trainer = Trainer(experiment("cnn", {"filters": [4, 4]}), marked_pictures(0.0))
    layers = trainer.info.layers
    names = [relu_units(layers, place) for place in relu_places(layers)]
    assert names == [("convolution 1", 4), ("convolution 2", 4), ("layer 1", 64)]
    assert isinstance(trainer._pair.student.model[relu_places(layers)[0]], nn.ReLU)
