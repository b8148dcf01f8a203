"""Options typed as text."""

from typing import Any, Literal

import pytest
from pydantic import Field

from visualiser.cli.option_text import split_option, with_option
from visualiser.core.errors import UserError
from visualiser.core.experiment import Value


class Kettle(Value):
    litres: float = Field(1.0, gt=0, le=2)
    cups: int = 4
    loud: bool = False
    colour: Literal["red", "blue"] = "red"
    label: str = ""
    marks: tuple[int, ...] = (1, 2)
    steeped: tuple[tuple[int, ...], ...] = ((1, 2), (3,))
    years: int | None = None


class Nothing(Value):
    pass


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("shape=spiral", ("", "shape", "spiral")),
        ("model.kernel=3", ("model", "kernel", "3")),
        ("label=a=b", ("", "label", "a=b")),
        ("label=", ("", "label", "")),
    ],
)
def test_an_option_has_an_owner_a_key_and_a_value(text: str, parts: tuple[str, ...]) -> None:
    assert split_option(text) == parts


@pytest.mark.parametrize("text", ["", "shape", "=spiral", "model.=3"])
def test_what_is_not_key_and_value_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="KEY=VALUE"):
        split_option(text)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("litres", "1.5", 1.5),
        ("cups", "6", 6),
        ("loud", "true", True),
        ("loud", "no", False),
        ("colour", "blue", "blue"),
        ("label", "2020", "2020"),
        ("label", "a,b", "a,b"),
        ("label", "", ""),
        ("marks", "3", [3]),
        ("marks", "3, 4,5", [3, 4, 5]),
        ("marks", "", []),
        ("steeped", "1,2;3", [[1, 2], [3]]),
        ("steeped", " 1 , 2 ; 3 ;", [[1, 2], [3]]),
    ],
)
def test_text_becomes_what_the_field_wants(key: str, text: str, value: Any) -> None:
    options = with_option(Kettle, {"cups": 1}, key, text, "Kettle")
    assert options == {"cups": 1} | {key: value}
    assert type(options[key]) is type(value)


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        (
            "litres",
            "3",
            "litres=3 does not fit Kettle: it must be a number above 0, up to 2.",
        ),
        ("litres", "nan", "does not fit"),
        ("cups", "many", "it must be a whole number."),
        ("colour", "green", "it must be one of red, blue"),
        ("marks", "1,x", "it must be a list of whole numbers."),
        ("steeped", "1;x", "it must be a whole number."),
        ("height", "3", "no option “height”"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(key: str, text: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        with_option(Kettle, {}, key, text, "Kettle")
    assert "Kettle" in caught.value.message and key in caught.value.message
    assert said in caught.value.message
    assert caught.value.hint
    if key == "steeped":
        assert caught.value.hint == "Its usual value is 1,2;3."


def test_an_option_that_is_usually_not_set_has_no_usual_value() -> None:
    with pytest.raises(UserError, match="years=old does not fit Kettle") as caught:
        with_option(Kettle, {}, "years", "old", "Kettle")
    assert caught.value.hint == ""


def test_an_owner_without_options_says_so() -> None:
    with pytest.raises(UserError, match="no options at all"):
        with_option(Nothing, {}, "x", "1", "Nothing")
