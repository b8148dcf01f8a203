"""How examples of each kind are shown in little room: one line each."""

from visualiser.core.data.dataset import Modality
from visualiser.ui.strips import (
    characters,
    messages,
    pictures,
    points,
    purchases,
    series,
    sound,
    table,
)
from visualiser.ui.strips.spec import Strip

STRIPS: dict[Modality, Strip] = {
    strip.modality: strip
    for strip in (
        points.STRIP,
        pictures.STRIP,
        messages.STRIP,
        table.STRIP,
        series.STRIP,
        sound.STRIP,
        purchases.STRIP,
        characters.STRIP,
    )
}
