"""Messages as numbers of words: what stands where, what is unknown, what is cut off."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualiser.core.data.bag_of_words import tokens
from visualiser.core.data.encoding_spec import CodingEncoder, inputs_of
from visualiser.core.data.encoding_tokens import (
    NO_WORD,
    OTHER_WORD,
    TokensEncoder,
    TokensOptions,
    fit_tokens,
)


def column(*messages: str) -> np.ndarray:
    return np.array(messages, dtype=object)


def fitted(*messages: str, **options: int) -> TokensEncoder:
    return fit_tokens(column(*messages), len(messages), TokensOptions(**options))


def test_words_stand_in_their_order_and_nothing_behind_them_is_zero() -> None:
    encoder = fitted("win a prize", "a prize", "a", length=5)
    assert encoder.vocabularies == ((NO_WORD, OTHER_WORD, "a", "prize", "win"),)
    encoded = encoder.transform(column("Prize! a win", ""))
    # “!” is a sign of its own, and was not seen in training.
    assert encoded.tolist() == [[3, 1, 2, 4, 0], [0, 0, 0, 0, 0]]
    assert encoded.dtype == np.float32


def test_what_is_longer_is_cut_and_that_is_said() -> None:
    encoder = fitted("one two three four five six", "one two", length=4)
    assert encoder.transform(column("one two three four five"))[0].all()
    assert "50 % of the training messages have more" in encoder.notes[0]


def test_the_rarest_words_share_the_number_of_unknown_ones() -> None:
    common = [f"word{i}" for i in range(16)]
    encoder = fitted(" ".join(common), " ".join(common), "rare", vocabulary=16)
    assert set(encoder.words) == set(common)
    assert encoder.transform(column("rare never"))[0, :3].tolist() == [1, 1, 0]


@given(st.lists(st.text(alphabet="ab !é'£1 ", max_size=30), min_size=1, max_size=6))
def test_numbers_read_backwards_are_the_words(messages: list[str]) -> None:
    encoder = fit_tokens(column(*messages), len(messages), TokensOptions(length=40))
    (vocabulary,) = encoder.vocabularies
    for message, codes in zip(messages, encoder.transform(column(*messages)), strict=True):
        words = tokens(message)
        read = [vocabulary[int(code)] for code in codes[: len(words)]]
        assert read == words
        assert not codes[len(words) :].any()


def test_a_model_is_told_how_many_codes_there_are() -> None:
    encoder = fitted("a b c", length=7)
    assert isinstance(encoder, CodingEncoder)
    inputs = inputs_of(encoder)
    assert (inputs.shape, inputs.codes) == ((7,), (5,))


def test_a_long_table_of_messages_has_fewer_words_each() -> None:
    encoder = fit_tokens(column("a"), 2**24, TokensOptions(length=100))
    assert encoder.shape == (8,)
    assert "8 instead of 100" in encoder.notes[1]


@pytest.mark.parametrize("messages", [(), ("",), ("?",)])
def test_hardly_any_words_are_no_trouble(messages: tuple[str, ...]) -> None:
    encoder = fit_tokens(column(*messages), 1, TokensOptions())
    assert encoder.transform(column("some words"))[0, :3].tolist() == [1, 1, 0]
