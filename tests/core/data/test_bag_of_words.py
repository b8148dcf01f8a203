import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visualiser.core.data import bag_of_words
from visualiser.core.data.bag_of_words import tokens, word_codes
from visualiser.core.data.hashed_words import bucket, hashed_words

TEXTS = st.lists(st.text("aB'’ é£!?-\n\u00a0Σ9_", max_size=30), max_size=30)


def coded(texts: list[str], size: int) -> list[tuple[int, int]]:
    blocks = list(word_codes(texts, lambda word: bucket(word, size)))
    assert [done for done, _, _ in blocks][-1:] == [len(texts)] * bool(texts)
    return [pair for _, rows, codes in blocks for pair in zip(rows, codes, strict=True)]


@settings(max_examples=200)
@given(TEXTS | st.lists(st.text(max_size=40), max_size=10))
def test_many_texts_at_once_have_the_words_that_each_of_them_has(texts: list[str]) -> None:
    expected = [(row, bucket(word, 97)) for row, text in enumerate(texts) for word in tokens(text)]
    assert coded(texts, 97) == expected


def test_blocks_and_forgetting_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"see you at {n} o'clock, well-known {n}!" for n in range(100)] + ["-", ""]
    whole = coded(texts, 31)
    monkeypatch.setattr(bag_of_words, "_BLOCK", 7)
    monkeypatch.setattr(bag_of_words, "_MAX_REMEMBERED", 5)
    assert coded(texts, 31) == whole


def test_words_without_a_code_are_left_out() -> None:
    known = {"free": 0, "prize": 1}
    texts = np.array(["A free, free prize", "nothing-free here", "none"], dtype=object)
    ((done, rows, codes),) = word_codes(texts, lambda word: known.get(word, -1))
    assert (done, rows.tolist(), codes.tolist()) == (3, [0, 0, 0, 1], [0, 0, 1, 0])


@settings(max_examples=200)
@given(TEXTS | st.lists(st.text("ab'9_ -$!?\n", max_size=30)) | st.lists(st.text(max_size=40)))
def test_words_hashed_at_once_go_where_each_of_them_goes(texts: list[str]) -> None:
    expected = [(row, bucket(word, 97)) for row, text in enumerate(texts) for word in tokens(text)]
    found = [
        pair
        for _, rows, buckets in hashed_words(texts, 97)
        for pair in zip(rows.tolist(), buckets.tolist(), strict=True)
    ]
    assert sorted(found) == sorted(expected)


def test_blocks_and_long_words_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"it's number {n}, c'était $ {n}!" for n in range(50)] + ["x" * 500 + "'s", "", "end"]
    expected = [(row, bucket(word, 31)) for row, text in enumerate(texts) for word in tokens(text)]
    monkeypatch.setattr("visualiser.core.data.hashed_words._BLOCK", 7)
    blocks = list(hashed_words(np.array(texts, dtype=object), 31))
    assert [done for done, _, _ in blocks] == [*range(7, 53, 7), 53]
    pairs = [pair for _, rows, codes in blocks for pair in zip(rows, codes, strict=True)]
    assert sorted(pairs) == sorted(expected)
