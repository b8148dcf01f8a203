"""Why a choice of columns is refused: the same words in the preview and when the table is read."""

from visualiser.core.data.own_table_text import quoted
from visualiser.core.errors import UserError

MAX_CLASSES = 50
MAX_GROUPS = 20
MOST_REASONS = 3
"""Columns of which it is said why nothing can be learnt from them."""
_ANOTHER_TARGET = "Choose another column to predict."


def no_values(file: str, target: str) -> UserError:
    """Every cell of the target is empty."""
    return UserError(f"{file}: the target column {quoted(target)} has no values.", _ANOTHER_TARGET)


def one_value(file: str, target: str, value: str = "") -> UserError:
    """The target has `value`, if that is known, in every row that has one."""
    which = f" (“{value}”)" if value else ""
    return UserError(
        f"{file}: the target column {quoted(target)} has one value only{which}, so there is "
        "nothing to learn.",
        _ANOTHER_TARGET,
    )


def words_for_regression(file: str, target: str) -> UserError:
    """A number is to be predicted, and there is none."""
    return UserError(
        f"{file}: the target column {quoted(target)} holds words, and regression needs numbers.",
        "Choose classification, or another column to predict.",
    )


def too_many_classes(file: str, target: str, count: str, *, numeric: bool) -> UserError:
    """The target has more different values than can be told apart; `count` says how many."""
    return UserError(
        f"{file}: the target column {quoted(target)} has {count} different values; "
        f"{MAX_CLASSES} classes are the most.",
        "Choose regression to predict it as a number, or another column."
        if numeric
        else "Choose another column to predict, or put values together into fewer classes.",
    )


def too_many_groups(file: str, group: str, count: str) -> UserError:
    """The group column has more different values than there can be groups."""
    return UserError(
        f"{file}: the group column {quoted(group)} has {count} different values; {MAX_GROUPS} "
        "groups are the most.",
        "Choose a column with few values, such as one for gender or age group.",
    )


def both_roles(name: str) -> UserError:
    """One column is wanted as target and as group."""
    return UserError(
        f"The column {quoted(name)} cannot be both target and group.",
        "Choose another group column, or none.",
    )


def nothing_to_learn_from(file: str, target: str, hint: str) -> UserError:
    """No other column is left, or none of use."""
    return UserError(
        f"{file} has nothing to learn from besides the target {quoted(target)}.",
        hint or "Leave fewer columns out.",
    )
