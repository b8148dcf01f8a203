"""What a module that answers a kind of question has to say about itself."""

from typing import Any, Protocol, TypeVar, runtime_checkable

from visualiser.core.questions.spec import Question
from visualiser.core.training.learner import Learner

AskedAs_contra = TypeVar("AskedAs_contra", bound=Question[Any], contravariant=True)


class Probe(Protocol[AskedAs_contra]):
    """Answers one kind of question about one run, between two steps.

    It leaves the models as they were: weights, mode, and every generator that training draws
    from, so that a run is the same to the bit whether it was asked or not.
    """

    def answer(
        self, question: AskedAs_contra, student: Learner, twin: Learner | None, step: int
    ) -> Any:
        """An answer of the question's type, read only. `twin` is None without one.

        Between two calls the same step means the same weights.
        """


@runtime_checkable
class ThirdModelProbe(Protocol[AskedAs_contra]):
    """A Probe that is also asked about the model of repaired data, `mended`; None without one."""

    def answer_of_three(
        self,
        question: AskedAs_contra,
        student: Learner,
        twin: Learner | None,
        mended: Learner | None,
        step: int,
    ) -> Any:
        """As Probe.answer."""
