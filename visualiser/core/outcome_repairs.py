"""What repairs won back: the third model beside the student and the clean twin."""

from visualiser.core.outcome_figures import (
    Comparison,
    compare,
    gap_text,
    paired_test,
    watched_labels,
)
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
    if repaired is None or repaired.effect is None or repaired.difference is None:
        return ""
    done = None if snapshot.mended is None else snapshot.mended.done
    if done is not None and not done.relabelled and not done.dropped:
        return ""
    comes = f"On the repaired data the model comes to {repaired.student_text}"
    if repaired.effect == "no clear difference":
        return f"{comes}: no clear difference so far."
    size = gap_text(snapshot.info, abs(repaired.difference))
    if repaired.effect == "worse":
        return f"{comes}: the repairs took {size} more than they gave."
    if validation.effect == "worse" and validation.difference is not None:
        lost = gap_text(snapshot.info, abs(validation.difference))
        return f"{comes}: the repairs win back {size} of {lost}."
    return f"{comes}: the repairs win {size}."
