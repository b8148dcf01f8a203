"""Messages with words lost or misspelt."""

import numpy as np

from visualiser.core.corruption.spec import Amount, Change, Context, Corruption, NoOptions
from visualiser.core.data.dataset import Dataset, read_only
from visualiser.core.data.split import Part


def corrupt(
    part: Part, amount: float, options: NoOptions, context: Context, generator: np.random.Generator
) -> tuple[Part, Change]:
    """Drop or misspell each word with probability `amount`, half of the time the one or the other.

    A word is what stands between spaces; a message that loses one is joined again by single spaces.
    """
    clean = np.asarray(context.clean.features, dtype=object)
    lengths = np.array([len(text.split()) for text in clean], dtype=np.int64)
    first = np.cumsum(lengths) - lengths
    dice = generator.random(int(lengths.sum()))
    fate = generator.random(len(dice))
    place = generator.random(len(dice))

    messages = np.array(part.features, dtype=object)
    hit_words = eligible = 0
    hit_rows = []
    for row, origin in enumerate(part.origin):
        words = messages[row].split()
        eligible += len(words)
        # Of a word more than the clean message has, as of a shortcut, the draws are the next ones.
        start = first[origin]
        hit = np.flatnonzero(dice[start : start + len(words)] < amount)
        if len(hit) == 0:
            continue
        for word in hit:
            words[word] = _spoilt(words[word], fate[start + word], place[start + word])
        messages[row] = " ".join(word for word in words if word)
        hit_words += len(hit)
        hit_rows.append(origin)
    rows = np.array(hit_rows, dtype=np.int64)
    change = Change("word_noise", amount, hit_words, eligible, "words", "changed", rows)
    return part.with_values(features=read_only(messages)), change


def _spoilt(word: str, fate: float, place: float) -> str:
    """Nothing, or the word with a letter left out, doubled or swapped with the next one.

    `fate` in 0 … 1 decides what happens, `place` in 0 … 1 to which letter. Never the word itself.
    """
    if fate < 0.5:
        return ""
    at = int(place * len(word))
    before, letter, after = word[:at], word[at], word[at + 1 :]
    if fate < 2 / 3 and len(word) > 1:
        return before + after
    if fate < 5 / 6 and after and after[0] != letter:
        return before + after[0] + letter + after[1:]
    return before + letter + letter + after


def _refuse(dataset: Dataset) -> str | None:
    if dataset.modality == "characters":
        return "the text is read character by character; there are wrong characters instead"
    return None if dataset.modality == "text" else "it needs messages made of words"


CORRUPTION = Corruption(
    name="word_noise",
    flag="word-noise",
    title="Lost and misspelt words",
    dimension="Noise",
    touches="features",
    story="Messages typed in a hurry: words are missing or misspelt.",
    source="Word dropping and single-letter typos, half and half",
    amount=Amount("word_noise_rate", 0.0, 0.5, "share"),
    options=NoOptions,
    refuses=_refuse,
    corrupt=corrupt,
)
