"""The class that suffers most where examples of some classes were taken away."""

from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.finding import NOT_HERE, NOTHING, Check, Finding, Verdict
from visualiser.core.outcome_sentences import rare_class_words, thins_out


def _find(case: Case) -> Finding | Verdict:
    snapshot = case.snapshot
    if snapshot.info.dataset.class_names == () or not thins_out(snapshot):
        return NOT_HERE
    if snapshot.step == 0 or snapshot.state == "diverged":
        return NOTHING
    sentence = rare_class_words(snapshot)
    if not sentence:
        return NOTHING
    return Finding(
        "rare_class",
        sentence,
        "alarm",
        "Collect more of that class, or count its examples more; accuracy alone will not show it.",
        view="confusion",
    )


CHECK = Check("rare_class", "a rare class that suffers", _find)
