"""Which characters of a text that somebody types are known to models of a text."""

from collections.abc import Mapping, Sequence


def codes_of(alphabet: Sequence[str]) -> dict[str, int]:
    """The code of each character of an alphabet."""
    return {letter: code for code, letter in enumerate(alphabet)}


def code_of(letter: str, codes: Mapping[str, int]) -> int | None:
    """A capital letter that the alphabet lacks is read as a small one; None if that lacks too."""
    return codes.get(letter, codes.get(letter.lower()))


def unknown_letters(text: str, alphabet: Sequence[str]) -> tuple[str, ...]:
    """Those characters of `text` that no model of this alphabet can read, each once."""
    codes = codes_of(alphabet)
    return tuple(letter for letter in dict.fromkeys(text) if code_of(letter, codes) is None)
