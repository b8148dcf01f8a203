"""Linear, logistic and softmax regression: one Dense layer and nothing else."""

from visualiser.core.data.encoding_spec import Inputs
from visualiser.core.experiment import Value
from visualiser.core.models.layers import Dense, Flatten, Layers
from visualiser.core.models.spec import Model


class LinearOptions(Value):
    """A linear model has nothing to set."""


def linear_layers(options: LinearOptions, inputs: Inputs, outputs: int) -> Layers:
    """Flatten where needed, then one Dense layer to the outputs."""
    if len(inputs.shape) == 1:
        return (Dense(inputs.shape[0], outputs),)
    flatten = Flatten(inputs.shape)
    return (flatten, Dense(flatten.output_shape[0], outputs))


MODEL = Model(
    name="linear",
    title="Linear model",
    story="A weighted sum of the inputs: linear, logistic or softmax regression, easy to read.",
    options=LinearOptions,
    forms=("vector", "grid"),
    needs="it must become a fixed count of numbers",
    layers=linear_layers,
)
