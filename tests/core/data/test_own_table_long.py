"""Tables so long that columns are not read to their end, or not word by word."""

from pathlib import Path

import numpy as np
import pytest

from tests.core.data.own_tables import load
from visualiser.core.data import own_table_reading
from visualiser.core.data.dataset import Table
from visualiser.core.errors import UserError

ROWS = 6000
MOMENTS = np.datetime64("2024-01-01T00:00:00") + np.arange(ROWS) * np.timedelta64(61, "s")


def line(row: int) -> str:
    note = f'"please call {row} about order {row * 7} today"'
    return f"A{row:06},{MOMENTS[row]},{note},{row % 9},{('no', 'yes')[row % 2]}"


@pytest.fixture
def long_table(tmp_path: Path) -> Path:
    path = tmp_path / "long.csv"
    lines = ["id,at,note,n,goal", *map(line, range(ROWS))]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def early_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_table_reading, "CHUNK_CELLS", 5000)
    monkeypatch.setattr(own_table_reading, "LOOK_ROWS", 1000)


def test_a_long_table_is_read_as_a_short_one(
    long_table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = load(long_table)
    monkeypatch.setattr(own_table_reading, "CHUNK_CELLS", 5000)
    monkeypatch.setattr(own_table_reading, "LOOK_ROWS", 1000)
    looked = load(long_table)
    assert looked.notes == whole.notes
    assert "“id” is different in nearly every row" in "\n".join(looked.notes)
    assert isinstance(whole.features, Table)
    assert isinstance(looked.features, Table)
    assert looked.feature_names == whole.feature_names == ("at", "note", "n")
    assert np.array_equal(looked.features.numeric, whole.features.numeric)
    assert np.array_equal(looked.labels, whole.labels)


@pytest.mark.usefixtures("early_look")
def test_a_column_of_ids_is_read_to_its_end_where_it_is_the_target(long_table: Path) -> None:
    with pytest.raises(UserError, match="“id” has 6,000 different values"):
        load(long_table, target="id")
    with pytest.raises(UserError, match="“id” has 6,000 different values"):
        load(long_table, group="id")


@pytest.mark.usefixtures("early_look")
def test_a_table_of_ids_alone_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "ids.csv"
    path.write_text("first,second\n" + "".join(f"A{n},B{n}\n" for n in range(ROWS)))
    with pytest.raises(UserError, match="“second” is different in nearly every row") as caught:
        load(path)
    assert "Choose another" in caught.value.hint


@pytest.mark.usefixtures("early_look")
@pytest.mark.parametrize("cell", ["A7,2024-01-01,x", "A7,x,y,z,yes,more"])
def test_a_ragged_row_is_noticed_beside_an_unread_column(long_table: Path, cell: str) -> None:
    with long_table.open("a", encoding="utf-8") as stream:
        stream.write(f"\n{cell}")
    if cell.count(",") > 4:
        with pytest.raises(UserError, match="line 6,002: 6 cells"):
            load(long_table)
    else:
        assert "1 row has no value for the target" in "\n".join(load(long_table).notes)


@pytest.mark.usefixtures("early_look")
def test_words_that_come_back_only_far_down_are_categories_still(tmp_path: Path) -> None:
    words = [f"w{n}" for n in range(1200)] + ["red", " blue ", "?"] * 1600
    path = tmp_path / "late.csv"
    path.write_text("n,word\n" + "".join(f"{n % 7},{word}\n" for n, word in enumerate(words)))
    with pytest.raises(UserError, match="“word” has 1,202 different values"):
        load(path, target="word")


@pytest.mark.usefixtures("early_look")
def test_dates_that_give_way_to_words_far_down_are_categories(tmp_path: Path) -> None:
    cells = [*map(str, MOMENTS[:2000]), *["later", " never", "?"] * 1000]
    path = tmp_path / "late.csv"
    path.write_text("at,n\n" + "".join(f"{cell},{n % 2}\n" for n, cell in enumerate(cells)))
    dataset = load(path)
    assert isinstance(dataset.features, Table)
    assert {"later", "never"} < set(dataset.features.categories[0])
    assert "“at” has 2,002 categories" in "\n".join(dataset.notes)
