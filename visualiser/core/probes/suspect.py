"""Something that a model may go by, and what finds such things in the rows of a run."""

from collections.abc import Callable
from dataclasses import dataclass

from visualiser.core.probes.clues import Taking
from visualiser.core.questions.reliance import ClueKind
from visualiser.core.training.encoded_part import EncodedPart

RULE_ROWS = 2000
"""Rows of a part at most that simple rules are made from."""
SUSPECTS = 2
"""Columns or words that are tried on the model: those that tell most by themselves."""


@dataclass(frozen=True)
class Suspect:
    """A clue with what a rule makes of it alone, on training rows as given and on clean ones.

    Attributes:
        names: of the columns or words; empty for other kinds.
    """

    kind: ClueKind
    names: tuple[str, ...]
    taking: Taking
    rule: float = float("nan")
    rule_validation: float = float("nan")


Found = tuple[list[Suspect], tuple[tuple[str, float], ...]]
Finder = Callable[[EncodedPart], Found]
"""Training rows as given → suspects and the rules of all columns, against clean validation rows."""
