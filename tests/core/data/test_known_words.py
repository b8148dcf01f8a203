"""What of a message each encoder knows."""

import numpy as np
import pytest

from visualiser.core.data.encoding_spec import Encoder
from visualiser.core.data.encoding_text import TextOptions, fit_text
from visualiser.core.data.encoding_tokens import TokensOptions, fit_tokens
from visualiser.core.data.known_words import knowledge_of

MESSAGES = np.array(["free prize now", "see you", "see the prize"], dtype=object)
BAG = fit_text(MESSAGES, 3, TextOptions())
HASHED = fit_text(MESSAGES, 3, TextOptions(words="hashed", size=16))
TOKENS = fit_tokens(MESSAGES, 3, TokensOptions())


@pytest.mark.parametrize("encoder", [BAG, HASHED, TOKENS])
def test_a_message_without_words_is_nothing_and_one_known_word_is_enough(encoder: Encoder) -> None:
    assert knowledge_of("", encoder) == "nothing" == knowledge_of(" … ", encoder)
    assert knowledge_of("zzxxqq Prize", encoder) == "words"


def test_unknown_words_are_seen_only_where_they_have_a_number() -> None:
    assert knowledge_of("zzxxqq", BAG) == "nothing"
    assert knowledge_of("zzxxqq", TOKENS) == "unknown words"
    assert knowledge_of("zzxxqq", HASHED) == "words"
