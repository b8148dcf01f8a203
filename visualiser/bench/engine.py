"""Steps a second without a window: this program's engine, and the usual loop to compare with."""

from threading import Thread
from time import perf_counter

import torch
from torch.utils.data import DataLoader, TensorDataset

from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import Experiment
from visualiser.core.network.build import build_network
from visualiser.core.network.losses import loss_of
from visualiser.core.training.preparation import prepare
from visualiser.core.training.trainer import Trainer


class Engine:
    """The trainer on a thread of its own, as in the window, but with nobody looking."""

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._dataset = load_dataset(experiment.dataset, experiment.seed)
        self._trainer: Trainer | None = None
        self._rate = 0.0

    def rate(self, seconds: float) -> float:
        """Steps a second over so long; the run goes on where it stood the last time."""
        thread = Thread(target=self._work, args=(seconds,))
        thread.start()
        thread.join()
        return self._rate

    def _work(self, seconds: float) -> None:
        if self._trainer is None:
            self._trainer = Trainer(self._experiment, self._dataset)
        else:
            # A thread has its own number of torch threads; the trainer chose one for the first.
            torch.set_num_threads(1)
            torch.set_flush_denormal(True)
        trainer = self._trainer
        started, first = perf_counter(), trainer.step_number
        while (passed := perf_counter() - started) < seconds:
            trainer.step()
        self._rate = (trainer.step_number - first) / passed


class PlainLoop:
    """What people write: a DataLoader, the default Adam and `.item()` at each step."""

    def __init__(self, experiment: Experiment) -> None:
        dataset = load_dataset(experiment.dataset, experiment.seed)
        preparation = prepare(experiment, dataset)
        self._model = build_network(preparation.layers, experiment.seed)
        self._optimizer = torch.optim.Adam(self._model.parameters(), lr=0.003)
        self._loss = loss_of(dataset, preparation.split.train)
        targets = torch.tensor(preparation.judge.targets(preparation.split.train))
        self._loader = DataLoader(
            TensorDataset(torch.tensor(preparation.train_inputs), targets),
            batch_size=experiment.training.batch_size,
            shuffle=True,
        )

    def rate(self, seconds: float) -> float:
        """Steps a second over so long, on one thread as the engine."""
        torch.set_num_threads(1)
        steps, started, total = 0, perf_counter(), 0.0
        while True:
            for inputs, targets in self._loader:
                self._optimizer.zero_grad()
                loss = self._loss(self._model(inputs), targets)
                loss.backward()  # type: ignore[no-untyped-call]
                self._optimizer.step()
                total += loss.item()
                steps += 1
                if (passed := perf_counter() - started) >= seconds:
                    return steps / passed
