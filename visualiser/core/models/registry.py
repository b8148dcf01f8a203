"""The models on offer: one line each."""

from visualiser.core.data.dataset import Modality
from visualiser.core.errors import UserError
from visualiser.core.experiment import ModelConfig, check_options
from visualiser.core.models import cnn, linear, mlp
from visualiser.core.models.layers import Layers, Shape
from visualiser.core.models.spec import Model

MODELS: dict[str, Model] = {model.name: model for model in (linear.MODEL, mlp.MODEL, cnn.MODEL)}


def model_named(name: str) -> Model:
    """The model called `name`.

    Raises:
        UserError: there is none; the message lists those there are.
    """
    if name not in MODELS:
        raise UserError(
            f"There is no model called “{name}”.", f"Choose one of: {', '.join(MODELS)}."
        )
    return MODELS[name]


def model_layers(config: ModelConfig, modality: Modality, shape: Shape, outputs: int) -> Layers:
    """The layers of the model that `config` names, for examples of the given encoded shape.

    Raises:
        UserError: unknown name, options out of range, or a model that cannot take such data.
    """
    model = model_named(config.name)
    reason = model.refuses(modality)
    if reason is not None:
        raise UserError(f"{model.title} cannot take this data: {reason}.", "Choose another model.")
    return model.layers(check_options(model.options, config.options, model.title), shape, outputs)
