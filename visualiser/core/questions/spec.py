"""What a view may ask of the models while they train; answered between steps by core/probes/."""

from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Question(Generic[Answer]):
    """Base of questions: small frozen values, equal where the same is asked.

    Each stands in a module of its own beside the type of its answer, without torch, so that the
    window can ask; a probe of the same name answers on the training thread.
    """
