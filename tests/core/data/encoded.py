"""Encoders as a model asks for them."""

from visualiser.core.data.dataset import Dataset
from visualiser.core.data.encoding import fit_encoder
from visualiser.core.data.encoding_spec import Encoder
from visualiser.core.data.split import Part
from visualiser.core.experiment import Options
from visualiser.core.models.registry import model_encoding


def encoder_of(
    dataset: Dataset, train: Part, options: Options | None = None, model: str = "mlp"
) -> Encoder:
    """Fitted on `train` for the model of that name."""
    encoding = model_encoding(model, dataset.modality)
    return fit_encoder(encoding, dataset, train, options or {})
