"""Alice in Wonderland, to be written on character by character."""

from visualiser.core.data.dataset import DataCard
from visualiser.core.data.text_windows import unwrapped
from visualiser.core.data.texts.bundled_text import text_source

CARD = DataCard(
    what="“Alice’s Adventures in Wonderland” by Lewis Carroll (1865), in English, as one long "
    "text. At each character the next one is to be foretold.",
    source="The Millennium Fulcrum edition 2.9 of Project Gutenberg, the file alice29.txt of the "
    "Canterbury corpus (1997), as it comes with the Python package Brotli 1.2.1.",
    licence="Public domain",
    size="142,000 characters in 4,426 windows of 64, which overlap by half",
    weaknesses=(
        "One book by one author: a model writes like it about rabbits and queens, and knows "
        "nothing else.",
        "A large language model learns from a hundred million times as much. What this one writes "
        "has the sound of English and no sense.",
        "English of 1865, written for children of a few families; its jokes at their cost come "
        "along.",
        "The verses lose their line breaks, since lines of a paragraph are joined.",
    ),
)

SOURCE = text_source(
    "alice29",
    "Alice in Wonderland",
    "A novel of 142,000 characters; the next character is to be foretold.",
    CARD,
    "alice29.txt.gz",
    edit=lambda text, seed: unwrapped(text),
    note="Lines of a paragraph are joined: where a printer ended them is not to be learnt.",
)
