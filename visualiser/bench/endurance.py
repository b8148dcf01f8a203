"""What a million recorded steps cost a frame of the curves, and the memory."""

from time import perf_counter

import numpy as np
from PySide6.QtWidgets import QApplication

from visualiser.bench.memory import resident_mb
from visualiser.core.training.history import History
from visualiser.core.training.schedule import next_evaluation
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.views.curves import CurvesView

FEW, MANY = 1_000, 1_000_000
_INTERVAL = 10
"""The shortest that the trainer uses: most rows for a number of steps."""
_FRAMES = 60
_STEPS_A_FRAME = 100


class Endurance:
    """Feeds the curves with a history of the figures that a run has, a few steps a frame."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._figures = [
            name for name, column in snapshot.history.columns.items() if np.isfinite(column).any()
        ]
        self._history = History()
        self._generator = np.random.default_rng(0)
        self._step, self._next = 0, 0
        self._view = CurvesView()
        self._view.resize(720, 400)
        self._view.start_run(snapshot.info)
        self._view.show()

    def run(self, many: int = MANY) -> tuple[float, float]:
        """(cost of a frame at `many` steps over the one at a thousand, MB grown between)."""
        self._advance_to(FEW)
        few = self._frame_cost()
        before = resident_mb()
        while self._step < many:
            self._advance_to(min(many, self._step + 20_000))
            self._draw()
        grown = resident_mb() - before
        late = self._frame_cost()
        self._view.close()
        self._view.deleteLater()
        return late / few, grown

    def _frame_cost(self) -> float:
        costs = []
        for _ in range(_FRAMES):
            self._advance_to(self._step + _STEPS_A_FRAME)
            started = perf_counter()
            self._draw()
            costs.append(perf_counter() - started)
        return float(np.median(costs))

    def _draw(self) -> None:
        self._view.show_snapshot(self._at_now())
        QApplication.processEvents()

    def _advance_to(self, step: int) -> None:
        losses = self._generator.random(step - self._step, dtype=np.float32)
        self._history.extend_batch_loss(losses)
        while self._next <= step:
            loss = 2 / (1 + self._next / 500) + 0.1 * self._generator.random()
            place = {"step": self._next, "epoch": self._next / 100, "learning_rate": 0.003}
            self._history.append(dict.fromkeys(self._figures, 1 / (1 + loss)) | place)
            self._next = next_evaluation(self._next, _INTERVAL)
        self._step = step

    def _at_now(self) -> Snapshot:
        fields = vars(self._snapshot) | {
            "history": self._history.view(),
            "step": self._step,
            "epoch": self._step / 100,
            "state": "running",
            "measured_at": self._step,
        }
        return Snapshot(**fields)
