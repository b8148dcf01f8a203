"""The mean of word vectors, weighed up (after fastText, Joulin et al. 2017)."""

from typing import Annotated

from pydantic import Field

from visualiser.core.data.encoding_spec import Inputs
from visualiser.core.experiment import Value
from visualiser.core.models.layers import Dense, Layers
from visualiser.core.models.spec import Model
from visualiser.core.models.text_layers import Embedding, MeanOverWords

Width = Annotated[
    int,
    Field(
        ge=1,
        le=256,
        title="Vector length",
        description="How long the vector is that the model learns for each word.",
    ),
]


class WordAverageOptions(Value):
    """How many numbers stand for a word."""

    width: Width = 32


def word_average_layers(options: WordAverageOptions, inputs: Inputs, outputs: int) -> Layers:
    """Embedding, mean over the words there are, Dense."""
    embedding = Embedding(inputs.codes[0], options.width, inputs.shape[0], padded=True)
    mean = MeanOverWords(embedding.output_shape)
    return (embedding, mean, Dense(options.width, outputs))


MODEL = Model(
    name="word_average",
    title="Word vectors, averaged",
    story="Learns a few numbers for each word and weighs up their mean: words with a like use come "
    "to lie together. Their order plays no part.",
    options=WordAverageOptions,
    forms=("tokens",),
    needs="word vectors need text",
    layers=word_average_layers,
)
