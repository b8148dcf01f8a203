"""Single strokes on drums, of ten kits, to be told apart on kits that were never heard."""

from visualiser.core.data.dataset import DataCard, Dataset
from visualiser.core.data.sound.clips import BundledClips
from visualiser.core.data.source import Defaults, NoOptions, Progress, Source

CARD = DataCard(
    what="Single strokes on a drum kit, 0.6 seconds each, and which part of the kit was hit.",
    source="Ten drum kits made for the drum machine Hydrogen by Artemiy Pavlov, Emiliano Grilli, "
    "Marcos Guglielmetti, Luc Tunguay, Glen MacArthur, Vladimir Sadovnikov and Alexander "
    "Belokurov; from Debian's package hydrogen-drumkits 2017.09.19.",
    licence="GPL-2, GPL-2 or later, CC BY-SA 3.0 US, kit by kit: datasets/LICENSES.md",
    size="404 clips of 10 kits: 117 hi-hats, 102 cymbals, 72 toms, 66 snares, 47 kicks",
    weaknesses=(
        "The labels come from the names of the files: a few may be wrong.",
        "Three kits have 61 % of the clips, and a part often has several strokes of different "
        "strength: there are fewer independent sounds than clips.",
        "A kit is either learnt from or tested on, never both: with ten kits, which ones are "
        "tested decides much of the result.",
        "All clips are equally loud, cut after 0.6 seconds and without anything above 8 kHz: a "
        "long cymbal ends too early.",
    ),
)


CLIPS = BundledClips(
    card=CARD,
    table="drums.csv",
    seconds=0.6,
    target="drum",
    label="sound",
    classes={
        "kick": "kick",
        "snare": "snare",
        "tom": "tom",
        "hihat": "hi-hat",
        "cymbal": "cymbal",
    },
    block="kit",
    caption="kit",
    note="All clips of one kit are in the same part: the model is tested on unseen kits.",
)


def load(options: NoOptions, seed: int, progress: Progress) -> Dataset:
    """(404, 9600) float32 clips in −1…1.

    Raises:
        UserError: a bundled file is missing or damaged.
        Cancelled: the user pressed Cancel.
    """
    return CLIPS.load(SOURCE, progress)


SOURCE = Source(
    name="drums",
    title="Drum sounds",
    summary="404 strokes on the drums of ten kits, tested on kits that were never heard.",
    job="Sound",
    modality="sound",
    task="classification",
    options=NoOptions,
    load=load,
    defaults=Defaults(
        model="cnn",
        model_options=(("kernel", 3), ("dropout", 0.5)),
        batch_size=32,
        learning_rate=0.003,
        epochs=40,
    ),
)
