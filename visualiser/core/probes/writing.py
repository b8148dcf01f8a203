"""Text that models write while they train: a few characters between two steps."""

from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np
import torch
from torch import nn

from visualiser.core.data.dataset import FloatArray
from visualiser.core.models.layers import Layers
from visualiser.core.network.build import build_network
from visualiser.core.probes.language import Reader, reader_of, softmax
from visualiser.core.questions.language import Sample, Writing, Writings
from visualiser.core.training.learner import Learner
from visualiser.core.training.preparation import Preparation

_SECONDS = 0.01
"""At a look, for both models together: training and frames wait for so long."""
_MOST_KEPT = 24
_FEWEST_STEPS, _MORE = 20, 1.25
"""A text begins anew after so many steps, and so many times the steps of the one before: at first
much changes within few steps, later little within many."""


def writing_probe(preparation: Preparation) -> "WritingProbe | None":
    """For runs on text."""
    reader = reader_of(preparation)
    return None if reader is None else WritingProbe(reader, preparation.layers)


class WritingProbe:
    """Copies the weights when a text begins, and writes it with those, however long it takes.

    So a text is of one step, and depends on that step and the question alone.
    """

    def __init__(self, reader: Reader, layers: Layers) -> None:
        self._reader = reader
        self._networks = tuple(build_network(layers, seed=0).eval() for _ in range(2))
        self._question: Sample | None = None
        self._pens: tuple[_Pen, ...] = ()
        self._newest: Writing | None = None
        self._earlier: tuple[Writing, ...] = ()

    def answer(
        self, question: Sample, student: Learner, twin: Learner | None, step: int
    ) -> Writings:
        """What is written so far, with what this look adds."""
        if self._newest is None or question != self._question or self._is_old(self._newest, step):
            self._begin(question, student, twin, step)
        assert self._newest is not None
        if not self._newest.done:
            self._newest = self._go_on(question, self._newest)
        return Writings(self._newest, self._earlier)

    def _is_old(self, newest: Writing, step: int) -> bool:
        return newest.done and step >= max(newest.step + _FEWEST_STEPS, round(newest.step * _MORE))

    def _begin(self, question: Sample, student: Learner, twin: Learner | None, step: int) -> None:
        if self._newest is not None and self._newest.done:
            self._earlier = (self._newest, *self._earlier)[:_MOST_KEPT]
        self._question = question
        codes = self._reader.read(question.prompt)
        models = (student,) if twin is None else (student, twin)
        self._pens = tuple(
            _Pen.of(network, model, question, codes, self._reader)
            for network, model in zip(self._networks, models, strict=False)
        )
        self._newest = Writing(
            step=step,
            prompt=self._reader.text(codes),
            text="",
            twin_text=None if twin is None else "",
            temperature=question.temperature,
            done=False,
            failed=False,
        )

    def _go_on(self, question: Sample, newest: Writing) -> Writing:
        until = perf_counter() + _SECONDS
        while True:
            for pen in self._pens:
                pen.write()
            done = all(pen.failed or len(pen.written) >= question.length for pen in self._pens)
            if done or perf_counter() > until:
                break
        texts = [self._reader.text(pen.written) for pen in self._pens]
        return replace(
            newest,
            text=texts[0],
            twin_text=texts[1] if len(texts) > 1 else None,
            done=done,
            failed=self._pens[0].failed,
        )


@dataclass
class _Pen:
    """One model in the middle of a text.

    Attributes:
        network: with the weights of the step at which the text began, in eval mode.
        codes: prompt and text.
        written: the text alone.
        failed: the outputs were no numbers.
    """

    network: nn.Sequential
    question: Sample
    reader: Reader
    dice: np.random.Generator
    codes: list[int]
    written: list[int]
    failed: bool = False

    @classmethod
    def of(
        cls,
        network: nn.Sequential,
        model: Learner,
        question: Sample,
        codes: list[int],
        reader: Reader,
    ) -> "_Pen":
        """At the beginning, with a copy of the weights of now."""
        network.load_state_dict(model.model.state_dict())
        dice = np.random.default_rng(question.seed)
        return cls(network, question, reader, dice, list(codes), [])

    def write(self) -> None:
        """One more character, unless all are written."""
        if self.failed or len(self.written) >= self.question.length:
            return
        with torch.inference_mode():
            logits = self.network(self.reader.inputs(self.codes))[0, -1].float().numpy()
        if not np.isfinite(logits).all():
            self.failed = True
            return
        code = drawn(logits, self.question.temperature, self.dice.random())
        self.codes.append(code)
        self.written.append(code)


def drawn(logits: FloatArray, temperature: float, dice: float) -> int:
    """A code by its probability at a temperature, where `dice` in 0 … 1 falls."""
    if temperature <= 0:
        return int(logits.argmax())
    chances = np.cumsum(softmax(logits / temperature))
    return min(int(np.searchsorted(chances, dice * chances[-1], side="right")), len(chances) - 1)
