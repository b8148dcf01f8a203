"""The work of one process: some runs of a sweep, from their experiments to their figures.

Experiments come and results go as JSON, so that little is needed to hand them from one process
or machine to another, and nothing of what comes is executed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, inf, isfinite
from pathlib import Path
from threading import Lock
from time import perf_counter

import torch

from visualiser import __version__
from visualiser.core.corruption.registry import spare_columns
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.registry import load_dataset, source_named
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig, Experiment
from visualiser.core.experiment_file import parse_experiment
from visualiser.core.network.losses import loss_of
from visualiser.core.own_files import path_of
from visualiser.core.sweep.plan import FEWEST_TOGETHER, MOST_TOGETHER, TOGETHER
from visualiser.core.sweep.result import CellResult, Counted
from visualiser.core.sweep.sweep import cell_key
from visualiser.core.sweep.together import Together, train_alone
from visualiser.core.tasks.registry import task_of
from visualiser.core.training.device import choose_device
from visualiser.core.training.pair import Pair
from visualiser.core.training.preparation import Preparation, prepare
from visualiser.core.training.whole_parts import FiguresByPart, figures_of_test, final_figures
from visualiser.core.training.widening import Names, widened, widening

Note = Callable[[float], None]
"""Told after every step how much of a run's work was done since it was told last, of all runs
that are trained together; may raise to end the work."""

Early = Callable[[Sequence[CellResult]], None]
"""Told now and then of runs under way, as they stand: figures of the test part alone."""

_SECONDS_BETWEEN_LOOKS = 0.5
_SHARE_FOR_LOOKS = 0.04
"""Of the time, at most, that looking at runs under way may take."""

_ONE_AT_A_TIME = Lock()
"""Starting weights are drawn from torch's global generator: threads would disturb each other."""

_MOST_BYTES = 512 * 2**20
"""Encoded examples of models that are trained at once."""
_MOST_MODEL_STEPS = 200_000
"""Of models that are trained at once: some ten seconds of small ones, and there are results."""
_LEAST_LOT = 8
"""As many are trained at once, however long it takes: there is little gain in fewer."""


@dataclass(frozen=True, eq=False)
class _Job:
    """A run, its preparation on clean data, and that with the columns that its spoiling fills."""

    key: str
    experiment: Experiment
    preparation: Preparation
    names: Names
    wide: Preparation


def train_cells(
    texts: Sequence[str], note: Note = lambda share: None, early: Early | None = None
) -> Iterator[CellResult]:
    """Train the experiments that the texts hold, each as soon as it is its turn.

    `early` hears meanwhile how those under way stand; their results are the same without it.

    Those that share a shape are trained at once where that is quicker. One thread of torch: there
    are as many processes as the machine has room for.

    Raises:
        UserError: an experiment cannot be trained.
    """
    with _ONE_AT_A_TIME:
        # Numbers too small for full precision cost a processor a hundred times the time.
        torch.set_flush_denormal(True)
        torch.set_num_threads(1)
        alike: dict[object, list[_Job]] = defaultdict(list)
        for job in _jobs(texts):
            alike[_shape(job)].append(job)
        looks = _Looks(early)
        for jobs in alike.values():
            if len(jobs) < FEWEST_TOGETHER or not _goes_together(jobs[0]):
                for job in jobs:
                    yield _train_one(job, note, looks)
            else:
                for lot in _lots(jobs):
                    yield from _train_lot(lot, note, looks)


def _jobs(texts: Sequence[str]) -> Iterator[_Job]:
    prepared: dict[str, Preparation] = {}
    for text in texts:
        experiment = parse_experiment(text, "experiment")
        told = experiment.replace(training={}, spoiling={})  # what a preparation rests on
        name = told.model_dump_json()
        if name not in prepared:
            prepared[name] = prepare(experiment, _load(experiment))
        base = prepared[name]
        names = spare_columns(experiment.spoiling, base.dataset)
        yield _Job(cell_key(experiment), experiment, base, names, widened(base, names))


def _load(experiment: Experiment) -> Dataset:
    config = experiment.dataset
    source = source_named(config.name)
    # A file of the user's own is the same with any seed, and may take long to read.
    one_file = source.file is not None and not source.is_folder
    dataset = _loaded(config.model_dump_json(), 0 if one_file else experiment.seed)
    if config.content and dataset.content != config.content:
        raise UserError(
            f"“{Path(path_of(config)).name}” has changed since this sweep was begun.",
            "Begin a new sweep of what it is now.",
        )
    return dataset


@lru_cache(maxsize=6)
def _loaded(config: str, seed: int) -> Dataset:
    return load_dataset(DatasetConfig.model_validate_json(config), seed)


def _shape(job: _Job) -> object:
    """Equal for runs whose steps are the same operations."""
    experiment = job.experiment
    return job.wide.layers, experiment.training.replace(epochs=1), experiment.model.name


def _goes_together(job: _Job) -> bool:
    on_cpu = choose_device(job.experiment.training.device).device.type == "cpu"
    return job.experiment.model.name in TOGETHER and on_cpu


def _lots(jobs: Sequence[_Job]) -> Iterator[Sequence[_Job]]:
    """As many at once as memory and patience have room for."""
    inputs = jobs[0].preparation.train_inputs
    training = jobs[0].experiment.training
    # Of fewer examples there are as many more epochs.
    epochs = min(job.experiment.training.epochs for job in jobs)
    steps = epochs * ceil(len(inputs) / training.batch_size)
    room = _MOST_BYTES // max(inputs.nbytes, 1)
    most = max(_LEAST_LOT, min(MOST_TOGETHER, room, _MOST_MODEL_STEPS // max(steps, 1)))
    lots = ceil(len(jobs) / most)
    size = ceil(len(jobs) / lots)
    return (jobs[at : at + size] for at in range(0, len(jobs), size))


def _pair(job: _Job) -> Pair:
    """The student before its first step, on the data that it is given."""
    device = choose_device(job.experiment.training.device).device
    experiment = job.experiment
    pair = Pair(experiment, job.preparation, device)
    if not job.names:
        pair.use(experiment.spoiling, at_start=True)
        return pair
    seed = experiment.seed_of_weights
    wider = widening(job.preparation, (), job.names, (), seed)
    pair.widen(job.wide, wider, experiment.spoiling, at_start=True)
    return pair


def _steps(pair: Pair, job: _Job) -> int:
    training = job.experiment.training
    return max(1, training.epochs * ceil(len(pair.part) / training.batch_size))


class _Looks:
    """Tells how runs under way stand, often enough to watch them and seldom enough to be cheap."""

    def __init__(self, early: Early | None) -> None:
        self._early = early
        self._due = perf_counter() + _SECONDS_BETWEEN_LOOKS if early else inf

    @property
    def due(self) -> bool:
        """Whether it is time for one."""
        return perf_counter() >= self._due

    def look(self, runs: Sequence[tuple[_Job, Pair, int]]) -> None:
        """At runs, each with its pair and the steps that it has made."""
        if self._early is None:
            return
        started = perf_counter()
        self._early(
            [
                _result(job, pair, steps, {"test": figures_of_test(pair)}, 0.0, len(runs))
                for job, pair, steps in runs
            ]
        )
        ended = perf_counter()
        self._due = ended + max(_SECONDS_BETWEEN_LOOKS, (ended - started) / _SHARE_FOR_LOOKS)


def _train_one(job: _Job, note: Note, looks: _Looks) -> CellResult:
    started, pair, made = perf_counter(), _pair(job), 0
    share = 1 / _steps(pair, job)
    for _ in train_alone(pair, job.experiment.training.epochs):
        made += 1
        note(share)
        if looks.due:
            looks.look([(job, pair, made)])
    return _result(job, pair, made, final_figures(pair)[0], perf_counter() - started, 1)


def _train_lot(jobs: Sequence[_Job], note: Note, looks: _Looks) -> Iterator[CellResult]:
    started, first = perf_counter(), jobs[0]
    pairs = [_pair(job) for job in jobs]
    loss = loss_of(first.wide.dataset, pairs[0].part)
    epochs = [job.experiment.training.epochs for job in jobs]
    layers, config = first.wide.layers, first.experiment.training
    together = Together(layers, loss, config, pairs, epochs)
    shares = [1 / _steps(pair, job) for pair, job in zip(pairs, jobs, strict=True)]
    active = set(range(len(jobs)))
    while together.active:
        note(sum(shares[place] for place in active))
        for place in together.step():
            active.discard(place)
            seconds = (perf_counter() - started) / len(jobs)
            steps = together.steps[place]
            figures = final_figures(pairs[place])[0]
            yield _result(jobs[place], pairs[place], steps, figures, seconds, len(jobs))
        if looks.due:
            places = together.hand_back()
            looks.look([(jobs[at], pairs[at], together.steps[at]) for at in places])


def _result(
    job: _Job, pair: Pair, steps: int, figures: FiguresByPart, seconds: float, together: int
) -> CellResult:
    dataset, split = job.preparation.dataset, job.preparation.split
    task = task_of(dataset)
    baseline = task.baseline(dataset, split.train, split.test).figure
    return CellResult(
        key=job.key,
        figures=_finite(figures),
        baseline=baseline if isfinite(baseline) else None,
        changes=tuple(
            Counted(name=change.name, changed=change.changed, eligible=change.eligible)
            for change in pair.changes
        ),
        rows=len(pair.part),
        steps=steps,
        seconds=round(seconds, 4),
        together=together,
        data=dataset.title[:200],
        task=dataset.task,
        unit=dataset.unit[:100],
        titles={metric.name: metric.title_for(dataset)[:200] for metric in task.metrics},
        program=__version__,
    )


def _finite(figures: FiguresByPart) -> dict[str, dict[str, float | None]]:
    return {
        part: {
            name: float(value) if isfinite(value) else None
            for name, value in of_part.as_dict().items()
        }
        for part, of_part in figures.items()
    }
