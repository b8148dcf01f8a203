"""What repairs won back: the third model beside the student and the clean twin."""

from visualiser.core.data.nouns import noun_of
from visualiser.core.data.people import person_text
from visualiser.core.outcome_figures import (
    Comparison,
    compare,
    gap_text,
    paired_test,
    watched_labels,
)
from visualiser.core.removal import left_out_person
from visualiser.core.training.snapshot import Snapshot


def repaired_comparison(snapshot: Snapshot) -> Comparison | None:
    """The third model, with the student in place of its twin; None where nothing is repaired."""
    cleaned, info = snapshot.cleaned_validation, snapshot.info
    if cleaned is None:
        return None
    test, predictions = None, snapshot.predictions
    if predictions is not None and predictions.cleaned_output is not None:
        labels = watched_labels(info)
        test = paired_test(info, labels, predictions.cleaned_output, predictions.output)
    return compare(info, cleaned, snapshot.validation, len(info.watched), test)


def repairs_sentence(
    snapshot: Snapshot, validation: Comparison, repaired: Comparison | None
) -> str:
    """What the repairs are worth so far; empty where there are none, or nothing is to compare."""
    mended = snapshot.mended
    nothing_done = mended is not None and not mended.done.anything
    if repaired is None or repaired.difference is None or nothing_done:
        return ""
    whose = _left_out(snapshot)
    if whose:
        return _removal_sentence(snapshot, whose, repaired)
    rows = noun_of(snapshot.info.dataset).counted(repaired.rows, "validation")
    comes = f"On the repaired data the model comes to {repaired.student_text} on {rows}"
    if repaired.effect == "no clear difference":
        return f"{comes}: no clear difference so far."
    size = gap_text(snapshot.info, abs(repaired.difference))
    if repaired.effect == "worse":
        clearly = "" if validation.effect == "worse" else ", more than chance does"
        return f"{comes}: the repairs took {size} more than they gave{clearly}."
    if validation.effect == "worse" and validation.difference is not None:
        lost = gap_text(snapshot.info, abs(validation.difference))
        return f"{comes}: the repairs win back {size} of {lost}."
    return f"{comes}: the repairs win {size}."


def _left_out(snapshot: Snapshot) -> str:
    """Whose rows the repairs take out, and do nothing besides; else empty."""
    if snapshot.mended is None:
        return ""
    dataset, part = snapshot.info.dataset, snapshot.spoiled_train
    person = left_out_person(dataset, part, snapshot.mended.repairs)
    return "" if person is None else person_text(dataset, person)


def _removal_sentence(snapshot: Snapshot, whose: str, without: Comparison) -> str:
    """What it costs everybody that one person is left out."""
    comes = f"Without {whose} the model comes to {without.student_text}"
    if without.effect == "no clear difference" or without.difference is None:
        return f"{comes}: leaving them out makes no clear difference to the others."
    size = gap_text(snapshot.info, abs(without.difference))
    came = "costs" if without.effect == "worse" else "wins"
    return f"{comes}: leaving them out {came} {size} on the others."
