"""What was measured of a data set, as a value that is written, read and drawn up in tables."""

from statistics import fmean, stdev

from pydantic import ConfigDict

from visualiser.core.data.dataset import TaskName
from visualiser.core.experiment import Value
from visualiser.core.tasks.registry import TASKS
from visualiser.core.tasks.spec import Metric


class Record(Value):
    """A value whose figures may be NaN, as of a run that diverged."""

    model_config = ConfigDict(ser_json_inf_nan="strings")


class Ranking(Record):
    """Areas under the ROC curve: how likely a row of a class ranks above one of the other class.

    Attributes:
        of: the class; answering without a model ranks its rows by chance, NO_RANKING.
        model, strong: of the default model and of the strong reference.
        standard_error: of the model's area.
    """

    of: str
    model: float
    strong: float
    standard_error: float


NO_RANKING = 0.5
"""Area under the ROC curve of any constant answer."""


class SeedRecord(Record):
    """One split and one training, all measured on its clean test part.

    Attributes:
        seconds: of the processor for the training, with the evaluations of the curves.
        stopped: whether the limit of time ended it.
        test_rows: examples in the test part.
        model: every metric of the task, of the default model.
        standard_error: of the task's main metric of the model on so many rows.
        trivial, trivial_words: the main metric of answering without a model, and what it answers.
        strong: every metric, of the strong reference; empty where there is none.
        strong_name: which reference was the best on the validation part.
        ranking: of the rarer class, where expectations.RANKED says so.
    """

    seed: int
    seconds: float
    stopped: bool
    test_rows: int
    model: dict[str, float]
    standard_error: float
    trivial: float
    trivial_words: str
    strong: dict[str, float]
    strong_name: str
    ranking: Ranking | None = None


class DatasetRecord(Record):
    """The default model of a data set beside its references, a run for each seed.

    Attributes:
        unit: of a regression target, as in “$”.
        settings: model and training settings in one line.
        machine: what it was measured on.
    """

    name: str
    title: str
    task: TaskName
    unit: str
    settings: str
    machine: str
    runs: tuple[SeedRecord, ...]

    @property
    def is_current(self) -> bool:
        """Whether it has every metric that the task has by now."""
        names = {metric.name for metric in TASKS[self.task].metrics}
        return all(
            names <= run.model.keys() and (not run.strong or names <= run.strong.keys())
            for run in self.runs
        )

    @property
    def main(self) -> Metric:
        """The task's main metric."""
        return TASKS[self.task].metrics[0]

    def metric(self, name: str) -> Metric:
        """A metric of the task."""
        return next(metric for metric in TASKS[self.task].metrics if metric.name == name)

    def model(self, metric: str) -> "Estimate":
        """A figure of the default model."""
        return Estimate.of([run.model[metric] for run in self.runs])

    @property
    def trivial(self) -> "Estimate":
        """The main metric without a model."""
        return Estimate.of([run.trivial for run in self.runs])

    def strong(self, metric: str) -> "Estimate | None":
        """A figure of the strong reference, or None where there is none."""
        figures = [run.strong[metric] for run in self.runs if metric in run.strong]
        return Estimate.of(figures) if len(figures) == len(self.runs) else None

    @property
    def rankings(self) -> tuple[Ranking, ...]:
        """Of all seeds, or none."""
        return tuple(run.ranking for run in self.runs if run.ranking is not None)

    @property
    def strong_names(self) -> str:
        """The references that were the best of a seed."""
        return ", ".join(dict.fromkeys(run.strong_name for run in self.runs))

    @property
    def standard_error(self) -> float:
        """Of the main metric of one run, on average."""
        return fmean(run.standard_error for run in self.runs)


class Estimate(Record):
    """Mean and standard deviation over seeds; one seed has a spread of 0."""

    mean: float
    spread: float

    @classmethod
    def of(cls, figures: list[float]) -> "Estimate":
        """Of one figure a seed."""
        return cls(mean=fmean(figures), spread=stdev(figures) if len(figures) > 1 else 0.0)
