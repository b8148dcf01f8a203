"""Text that models write while they train: a few characters between two steps."""

from dataclasses import dataclass, field, replace
from time import perf_counter

import numpy as np
import torch
from torch import nn

from visualiser.core.data.dataset import FloatArray
from visualiser.core.models.layers import Layers
from visualiser.core.network.build import build_network
from visualiser.core.probes.language import Reader, reader_of, softmax
from visualiser.core.probes.patience import Patience
from visualiser.core.questions.language import Sample, Writing, Writings, next_text_at
from visualiser.core.training.learner import Learner
from visualiser.core.training.preparation import Preparation

_ENOUGH = 80
"""Characters that a text has at least before the next one takes its place."""
_MOST_KEPT = 24
_MOST_STORIES = 2
"""Under way at a time: two views may ask for different texts."""


def writing_probe(preparation: Preparation) -> "WritingProbe | None":
    """For runs on text."""
    reader = reader_of(preparation)
    return None if reader is None else WritingProbe(reader, preparation.layers)


class WritingProbe:
    """Copies the weights when a text begins, and writes it with those.

    So a text is of one step, and depends on that step and the question alone. One that is slower
    than the training is cut short, so that what is read is never much older than the model.
    """

    def __init__(self, reader: Reader, layers: Layers) -> None:
        self._reader, self._layers = reader, layers
        self._stories: dict[Sample, _Story] = {}
        self._finished: tuple[Writing, ...] = ()

    def answer(
        self, question: Sample, student: Learner, twin: Learner | None, step: int
    ) -> Writings:
        """What is written so far, with what this look adds."""
        story = self._stories.pop(question, None)
        if story is None:
            story = self._begin(question, student, twin, step)
        elif story.is_old(step):
            if not story.newest.done:
                self._keep(replace(story.newest, done=True))
            story = replace(self._begin(question, student, twin, step), patience=story.patience)
        seconds = story.patience.look(step)
        self._stories[question] = story
        if len(self._stories) > _MOST_STORIES:
            self._stories.pop(next(iter(self._stories)))
        if not story.newest.done:
            story.go_on(seconds)
            if story.newest.done:
                self._keep(story.newest)
        earlier = (each for each in self._finished if each is not story.newest)
        return Writings(story.newest, tuple(earlier)[:_MOST_KEPT])

    def _keep(self, text: Writing) -> None:
        self._finished = (text, *self._finished)[: _MOST_KEPT + 1]

    def _begin(
        self, question: Sample, student: Learner, twin: Learner | None, step: int
    ) -> "_Story":
        codes = self._reader.read(question.prompt)
        models = (student,) if twin is None else (student, twin)
        pens = tuple(_Pen.of(self._layers, m, question, codes, self._reader) for m in models)
        newest = Writing(
            step=step,
            prompt=self._reader.text(codes),
            text="",
            twin_text=None if twin is None else "",
            temperature=question.temperature,
            done=False,
            failed=False,
        )
        return _Story(pens, newest)


@dataclass
class _Story:
    """A text under way, or done; of the twin too where there is one."""

    pens: tuple["_Pen", ...]
    newest: Writing
    patience: Patience = field(default_factory=Patience)

    def is_old(self, step: int) -> bool:
        """Whether the model has learnt enough since for another text; at rest anything counts."""
        enough = self.newest.done or len(self.pens[0].written) >= _ENOUGH
        wanted = (
            self.newest.step + 1 if self.patience.rests(step) else next_text_at(self.newest.step)
        )
        return enough and step >= wanted

    def go_on(self, seconds: float) -> None:
        """Write on for so long, one character at least."""
        until = perf_counter() + seconds
        done = False
        while not done:
            for pen in self.pens:
                pen.write()
            done = all(pen.done for pen in self.pens)
            if perf_counter() > until:
                break
        texts = [pen.text for pen in self.pens]
        self.newest = replace(
            self.newest,
            text=texts[0],
            twin_text=texts[1] if len(texts) > 1 else None,
            done=done,
            failed=self.pens[0].failed,
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
        layers: Layers,
        model: Learner,
        question: Sample,
        codes: list[int],
        reader: Reader,
    ) -> "_Pen":
        """At the beginning, with a copy of the weights of now."""
        network = build_network(layers, seed=0).eval()
        network.load_state_dict(model.model.state_dict())
        dice = np.random.default_rng(question.seed)
        return cls(network, question, reader, dice, list(codes), [])

    @property
    def done(self) -> bool:
        """Whether nothing more will come."""
        return self.failed or len(self.written) >= self.question.length

    @property
    def text(self) -> str:
        """What is written so far."""
        return self.reader.text(self.written)

    def write(self) -> None:
        """One more character, unless all are written."""
        if self.done:
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
