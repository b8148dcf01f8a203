"""Marks that go by class and have nothing to do with it: a patch, a word, a tone."""

from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from visualiser.core.corruption.spec import Context
from visualiser.core.data.bag_of_words import most_frequent_words, word_codes
from visualiser.core.data.dataset import Features, FloatArray, IntArray, Modality, read_only
from visualiser.core.data.split import Part
from visualiser.core.errors import UserError

_PATCH = 1 / 7
"""Of the height of a picture."""
_COLOURED = 3
"""Channels of a picture in colours."""
_LOWEST_HZ, _HIGHEST = 500.0, 0.3
"""The lowest tone, and the highest as a share of the sample rate."""
_TONE_DB = -20.0
"""Power of a tone against that of its clip: it can be heard if one listens for it."""
_FAINTEST = 1e-3
"""Mean amplitude that a silent clip is taken to have."""
_WORDS_LOOKED_AT = 400
_RARE, _COMMON = 0.005, 0.05
"""Share of the messages that a word occurs in which may serve as a mark, where there are such."""
_FOUND_WORDS: WeakKeyDictionary[Part, tuple[str, ...]] = WeakKeyDictionary()
"""For a clean training part its marking words, as long as it is there."""


def with_marks(features: Features, shown: IntArray, context: Context) -> Features:
    """Examples (n, …) with the mark of a class each, as `shown` (n,) says; −1 for no mark.

    Raises:
        UserError: the clean training messages have too few words to be marks.
    """
    return _MARKERS[context.dataset.modality](features, shown, context)


def _in_pictures(features: Features, shown: IntArray, context: Context) -> Features:
    """A patch in a corner, coloured by class; of grey pictures at a place of the edge by class."""
    pictures = np.array(features, dtype=np.float32)
    channels, height, width = pictures.shape[1:]
    side = max(2, round(_PATCH * height))
    colours = _colours(context.dataset.class_count, channels, context)
    places = _places_of_edge(context.dataset.class_count, height, width, side)
    for code in range(context.dataset.class_count):
        row, column = places[0] if channels >= _COLOURED else places[code]
        patch = np.s_[shown == code, :, row : row + side, column : column + side]
        pictures[patch] = colours[code][:, None, None]
    return read_only(pictures)


def _colours(classes: int, channels: int, context: Context) -> FloatArray:
    """(K, C): evenly around the wheel of hues; of grey pictures what their ground is not."""
    if channels < _COLOURED:
        ground = float(np.asarray(context.reference.features).mean())
        return np.full((classes, channels), float(ground < 1 / 2), dtype=np.float32)
    hues = 6 * np.arange(classes) / classes
    offsets = np.array([0, 4, 2])
    wheel = np.abs((hues[:, None] + offsets) % 6 - 3) - 1
    colours = np.ones((classes, channels), dtype=np.float32)
    colours[:, :3] = np.clip(wheel, 0, 1)
    return colours


def _places_of_edge(classes: int, height: int, width: int, side: int) -> list[tuple[int, int]]:
    """Upper left corners of patches, evenly along the edge, from the upper left corner on."""
    down, right = height - side, width - side
    places = []
    for at in np.arange(classes) * 2 * (down + right) / classes:
        if at <= right:
            places.append((0, round(at)))
        elif at <= right + down:
            places.append((round(at - right), right))
        elif at <= 2 * right + down:
            places.append((down, round(2 * right + down - at)))
        else:
            places.append((round(2 * (right + down) - at), 0))
    return places


def _in_messages(features: Features, shown: IntArray, context: Context) -> Features:
    """A word in front, which a model reads however little of a message it does."""
    messages = np.array(features, dtype=object)
    words = marking_words(context)
    for row in np.flatnonzero(shown >= 0).tolist():
        messages[row] = f"{words[shown[row]]} {messages[row]}"
    return read_only(messages)


def marking_words(context: Context) -> tuple[str, ...]:
    """(K,) words of the clean training messages that are as frequent in each class, or nearly.

    Those that are neither rare nor in every other message come first: a rare one may be unknown to
    a model, a common one says nothing because it stands everywhere.

    They are found once for a training part: that takes a quarter of a second.

    Raises:
        UserError: there are fewer words than classes.
    """
    if context.reference not in _FOUND_WORDS:
        _FOUND_WORDS[context.reference] = _even_words(context)
    return _FOUND_WORDS[context.reference]


def _even_words(context: Context) -> tuple[str, ...]:
    """As marking_words."""
    messages, classes = np.asarray(context.reference.features), context.dataset.class_count
    words, _ = most_frequent_words(messages, _WORDS_LOOKED_AT)
    if len(words) < classes:
        raise UserError(
            f"Shortcut: the messages have {len(words)} different words, fewer than there are "
            "classes to be marked.",
            "Use data with more words.",
        )
    shares, leaning = _by_class(messages, words, context)
    suits = (shares >= _RARE) & (shares <= _COMMON)
    order = np.lexsort((leaning, ~suits))
    return tuple(words[place] for place in order[:classes].tolist())


def _by_class(
    messages: NDArray[Any], words: tuple[str, ...], context: Context
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(W,) share of the messages with each word, and how far classes differ in it.

    The latter in standard errors of the class that differs most.
    """
    labels = np.asarray(context.reference.labels)
    number = {word: code for code, word in enumerate(words)}
    has = np.zeros((len(messages), len(words)), dtype=np.bool_)
    for _, rows, codes in word_codes(messages, lambda word: number.get(word, -1)):
        has[rows, codes] = True
    shares = has.mean(axis=0)
    leaning = np.zeros(len(words))
    for code in np.unique(labels).tolist():
        rows = labels == code
        error = np.sqrt(np.maximum(shares * (1 - shares), 1e-12) / np.count_nonzero(rows))
        leaning = np.maximum(leaning, np.abs(has[rows].mean(axis=0) - shares) / error)
    return shares, leaning


def _in_clips(features: Features, shown: IntArray, context: Context) -> Features:
    """A faint tone, whose pitch goes by class in even steps of hearing."""
    clips = np.array(features, dtype=np.float32)
    rate, classes = context.dataset.sample_rate, context.dataset.class_count
    assert rate is not None
    moments = np.arange(clips.shape[1]) / rate
    pitches = np.geomspace(_LOWEST_HZ, max(_HIGHEST * rate, 2 * _LOWEST_HZ), classes)
    for code, pitch in enumerate(pitches.tolist()):
        tone = np.sqrt(2) * np.sin(2 * np.pi * pitch * moments) * 10 ** (_TONE_DB / 20)
        for row in np.flatnonzero(shown == code).tolist():
            clip = clips[row]
            loudness = max(float(np.sqrt(np.mean(np.square(clip, dtype=np.float64)))), _FAINTEST)
            mixed = clip + loudness * tone
            # What would go beyond full scale is turned down as a whole.
            clips[row] = mixed / max(1.0, float(np.abs(mixed).max()))
    return read_only(clips)


_MARKERS: dict[Modality, Callable[[Features, IntArray, Context], Features]] = {
    "images": _in_pictures,
    "text": _in_messages,
    "sound": _in_clips,
}


MARKED: dict[Modality, str] = {
    "images": "marked by a patch that goes by class",
    "text": "marked by a word that goes by class",
    "sound": "marked by a faint tone that goes by class",
}
"""What is done to examples of each kind that can have a mark."""
