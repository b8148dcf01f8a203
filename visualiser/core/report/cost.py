"""What a run cost, and what the same would mean at the size of a large language model."""

import math

from visualiser.core.data.cell_text import NO_BREAK
from visualiser.core.numerals import numeral
from visualiser.core.report.spec import Block, Material, Question, Table

WATTS = 30.0
"""Assumed of a processor at work: laptops take 15 to 45, and its screen is not counted."""

LARGE_OPERATIONS, LARGE_WATT_HOURS = 3.14e23, 1.287e9
"""Training GPT-3: operations (Brown et al., “Language Models are Few-Shot Learners”, 2020, table
D.1) and energy, 1,287 MWh (Patterson et al., “Carbon Emissions and Large Neural Network Training”,
2021, table 4)."""

_SECONDS_A_YEAR = 365.25 * 24 * 3600
_NAMES = (
    (1e21, "sextillion"),
    (1e18, "quintillion"),
    (1e15, "quadrillion"),
    (1e12, "trillion"),
    (1e9, "billion"),
    (1e6, "million"),
)
_UNITS = ((1e9, "G"), (1e6, "M"), (1e3, "k"), (1.0, ""), (1e-3, "m"), (1e-6, "µ"))


def operations(material: Material) -> float:
    """Floating-point operations of the student alone, about (see models/layers.py)."""
    return float(material.snapshot.info.flops_per_step) * material.snapshot.step


def models_trained(material: Material) -> int:
    """How many models were trained side by side: with the twin, and that of repaired data."""
    snapshot = material.snapshot
    return 1 + int(snapshot.twin_differs) + int(snapshot.mended is not None)


def energy(seconds: float) -> float:
    """Watt-hours of a processor at work for so long, at WATTS."""
    return seconds * WATTS / 3600


def _answer(material: Material) -> tuple[Block, ...]:
    snapshot = material.snapshot
    seconds, count = snapshot.seconds, operations(material)
    if not snapshot.step:
        return ("Nothing yet: it has not been trained.",)
    models = models_trained(material)
    rows = [
        ("steps", f"{snapshot.step:,}"),
        ("epochs", f"{snapshot.epoch:.3g}"),
        ("time in training", f"{numeral(seconds, 3)}{NO_BREAK}s"),
        ("on", snapshot.device_text),
        ("models side by side", f"{models}"),
        ("operations of your model, about", in_words(count)),
        ("energy, estimated", f"{_with_unit(energy(seconds), 'Wh')}"),
    ]
    return (
        Table(("", ""), tuple(rows)),
        f"The energy is that of a processor that takes {WATTS:.0f}{NO_BREAK}watts while it trains "
        "(laptops take 15 to 45); making the machine and the data is not counted.",
        *_at_large(count, seconds, models),
    )


def _at_large(count: float, seconds: float, models: int) -> tuple[str, ...]:
    if count <= 0 or seconds <= 0:
        return ()
    pace = count * models / seconds
    years = LARGE_OPERATIONS / pace / _SECONDS_A_YEAR
    return (
        f"A large language model, GPT-3, took {in_words(LARGE_OPERATIONS)} operations (Brown et "
        f"al. 2020), {in_words(LARGE_OPERATIONS / count)} times as many, and about "
        f"{_with_unit(LARGE_WATT_HOURS, 'Wh')} (Patterson et al. 2021). At the pace of this run, "
        f"this machine would need {in_words(years)} years for it.",
    )


def in_words(value: float) -> str:
    """A large number that can be read aloud: “74 million”, “1.2 billion”, “310 sextillion”."""
    for size, word in _NAMES:
        scaled = float(f"{value / size:.2g}")
        if scaled >= 1:
            return f"{scaled:,.0f} {word}" if scaled >= 10 else f"{scaled:.1f} {word}"
    return numeral(float(f"{value:.2g}"))


def _with_unit(value: float, unit: str) -> str:
    """“1.3 mWh”."""
    if value <= 0 or not math.isfinite(value):
        return f"0{NO_BREAK}{unit}"
    size, prefix = next(((s, p) for s, p in _UNITS if value >= s), _UNITS[-1])
    return f"{numeral(value / size, 3)}{NO_BREAK}{prefix}{unit}"


QUESTIONS = (Question("What did it cost?", _answer),)
