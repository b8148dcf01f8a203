from types import UnionType
from typing import Annotated, Any, get_args, get_origin

import pytest
from annotated_types import MultipleOf
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import Field, ValidationError

from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.data.encoding import ENCODINGS
from visualiser.core.data.painted import PaintedOptions
from visualiser.core.data.painted_points import REACH, PaintedPoint
from visualiser.core.data.registry import SOURCES
from visualiser.core.experiment import TrainingConfig, Value
from visualiser.core.models.registry import MODELS
from visualiser.ui.widgets.option_form import OptionForm

REGISTERED: dict[str, type[Value]] = {
    **{f"data {name}": source.options for name, source in SOURCES.items()},
    **{f"corruption {name}": entry.options for name, entry in CORRUPTIONS.items()},
    **{f"model {name}": model.options for name, model in MODELS.items()},
    **{f"encoding {way.modality} {way.form}": way.options for way in ENCODINGS},
    "training": TrainingConfig,
}
PLAIN_TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), max_size=12)


def annotated(field: Any) -> Any:
    """The field's type with the limits that hypothesis knows."""
    kind = field.annotation
    for entry in field.metadata:
        if not isinstance(entry, MultipleOf):
            kind = Annotated[kind, entry]
    return kind


def fits(model: type[Value], options: dict[str, Any]) -> bool:
    try:
        model.model_validate(options)
    except ValidationError:
        return False
    return True


COORDINATES = st.floats(-REACH, REACH, allow_nan=False)
POINTS = st.builds(PaintedPoint, COORDINATES, COORDINATES, st.integers(0, 1))


@st.composite
def matrices(draw: st.DrawFn) -> tuple[tuple[float, ...], ...]:
    """Square, with rows of shares that add up to one, or nothing."""
    size = draw(st.integers(0, 4))
    rows = [draw(st.lists(st.integers(0, 9), min_size=size, max_size=size)) for _ in range(size)]
    return tuple(tuple(n / max(sum(row), 1) for n in row) for row in rows)


def tuples_of(field: Any) -> st.SearchStrategy[Any]:
    inner = get_args(field.annotation)[0]
    if get_origin(inner) is tuple:
        return matrices()
    if inner is str:
        return st.lists(PLAIN_TEXT, max_size=3).map(tuple)
    limits = {type(entry).__name__: entry for entry in field.metadata}
    numbers = {type(e).__name__: e for e in get_args(inner)[1].metadata}
    item = st.integers(numbers["Ge"].ge, numbers["Le"].le)
    shortest = limits["MinLen"].min_length if "MinLen" in limits else 0
    return st.lists(item, min_size=shortest, max_size=limits["MaxLen"].max_length).map(tuple)


def values_of(field: Any) -> st.SearchStrategy[Any]:
    if field.annotation is str:
        return PLAIN_TEXT
    if field.annotation == PaintedOptions.model_fields["points"].annotation:
        return st.none() | st.lists(POINTS, max_size=3).map(tuple)
    if get_origin(field.annotation) is tuple:
        return tuples_of(field)
    if field.annotation == int | None or get_origin(field.annotation) is UnionType:
        return st.none() | st.integers(10, 10_000)
    return st.from_type(annotated(field))


@pytest.mark.parametrize("entry", REGISTERED)
def test_options_shown_come_back_unchanged(qtbot, entry):
    model = REGISTERED[entry]
    form = OptionForm(model)
    qtbot.addWidget(form)
    emitted: list[object] = []
    form.changed.connect(emitted.append)

    @settings(max_examples=12, deadline=None)
    @given(st.fixed_dictionaries({n: values_of(f) for n, f in model.model_fields.items()}))
    def round_trip(options):
        assume(fits(model, options))
        form.set_values(options)
        assert model.model_validate(form.values()) == model.model_validate(options)

    round_trip()
    assert emitted == []


class Options(Value):
    share: Annotated[float, Field(ge=0, le=1)] = 0.5
    group: str = ""
    on: bool = False
    rows: int | None = None


def test_only_what_differs_from_the_defaults_is_sent(qtbot):
    form = OptionForm(Options)
    qtbot.addWidget(form)
    with qtbot.waitSignal(form.changed) as sent:
        form.controls["on"].click()
    assert sent.args == [{"on": True}]


def test_a_field_without_a_control_keeps_its_value(qtbot):
    form = OptionForm(Options)
    qtbot.addWidget(form)
    assert "rows" not in form.controls
    form.set_values({"rows": 12})
    form.controls["on"].click()
    assert form.values() == {"rows": 12, "on": True}


def test_every_control_has_a_name_and_a_tooltip(qtbot):
    for model in REGISTERED.values():
        form = OptionForm(model)
        qtbot.addWidget(form)
        for control in form.controls.values():
            assert control.accessibleName()
            assert control.toolTip()


def test_a_name_that_the_data_set_lacks_stays_chosen(qtbot):
    form = OptionForm(Options, choices={"group": [("", "automatic")]})
    qtbot.addWidget(form)
    form.set_values({"group": "elsewhere"})
    assert form.values() == {"group": "elsewhere"}


def test_options_that_do_not_fit_leave_the_form_as_it_is(qtbot):
    form = OptionForm(Options)
    qtbot.addWidget(form)
    form.set_values({"share": 0.25})
    form.set_values({"share": 7, "unknown": None})
    assert form.values() == {"share": 0.25}
