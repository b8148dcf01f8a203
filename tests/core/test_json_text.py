import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualiser.core.json_text import json_text

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=30,
)  # fmt: skip


@given(ANY_JSON)
def test_what_is_written_is_read_again(data: Any) -> None:
    assert json.loads(json_text(data)) == data


def test_a_key_stands_on_each_line_and_numbers_stand_beside_each_other() -> None:
    data = {"hidden": [8, 8], "none": [], "edits": [{"step": 3}, {"added": [[1.5, -2.0, 1]]}]}
    assert json_text(data) == (
        '{\n  "hidden": [8, 8],\n  "none": [],\n  "edits": [\n'
        '    {\n      "step": 3\n    },\n    {\n      "added": [[1.5, -2.0, 1]]\n    }\n  ]\n}'
    )


def test_many_points_fill_lines_that_can_be_read() -> None:
    points = [[round(0.001 * i, 3), -1.234, i % 2] for i in range(500)]
    lines = json_text({"points": points}).splitlines()
    assert max(map(len, lines)) <= 110
    assert len(lines) < 150


def test_a_number_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        json_text([float("nan")])
