from pathlib import Path

import pytest

from tests.core.data.own_tables import load, people, written
from visualiser.core.data import own_table_reading
from visualiser.core.data.source import Cancelled, Progress


class Recording(Progress):
    def __init__(self, cancel_after: int | None = None) -> None:
        self.shares: list[float] = []
        self.cancel_after = cancel_after

    def update(self, done: float, text: str) -> None:
        self.shares.append(done)

    def check(self) -> None:
        if self.cancel_after is not None and len(self.shares) >= self.cancel_after:
            raise Cancelled


def test_progress_grows_from_piece_to_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_table_reading, "CHUNK_CELLS", 6000)
    progress = Recording()
    load(written(tmp_path, people(20_000)), progress)
    assert len(progress.shares) > 20
    assert progress.shares == sorted(progress.shares)
    assert (progress.shares[0], progress.shares[-1]) == (0, 1)


def test_cancel_stops_between_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_table_reading, "CHUNK_CELLS", 6000)
    progress = Recording(cancel_after=3)
    with pytest.raises(Cancelled):
        load(written(tmp_path, people(20_000)), progress)
    assert len(progress.shares) <= 4
