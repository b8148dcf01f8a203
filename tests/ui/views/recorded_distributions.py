"""What a layer with weights of one's choice leaves in its histograms."""

from collections.abc import Sequence

import torch

from visualiser.core.training.distributions import Distribution
from visualiser.core.training.snapshot import DistributionView
from visualiser.ui.views.distributions_bins import (
    Values,
)


def view_of(
    weights: Sequence[Values], gradients: Sequence[Values] = (), steps: Sequence[int] = ()
) -> DistributionView:
    """What a layer leaves that had these weights and gradients one after the other."""
    distribution = Distribution(torch.zeros(weights[0].shape))
    for number, weight in enumerate(weights):
        gradient = torch.from_numpy(gradients[number]).float() if gradients else None
        step = steps[number] if steps else number
        distribution.record(step, torch.from_numpy(weight).float(), gradient, 0.001)
    return distribution.view()
