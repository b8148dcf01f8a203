"""The bundled sounds: what they are, and that no kit and no level is torn apart."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from visualiser import paths
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.sound import clips, drums, voices
from visualiser.core.data.source import Cancelled, Progress
from visualiser.core.data.split import split_dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig, SplitConfig

KITS, LEVELS = 10, 49


@cache
def loaded(name: str) -> Dataset:
    return load_dataset(DatasetConfig(name=name), 0)


@pytest.mark.parametrize(("name", "seconds"), [("drums", 0.6), ("voices_nl", 2.0)])
def test_clips_have_one_length_are_loud_and_none_is_silent(name, seconds):
    dataset = loaded(name)
    features = np.asarray(dataset.features)
    assert dataset.sample_rate == 16_000
    assert features.shape == (len(dataset), round(16_000 * seconds))
    loudest = np.abs(features).max(axis=1)
    assert loudest.min() > 0.8 and loudest.max() <= 1


def test_drums_are_what_their_files_are_called():
    table = drums.CLIPS.columns()
    names = [Path(file).stem.split("_")[1] for file in table["file"]]
    dataset = loaded("drums")
    given = [dataset.class_names[label].replace("-", "") for label in dataset.labels]
    assert given == names
    counts = np.bincount(dataset.labels)
    assert dict(zip(dataset.class_names, counts.tolist(), strict=True)) == {
        "kick": 47,
        "snare": 66,
        "tom": 72,
        "hi-hat": 117,
        "cymbal": 102,
    }


def test_a_voice_is_the_one_its_file_names_and_has_its_words():
    table = voices.CLIPS.columns()
    dataset = loaded("voices_nl")
    high = dataset.labels == dataset.class_names.index("high voice")
    assert high.sum() == 150
    assert high.tolist() == ["m" in Path(f).stem.split("-")[:2] for f in table["file"]]
    assert "Het is hier zo stil..." in dataset.captions


@pytest.mark.parametrize(("name", "blocks"), [("drums", KITS), ("voices_nl", LEVELS)])
@pytest.mark.parametrize("seed", [0, 1])
def test_what_belongs_together_is_in_one_part_of_the_split(name, blocks, seed):
    dataset = loaded(name)
    assert dataset.blocks is not None and len(np.unique(dataset.blocks)) == blocks
    split = split_dataset(dataset, SplitConfig(), seed)
    parts = [{*dataset.blocks[part.rows]} for part in (split.train, split.validation, split.test)]
    assert sum(map(len, parts)) == blocks
    for part in (split.train, split.validation, split.test):
        assert len(np.unique(part.labels)) == dataset.class_count


def test_a_bundled_clip_that_is_missing_or_damaged_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(clips, "datasets_dir", lambda: tmp_path)
    (tmp_path / "broken.flac").write_bytes(b"fLaC?")
    for name in ("missing.flac", "broken.flac"):
        with pytest.raises(UserError, match=name) as refusal:
            clips.bundled_clips([name], 0.6, Progress())
        assert "Install the program again" in refusal.value.hint


def test_progress_is_told_from_the_beginning_and_not_with_every_clip():
    class Told(Progress):
        def __init__(self) -> None:
            self.shares: list[float] = []

        def update(self, done: float, text: str) -> None:
            self.shares.append(done)

    told, files = Told(), drums.CLIPS.columns()["file"]
    clips.bundled_clips(files, 0.6, told)
    assert told.shares[0] == 0
    assert told.shares == sorted(told.shares)
    assert 10 < len(told.shares) < len(files) / 10


def test_reading_clips_can_be_cancelled():
    class Impatient(Progress):
        def check(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        clips.bundled_clips(drums.CLIPS.columns()["file"], 0.6, Impatient())


def test_every_clip_of_the_folders_is_used():
    folder = paths.datasets_dir()
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*.flac")}
    there |= {path.relative_to(folder).as_posix() for path in folder.rglob("*.ogg")}
    named = {file for kind in (drums, voices) for file in kind.CLIPS.columns()["file"]}
    assert there == named
