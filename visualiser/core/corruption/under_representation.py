"""A group that hardly occurs in the data."""

import numpy as np

from visualiser.core.corruption.lookup import class_code, group_code, refuse_without_groups
from visualiser.core.corruption.retained import without
from visualiser.core.corruption.spec import Amount, Change, Context, Corruption
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.split import Part
from visualiser.core.errors import UserError
from visualiser.core.experiment import Value


class UnderRepresentationOptions(Value):
    """Who is left out, by name: a group, empty for the smallest; one label of it, empty for all."""

    group: str = ""
    label: str = ""


def corrupt(
    part: Part,
    amount: float,
    options: UnderRepresentationOptions,
    context: Context,
    generator: np.random.Generator,
) -> tuple[Part, Change]:
    """Keep the share `amount` of the group's rows, or of those with one label, by clean label.

    Representation bias as in Baumann et al., “Bias on Demand” (2023).

    Raises:
        UserError: the group or the label is unknown, or a label is given for a regression.
    """
    clean, many = context.clean, noun_of(context.dataset).many
    group = group_code(context, options.group)
    noun = f"{many} in the group “{context.dataset.group_names[group]}”"
    member = np.asarray(clean.groups == group)
    if options.label:
        member = member & (clean.labels == _label(context, options.label))
        noun += f" with “{options.label}”"
    return without("under_representation", amount, part, member, noun, context, generator)


def _label(context: Context, name: str) -> int:
    if context.dataset.predicts_amounts:
        raise UserError(
            "Missing group: a label can be chosen only where the target is a class.",
            "Leave the label empty.",
        )
    return class_code(context.dataset, name)


CORRUPTION = Corruption(
    name="under_representation",
    flag="under-representation",
    title="Missing group",
    dimension="Bias",
    touches="rows",
    story="One group hardly occurs, as people who were hardly ever asked: the model learns from "
    "the others.",
    source="Retained share of a group; Baumann et al., Bias on Demand, 2023",
    amount=Amount("retained_share", 1.0, 0.0, "retained"),
    options=UnderRepresentationOptions,
    refuses=refuse_without_groups,
    corrupt=corrupt,
)
