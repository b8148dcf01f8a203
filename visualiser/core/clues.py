"""Clues that go with the class in training, and examples with another class's clue: no torch here.

Whether a model goes by a clue is not told by how often it is right, but by what it answers where
the clue and the thing itself say different things (Geirhos et al., “Shortcut learning in deep
neural networks”, 2020; the exchange of grounds is that of Xiao et al., “Noise or Signal”, 2020).
"""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from visualiser.core.corruption import spurious_shortcut
from visualiser.core.corruption.spec import Context
from visualiser.core.data.dataset import Dataset, IntArray, Modality
from visualiser.core.data.split import Part
from visualiser.core.experiment import Spoiling
from visualiser.core.spoiled_before import spoiled_with
from visualiser.core.training.snapshot import Snapshot

Clue = Literal["mark", "ground"]
"""A mark that was put there to spoil the data (a patch, a word, a tone), or what a thing is on."""

Way = Literal["as_it_is", "fitting", "swapped"]
"""As the rows are; with the clue of their class; with the clue of the class after their own."""

WAYS: tuple[Way, ...] = get_args(Way)

_MARKS: dict[Modality, str] = {"images": "patch", "text": "word", "sound": "tone"}


@dataclass(frozen=True)
class OfferedClue:
    """A clue that the training data of a run offers or offered.

    Attributes:
        healed_at: the step at which it was taken away; None while it is there.
    """

    clue: Clue
    healed_at: int | None = None


def clues_of_run(snapshot: Snapshot) -> tuple[OfferedClue, ...]:
    """Those in force, and a mark that was there earlier: the model may go by it still."""
    dataset = snapshot.info.dataset
    marked = spoiled_with(snapshot, spurious_shortcut.CORRUPTION.name)
    marks = () if marked is None else (OfferedClue("mark", marked.healed_at),)
    natural = clues_in_force(dataset, Spoiling())
    return (*marks, *(OfferedClue(clue) for clue in natural))


def clues_in_force(dataset: Dataset, spoiling: Spoiling) -> tuple[Clue, ...]:
    """The clues that training data, so spoiled, offers besides what it is about."""
    clues: list[Clue] = []
    if spoiling.on("train").amount(spurious_shortcut.CORRUPTION.name):
        clues.append("mark")
    if dataset.scenes is not None and dataset.scenes.grounds is not None:
        clues.append("ground")
    return tuple(clues)


def clue_noun(dataset: Dataset, clue: Clue) -> str:
    """What a clue is in a sentence: “patch”, “word”, “tone”, “ground”."""
    return _MARKS[dataset.modality] if clue == "mark" else "ground"


def with_clue(part: Part, clue: Clue, way: Way, context: Context) -> Part:
    """Clean rows with their clue put as `way` says; nothing else about them changes.

    Args:
        part: clean rows of any part.
        context: its reference is the clean training part, which decides what marks look like.
    """
    if way == "as_it_is":
        return part
    if clue == "mark":
        marked = spurious_shortcut.with_own_marks, spurious_shortcut.with_swapped_marks
        return marked[way == "swapped"](part, context)
    scenes = context.dataset.scenes
    assert scenes is not None
    codes = clue_codes(part, way, context.dataset)
    return part.with_values(features=scenes.on_grounds(np.asarray(part.features), part.rows, codes))


def clue_codes(part: Part, way: Way, dataset: Dataset) -> IntArray:
    """(n,) the class that the clue of each row speaks for; for a fitting one its own."""
    codes: IntArray = (part.labels + (way == "swapped")) % dataset.class_count
    return codes
