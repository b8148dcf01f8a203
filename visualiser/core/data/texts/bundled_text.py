"""What the bundled texts have in common: a file, how it is made tidy, and defaults."""

from collections.abc import Callable

import numpy as np

from visualiser.core.data.bundled import read_text
from visualiser.core.data.dataset import DataCard, Dataset
from visualiser.core.data.source import Defaults, Progress, Source
from visualiser.core.data.text_windows import WindowOptions, text_dataset, tidy

Edit = Callable[[str, int], str]
"""(tidy text, seed) → the text as it is learnt from."""

TEXT_DEFAULTS = Defaults(model="gpt", batch_size=8, learning_rate=0.004, epochs=10)


def text_source(
    name: str,
    title: str,
    summary: str,
    card: DataCard,
    file: str,
    *,
    edit: Edit | None = None,
    note: str = "",
    options: type[WindowOptions] = WindowOptions,
    defaults: Defaults = TEXT_DEFAULTS,
) -> Source:
    """The entry of the registry for a text in the datasets folder.

    Args:
        edit: what is done to it beyond making it tidy; `note` says so to the user.
    """

    def load(chosen: WindowOptions, seed: int, progress: Progress) -> Dataset:
        """The text in windows."""
        text = tidy(read_text(file))
        text = text if edit is None else edit(text, seed)
        return text_dataset(name, title, card, text, chosen, (note,) if note else ())

    return Source(
        name=name,
        title=title,
        summary=summary,
        job="Language generation",
        modality="characters",
        task="language",
        options=options,
        load=load,
        defaults=defaults,
    )


def shuffled_lines(text: str, seed: int) -> str:
    """The same lines in an order drawn by the seed."""
    lines = text.split("\n")
    order = np.random.default_rng(seed).permutation(len(lines))
    return "\n".join(lines[line] for line in order)
