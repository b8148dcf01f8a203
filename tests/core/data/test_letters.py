"""Which typed characters a model of a text can read."""

from visualiser.core.data.letters import code_of, codes_of, unknown_letters


def test_each_unknown_character_is_named_once_in_order() -> None:
    assert unknown_letters("aΩb中Ωa", "ab") == ("Ω", "中")
    assert unknown_letters("", "ab") == () == unknown_letters("ab", "ab")


def test_a_capital_that_the_alphabet_lacks_is_read_as_a_small_letter() -> None:
    codes = codes_of("abB")
    assert [code_of(letter, codes) for letter in "aAbBc"] == [0, 0, 1, 2, None]
    assert unknown_letters("ABC", "abB") == ("C",)
