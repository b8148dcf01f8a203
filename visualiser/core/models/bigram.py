"""The next character from the last one alone: a table."""

from visualiser.core.data.encoding_spec import Inputs
from visualiser.core.data.source import NoOptions
from visualiser.core.models.layers import Layers
from visualiser.core.models.spec import Model
from visualiser.core.models.text_layers import Embedding


def bigram_layers(options: NoOptions, inputs: Inputs, outputs: int) -> Layers:
    """One row of logits a character."""
    return (Embedding(inputs.codes[0], outputs, inputs.shape[0]),)


MODEL = Model(
    name="bigram",
    title="Pairs of characters (bigram)",
    story="A table of how often each character follows each: sees one character and no more.",
    options=NoOptions,
    forms=("context",),
    needs="it writes text on, character by character",
    layers=bigram_layers,
    learning_rate=0.1,  # a step moves one row by that, and logits lie some units apart
)
