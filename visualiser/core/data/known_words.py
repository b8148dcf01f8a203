"""How much of a message a fitted encoder knows."""

from typing import Literal

import numpy as np

from visualiser.core.data.encoding_spec import Encoder
from visualiser.core.data.encoding_tokens import UNKNOWN, TokensEncoder

Knowledge = Literal["words", "unknown words", "nothing"]
"""Some word is known; none is, but the model sees that there are some; it sees an empty message."""


def knowledge_of(message: str, encoder: Encoder) -> Knowledge:
    """What a model behind this encoder can go by."""
    codes = encoder.transform(np.array([message], dtype=object))[0]
    if not codes.any():
        return "nothing"
    if isinstance(encoder, TokensEncoder) and codes.max() == UNKNOWN:
        return "unknown words"
    return "words"
