"""Sound with something else going on behind it: a street, a fan, a bad line."""

from collections.abc import Iterator
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from visualiser.core.corruption.spec import Amount, Change, Context, Corruption
from visualiser.core.data.dataset import Dataset, FloatArray, IntArray, read_only
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.split import Part
from visualiser.core.experiment import Value

QUIETEST_DB = 40.0
"""Hardly heard; here the noise ends altogether, so that nothing of it is the clean clip."""
_AT_ONCE = 256
"""Clips whose noise is held at a time."""


class BackgroundNoiseOptions(Value):
    """What the noise sounds like, and the `fraction` of the clips that get it.

    “pink” falls by 3 dB an octave, as much of what is heard in rooms and streets; “white” hisses.
    """

    colour: Annotated[
        Literal["pink", "white"],
        Field(title="Colour", description="Pink is more like a street, white hisses."),
    ] = "pink"
    fraction: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 1.0


def corrupt(
    part: Part,
    amount: float,
    options: BackgroundNoiseOptions,
    context: Context,
    generator: np.random.Generator,
) -> tuple[Part, Change]:
    """Add noise `amount` decibels below the clip: its mean power against that of the noise.

    A clip that would go beyond full scale is turned down as a whole, which keeps the ratio. A
    silent clip stays silent: nothing is 10 dB louder than nothing.
    """
    rows = len(context.clean)
    chosen = (generator.random(rows) < options.fraction) & (amount < QUIETEST_DB)
    clips = np.array(part.features, dtype=np.float32)
    samples = clips.shape[1]
    hit = np.zeros(len(part), dtype=np.bool_)
    # Noise is drawn for all rows of the clean part, so that a clip's noise does not depend on
    # what other ways of spoiling removed.
    for origins, noise in _noises(rows, samples, options.colour, generator):
        for position in np.flatnonzero(np.isin(part.origin, origins)).tolist():
            origin = int(part.origin[position])
            clip = clips[position]
            power = float(np.mean(np.square(clip, dtype=np.float64)))
            if chosen[origin] and power > 0:
                clips[position] = _mixed(clip, noise[origin - origins[0]], power, amount)
                hit[position] = True
    done = part.origin[hit]
    noun = noun_of(context.dataset).many
    change = Change("background_noise", amount, len(done), len(part), noun, "changed", done)
    return part.with_values(features=read_only(clips)), change


def _mixed(clip: FloatArray, noise: FloatArray, power: float, decibels: float) -> FloatArray:
    """(samples,) the clip of that mean power and noise of mean power 1, at their ratio in dB."""
    mixed = clip + noise * np.float32(np.sqrt(power * 10 ** (-decibels / 10)))
    loudest = np.float32(max(1.0, float(np.abs(mixed).max())))
    return np.asarray(mixed / loudest, dtype=np.float32)


def _noises(
    rows: int, samples: int, colour: str, generator: np.random.Generator
) -> Iterator[tuple[IntArray, FloatArray]]:
    """Positions of some rows and (n, samples) noise of mean power 1 for them, until all had it."""
    for start in range(0, rows, _AT_ONCE):
        origins = np.arange(start, min(start + _AT_ONCE, rows), dtype=np.int64)
        noise = generator.standard_normal((len(origins), samples), dtype=np.float32)
        if colour == "pink":
            spectrum = np.fft.rfft(noise)
            # Power falls as 1 / f; what has no frequency has no place in a sound.
            frequencies = np.arange(spectrum.shape[1], dtype=np.float32)
            spectrum[:, 1:] /= np.sqrt(frequencies[1:])
            spectrum[:, 0] = 0
            noise = np.fft.irfft(spectrum, samples).astype(np.float32)
        noise /= np.sqrt(np.mean(np.square(noise), axis=1, keepdims=True))
        yield origins, noise


def _refuse(dataset: Dataset) -> str | None:
    return None if dataset.modality == "sound" else "it needs clips of sound"


CORRUPTION = Corruption(
    name="background_noise",
    flag="background-noise",
    title="Background noise",
    dimension="Noise",
    touches="features",
    story="Recorded in the street: something else is heard behind every clip. At 0 dB it has as "
    "much power as the clip, at 20 dB a hundredth of it.",
    source="Additive noise at a signal-to-noise ratio in decibels; Ko et al., 2017",
    amount=Amount("snr_db", QUIETEST_DB, -5.0, "db"),
    options=BackgroundNoiseOptions,
    refuses=_refuse,
    corrupt=corrupt,
)
