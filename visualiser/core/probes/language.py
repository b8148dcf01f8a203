"""What models of text expect next, and what they look back at."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from visualiser.core.data.dataset import Dataset, FloatArray, read_only
from visualiser.core.data.letters import code_of, codes_of
from visualiser.core.models.language_layers import Attention
from visualiser.core.network.language_modules import CausalAttention
from visualiser.core.questions.language import (
    Expectation,
    HeadAttention,
    LookBack,
    NextCharacters,
)
from visualiser.core.training.learner import Learner
from visualiser.core.training.preparation import Preparation


class Reader:
    """Turns what a user typed into what a model of a text can read."""

    def __init__(self, dataset: Dataset, context: int) -> None:
        self._codes = codes_of(dataset.alphabet)
        self._alphabet = dataset.alphabet
        self.context = context
        windows = np.asarray(dataset.features)
        start = next((sign for sign in "\n " if sign in self._codes), "")
        self._start = self._codes.get(start, int(windows[0, 0]))

    def read(self, text: str) -> list[int]:
        """Codes of the known characters, or of the beginning of a line where there are none."""
        found = (code_of(letter, self._codes) for letter in text)
        return [code for code in found if code is not None] or [self._start]

    def text(self, codes: list[int]) -> str:
        """The characters of these codes."""
        return "".join(self._alphabet[code] for code in codes)

    def inputs(self, codes: list[int]) -> Tensor:
        """(1, n) float32, the last n codes that the model can see."""
        return torch.tensor([codes[-self.context :]], dtype=torch.float32)


def reader_of(preparation: Preparation) -> Reader | None:
    """For runs on text in windows; None for others."""
    if preparation.dataset.modality != "characters":
        return None
    return Reader(preparation.dataset, preparation.encoder.shape[0])


def softmax(logits: FloatArray) -> NDArray[np.float64]:
    """(codes,) probabilities, in doubles; NaN where the logits are no numbers."""
    with np.errstate(invalid="ignore", over="ignore"):
        powers = np.exp(logits.astype(np.float64) - logits.max())
        return np.asarray(powers / powers.sum())


def next_characters_probe(preparation: Preparation) -> "NextCharactersProbe | None":
    """For runs on text."""
    reader = reader_of(preparation)
    return None if reader is None else NextCharactersProbe(reader)


class NextCharactersProbe:
    """One look of each model at the prompt."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def answer(
        self, question: NextCharacters, student: Learner, twin: Learner | None, step: int
    ) -> Expectation:
        """Probabilities of both."""
        codes = self._reader.read(question.prompt)
        inputs = self._reader.inputs(codes)

        def expected(model: Learner) -> FloatArray:
            return read_only(softmax(model.outputs(inputs)[0, -1]).astype(np.float32))

        prompt = self._reader.text(codes)
        return Expectation(prompt, expected(student), None if twin is None else expected(twin))


def head_attention_probe(preparation: Preparation) -> "HeadAttentionProbe | None":
    """For models of text with attention."""
    reader = reader_of(preparation)
    places = [i for i, layer in enumerate(preparation.layers) if isinstance(layer, Attention)]
    return HeadAttentionProbe(reader, places) if reader and places else None


class HeadAttentionProbe:
    """Lets the student read the text up to the attention layer in question."""

    def __init__(self, reader: Reader, places: list[int]) -> None:
        self._reader, self._places = reader, places

    def answer(
        self, question: HeadAttention, student: Learner, twin: Learner | None, step: int
    ) -> LookBack:
        """Weights of one head; the last one where there are not so many."""
        codes = self._reader.read(question.text)[-self._reader.context :]
        place = self._places[min(question.layer, len(self._places) - 1)]
        attention = student.model[place]
        assert isinstance(attention, CausalAttention)
        student.model.eval()
        with torch.inference_mode():
            values = self._reader.inputs(codes).to(student.device)
            for module in list(student.model)[:place]:
                values = module(values)
            heads = attention.weights(values)[0]
            weights: FloatArray = heads[min(question.head, len(heads) - 1)].float().cpu().numpy()
        student.model.train()
        return LookBack(self._reader.text(codes), read_only(weights))
