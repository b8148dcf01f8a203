"""Clips played by programs of the system; here small ones that note what they were given."""

import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from visualiser.ui.sound_player import SoundPlayer, write_wav

CLIP = np.array([0.0, 0.5, -1.0, 2.0], dtype=np.float32)


def program(text: str, *arguments: object) -> tuple[str, ...]:
    return (sys.executable, "-c", f"import shutil, sys, time; {text}", *map(str, arguments))


def copying(target: Path) -> tuple[str, ...]:
    return program("shutil.copy(sys.argv[-1], sys.argv[1])", target)


FAILING = program("sys.exit('first line\\nno loudspeaker.')")
LONG = program("time.sleep(60)")


@pytest.fixture
def player(request, qtbot):
    player = SoundPlayer(programs=request.param)
    player.said = []
    player.failed.connect(player.said.append)
    yield player
    player.stop()


def test_a_wave_file_has_the_clip_as_whole_numbers_and_no_more_than_full_scale(tmp_path):
    write_wav(tmp_path / "clip.wav", CLIP, 16_000)
    with wave.open(str(tmp_path / "clip.wav")) as file:
        assert (file.getframerate(), file.getnchannels()) == (16_000, 1)
        values = np.frombuffer(file.readframes(4), dtype="<i2")
    np.testing.assert_array_equal(values, [0, 16_384, -32_767, 32_767])


def test_a_clip_is_given_to_the_program_as_a_wave_file(qtbot, tmp_path):
    player = SoundPlayer(programs=[copying(tmp_path / "heard.wav")])
    with qtbot.waitSignal(player.changed):
        player.play(CLIP, 8_000)
    assert player.playing
    qtbot.waitUntil(lambda: not player.playing, timeout=20_000)
    with wave.open(str(tmp_path / "heard.wav")) as heard:
        assert (heard.getframerate(), heard.getnframes()) == (8_000, 4)


def test_where_a_program_fails_the_next_one_plays_and_is_kept(qtbot, tmp_path):
    player = SoundPlayer(programs=[FAILING, copying(tmp_path / "heard.wav")])
    said = []
    player.failed.connect(said.append)
    player.play(CLIP, 8_000)
    qtbot.waitUntil(lambda: not player.playing, timeout=20_000)
    assert (tmp_path / "heard.wav").exists() and not said


@pytest.mark.parametrize("player", [[FAILING]], indirect=True)
def test_where_all_fail_the_last_thing_said_is_the_reason(qtbot, player):
    player.play(CLIP, 8_000)
    qtbot.waitUntil(lambda: bool(player.said), timeout=20_000)
    assert not player.playing
    assert player.said[0].endswith("cannot play: no loudspeaker.")


@pytest.mark.parametrize("player", [[LONG]], indirect=True)
def test_stop_ends_the_program_and_another_clip_takes_the_place_of_the_one_heard(qtbot, player):
    player.play(CLIP, 8_000)
    player.play(CLIP, 8_000)
    assert player.playing
    player.stop()
    assert not player.playing and not player.said


@pytest.mark.parametrize("player", [[("no-such-player-anywhere",)]], indirect=True)
def test_without_any_program_it_says_what_is_missing(player):
    assert player.refusal.endswith(".")
    player.play(CLIP, 8_000)
    assert player.said == [player.refusal]
    assert not player.playing
