"""Whatever an experiment file holds, it loads or is refused in a sentence."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.made_experiments import FULL, as_data
from visualiser.core.errors import UserError
from visualiser.core.experiment_file import (
    experiment_text,
    load_experiment,
    parse_experiment,
)


def survives(text: str) -> None:
    try:
        experiment = parse_experiment(text, "fuzz")
    except UserError as error:
        assert error.message
    else:
        assert parse_experiment(experiment_text(experiment), "again") == experiment


@given(st.binary(max_size=400))
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_random_bytes_never_crash(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "fuzz.experiment.json"
    path.write_bytes(data)
    with pytest.raises(UserError):
        load_experiment(path)


_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(10**300, 10**310)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["shapes", "mlp", "pair_flip", "own_table"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["name", "options", "amount", "step", "spoiling", "path", "hidden"])
            | st.text(max_size=5),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(_json)
@settings(max_examples=100, deadline=None)
def test_any_json_is_an_experiment_or_refused(data: object) -> None:
    survives(json.dumps(data))


def paths_in(data: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = (
        list(data.items())
        if isinstance(data, dict)
        else list(enumerate(data))
        if isinstance(data, list)
        else []
    )
    return [path, *(p for key, child in children for p in paths_in(child, (*path, key)))]


@given(st.sampled_from(paths_in(as_data())[1:]), _json)
@settings(max_examples=300, deadline=None)
def test_an_experiment_with_any_one_field_replaced_loads_or_is_refused(
    path: tuple[Any, ...], value: object
) -> None:
    data: Any = as_data()
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    survives(json.dumps(data))


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_an_experiment_with_any_text_cut_out_loads_or_is_refused(data: st.DataObject) -> None:
    text = experiment_text(FULL)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    survives(text[:start] + data.draw(st.text(max_size=3)) + text[end:])
