"""Area under the margin: how far the given label was ahead, over the whole training."""

import numpy as np

from visualiser.core.findings.rows.answers import best_other
from visualiser.core.findings.spec import Evidence, RowFinder, Suspects, only_classes, suspects
from visualiser.core.numerals import probability_text


def find(evidence: Evidence) -> Suspects:
    """By the mean margin of the training steps themselves (Pleiss et al., AUM, 2020).

    The paper takes the threshold from rows of a class made up for it, which would change the
    training; here a row is a suspect where another class was ahead of its label on average.
    """
    record = evidence.record
    assert record is not None and record.margin is not None and record.probabilities is not None
    dataset, given = evidence.dataset, np.asarray(evidence.part.labels, dtype=np.int64)
    margin, other = record.margin, best_other(record.probabilities, given)
    times, mean = record.seen, record.probabilities

    def reason(row: int) -> str:
        return (
            f"Over {times[row]:,} epochs the model leant to “{dataset.label_text(other[row])}” "
            f"({probability_text(float(mean[row, other[row]]))} on average), which was ahead of "
            f"the label by {-margin[row]:.2f} (logits)."
        )

    score = 1 / (1 + np.exp(np.clip(margin, -50, 50)))
    return suspects(score, (margin < 0) & (times > 0), reason, other)


FINDER = RowFinder(
    name="margin",
    title="Margin over epochs",
    story="How far the output for the label was ahead of the best other one, averaged over all "
    "epochs: the model disagrees with a wrong label for as long as it has not learnt it by heart.",
    source="Pleiss et al., Identifying Mislabeled Data using the Area Under the Margin Ranking, "
    "2020",
    looks_for="label",
    needs=frozenset({"record"}),
    refuses=only_classes,
    find=find,
)
