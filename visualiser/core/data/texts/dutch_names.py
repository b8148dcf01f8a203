"""First names, to make up new ones."""

from visualiser.core.data.dataset import DataCard
from visualiser.core.data.source import Defaults
from visualiser.core.data.text_windows import Apart, Context, WindowOptions
from visualiser.core.data.texts.bundled_text import shuffled_lines, text_source


class NamesOptions(WindowOptions):
    """As of other texts, with a context that names fit into.

    Few as they are, each is seen at many places of windows, or places would be learnt by heart.
    """

    context: Context = 24
    apart: Apart = 3


CARD = DataCard(
    what="First names that are given in the Netherlands and in Flanders, one a line. At each "
    "character the next one is to be foretold, so that a model makes up names.",
    source="The Dutch and Flemish names of the Python package Faker 40.54.0, merged.",
    licence="MIT (Faker)",
    size="1,225 names, 8,000 characters in 2,438 windows of 24, 3 apart",
    weaknesses=(
        "Each name stands there once, however many people have it: common and rare ones weigh the "
        "same.",
        "Lists of names are drawn up by somebody: names of families who came from elsewhere are "
        "fewer than among children of today.",
        "So few that a large model learns them by heart: made-up names may be real ones.",
    ),
)

SOURCE = text_source(
    "dutch_names",
    "Dutch first names",
    "1,225 first names; new ones are made up character by character.",
    CARD,
    "dutch_names.txt",
    edit=shuffled_lines,
    note="The names are shuffled: in the order of the alphabet the next one would be half known.",
    options=NamesOptions,
    defaults=Defaults(
        # Of so few names, larger models learn more by heart than of how names are built.
        model="character_mlp",
        model_options=(("characters", 4), ("width", 16), ("neurons", 128), ("dropout", 0.5)),
        batch_size=16,
        learning_rate=0.003,
        weight_decay=0.0005,
        epochs=8,
    ),
)
