"""Each way of spoiling on each kind of data that it is meant for, as parameters of tests."""

from typing import Literal, get_args, get_origin

import pytest

from tests.core.corruption.examples import (
    DATASETS,
    clean_part,
    with_room,
)
from tests.core.corruption.plans import spoil, spoiling
from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.corruption.spec import Corruption
from visualiser.core.data.dataset import Dataset
from visualiser.core.errors import UserError


def ways(corruption: Corruption) -> list[dict[str, object]]:
    """Its usual options, and each other choice of an option that has a few."""
    found: list[dict[str, object]] = [{}]
    for name, field in corruption.options.model_fields.items():
        if get_origin(field.annotation) is Literal:
            choices = (choice for choice in get_args(field.annotation) if choice != field.default)
            found += [{name: choice} for choice in choices]
    return found


def makes_sense(corruption: Corruption, dataset: Dataset, options: dict[str, object]) -> bool:
    """Whether it can be done to the data; an option may ask for what there is not."""
    if corruption.refuses(dataset) is not None:
        return False
    if not options:
        return True
    plan = spoiling(corruption, corruption.amount.extreme, **options)
    try:
        spoil(clean_part(dataset), plan, 0, dataset)
    except UserError:
        return False
    return True


FITTING = [
    pytest.param(
        corruption,
        dataset,
        options,
        id="-".join((corruption.name, dataset.name, *map(str, options.values()))),
    )
    for corruption in CORRUPTIONS.values()
    for dataset in (
        with_room(dataset, corruption)
        for dataset in DATASETS.values()
        if corruption.refuses(dataset) is None
    )
    for options in ways(corruption)
    if makes_sense(corruption, dataset, options)
]


UNFITTING = [
    pytest.param(corruption, dataset, id=f"{corruption.name}-{dataset.name}")
    for corruption in CORRUPTIONS.values()
    for dataset in DATASETS.values()
    if corruption.refuses(dataset) is not None
]


EVERY = pytest.mark.parametrize(("corruption", "dataset", "options"), FITTING)
