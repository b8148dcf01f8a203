"""Whether a default model is good: against answering without a model, a strong one, and its aim."""

from dataclasses import dataclass
from math import isfinite
from statistics import fmean

from visualiser.bench.quality.expectations import AIMS, Aim
from visualiser.bench.quality.record import NO_RANKING, DatasetRecord

_CLEAR = 2.0
"""Standard errors that a lead over the trivial reference must have."""
_POINTS = 0.02
_SHARE_OF_ERROR = 0.10


@dataclass(frozen=True)
class Verdict:
    """Answers to the three questions; None where one does not arise.

    Attributes:
        beats_trivial: by more than chance could give.
        ranks: the same by the area under the ROC curve, where that is measured.
        near_strong: within 2 points, or 10 % of the error, of the strong reference; or better.
        meets_aim: the mean over the seeds is on the good side of the bound.
        in_time: no run was ended by the limit.
    """

    beats_trivial: bool
    ranks: bool | None
    near_strong: bool | None
    meets_aim: bool | None
    in_time: bool

    @property
    def falls_short(self) -> bool:
        """Whether there is something to explain."""
        return not self.beats_trivial or self.near_strong is False or self.meets_aim is False


def verdict_on(record: DatasetRecord) -> Verdict:
    """The verdict on what was measured."""
    aim = AIMS.get(record.name)
    return Verdict(
        beats_trivial=_lead(record) > _CLEAR * record.standard_error,
        ranks=_ranks(record),
        near_strong=_near_strong(record),
        meets_aim=None if aim is None else _meets(record, aim),
        in_time=not any(run.stopped for run in record.runs),
    )


def bound_of(record: DatasetRecord, aim: Aim) -> float:
    """The bound as a figure of the aim's metric."""
    if aim.times_trivial is None:
        return aim.bound
    return aim.times_trivial * record.trivial.mean


def _lead(record: DatasetRecord) -> float:
    """How much better than the trivial reference, in the main metric."""
    gap = record.model(record.main.name).mean - record.trivial.mean
    return -gap if record.main.lower_is_better else gap


def _ranks(record: DatasetRecord) -> bool | None:
    if not record.rankings:
        return None
    lead = fmean(ranking.model - NO_RANKING for ranking in record.rankings)
    return lead > _CLEAR * fmean(ranking.standard_error for ranking in record.rankings)


def _near_strong(record: DatasetRecord) -> bool | None:
    main = record.main
    strong = record.strong(main.name)
    if strong is None:
        return None
    model = record.model(main.name).mean
    if main.lower_is_better:
        return model <= (1 + _SHARE_OF_ERROR) * strong.mean
    if main.unit != "share":
        return model >= (1 - _SHARE_OF_ERROR) * strong.mean
    error, its_error = 1 - model, 1 - strong.mean
    return error <= max(its_error + _POINTS, (1 + _SHARE_OF_ERROR) * its_error)


def _meets(record: DatasetRecord, aim: Aim) -> bool:
    figure, bound = record.model(aim.metric).mean, bound_of(record, aim)
    better = figure <= bound if record.metric(aim.metric).lower_is_better else figure >= bound
    return isfinite(figure) and better
