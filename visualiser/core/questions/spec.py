"""What a view may ask of the models while they train; answered between steps by core/probes/."""

from typing import ClassVar, Generic, TypeVar

Answer = TypeVar("Answer")


class Question(Generic[Answer]):
    """Base of questions: small frozen values, equal where the same is asked.

    Each stands in a module of its own beside the type of its answer, without torch, so that the
    window can ask; a probe of the same name answers on the training thread.

    Attributes:
        can_wait: whether the first look after a change of the data may go without an answer, while
            the run goes on: what is asked takes long on new data, and the change is to be seen.
    """

    can_wait: ClassVar[bool] = False
