"""Text with wrong characters: typed in a hurry, or badly read by a machine."""

import numpy as np

from visualiser.core.corruption.spec import Amount, Change, Context, Corruption, NoOptions
from visualiser.core.data.dataset import Dataset, read_only
from visualiser.core.data.split import Part


def corrupt(
    part: Part, amount: float, options: NoOptions, context: Context, generator: np.random.Generator
) -> tuple[Part, Change]:
    """Put another character, drawn evenly, in the place of each with probability `amount`.

    Windows overlap: where two show the same place of the text, both show the same wrong character.
    """
    dataset = context.dataset
    clean = np.asarray(context.clean.features)
    length, kinds = clean.shape[1], len(dataset.alphabet)
    characters = int(dataset.labels.max()) + length
    dice = generator.random(characters)
    # A step of 1 … K − 1 around the circle of characters never lands on the character itself.
    step = generator.integers(1, kinds, characters)
    places = np.asarray(part.labels)[:, None] + np.arange(length)
    hit = dice[places] < amount
    codes = np.asarray(part.features)
    features = np.where(hit, (codes + step[places]) % kinds, codes)
    shown = np.zeros(characters, dtype=np.bool_)
    shown[places] = True
    change = Change(
        "typos",
        amount,
        int(np.count_nonzero(shown & (dice < amount))),
        int(np.count_nonzero(shown)),
        "characters",
        "changed",
        part.origin[hit.any(axis=1)],
    )
    return part.with_values(features=read_only(features)), change


def _refuse(dataset: Dataset) -> str | None:
    if dataset.modality == "text":
        return "messages are read as words; there are lost and misspelt words instead"
    return None if dataset.modality == "characters" else "it needs a text to learn writing from"


CORRUPTION = Corruption(
    name="typos",
    flag="typos",
    title="Wrong characters",
    dimension="Noise",
    touches="features",
    story="A text typed in a hurry, or read from old paper by a machine: letters are wrong.",
    source="Random substitution of characters, as of Belinkov & Bisk, 2018",
    amount=Amount("typo_rate", 0.0, 0.5, "share"),
    options=NoOptions,
    refuses=_refuse,
    corrupt=corrupt,
)
