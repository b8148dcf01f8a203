"""A play by Shakespeare, to be written on character by character."""

from visualiser.core.data.dataset import DataCard
from visualiser.core.data.texts.bundled_text import text_source

CARD = DataCard(
    what="“As You Like It” by William Shakespeare (about 1599), in English, with the names of who "
    "speaks. At each character the next one is to be foretold.",
    source="The file asyoulik.txt of the Canterbury corpus (1997), as it comes with the Python "
    "package Brotli 1.2.1.",
    licence="Public domain",
    size="123,000 characters in 3,816 windows of 64, which overlap by half",
    weaknesses=(
        "One play: names of its persons are learnt by heart within minutes, and other plays would "
        "be foretold worse than these figures say.",
        "Early modern English; nobody speaks like this today.",
        "A large language model learns from a hundred million times as much.",
    ),
)

SOURCE = text_source(
    "asyoulik",
    "As You Like It",
    "A play by Shakespeare, 123,000 characters; the next character is to be foretold.",
    CARD,
    "asyoulik.txt.gz",
)
