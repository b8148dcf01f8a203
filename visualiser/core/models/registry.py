"""The models on offer: one line each."""

from visualiser.core.data.dataset import Modality
from visualiser.core.data.encoding import encoding_for
from visualiser.core.data.encoding_spec import Encoding, Inputs
from visualiser.core.errors import UserError
from visualiser.core.experiment import ModelConfig, check_options
from visualiser.core.models import (
    bigram,
    character_gru,
    character_mlp,
    cnn,
    gpt,
    linear,
    matrix_factorisation,
    mlp,
    series_gru,
    text_cnn,
    two_tower,
    word_average,
)
from visualiser.core.models.layers import Layers
from visualiser.core.models.spec import Model

MODELS: dict[str, Model] = {
    model.name: model
    for model in (
        linear.MODEL,
        mlp.MODEL,
        cnn.MODEL,
        word_average.MODEL,
        text_cnn.MODEL,
        series_gru.MODEL,
        gpt.MODEL,
        character_gru.MODEL,
        character_mlp.MODEL,
        bigram.MODEL,
        matrix_factorisation.MODEL,
        two_tower.MODEL,
    )
}


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


def refusal(model: Model, modality: Modality) -> str | None:
    """Why a model makes no sense for such data, or None where it does."""
    return None if encoding_for(modality, model.forms) else model.needs


def model_encoding(name: str, modality: Modality) -> Encoding:
    """How such data becomes what the model called `name` takes.

    Raises:
        UserError: unknown name, or a model that cannot take such data.
    """
    model = model_named(name)
    encoding = encoding_for(modality, model.forms)
    if encoding is None:
        raise UserError(
            f"{model.title} cannot take this data: {model.needs}.", "Choose another model."
        )
    return encoding


def model_layers(config: ModelConfig, inputs: Inputs, outputs: int) -> Layers:
    """The layers of the model that `config` names, for such inputs.

    Raises:
        UserError: unknown name, or options out of range.
    """
    model = model_named(config.name)
    return model.layers(check_options(model.options, config.options, model.title), inputs, outputs)
