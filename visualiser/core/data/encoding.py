"""From examples to the numbers that a model sees; fitted on clean training rows only."""

from collections.abc import Sequence

from visualiser.core.data import (
    encoding_characters,
    encoding_moments,
    encoding_pictures,
    encoding_points,
    encoding_purchases,
    encoding_series,
    encoding_sound,
    encoding_table,
    encoding_text,
    encoding_tokens,
)
from visualiser.core.data.dataset import Dataset, Modality
from visualiser.core.data.encoding_spec import Encoder, Encoding, Form
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.split import Part
from visualiser.core.errors import UserError
from visualiser.core.experiment import Options, check_options

ENCODINGS: tuple[Encoding, ...] = (
    encoding_points.ENCODING,
    encoding_pictures.ENCODING,
    encoding_text.ENCODING,
    encoding_tokens.ENCODING,
    encoding_table.ENCODING,
    encoding_series.ENCODING,
    encoding_moments.ENCODING,
    encoding_sound.ENCODING,
    encoding_purchases.PAIR,
    encoding_purchases.BASKET,
    encoding_characters.ENCODING,
)
"""The ways of encoding, one line each."""


def encoding_for(modality: Modality, forms: Sequence[Form]) -> Encoding | None:
    """How such data becomes numbers of the first of `forms` that it can; None where it cannot."""
    known = {way.form: way for way in ENCODINGS if way.modality == modality}
    return next((known[form] for form in forms if form in known), None)


def fit_encoder(encoding: Encoding, dataset: Dataset, train: Part, options: Options) -> Encoder:
    """An encoder fitted on `train` (clean training rows).

    Raises:
        UserError: an option does not fit, or is one of another way of encoding.
    """
    known = encoding.options.model_fields
    foreign = next((name for name in options if name not in known), None)
    if foreign is not None:
        raise UserError(
            f"The way in which this model sees {noun_of(dataset).many} has no option “{foreign}”.",
            f"Leave it out, or choose another model; this one knows: {', '.join(known)}.",
        )
    return encoding.fit(dataset, train, check_options(encoding.options, options, "Encoding"))
