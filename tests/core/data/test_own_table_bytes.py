import pytest

from visualiser.core.data.own_table_bytes import size_text


@pytest.mark.parametrize(
    ("size", "text"), [(12, "12 bytes"), (3190, "3.19 kB"), (5_000_000_000, "5 GB")]
)
def test_sizes_have_a_decimal_unit(size: int, text: str) -> None:
    assert size_text(size) == text
