"""Training default models and measuring them, and their references, on the test part."""

import os
import platform
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from time import thread_time
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from visualiser.bench.quality.expectations import RANKED
from visualiser.bench.quality.ranking import ranking
from visualiser.bench.quality.record import DatasetRecord, SeedRecord
from visualiser.bench.quality.references.registry import references_for
from visualiser.bench.quality.references.spec import Answer
from visualiser.core.data.dataset import Dataset, FloatArray
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import Experiment
from visualiser.core.models.registry import model_named
from visualiser.core.tasks.registry import task_of
from visualiser.core.tasks.spec import Figures, Metric

if TYPE_CHECKING:
    from visualiser.core.training.preparation import Preparation

LIMIT_SECONDS = 120.0
"""A default run takes this long at most; what it has reached then counts."""

Watch = Callable[[float], None]
"""Told the share of a training that is done, 0 … 1."""


@dataclass(frozen=True)
class Trained:
    """What the default model reached on the test part.

    Attributes:
        answers: of the test rows, as the task's judge gives them.
    """

    figures: Figures
    answers: NDArray[Any]
    seconds: float
    stopped: bool


def measure_dataset(
    experiment: Experiment, seeds: int, watch: Watch, limit: float = LIMIT_SECONDS
) -> DatasetRecord:
    """Train `experiment` with the seeds 0 … `seeds` − 1, beside references on the same splits.

    Args:
        experiment: A data set with its default model and settings.
        seeds: How many splits and trainings.
        watch: Told the share of all trainings that is done.
        limit: Seconds that each training may take.

    Raises:
        UserError: the data cannot be read or does not fit.
    """
    runs = []
    for seed in range(seeds):
        seeded = experiment.replace(seed=seed)
        dataset = load_dataset(seeded.dataset, seed)
        runs.append(measure_seed(seeded, dataset, partial(_watch_part, watch, seed, seeds), limit))
    return DatasetRecord(
        name=experiment.dataset.name,
        title=dataset.title,
        task=dataset.task,
        unit=dataset.unit,
        settings=settings_text(experiment),
        machine=_machine(),
        runs=tuple(runs),
    )


def _watch_part(watch: Watch, part: int, parts: int, share: float) -> None:
    watch((part + share) / parts)


def measure_seed(
    experiment: Experiment, dataset: Dataset, watch: Watch, limit: float
) -> SeedRecord:
    """One split: the default model, the trivial reference and the best strong one."""
    from visualiser.core.training.preparation import prepare

    trained = train(experiment, dataset, watch, limit)
    preparation = prepare(experiment, dataset)
    split, task = preparation.split, task_of(dataset)
    trivial = task.baseline(dataset, split.train, split.test)
    name, outputs = strong_outputs(preparation, experiment.seed)
    judge = preparation.judge
    ranked = None
    if outputs is not None and dataset.name in RANKED:
        strong_answers = judge.answers(outputs, split.test.features)
        ranked = ranking(dataset, split.test.labels, trained.answers, strong_answers)
    return SeedRecord(
        seed=experiment.seed,
        seconds=round(trained.seconds, 1),
        stopped=trained.stopped,
        test_rows=len(split.test),
        model=trained.figures.values,
        standard_error=task.standard_error(trained.figures, len(split.test)),
        trivial=trivial.figure,
        trivial_words=trivial.words,
        strong={} if outputs is None else judge.figures(outputs, split.test).values,
        strong_name=name,
        ranking=ranked,
    )


def train(experiment: Experiment, dataset: Dataset, watch: Watch, limit: float) -> Trained:
    """Train to the end of the epochs or of the time, on the processor.

    Time is that of the processor on this thread, which is always busy while it trains: what a
    training takes where nothing else runs, even if something does.
    """
    from visualiser.core.training.trainer import Trainer

    training = experiment.training.replace(device="cpu", twin=False)
    trainer = Trainer(experiment.replace(training=training), dataset)
    started = thread_time()
    seconds = 0.0
    while not (trainer.finished or trainer.diverged) and seconds < limit:
        trainer.step()
        watch(min(1.0, trainer.epoch / training.epochs))
        seconds = thread_time() - started
    stopped = not (trainer.finished or trainer.diverged)
    exam = trainer.open_test()
    return Trained(exam.figures, exam.predictions, seconds, stopped)


def strong_outputs(preparation: "Preparation", seed: int) -> tuple[str, FloatArray | None]:
    """The reference that is the best on the validation part, and its outputs for the test part."""
    split, dataset, judge = preparation.split, preparation.dataset, preparation.judge
    main = task_of(dataset).metrics[0]
    fitted = [(way.name, way.fit(preparation, seed)) for way in references_for(dataset)]
    if not fitted:
        return "", None

    def badness(reference: tuple[str, Answer]) -> float:
        return _badness(main, judge.figures(reference[1](split.validation), split.validation))

    name, best = min(fitted, key=badness)
    return name, best(split.test)


def _badness(metric: Metric, figures: Figures) -> float:
    value = figures.values[metric.name]
    return value if metric.lower_is_better else -value


def settings_text(experiment: Experiment) -> str:
    """“Neural network (MLP), hidden 32, 16; adam 0.003, batch 32, 10 epochs”."""
    model, training = experiment.model, experiment.training
    options = [
        f"{name} {', '.join(map(str, value)) if isinstance(value, list) else value}"
        for name, value in model.options.items()
    ]
    decay = [f"weight decay {training.weight_decay:g}"] if training.weight_decay else []
    how = [
        f"{training.optimizer} {training.learning_rate:g}",
        f"batch {training.batch_size}",
        *decay,
        f"{training.epochs} epochs",
    ]
    return f"{', '.join([model_named(model.name).title, *options])}; {', '.join(how)}"


def _machine() -> str:
    import sklearn
    import torch

    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, "
        f"Python {platform.python_version()}, torch {torch.__version__}, "
        f"scikit-learn {sklearn.__version__}"
    )
