"""What of one example speaks for an answer, and what against it?"""

from dataclasses import dataclass
from typing import Any, Literal

from numpy.typing import NDArray

from visualiser.core.clues import Clue, Way
from visualiser.core.data.dataset import Features, FloatArray, Modality
from visualiser.core.questions.spec import Question

Baseline = Literal["nothing", "mean"]
"""What an example is compared with: a black picture, a message without words, silence; or the mean
of the training part."""

BASELINES: dict[Modality, tuple[Baseline, ...]] = {
    "images": ("nothing", "mean"),
    "sound": ("nothing", "mean"),
    "text": ("nothing",),
    "table": ("mean",),
    "series": ("mean",),
    "points": ("mean",),
}
"""For each kind of data that can be looked at, what is on offer, the usual one first."""

TOLERANCE = 0.02
"""Attributions add up to the change of the score but for this share of it, or to this much in
log-odds or standard deviations of the target, where more steps can bring it about."""

Region = Literal["thing", "clue"]


@dataclass(frozen=True, eq=False)
class Attribution:
    """One model.

    Attributes:
        values: what each part of the example adds to `score`, in its unit: (H, W) of the pixels
            of a picture, (mels, frames) of the cells of a spectrogram, the highest band first;
            (T,) of the words of a message; (C,) of the columns of a table.
        score: of a class its logit less the mean of the others', which of two classes is the
            log-odds; else the predicted target in its unit.
        baseline: the same where the example is the baseline. `values` add up to the difference.
        output: (K,) class probabilities, or () the predicted target, of the example.
        steps: points on the way from the baseline to the example at which gradients were taken.
    """

    values: FloatArray
    score: float
    baseline: float
    output: NDArray[Any]
    steps: int

    @property
    def gap(self) -> float:
        """By how much the sum of the values misses the difference."""
        return float(self.values.sum(dtype="float64")) - (self.score - self.baseline)


@dataclass(frozen=True, eq=False)
class LookedAt:
    """Of one example, with the weights of one step.

    Attributes:
        step: whose weights these are.
        code: the class in question; None where the target is a number.
        features: the example, one row, as it was shown to the models.
        twin: None without one.
        spans: (start, end) of T words in a message; empty for others.
        names: of C columns; empty for others.
        region: shaped as the values, in 0 … 1: how much of each part is the thing itself, or the
            clue; None where it is not known.
        region_is: which of the two.
    """

    step: int
    code: int | None
    features: Features
    student: Attribution
    twin: Attribution | None
    spans: tuple[tuple[int, int], ...] = ()
    names: tuple[str, ...] = ()
    region: FloatArray | None = None
    region_is: Region = "thing"


@dataclass(frozen=True, eq=False)
class Saliencies:
    """The last that was finished, None until then, and whether nothing more will come now."""

    newest: LookedAt | None
    done: bool


@dataclass(frozen=True)
class Saliency(Question[Saliencies]):
    """Integrated gradients (Sundararajan et al. 2017) of student and twin for one example.

    Attributes:
        row: position in the clean validation part.
        code: the class in question; None takes the one that the student answers.
        clue, way: what is done to the example before; None leaves it as it is.
    """

    row: int
    code: int | None = None
    baseline: Baseline = "nothing"
    clue: Clue | None = None
    way: Way = "as_it_is"


def can_be_looked_at(modality: Modality) -> bool:
    """Whether examples are made of parts that can speak for an answer."""
    return modality in BASELINES
