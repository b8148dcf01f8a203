"""Examples that are there more than once."""

from typing import Annotated

import numpy as np
from pydantic import Field

from visualiser.core.corruption.spec import Amount, Change, Context, Corruption
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.split import Part
from visualiser.core.experiment import Value


class DuplicatesOptions(Value):
    """How many `times` an example that is repeated is there besides the first."""

    times: Annotated[
        int,
        Field(
            ge=1,
            le=20,
            title="Copies of each",
            description="How often an example that is repeated is there besides the first time.",
        ),
    ] = 1


def corrupt(
    part: Part,
    amount: float,
    options: DuplicatesOptions,
    context: Context,
    generator: np.random.Generator,
) -> tuple[Part, Change]:
    """Repeat each example with probability `amount`, right behind itself.

    The copies have the features and the label that the example has now, whether spoiled or not. An
    epoch is that much longer, and what is repeated weighs that much more in it. What repetition
    does to a model is measured in Lee et al., “Deduplicating Training Data Makes Language Models
    Better” (2022).
    """
    hit = (generator.random(len(context.clean)) < amount)[part.origin]
    noun, copies = noun_of(context.dataset), options.times * int(np.count_nonzero(hit))
    change = Change(
        "duplicates",
        amount,
        int(np.count_nonzero(hit)),
        len(part),
        noun.many,
        f"repeated, {noun.counted(copies)} more",
        part.origin[hit],
    )
    repeated = np.repeat(np.arange(len(part)), np.where(hit, 1 + options.times, 1))
    return part.take(repeated), change


def _refuse(dataset: Dataset) -> str | None:
    if dataset.modality == "purchases":
        return (
            "a product that a customer buys again counts once; there are mistaken purchases instead"
        )
    return None


CORRUPTION = Corruption(
    name="duplicates",
    flag="duplicates",
    title="Duplicates",
    dimension="Noise",
    touches="rows",
    story="Two lists were merged, a page was copied all over the web: some examples are there "
    "again and again, and weigh more than the others.",
    source="Repeated rows; Lee et al., Deduplicating Training Data Makes Language Models Better, "
    "2022",
    amount=Amount("duplicate_share", 0.0, 1.0, "share"),
    options=DuplicatesOptions,
    refuses=_refuse,
    corrupt=corrupt,
)
