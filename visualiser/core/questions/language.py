"""What do models of text write, what do they expect next, and what do they look back at?"""

from dataclasses import dataclass

from visualiser.core.data.dataset import FloatArray
from visualiser.core.questions.spec import Question

_FEWEST_STEPS, _MORE = 20, 1.25
"""At first much changes within few steps, later little within many."""


def next_text_at(step: int) -> int:
    """The step from which on a text may follow one of this step."""
    return max(step + _FEWEST_STEPS, round(step * _MORE))


@dataclass(frozen=True)
class Writing:
    """What both models wrote with the weights of one step, from the same start and dice.

    Attributes:
        step: whose weights these are.
        prompt: as the models read it.
        text: what follows the prompt, so far.
        twin_text: the same of the clean twin, or None without one.
        temperature: as it was asked.
        done: whether nothing more will come.
        failed: whether it ended because the answers were no numbers.
    """

    step: int
    prompt: str
    text: str
    twin_text: str | None
    temperature: float
    done: bool
    failed: bool


@dataclass(frozen=True)
class Writings:
    """The text under way, or the last one, and those finished before it, newest first."""

    newest: Writing
    earlier: tuple[Writing, ...]


@dataclass(frozen=True)
class Sample(Question[Writings]):
    """A text that is written a few characters at a look, then anew with later weights.

    Attributes:
        prompt: what the text begins with; characters the models do not know are left out.
        temperature: 0 takes the most probable character each time, 1 draws by the model's
            probabilities, more evens them out.
        length: characters to write.
        seed: of the dice, which fall alike for both models and at each step.
    """

    prompt: str
    temperature: float
    length: int
    seed: int


@dataclass(frozen=True, eq=False)
class Expectation:
    """What may follow a prompt.

    Attributes:
        prompt: as the models read it.
        output: (codes,) probability of each character of the alphabet.
        twin_output: the same of the clean twin, or None without one.
    """

    prompt: str
    output: FloatArray
    twin_output: FloatArray | None


@dataclass(frozen=True)
class NextCharacters(Question[Expectation]):
    """Of both models, after this prompt."""

    prompt: str


@dataclass(frozen=True, eq=False)
class LookBack:
    """What one head takes from where.

    Attributes:
        text: n characters, as the model read them.
        weights: (n, n) share that each place (row) takes from each place up to it (column).
    """

    text: str
    weights: FloatArray


@dataclass(frozen=True)
class HeadAttention(Question[LookBack]):
    """Of the student, reading this text.

    Attributes:
        layer: counted among the attention layers, from 0.
        head: counted from 0.
    """

    text: str
    layer: int
    head: int
