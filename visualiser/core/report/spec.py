"""What a report is made of: questions, and answers in words, tables and pictures."""

from collections.abc import Callable
from dataclasses import dataclass, field

from visualiser.core.clue_outcome import ClueOutcome
from visualiser.core.outcome import Outcome
from visualiser.core.questions.exposure import Secrets
from visualiser.core.tasks.spec import Figures
from visualiser.core.training.snapshot import Snapshot

FiguresByPart = dict[str, Figures]

YOURS, TWIN, REPAIRED = "your model", "clean twin", "repaired"
"""Names of the models."""


@dataclass(frozen=True)
class Table:
    """Rows of cells below a head.

    A cell may have several lines. A row whose first cell alone says something is a heading of
    those below it.

    Attributes:
        figures: all but the first column are figures, which stand at the right.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: bool = True


@dataclass(frozen=True)
class Picture:
    """A picture that is drawn by the window's views, by its name, with a caption."""

    name: str
    caption: str


Block = str | Table | Picture
"""A paragraph, a table or a picture."""


@dataclass(frozen=True)
class Answer:
    """A question that is to be asked of any model, answered for one run."""

    question: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Report:
    """One page for a run.

    Attributes:
        title: of what it is.
        about: a line below it: model, device, time, version of the program.
        answers: in the order in which they are read.
    """

    title: str
    about: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, eq=False)
class Material:
    """What answers are drawn from.

    Attributes:
        snapshot: with predictions.
        outcome: of that snapshot.
        final: figures of “your model”, “clean twin” and “repaired”, by part, over all rows; what
            is not known, as a sealed test part, is left out.
        clues: what came of swapping the clues that training offered.
        secret: how well a planted secret is known; None without one.
    """

    snapshot: Snapshot
    outcome: Outcome
    final: dict[str, FiguresByPart] = field(default_factory=dict)
    clues: tuple[ClueOutcome, ...] = ()
    secret: Secrets | None = None


@dataclass(frozen=True)
class Question:
    """A question on offer.

    Attributes:
        answer: blocks for a run; where it makes no sense there, a sentence that says so.
    """

    text: str
    answer: Callable[[Material], tuple[Block, ...]]
