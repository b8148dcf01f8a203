"""A model that has stopped learning where there is more to be learnt.

Both losses are flat and near each other, and a look-up of the training rows most like a new one (k
nearest neighbours, Fix & Hodges 1951) does clearly better on the same validation rows, although it
knows the same training rows with the same labels. Cover & Hart 1967 show that such a look-up errs
at most about twice as often as anything could: where it does better, the rest is not noise. A
model that is still on its way is told apart by a loss that still falls.
"""

import numpy as np
from numpy.typing import NDArray

from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.evidence import Bar, Bars
from visualiser.core.diagnosis.finding import NOT_HERE, NOTHING, TOO_EARLY, Check, Finding, Verdict
from visualiser.core.diagnosis.loss_curves import loss_curves
from visualiser.core.outcome_figures import figure_text, watched_labels
from visualiser.core.questions.look_alikes import LOOK_ALIKES, NEIGHBOURS

_FEWEST = 12
_FLAT = 0.02
"""Of the loss at the start: what the last third of a run may still gain."""
_NEAR = 0.1
"""Of the loss at the start: a validation loss further above the training loss is a gap, and the
model rather too large than too small."""
_CLEARLY_MORE = 0.05
"""Points of accuracy that the look-up must be ahead; of amounts twice this share of the error."""

_WORDS = (
    "The model has stopped learning too early",
    "Give it room: more or wider hidden layers, less weight decay or dropout.",
)
_WORDS_LINEAR = (
    "A linear model is too simple for this data",
    "It has no hidden layers that could grow: choose another model, such as a neural network.",
)
"""What is wrong, and what to do: no patience helps a model that can only weigh and add."""


def _find(case: Case) -> Finding | Verdict:
    snapshot = case.snapshot
    alike = snapshot.answer(LOOK_ALIKES)
    predictions, recent = snapshot.predictions, case.recent
    if snapshot.info.dataset.modality not in ("points", "table", "images"):
        return NOT_HERE
    if alike is None or predictions is None or len(recent) < _FEWEST or not case.is_settled:
        return TOO_EARLY
    if not recent.finite or not np.isfinite(predictions.output).all():
        return NOTHING
    first = float(snapshot.history["train_loss"][0])
    gap = float(recent.validation[-1] - recent.train[-1])
    if not _is_flat(recent.train, first) or gap > _NEAR * first:
        return NOTHING
    labels = watched_labels(snapshot.info)[alike.places]
    own = predictions.output[alike.places]
    test = snapshot.info.task.paired(labels, alike.output, own)
    mine, theirs = _figure(case, labels, own), _figure(case, labels, alike.output)
    lower = snapshot.info.metric.lower_is_better
    ahead = (mine - theirs) / max(mine, 1e-12) / 2 if lower else theirs - mine
    if not (test.clear and ahead > _CLEARLY_MORE):
        return NOTHING
    return _finding(case, mine, theirs)


def _is_flat(losses: NDArray[np.float64], first: float) -> bool:
    """Whether the two halves of the last third have about the same mean."""
    last = losses[-max(4, len(losses) // 3) :]
    before, after = np.array_split(last, 2)
    return bool(before.mean() - after.mean() < _FLAT * first)


def _figure(case: Case, labels: NDArray[np.float64], output: NDArray[np.float64]) -> float:
    """Accuracy, or the mean absolute error."""
    if case.snapshot.info.dataset.predicts_classes:
        return float(np.mean(output.argmax(axis=1) == labels))
    return float(np.mean(np.abs(output - labels)))


def _finding(case: Case, mine: float, theirs: float) -> Finding:
    info = case.snapshot.info
    texts = [figure_text(info, value) for value in (mine, theirs)]
    whole = 1.0 if info.metric.unit == "share" else max(mine, theirs)
    bars = (
        Bar("your model", mine, texts[0], warning=True),
        Bar(f"{NEIGHBOURS} most alike", theirs, texts[1]),
    )
    what, advice = _WORDS_LINEAR if info.experiment.model.name == "linear" else _WORDS
    return Finding(
        "underfitting",
        f"{what}: it stands at {texts[0]}, but simply looking up the {NEIGHBOURS} training "
        f"examples most like a new one gives {texts[1]}. It is underfitting.",
        "alarm",
        advice,
        (Bars(f"{info.metric.title} on the same rows", bars, whole), loss_curves(case)),
        view="boundary" if info.dataset.modality == "points" else "curves",
    )


CHECK = Check(
    "underfitting",
    "underfitting",
    _find,
    frozenset({LOOK_ALIKES}),
    explained_by=frozenset({"learning_rate_low", "learning_rate_high", "dead_units"}),
)
