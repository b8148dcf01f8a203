"""People whose records have to go, and a secret that should not be there."""

from dataclasses import replace

import numpy as np
import pytest

from tests.core.corruption.examples import DATASETS
from tests.core.corruption.spoiling import spoilt
from visualiser.core.corruption.planted_secret import canary_of

TEXT = DATASETS["text"]


def people_of(name: str, rows: np.ndarray) -> np.ndarray:
    dataset = DATASETS[name]
    return dataset.blocks[rows] if dataset.blocks is not None else dataset.features[rows, 0]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8])
@pytest.mark.parametrize("name", ["clips", "purchases", "text"])
def test_who_withdraws_is_gone_with_all_rows_and_the_others_keep_theirs(
    name: str, share: float
) -> None:
    clean, part, _ = spoilt(DATASETS[name], "withdrawn_consent", share)
    before, after = (people_of(name, rows.rows) for rows in (clean, part))
    assert len(np.unique(after)) == len(np.unique(before)) - round(share * len(np.unique(before)))
    np.testing.assert_array_equal(
        np.unique(before, return_counts=True)[1][np.isin(np.unique(before), after)],
        np.unique(after, return_counts=True)[1],
    )


def test_where_nothing_belongs_together_each_row_is_somebody() -> None:
    clean, part, change = spoilt(DATASETS["decisions"], "withdrawn_consent", 0.4)
    assert change.changed == round(0.4 * len(clean)) == len(clean) - len(part)
    assert change.verb == "removed"


def written(part: object, characters: int) -> np.ndarray:
    """The text as the windows show it; −1 where none does. Windows that overlap agree."""
    text = np.full(characters, -1)
    length = part.features.shape[1]
    for window, start in zip(part.features, part.labels, strict=True):
        seen = text[start : start + length]
        assert ((seen == -1) | (seen == window)).all()
        text[start : start + length] = window
    return text


@pytest.mark.parametrize("times", [1, 5, 20])
def test_the_secret_stands_in_the_text_as_often_as_asked_for(times: int) -> None:
    canary = canary_of(TEXT, seed=3)
    _, part, change = spoilt(TEXT, "planted_secret", times, seed=3)
    text = written(part, int(TEXT.labels.max()) + part.features.shape[1])
    found = np.lib.stride_tricks.sliding_window_view(text, len(canary.codes))
    assert np.count_nonzero((found == canary.codes).all(axis=1)) == times
    assert canary.text(TEXT) in change.verb


def test_every_planted_secret_can_be_seen_as_a_whole_in_some_window() -> None:
    canary = canary_of(TEXT, seed=0)
    _, part, _ = spoilt(TEXT, "planted_secret", 12)
    whole = np.lib.stride_tricks.sliding_window_view(part.features, len(canary.codes), axis=1)
    rows, places = np.nonzero((whole == canary.codes).all(axis=2))
    assert len(np.unique(part.labels[rows] + places)) == 12


def test_the_secret_is_drawn_evenly_among_its_candidates() -> None:
    canary = canary_of(TEXT, seed=0)
    candidates = canary.candidates()
    assert len(np.unique(candidates, axis=0)) == len(candidates) == len(canary.symbols) ** 4
    assert (candidates == canary.secret).all(axis=1).sum() == 1
    drawn = [tuple(canary_of(TEXT, seed).secret) for seed in range(50)]
    assert len(set(drawn)) > 45
    np.testing.assert_array_equal(canary_of(TEXT, 0).secret, canary.secret)


def test_digits_are_used_where_the_text_has_them_and_a_short_window_gets_a_short_canary() -> None:
    alphabet = (*"0123456789", *"abcdefghijklmnopqrstuvwxyz ")
    codes = np.random.default_rng(0).integers(0, len(alphabet), (500, 9))
    starts = np.arange(500, dtype=np.int64) * 9
    dataset = replace(TEXT, features=codes, labels=starts, alphabet=alphabet, blocks=None)
    canary = canary_of(dataset, 0)
    assert canary.text(dataset)[:-4] == " is " and canary.text(dataset)[-4:].isdigit()
