import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from visualiser.core.training.batches import EpochOrder


def walk(order: EpochOrder, batches: int) -> list[int]:
    """Clean rows in the order in which they are seen."""
    seen: list[int] = []
    for _ in range(batches):
        start, stop, _ = order.advance()
        seen += order._origin[order.positions[start:stop]].tolist()
    return seen


@given(rows=st.integers(1, 60), batch=st.integers(1, 70), seed=st.integers(0, 99))
def test_each_epoch_sees_every_row_once(rows: int, batch: int, seed: int) -> None:
    order = EpochOrder(rows, np.arange(rows), batch, seed)
    batches = -(-rows // batch)
    assert sorted(walk(order, batches)) == list(range(rows))
    assert order.at_epoch_end and order.epoch == 1.0
    assert sorted(walk(order, batches)) == list(range(rows))


@given(st.data())
def test_lost_rows_leave_the_order_of_the_others(data: st.DataObject) -> None:
    rows = data.draw(st.integers(2, 50))
    kept = np.array(sorted(data.draw(st.sets(st.integers(0, rows - 1), min_size=1))))
    full = walk(EpochOrder(rows, np.arange(rows), 1, seed=3), rows)
    part = walk(EpochOrder(rows, kept, 1, seed=3), len(kept))
    assert part == [row for row in full if row in set(kept.tolist())]


@given(done=st.integers(0, 20), seed=st.integers(0, 20))
def test_a_change_in_the_middle_shows_no_row_twice(done: int, seed: int) -> None:
    order = EpochOrder(20, np.arange(20), 1, seed)
    before = walk(order, done)
    kept = np.arange(0, 20, 2)
    order.replace_part(kept)
    rest = walk(order, len(kept) - sum(row % 2 == 0 for row in before))
    assert not set(before) & set(rest)
    assert set(rest) == set(range(0, 20, 2)) - set(before)


def test_replacing_a_part_by_itself_changes_nothing() -> None:
    order, other = (EpochOrder(30, np.arange(30), 4, seed=1) for _ in range(2))
    walk(order, 3), walk(other, 3)
    other.replace_part(np.arange(30))
    assert walk(order, 20) == walk(other, 20)


def test_epochs_are_shuffled_anew() -> None:
    order = EpochOrder(40, np.arange(40), 40, seed=0)
    assert walk(order, 1) != walk(order, 1)


def test_copies_leave_the_order_of_the_first_ones() -> None:
    origin = np.repeat(np.arange(50), np.where(np.arange(50) % 3 == 0, 6, 1))
    order = EpochOrder(50, origin, 1, seed=3)
    copy = np.arange(len(origin)) - np.searchsorted(origin, origin)
    firsts = [int(origin[p]) for p in order.positions if copy[p] == 0]
    assert firsts == walk(EpochOrder(50, np.arange(50), 1, seed=3), 50)


@given(
    copies=st.lists(st.integers(0, 5), min_size=2, max_size=40),
    batch=st.integers(1, 30),
    seed=st.integers(0, 99),
)
def test_each_epoch_sees_every_copy_once(copies: list[int], batch: int, seed: int) -> None:
    origin = np.repeat(np.arange(len(copies)), copies)
    if not len(origin):
        return
    order = EpochOrder(len(copies), origin, batch, seed)
    for _ in range(2):
        assert sorted(walk(order, -(-len(origin) // batch))) == origin.tolist()


def test_copies_of_a_row_are_spread_over_the_epoch() -> None:
    """In a batch there are hardly more of a row than if all copies were shuffled."""
    rows, times, batch = 400, 20, 32
    origin = np.repeat(np.arange(rows), times)
    order = EpochOrder(rows, origin, batch, seed=0)
    starts = range(0, len(origin), batch)
    batches = [origin[order.positions[start : start + batch]] for start in starts]
    different = np.mean([len(np.unique(rows)) / len(rows) for rows in batches])
    assert different > 0.9, "one after the other it would be 1 in 16"


@given(done=st.integers(0, 60), seed=st.integers(0, 20))
def test_a_part_with_copies_replaced_by_itself_changes_nothing(done: int, seed: int) -> None:
    origin = np.repeat(np.arange(20), 3)
    order, other = (EpochOrder(20, origin, 1, seed) for _ in range(2))
    walk(order, done), walk(other, done)
    other.replace_part(origin.copy())
    assert walk(order, 60) == walk(other, 60)


@given(done=st.integers(0, 20), seed=st.integers(0, 20))
def test_rows_repeated_in_the_middle_of_an_epoch_do_not_begin_it_anew(done: int, seed: int) -> None:
    """What was seen is not seen again but for copies whose turn is still to come."""
    order, twin = (EpochOrder(20, np.arange(20), 1, seed) for _ in range(2))
    walk(order, done), walk(twin, done)
    order.replace_part(np.repeat(np.arange(20), 3))
    rest = walk(order, 60 - order.next)
    assert not set(walk(twin, 20 - done)) - set(rest)
    assert max(map(rest.count, rest), default=0) <= 3
    assert abs(len(rest) - 3 * (20 - done)) <= 20
