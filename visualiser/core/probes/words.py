"""What single words do to the answers of a model of messages."""

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from visualiser.core.data.bag_of_words import most_frequent_words, word_spans
from visualiser.core.data.dataset import Dataset, FloatArray, IntArray, read_only
from visualiser.core.data.encoding_text import HashedEncoder, VocabularyEncoder
from visualiser.core.data.encoding_tokens import TokensEncoder
from visualiser.core.models.layers import Dense
from visualiser.core.probes.spec import Probe
from visualiser.core.questions.words import (
    MOST_OCCLUDED,
    MOST_WORDS,
    Occlusion,
    WordPulls,
    Words,
    WordsOfMessage,
)
from visualiser.core.training.learner import Learner
from visualiser.core.training.preparation import Preparation

_MULTIPLY_ADDS = 10_000_000
"""All words of one look may cost both models about this together, some milliseconds; a wide
network is asked about fewer words."""
_FEWEST = 64
_FIRST_WORD = 2
"""The code of the first word that a TokensEncoder knows."""


def words_probe(preparation: Preparation) -> "Probe[Words] | None":
    """For messages with classes, in words that have a name or can be hashed."""
    encoder = preparation.encoder
    if not _classed_messages(preparation.dataset):
        return None
    if isinstance(encoder, TokensEncoder):
        return TokensProbe(preparation, encoder)
    first = preparation.layers[0]
    if isinstance(encoder, VocabularyEncoder | HashedEncoder) and isinstance(first, Dense):
        return BagProbe(preparation, encoder)
    return None


def occlusion_probe(preparation: Preparation) -> "Probe[Occlusion] | None":
    """For messages with classes."""
    return OcclusionProbe(preparation) if _classed_messages(preparation.dataset) else None


def _classed_messages(dataset: Dataset) -> bool:
    return dataset.modality == "text" and dataset.predicts_classes


class TokensProbe:
    """Words are read in order: each alone is a message of one place."""

    def __init__(self, preparation: Preparation, encoder: TokensEncoder) -> None:
        # The cost of a layer is that of a whole message.
        cost = sum(layer.multiply_adds for layer in preparation.layers) / encoder.length
        self._words = encoder.words[: _affordable(cost)]
        self._known = len(encoder.words)
        codes = np.arange(_FIRST_WORD, _FIRST_WORD + len(self._words), dtype=np.float32)
        self._messages = torch.from_numpy(np.insert(codes, 0, 0.0)[:, None])

    def answer(
        self, question: Words, student: Learner, twin: Learner | None, step: int
    ) -> WordPulls:
        """Of both models."""
        return WordPulls(
            self._words,
            self._known,
            pulls_of(student.outputs(self._messages)),
            None if twin is None else pulls_of(twin.outputs(self._messages)),
        )


class BagProbe:
    """Words are counted: what the first layer makes of a word alone are its weights for it."""

    def __init__(
        self, preparation: Preparation, encoder: VocabularyEncoder | HashedEncoder
    ) -> None:
        cost = sum(layer.multiply_adds for layer in preparation.layers[1:])
        if isinstance(encoder, VocabularyEncoder):
            self._words = encoder.names[: _affordable(cost)]
            self._known = len(encoder.names)
            self._columns = torch.arange(len(self._words))
        else:
            messages = np.asarray(preparation.split.train.features)
            self._words, self._known = most_frequent_words(messages, _affordable(cost))
            alone = encoder.transform(np.array(self._words, dtype=object))
            self._columns = torch.from_numpy(alone.argmax(axis=1))

    def answer(
        self, question: Words, student: Learner, twin: Learner | None, step: int
    ) -> WordPulls:
        """Of both models."""
        return WordPulls(
            self._words,
            self._known,
            self._pulls(student),
            None if twin is None else self._pulls(twin),
        )

    def _pulls(self, learner: Learner) -> FloatArray:
        learner.model.eval()
        with torch.inference_mode():
            first, rest = learner.model[0], learner.model[1:]
            weight, empty = first.get_parameter("weight"), first.get_parameter("bias")
            alone = weight.T[self._columns.to(weight.device)] + empty
            logits: Tensor = rest(torch.cat([empty[None], alone]))
        learner.model.train()
        return pulls_of(logits.float().cpu().numpy())


class OcclusionProbe:
    """The answer without a word, for each word of a message in turn."""

    def __init__(self, preparation: Preparation) -> None:
        self._encoder, self._judge = preparation.encoder, preparation.judge
        self._text: str | None = None
        self._spans: tuple[tuple[int, int], ...] = ()
        self._which: IntArray = np.zeros(0, dtype=np.int64)
        self._messages: NDArray[Any] = np.zeros(0, dtype=object)
        self._inputs = torch.empty(0)

    def answer(
        self, question: Occlusion, student: Learner, twin: Learner | None, step: int
    ) -> WordsOfMessage:
        """Of both models."""
        if question.text != self._text:
            self._read(question.text)
        output, pulls = self._answers(student)
        twin_output, twin_pulls = (None, None) if twin is None else self._answers(twin)
        return WordsOfMessage(self._spans, pulls, output, twin_pulls, twin_output)

    def _read(self, text: str) -> None:
        """The whole message, and the message without each of its words."""
        spans = word_spans(text)
        words = [text[start:end].lower() for start, end in spans]
        different = list(dict.fromkeys(words))[:MOST_OCCLUDED]
        read = [span for span, word in zip(spans, words, strict=True) if word in set(different)]
        place = {word: number for number, word in enumerate(different)}
        self._which = np.array([place[text[a:b].lower()] for a, b in read], dtype=np.int64)
        left_out = [_without(text, spans, words, word) for word in different]
        self._messages = np.array([text, *left_out], dtype=object)
        self._inputs = torch.tensor(self._encoder.transform(self._messages))
        self._text, self._spans = text, tuple(read)

    def _answers(self, learner: Learner) -> tuple[NDArray[Any], FloatArray]:
        logits = learner.outputs(self._inputs)
        output = self._judge.answers(logits[:1], self._messages[:1])[0]
        return read_only(output), read_only(-pulls_of(logits)[self._which])


def pulls_of(logits: FloatArray) -> FloatArray:
    """(1 + W, K) logits, those of the ground first → (W, K) changes against the other classes."""
    change = logits[1:] - logits[:1]
    classes = logits.shape[1]
    pulls: FloatArray = (classes * change - change.sum(axis=1, keepdims=True)) / (classes - 1)
    return read_only(pulls)


def _affordable(cost: float) -> int:
    """How many words may be measured where each costs so many multiplications."""
    return int(np.clip(_MULTIPLY_ADDS / (2 * max(cost, 1.0)), _FEWEST, MOST_WORDS))


def _without(text: str, spans: tuple[tuple[int, int], ...], words: list[str], left_out: str) -> str:
    """The text with blanks wherever that word stands."""
    pieces = list(text)
    for (start, end), word in zip(spans, words, strict=True):
        if word == left_out:
            pieces[start:end] = " " * (end - start)
    return "".join(pieces)
