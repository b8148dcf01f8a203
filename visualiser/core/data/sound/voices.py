"""Lines spoken in Dutch by a high and a low voice, from a game about two fish."""

from visualiser.core.data.dataset import DataCard, Dataset
from visualiser.core.data.sound.clips import BundledClips
from visualiser.core.data.source import Defaults, NoOptions, Progress, Source

CARD = DataCard(
    what="The first two seconds of lines that a small fish with a high voice and a big one with a "
    "low voice say in Dutch, with the words.",
    source="The Dutch voices of the game Fish Fillets (ALTAR interactive 1998, Ivo and Pavel "
    "Danihelka and others 2004), from Debian's package fillets-ng-data-nl 1.0.1.",
    licence="GPL-2",
    size="300 clips of 49 levels of the game, 150 of each voice",
    weaknesses=(
        "Each voice seems to be one speaker throughout: a model learns to tell these two, not high "
        "voices from low ones.",
        "Voices were acted and recorded in a studio: no street, no telephone, no one else.",
        "Clips are cut after two seconds, in the middle of a word if need be, and equally loud.",
        "The words are shown to you and not to the model.",
    ),
)


CLIPS = BundledClips(
    card=CARD,
    table="gpl/voices_nl.csv",
    seconds=2.0,
    target="voice",
    label="voice",
    classes={"high": "high voice", "low": "low voice"},
    block="level",
    caption="text",
    note="All clips of one level of the game are in the same part of the split.",
)


def load(options: NoOptions, seed: int, progress: Progress) -> Dataset:
    """(300, 32000) float32 clips in −1…1.

    Raises:
        UserError: a bundled file is missing or damaged.
        Cancelled: the user pressed Cancel.
    """
    return CLIPS.load(SOURCE, progress)


SOURCE = Source(
    name="voices_nl",
    title="Dutch voices",
    summary="300 spoken lines: is it the high voice or the low one?",
    job="Sound",
    modality="sound",
    task="classification",
    options=NoOptions,
    load=load,
    defaults=Defaults(model="cnn", batch_size=32, learning_rate=0.003, epochs=10),
)
