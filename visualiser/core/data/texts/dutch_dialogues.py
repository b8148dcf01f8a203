"""Lines of dialogue in Dutch, to be written on character by character."""

from visualiser.core.data.dataset import DataCard
from visualiser.core.data.texts.bundled_text import text_source

CARD = DataCard(
    what="What two fish say to each other in the puzzle game “Fish Fillets NG”, in Dutch, a line "
    "each. At each character the next one is to be foretold.",
    source="The Dutch dialogues of Fish Fillets – Next Generation (ALTAR interactive and "
    "translators), Debian package fillets-ng-data 1.0.1.",
    licence="GNU General Public License, version 2",
    size="1,889 lines, 94,000 characters in 2,930 windows of 64, which overlap by half",
    weaknesses=(
        "Jokes of a game translated from Czech: little of it is what people say every day.",
        "Lines that occur in several levels are there once only, so that replies may be missing.",
        "A large language model learns from a hundred million times as much.",
    ),
)

SOURCE = text_source(
    "dutch_dialogues",
    "Dutch dialogues",
    "1,889 lines of dialogue in Dutch; the next character is to be foretold.",
    CARD,
    "gpl/dutch_dialogues.txt.gz",
)
