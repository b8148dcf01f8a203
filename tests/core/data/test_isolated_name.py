"""Names from right to left keep sentences in their order; others stay as they are."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig


@pytest.mark.parametrize("name", ["spam", "Köln 😀", "日本", "42 %", "", "“a” (b)", "a\u0301"])
def test_an_ordinary_name_is_left_as_it_is(name: str) -> None:
    assert isolated(name) is name


@pytest.mark.parametrize("name", ["😀 חתול", "كلب", "١٢", "a\u202egnp", "\u202dab"])
def test_a_name_that_would_turn_a_sentence_around_is_isolated(name: str) -> None:
    assert isolated(name) == f"\u2068{name}\u2069"


@given(st.text(st.sampled_from("aא1 \u202e\u202c\u2066\u2067\u2068\u2069")))
def test_every_isolate_is_ended_once(name: str) -> None:
    kinds = [unicodedata.bidirectional(letter) for letter in isolated(name)]
    opened = [kind in {"LRI", "RLI", "FSI"} for kind in kinds]
    ended = [kind == "PDI" for kind in kinds]
    assert sum(opened) == sum(ended) <= 1
    assert not any(ended) or (opened[0] and ended[-1])


def test_a_label_from_the_right_keeps_its_place_in_a_sentence() -> None:
    dataset = load_dataset(DatasetConfig(name="iris"), 0)
    assert dataset.label_text(1) == dataset.class_names[1]
    named = replace(dataset, class_names=("كلب", "قط", "cat"))
    assert [named.label_text(code) for code in (1, 2)] == ["\u2068قط\u2069", "cat"]
