"""What is said of a person's rows in the training."""

import numpy as np
from PySide6.QtCore import QCoreApplication

from visualiser.core.numerals import numeral, share_text
from visualiser.core.questions.own_rows import KnownOfPerson
from visualiser.core.training.snapshot import RunInfo

_DIGITS = 3
_MUCH = 1.5
"""Times the loss from which on a model is said to know something of rows that it learnt from."""
_TRACE = 0.6
"""How often their loss has to be the smaller one to be called a trace."""


def removal_sentence(info: RunInfo, known: KnownOfPerson | None, gone: bool) -> str:
    """How the model without them does on their rows; before there is one, what yours gives away."""
    if known is None or not np.isfinite(known.student.loss):
        return ""
    if gone and known.without is not None and np.isfinite(known.without.loss):
        with_them, without = known.student.loss, known.without.loss
        figures = {
            "with_them": numeral(with_them, _DIGITS),
            "without": numeral(without, _DIGITS),
        }
        if without > _MUCH * with_them:
            text = _tr(
                "Without them the loss on their rows is {without}, with them {with_them}: your "
                "model has learnt something of these rows by heart."
            )
        else:
            text = _tr(
                "Without them the loss on their rows is {without}, with them {with_them}: what "
                "your model knows of them it knows from others as well."
            )
        return text.format(**figures)
    apart = known.student.apart
    if not np.isfinite(apart):
        return ""
    if apart >= _TRACE:
        text = _tr(
            "A row of theirs has a smaller loss than a row never seen in {share} of all pairs: "
            "who knows the losses can guess that they were in the training."
        )
    else:
        text = _tr(
            "A row of theirs has a smaller loss than a row never seen in {share} of all pairs, "
            "which gives little away."
        )
    return text.format(share=share_text(apart))


def absent_sentence(who: str, *, twin: bool) -> str:
    """Of somebody whose rows the spoiling in force has removed; `twin`: whether there is one."""
    text = _tr(
        "Nothing of {who} is in the data that your model learns from now: the spoiling in force "
        "has removed it, and there is nothing left to take out."
    )
    if twin:
        text += " " + _tr("The clean twin still learns from it.")
    choose = _tr("Choose somebody at the top of the list, who still is there.")
    return " ".join((text.format(who=who), choose))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Removal", text)
