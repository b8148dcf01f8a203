"""What of an example speaks for an answer: integrated gradients, some points of the way a look."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from visualiser.core.clues import with_clue
from visualiser.core.corruption.spec import Context
from visualiser.core.data.dataset import FloatArray, read_only
from visualiser.core.data.encoding_sound import MelEncoder
from visualiser.core.data.split import Part
from visualiser.core.models.text_layers import Embedding
from visualiser.core.probes.example_parts import Parts, parts_of
from visualiser.core.probes.spec import Probe
from visualiser.core.probes.workshop import Networks, Workshop, at_once, cost_of
from visualiser.core.questions.saliency import (
    TOLERANCE,
    Attribution,
    Baseline,
    LookedAt,
    Region,
    Saliencies,
    Saliency,
    can_be_looked_at,
)
from visualiser.core.training.learner import Learner
from visualiser.core.training.preparation import Preparation

_FEWEST_STEPS, _FINER, _MOST_STEPS = 16, 3, 144
"""Points at first, and how many times as many where those do not add up. The middles of a third of
the intervals are those of the intervals before, so that nothing is done twice."""
_MOST_AT_ONCE = 16
_BACKWARD = 3
"""Times the cost of a forward pass, with its gradients."""
_ALMOST_NOTHING = 1e-6
"""Of a word's vector, where a message without words is meant: a layer that leaves out places
without a word would leave them out all at once at zero, and nowhere else on the way."""
_CLEARLY_DB = 3.0
"""Decibels by which a cell of a spectrogram is louder where a tone is in it."""

Score = Callable[[Tensor], Tensor]
"""(n, outputs) → (n,) what is attributed."""


def saliency_probe(preparation: Preparation) -> "Probe[Saliency] | None":
    """For examples made of parts, and one answer to each."""
    dataset = preparation.dataset
    answered = dataset.predicts_classes or dataset.predicts_amounts
    return SaliencyProbe(preparation) if answered and can_be_looked_at(dataset.modality) else None


class SaliencyProbe:
    """Keeps the last look until the next one is finished."""

    def __init__(self, preparation: Preparation) -> None:
        self._preparation = preparation
        self._shown: dict[Saliency, _Shown] = {}
        self._mean: FloatArray | None = None
        self._workshop: Workshop[Saliency, _Looking] = Workshop(preparation.layers, self._begin)

    def answer(
        self, question: Saliency, student: Learner, twin: Learner | None, step: int
    ) -> Saliencies:
        """Of both models."""
        finished, done = self._workshop.look(question, (student, twin), step)
        return Saliencies(None if finished is None else finished.answer, done)

    def _begin(self, question: Saliency, networks: Networks, step: int) -> "_Looking":
        shown = self._shown.get(question)
        if shown is None:
            shown = _Shown.of(self._preparation, question, self._start(question.baseline))
            self._shown = {question: shown, **dict(list(self._shown.items())[:1])}
        return _Looking(self._preparation, shown, question.code, networks, step)

    def _start(self, baseline: Baseline) -> FloatArray:
        """(*shape) the baseline as a model sees it."""
        preparation = self._preparation
        encoder = preparation.encoder
        if baseline == "mean":
            if self._mean is None:
                mean = preparation.train_inputs.mean(axis=0, dtype=np.float64)
                self._mean = mean.astype(np.float32)
            return self._mean
        if isinstance(encoder, MelEncoder):
            silence = np.zeros((1, encoder.frames.samples), dtype=np.float32)
            return np.asarray(encoder.transform(silence)[0])
        return np.zeros(encoder.shape, dtype=np.float32)


@dataclass(frozen=True, eq=False)
class _Shown:
    """An example as it is shown to the models.

    Attributes:
        part: one row.
        inputs, start: (1, *shape) it and its baseline, encoded.
        region, region_is: as in LookedAt.
    """

    part: Part
    inputs: Tensor
    start: Tensor
    parts: Parts
    region: FloatArray | None
    region_is: Region

    @classmethod
    def of(cls, preparation: Preparation, question: Saliency, start: FloatArray) -> "_Shown":
        """The example of a question, with its clue put as asked."""
        split, dataset, encoder = preparation.split, preparation.dataset, preparation.encoder
        part = clean = split.validation.take(np.array([question.row]))
        if question.clue is not None:
            context = Context(dataset, clean, split.train)
            part = with_clue(clean, question.clue, question.way, context)
        inputs = encoder.transform(part.features)
        parts = parts_of(dataset, encoder, part.features)
        region: FloatArray | None = None
        region_is: Region = "thing"
        if question.clue == "mark" and question.way != "as_it_is":
            region, region_is = _marked(preparation, clean, part), "clue"
        elif dataset.scenes is not None:
            region = dataset.scenes.things(part.rows)[0]
        return cls(
            part,
            torch.from_numpy(np.array(inputs)),
            torch.from_numpy(start.copy())[None],
            parts,
            region,
            region_is,
        )


def _marked(preparation: Preparation, clean: Part, marked: Part) -> FloatArray:
    """Which parts of an example its mark is: pixels that differ, the first word, louder cells."""
    dataset, encoder = preparation.dataset, preparation.encoder
    if dataset.modality == "text":
        spans = parts_of(dataset, encoder, marked.features).spans
        return read_only((np.arange(len(spans)) < 1).astype(np.float32))
    if isinstance(encoder, MelEncoder):
        louder = encoder.decibels(marked.features)[0] - encoder.decibels(clean.features)[0]
        return read_only((louder > _CLEARLY_DB).astype(np.float32))
    changed = np.asarray(marked.features)[0] != np.asarray(clean.features)[0]
    return read_only(changed.any(axis=0).astype(np.float32))


class _Looking:
    """One example in both models, a few points of the way at a time."""

    def __init__(
        self,
        preparation: Preparation,
        shown: _Shown,
        code: int | None,
        networks: Networks,
        step: int,
    ) -> None:
        self._shown, self._step = shown, step
        self._code: int | None = None
        if preparation.dataset.predicts_classes:
            student = networks[0]
            assert student is not None
            with torch.inference_mode():
                self._code = int(student(shown.inputs).argmax()) if code is None else code
        self._ways = [
            None if network is None else _Way(preparation, shown, network, self._code)
            for network in networks
        ]

    @property
    def done(self) -> bool:
        """Whether all models are."""
        return all(way is None or way.done for way in self._ways)

    def advance(self) -> None:
        """Some points of the first that is not."""
        next(way for way in self._ways if way is not None and not way.done).advance()

    @property
    def answer(self) -> LookedAt:
        """Once it is done."""
        student, twin = (None if way is None else way.attribution() for way in self._ways)
        assert student is not None
        shown = self._shown
        return LookedAt(
            self._step,
            self._code,
            shown.part.features,
            student,
            twin,
            shown.parts.spans,
            shown.parts.names,
            shown.region,
            shown.region_is,
        )


class _Way:
    """The straight way from the baseline to an example through one model.

    Sundararajan, Taly and Yan, “Axiomatic attribution for deep networks” (2017): what a number adds
    is its distance from the baseline times the mean of its gradients on the way, here that of the
    middles of equal intervals. Where codes are looked up, the way is that of their vectors, from no
    vectors at all, and what a code adds is the sum over its vector.
    """

    def __init__(
        self, preparation: Preparation, shown: _Shown, network: nn.Sequential, code: int | None
    ) -> None:
        self._preparation, self._shown = preparation, shown
        self._coded = isinstance(preparation.layers[0], Embedding)
        with torch.no_grad():
            self._end = network[0](shown.inputs) if self._coded else shown.inputs
        self._start = torch.zeros_like(self._end) if self._coded else shown.start
        self._model = network[1:] if self._coded else network
        self._scale = 1.0 if code is not None else self._unit()
        self._score: Score = _pull_to(code) if code is not None else _first
        self._at_once = at_once(_BACKWARD * cost_of(preparation.layers), _MOST_AT_ONCE)
        almost = self._end * _ALMOST_NOTHING if self._coded else self._start
        with torch.inference_mode():
            ends = self._model(torch.cat([self._end, almost]))
            self._scores = [float(score) for score in self._score(ends)]
        self._output = ends[:1].float().numpy()
        self._gradients = torch.zeros_like(self._end, dtype=torch.float64)
        self._taken = 0
        self._ahead = list(range(_FEWEST_STEPS))
        self._steps = _FEWEST_STEPS

    @property
    def done(self) -> bool:
        """Whether nothing is left to do."""
        return not self._ahead

    def advance(self) -> None:
        """The gradients at some points; more points where all of them do not add up."""
        numbers, self._ahead = self._ahead[: self._at_once], self._ahead[self._at_once :]
        shares = (torch.tensor(numbers, dtype=torch.float32) + 0.5) / self._steps
        along = shares.view(-1, *[1] * (self._end.ndim - 1))
        points = (self._start + (self._end - self._start) * along).requires_grad_()
        (slopes,) = torch.autograd.grad(self._score(self._model(points)).sum(), points)
        self._gradients += slopes.sum(dim=0, keepdim=True, dtype=torch.float64)
        self._taken += len(numbers)
        if not self._ahead and self._misses() and self._steps < _MOST_STEPS:
            self._steps *= _FINER
            self._ahead = [number for number in range(self._steps) if number % _FINER != 1]

    def attribution(self) -> Attribution:
        """Once it is done."""
        values = self._numbers().sum(dim=-1) if self._coded else self._numbers()
        judge, features = self._preparation.judge, self._shown.part.features
        score, baseline = (self._scale * score for score in self._scores)
        output = np.asarray(judge.answers(self._output, features)[0])
        if not output.ndim:  # an amount has a zero of its own, which is not that of the model
            score, baseline = float(output), baseline + float(output) - score
        return Attribution(
            self._shown.parts.gathered((self._scale * values[0]).float().numpy()),
            score,
            baseline,
            read_only(output),
            self._taken,
        )

    def _numbers(self) -> Tensor:
        """(1, …) what each number adds, by the points so far, in doubles."""
        return (self._end - self._start).double() * self._gradients / self._taken

    def _misses(self) -> bool:
        """Whether the numbers add up to something else than the change of the score."""
        wanted = self._scores[0] - self._scores[1]
        return abs(float(self._numbers().sum()) - wanted) > TOLERANCE * max(abs(wanted), 1.0)

    def _unit(self) -> float:
        """Of the target, for one standard deviation as the model learns it."""
        ends = np.array([[1.0], [0.0]], dtype=np.float32)
        features = self._shown.part.take(np.zeros(2, dtype=np.int64)).features
        high, low = self._preparation.judge.answers(ends, features)
        return float(high - low)


def _pull_to(code: int) -> Score:
    """The logit of a class less the mean of the others; of two classes the log-odds."""

    def score(logits: Tensor) -> Tensor:
        others = logits.shape[1] - 1
        return (logits[:, code] * (others + 1) - logits.sum(dim=1)) / others

    return score


def _first(outputs: Tensor) -> Tensor:
    return outputs[:, 0]
