"""Programs that take the place of those of the system: they write a tone, or fail to."""

import shlex
import stat
import sys
from pathlib import Path

_BEGINNING = """import math, struct, sys, time
out = sys.stdout.buffer
def tone(rate, seconds):
    values = (round(9000 * math.sin(2 * math.pi * 440 * i / rate)) for i in range(int(rate * seconds)))
    return b"".join(struct.pack("<h", value) for value in values)
def header(rate, channels=1):
    size = 0x7fffffff
    kind = struct.pack("<HHIIHH", 1, channels, rate, 2 * channels * rate, 2 * channels, 16)
    return b"RIFF" + struct.pack("<I", size) + b"WAVEfmt " + struct.pack("<I", 16) + kind \\
        + b"data" + struct.pack("<I", size)
def write(data):
    out.write(data)
    out.flush()
"""  # noqa: E501

TONE = "write(tone(16000, 4)); time.sleep(60)"
SLOW_TONE = "write(tone(16000, 0.5)); time.sleep(60)"
OTHER_RATE = "write(header(44100) + tone(44100, 4)); time.sleep(60)"
NO_MICROPHONE = """write(b"stream node 36 error: no node available")
sys.exit("ALSA lib: nothing\\narecord: main:831: audio open error: No such file or directory")"""
REFUSED = 'sys.exit("arecord: main:831: audio open error: Permission denied")'
NOTHING = "pass"
HANGING = "time.sleep(60)"
SILENCE = "write(bytes(200000)); time.sleep(60)"
UNKNOWN = 'write(b"RIFF----WAVE" + bytes(9000)); time.sleep(60)'
POURING = "while True: write(bytes(1 << 20))"
LOST_AFTER_A_WHILE = """write(tone(16000, 0.5))
sys.exit("the microphone was taken away")"""


def install(folder: Path, **programs: str) -> None:
    """Write programs, “_” in their names for “-”, that can be found on a PATH of that folder."""
    for name, text in programs.items():
        path = folder / name.replace("_", "-")
        script = path.with_suffix(".py")
        script.write_text(_BEGINNING + text + "\n", encoding="utf-8")
        # A line “#!” takes no interpreter with a space in its path.
        words = shlex.join(("exec", sys.executable, str(script)))
        path.write_text(f"#!/bin/sh\n{words}\n", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
