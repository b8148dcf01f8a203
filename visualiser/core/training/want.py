"""What a snapshot is to carry beyond history and figures."""

from dataclasses import dataclass
from typing import Any, ClassVar

from visualiser.core.questions.spec import Question


@dataclass(frozen=True)
class Want:
    """What the visible views need; the rest is left out of a snapshot.

    Attributes:
        weights: of all layers, and how weights and gradients spread over time.
        predictions: answers for the watched validation rows.
        questions: what else is asked of the models.
    """

    weights: bool = False
    predictions: bool = False
    questions: frozenset[Question[Any]] = frozenset()

    NOTHING: ClassVar["Want"]
    WEIGHTS: ClassVar["Want"]
    PREDICTIONS: ClassVar["Want"]

    @staticmethod
    def answers_to(*questions: Question[Any]) -> "Want":
        """Answers to these questions."""
        return Want(questions=frozenset(questions))

    @property
    def pressing(self) -> frozenset[Question[Any]]:
        """The questions that cannot wait for the next look."""
        return frozenset(one for one in self.questions if not one.can_wait)

    def __or__(self, other: "Want") -> "Want":
        return Want(
            self.weights or other.weights,
            self.predictions or other.predictions,
            self.questions | other.questions,
        )

    def __contains__(self, other: "Want") -> bool:
        """Whether a snapshot for this one has all that `other` needs."""
        return self | other == self


Want.NOTHING = Want()
Want.WEIGHTS = Want(weights=True)
Want.PREDICTIONS = Want(predictions=True)
