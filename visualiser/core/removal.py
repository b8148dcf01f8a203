"""One person's rows left out of the training, and put back."""

import numpy as np

from visualiser.core.data.dataset import Dataset, IntArray
from visualiser.core.data.people import people_of
from visualiser.core.data.split import Part
from visualiser.core.experiment import Repair
from visualiser.core.repair import copy_numbers

Repairs = tuple[Repair, ...]


def rows_of_person(dataset: Dataset, part: Part, person: int) -> IntArray:
    """Positions in a part of all rows of a person, copies of them too."""
    return np.flatnonzero(people_of(dataset, part.rows) == person)


def repairs_without(dataset: Dataset, part: Part, person: int, in_force: Repairs) -> Repairs:
    """Those in force, and besides all rows of the person in a training part left out.

    What was to be done with one of these rows otherwise is not done: it is gone.
    """
    positions = rows_of_person(dataset, part, person)
    copies = copy_numbers(part)
    repairs = {(one.row, one.copy_number): one for one in in_force if one.row is not None}
    for row, copy in zip(part.rows[positions].tolist(), copies[positions].tolist(), strict=True):
        repairs[row, copy] = Repair(row=row, copy_number=copy)
    columns = tuple(one for one in in_force if one.row is None)
    return (*columns, *(repairs[key] for key in sorted(repairs)))


def repairs_with(dataset: Dataset, person: int, in_force: Repairs) -> Repairs:
    """Those in force but the leaving out of this person's rows."""
    columns = tuple(one for one in in_force if one.row is None)
    of_rows = [one for one in in_force if one.row is not None]
    if not of_rows:
        return columns
    rows = np.array([one.row for one in of_rows], dtype=np.int64)
    theirs = (people_of(dataset, rows) == person).tolist()
    left = (
        one
        for one, is_theirs in zip(of_rows, theirs, strict=True)
        if not (is_theirs and one.label is None)
    )
    return (*columns, *left)


def is_left_out(dataset: Dataset, part: Part, person: int, in_force: Repairs) -> bool:
    """Whether the repairs leave out all of the person's rows of a training part, one at least."""
    positions = rows_of_person(dataset, part, person)
    gone = {(one.row, one.copy_number) for one in in_force if one.label is None}
    theirs = zip(part.rows[positions].tolist(), copy_numbers(part)[positions].tolist(), strict=True)
    return bool(len(positions)) and all(key in gone for key in theirs)


def left_out_person(dataset: Dataset, part: Part, repairs: Repairs) -> int | None:
    """Whom the repairs take out of a training part; None where they do anything else besides."""
    rows = [one.row for one in repairs if one.row is not None and one.label is None]
    if not rows or len(rows) < len(repairs):
        return None
    people = np.unique(people_of(dataset, np.array(rows, dtype=np.int64)))
    if len(people) != 1 or not is_left_out(dataset, part, int(people[0]), repairs):
        return None
    return int(people[0])
