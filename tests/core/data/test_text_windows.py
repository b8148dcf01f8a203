"""Windows of a text: what they hold, which part they belong to, and what cannot be cut."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visualiser.core.data.dataset import DataCard
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.split import split_dataset
from visualiser.core.data.text_windows import (
    MOST_ALPHABET,
    MOST_CHARACTERS,
    MOST_WINDOWS,
    UNKNOWN,
    WindowOptions,
    cut_windows,
    text_dataset,
    tidy,
    unwrapped,
)
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig, SplitConfig

SHORT = WindowOptions(context=8, apart=4)
CARD = DataCard("Made up for tests.", "here", "none", "small")


def some_text(length: int, seed: int = 0) -> str:
    letters = np.random.default_rng(seed).choice(list("abcde  \n"), length)
    return "".join(letters)


@settings(max_examples=60)
@given(
    length=st.integers(72, 3000),
    context=st.integers(8, 20),
    apart=st.integers(1, 30),
    seed=st.integers(0, 5),
)
def test_windows_show_the_text_and_miss_no_character(
    length: int, context: int, apart: int, seed: int
) -> None:
    text = some_text(length, seed)
    options = WindowOptions(context=context, apart=apart)
    if length // (2 * (context + 1)) < 4:
        with pytest.raises(UserError, match="too few"):
            cut_windows(text, options)
        return
    windows = cut_windows(text, options)
    shown = np.zeros(length, dtype=bool)
    for codes, start in zip(windows.codes, windows.starts.tolist(), strict=True):
        piece = "".join(windows.alphabet[code] for code in codes)
        assert piece == text[start : start + context + 1]
        shown[start : start + context + 1] = True
    assert shown.all()
    assert len(set(zip(windows.starts.tolist(), windows.stretches.tolist(), strict=True))) == len(
        windows.starts
    )


@pytest.mark.parametrize("name", ["alice29", "asyoulik", "dutch_dialogues", "dutch_names"])
def test_no_character_is_in_two_parts(name: str) -> None:
    dataset = load_dataset(DatasetConfig(name=name), 0)
    split = split_dataset(dataset, SplitConfig(), seed=3)
    length = np.asarray(dataset.features).shape[1]
    parts = [
        set((part.labels[:, None] + np.arange(length)).ravel().tolist())
        for part in (split.train, split.validation, split.test)
    ]
    assert not (parts[0] & parts[1] or parts[0] & parts[2] or parts[1] & parts[2])
    shares = np.array([len(part) for part in parts]) / sum(map(len, parts))
    np.testing.assert_allclose(shares, [0.7, 0.15, 0.15], atol=0.03)


def test_stretches_begin_with_a_line_where_one_is_near() -> None:
    dataset = load_dataset(DatasetConfig(name="dutch_names"), 0)
    firsts = np.unique(dataset.blocks, return_index=True)[1]
    windows = np.asarray(dataset.features)
    lasts = [*(firsts[1:] - 1), len(dataset) - 1]
    assert all(dataset.text_of(windows[last]).endswith("\n") for last in lasts[:-1])


def test_names_are_shuffled_by_the_seed_and_stay_whole() -> None:
    first, other = (load_dataset(DatasetConfig(name="dutch_names"), seed) for seed in (0, 1))
    texts = [dataset.text_of(np.asarray(dataset.features)[0]) for dataset in (first, other)]
    assert texts[0] != texts[1]
    assert first.alphabet == other.alphabet


def test_small_letters_only_halves_the_alphabet() -> None:
    plain = load_dataset(DatasetConfig(name="alice29"), 0)
    small = load_dataset(DatasetConfig(name="alice29", options={"lower_case": True}), 0)
    assert len(small.alphabet) < 0.75 * len(plain.alphabet)
    assert not any(letter.isupper() for letter in small.alphabet)


def test_a_tidy_text_has_one_kind_of_line_end_and_no_control_characters() -> None:
    messy = "\ufeff a\tb \r\n\r\n\r\n\r\nc\x00\x1b[31m\rd\u2028e  \n"
    assert tidy(messy) == "a b\n\nc[31m\nd\ne"
    assert tidy("") == ""


def test_lines_of_a_paragraph_are_joined_and_hyphens_kept() -> None:
    assert unwrapped("one\ntwo WAISTCOAT-\nPOCKET\n\nit--once\nmore") == (
        "one two WAISTCOAT-POCKET\nit--once more"
    )


def test_rare_characters_become_one_sign() -> None:
    many = "".join(map(chr, range(0x4E00, 0x4E00 + 500)))
    windows = cut_windows(some_text(2000) + many, SHORT)
    assert len(windows.alphabet) == MOST_ALPHABET
    assert UNKNOWN in windows.alphabet
    assert "rare characters" in windows.notes[0]


def test_lone_surrogates_and_emoji_are_characters() -> None:
    windows = cut_windows("ab\ud800🎈" * 60, SHORT)
    assert {"\ud800", "🎈"} <= set(windows.alphabet)


@pytest.mark.parametrize("text", ["", "abc", "a" * 50])
def test_a_short_text_is_a_sentence(text: str) -> None:
    with pytest.raises(UserError, match="too few") as refused:
        cut_windows(text, SHORT)
    assert "shorter context" in refused.value.hint


def test_one_character_again_and_again_is_a_sentence() -> None:
    with pytest.raises(UserError, match="one character"):
        cut_windows("a" * 5000, SHORT)


def test_of_a_very_long_text_the_beginning_is_read() -> None:
    text = some_text(1000) * (MOST_CHARACTERS // 1000 + 2)
    windows = cut_windows(text, WindowOptions(context=256, apart=256))
    assert windows.starts.max() < MOST_CHARACTERS
    assert f"{MOST_CHARACTERS:,}" in windows.notes[0]


def test_a_window_is_labelled_with_its_place() -> None:
    dataset = text_dataset("text", "A text", CARD, some_text(2000), SHORT, ("Read.",))
    assert dataset.label_text(dataset.labels[1]) == "5"
    assert dataset.notes[0] == "Read."
    assert not dataset.predicts_classes and not dataset.predicts_amounts


def test_of_a_long_text_windows_lie_further_apart() -> None:
    text = some_text(1000) * 450
    windows = cut_windows(text, WindowOptions(context=16, apart=1))
    assert len(windows.codes) <= MOST_WINDOWS + 100
    assert "5 characters apart" in windows.notes[0]
