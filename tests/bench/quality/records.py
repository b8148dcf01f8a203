"""Records with made-up figures, for tests of verdicts and tables."""

from collections.abc import Sequence

from visualiser.bench.quality.record import DatasetRecord, Ranking, SeedRecord
from visualiser.core.data.dataset import TaskName
from visualiser.core.tasks.registry import TASKS


def record(
    name: str,
    task: TaskName,
    model: Sequence[float],
    trivial: float,
    strong: float | None,
    *,
    standard_error: float = 0.001,
    stopped: bool = False,
    ranking: Ranking | None = None,
) -> DatasetRecord:
    """A run for each figure of the main metric in `model`; the other metrics have the same."""
    metrics = [metric.name for metric in TASKS[task].metrics]
    runs = tuple(
        SeedRecord(
            seed=seed,
            seconds=1.5,
            stopped=stopped,
            test_rows=100,
            model=dict.fromkeys(metrics, figure),
            standard_error=standard_error,
            trivial=trivial,
            trivial_words="always answering “no”",
            strong={} if strong is None else dict.fromkeys(metrics, strong),
            strong_name="" if strong is None else "Oracle",
            ranking=ranking,
        )
        for seed, figure in enumerate(model)
    )
    return DatasetRecord(
        name=name, title=name, task=task, unit="$", settings="-", machine="here", runs=runs
    )
