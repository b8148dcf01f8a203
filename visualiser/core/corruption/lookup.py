"""Which class or group an option means; the answers of several corruptions."""

import numpy as np

from visualiser.core.corruption.measures import automatic_measure, automatic_region
from visualiser.core.corruption.spare_columns import columns_without
from visualiser.core.corruption.spec import Context
from visualiser.core.data.dataset import Dataset, TaskName
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.nouns import noun_of
from visualiser.core.errors import UserError

_TARGETS: dict[TaskName, tuple[str, str]] = {
    "classification": ("a class", "wrong labels"),
    "regression": ("a number", "imprecise targets"),
    "forecasting": ("a number", "imprecise targets"),
    "ranking": ("a product", "mistaken purchases"),
    "language": ("a character", "wrong characters"),
}
"""What is to be answered, and the way of spoiling that makes such answers wrong."""


def class_code(dataset: Dataset, name: str) -> int:
    """The code of the class called `name`.

    Raises:
        UserError: there is no such class.
    """
    return _code(name, dataset.class_names, "class", dataset)


def group_code(context: Context, name: str) -> int:
    """The code of the group called `name`; empty means the smallest one among training rows.

    Raises:
        UserError: there is no such group.
    """
    names = context.dataset.group_names
    if name:
        return _code(name, names, "group", context.dataset)
    groups = context.reference.groups
    assert groups is not None, "corruptions of groups refuse data without them"
    counts = [int(np.count_nonzero(groups == code)) for code in range(len(names))]
    present = [code for code in range(len(names)) if counts[code]]
    return min(present, key=counts.__getitem__, default=0)


def positive_code(dataset: Dataset, name: str) -> int:
    """The code of the favourable class: the one named, else the data set's own, else the second.

    Raises:
        UserError: there is no such class.
    """
    if name:
        return class_code(dataset, name)
    return 1 if dataset.positive_class is None else dataset.positive_class


def automatic_name(option: str, context: Context) -> str | None:
    """The group, class or column that an option left empty stands for; None where it is none."""
    dataset = context.dataset
    if option == "of":
        return automatic_region(context)
    if option == "column":
        return automatic_measure(context)
    if option == "group":
        return dataset.group_names[group_code(context, "")]
    if option == "positive":
        return dataset.class_names[positive_code(dataset, "")]
    if option == "by_column":
        return first_other_column(dataset)
    return None


def first_other_column(dataset: Dataset) -> str:
    """The column of a table that decides where another one does: the first, numbers before all."""
    return columns_without(dataset)[0]


def refuse_without_classes(dataset: Dataset) -> str | None:
    """Why a corruption of classes makes no sense for `dataset`, or None where it does."""
    return None if dataset.predicts_classes else f"{_target(dataset)}, not a class"


def refuse_wrong_classes(dataset: Dataset) -> str | None:
    """Why classes cannot be made wrong in `dataset`, and what can; None where they can."""
    reason = refuse_without_classes(dataset)
    return None if reason is None else f"{reason}; {_instead(dataset)}"


def refuse_wrong_amounts(dataset: Dataset) -> str | None:
    """Why numbers cannot be made wrong in `dataset`, and what can; None where they can."""
    if dataset.predicts_amounts:
        return None
    return f"{_target(dataset)}, not a number; {_instead(dataset)}"


def _target(dataset: Dataset) -> str:
    return f"the target is {_TARGETS[dataset.task][0]}"


def _instead(dataset: Dataset) -> str:
    return f"there are {_TARGETS[dataset.task][1]} instead"


def refuse_without_groups(dataset: Dataset) -> str | None:
    """Why a corruption of one group makes no sense for `dataset`, or None where it does."""
    if dataset.groups is None:
        return f"the {noun_of(dataset).many} are not told apart by group"
    # A negative code stands for a group that is not known.
    if len(np.unique(dataset.groups[dataset.groups >= 0])) < 2:
        return "there is only one group"
    return None


def _code(name: str, names: tuple[str, ...], kind: str, dataset: Dataset) -> int:
    if name not in names:
        raise UserError(
            f"{isolated(dataset.title)} has no {kind} called “{isolated(name)}”.",
            f"Choose one of: {', '.join(map(isolated, names[:12]))}." if names else "",
        )
    return names.index(name)
