"""What one suspicious thing in the examples is worth to the model, beside all the rest of them."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from visualiser.core.questions.spec import Question

ClueKind = Literal["column", "columns", "border", "ground", "marks", "hum", "word", "words"]
"""column: of a table · columns: several that say the same · border: the outermost pixels of
pictures · ground: the colour behind the thing in them · marks: their places that go with the class
in the given rows only · hum: what sounds even in the quietest moments of a clip · word: of messages
· words: those of them that go with the class in the given rows only, all together."""


@dataclass(frozen=True)
class Clue:
    """One thing that the examples show, and what of the model's skill rests on it.

    Skill is 1 − error / error of the best constant answer: 1 answers all rightly, 0 is no better
    than a constant; of amounts it is R². NaN where it was not measured. Things are taken away by
    giving each row what another row has, so that every single value stays a usual one.

    Attributes:
        names: of the columns or the words; empty for the others.
        rule, rule_validation: skill of a simple rule that knows the clue alone, without any
            model: on training rows that it was not made from, and on clean validation rows.
        without, without_validation: skill of the model where the clue is taken away.
        alone, twin_alone: skill of both models where everything else is taken away.
        twin_without: as `without`, of the twin on the same rows; NaN without one.
    """

    kind: ClueKind
    names: tuple[str, ...]
    rule: float
    rule_validation: float
    without: float
    without_validation: float
    alone: float
    twin_without: float
    twin_alone: float


@dataclass(frozen=True)
class Reliance:
    """What the student goes by, measured on training rows as it is given them.

    Attributes:
        clues: the one that the model loses most without first; empty where the data has nothing
            of the kind.
        skill, skill_validation: of the student with everything, on training rows as given and on
            clean validation rows.
        twin_skill: of the twin on the same training rows; NaN without one.
        rules: for each column of a table its name and the skill of the simple rule, best first.
        rows: training rows that were answered.
        at_stake: those of them that one answer to all gets wrong, on which skill rests.
        measured_at: the step of the weights.
    """

    clues: tuple[Clue, ...]
    skill: float
    skill_validation: float
    twin_skill: float
    rules: tuple[tuple[str, float], ...]
    rows: int
    at_stake: int
    measured_at: int


@dataclass(frozen=True)
class AskReliance(Question[Reliance]):
    """Of tables, messages, pictures and sounds with classes or amounts."""

    can_wait: ClassVar[bool] = True


RELIANCE = AskReliance()
