"""What do the models know of one person's rows?"""

from dataclasses import dataclass

from visualiser.core.questions.spec import Question


@dataclass(frozen=True)
class Known:
    """One model, on the person's clean training rows.

    Attributes:
        loss: mean over the rows.
        metric: the task's first metric over them.
        apart: how often one of them has a smaller loss than a row that was never seen: 0.5 is no
            trace of them, 1 gives them away (Yeom et al. 2018). NaN where rows have no loss of
            their own, as in rankings.
    """

    loss: float
    metric: float
    apart: float


@dataclass(frozen=True)
class KnownOfPerson:
    """With the weights of one step.

    Attributes:
        rows: how many of the person's training rows were answered.
        all_rows: how many there are.
        others: validation rows that were never seen and that they were compared with.
        student, twin: None without a twin.
        without: of the third model, which learns from repaired data; None without one.
    """

    step: int
    rows: int
    all_rows: int
    others: int
    student: Known
    twin: Known | None
    without: Known | None


@dataclass(frozen=True)
class OwnRowsTold:
    """The last that was finished, None until then, and whether nothing more will come now."""

    newest: KnownOfPerson | None
    done: bool


@dataclass(frozen=True)
class OwnRows(Question[OwnRowsTold]):
    """Of all models.

    Attributes:
        person: as people_of() numbers them.
    """

    person: int
