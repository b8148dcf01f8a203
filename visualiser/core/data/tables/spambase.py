"""Spam mails by how often words and signs occur in them."""

from functools import partial

from visualiser.core.data.bundled import read_columns
from visualiser.core.data.dataset import DataCard
from visualiser.core.data.described_table import ClassTarget, TableDescription, table_source
from visualiser.core.data.source import Defaults

WORDS = (
    "make address all num3d our over remove internet order mail receive will people report "
    "addresses free business email you credit your font num000 money hp hpl george num650 lab "
    "labs telnet num857 data num415 num85 technology num1999 parts pm direct cs meeting original "
    "project re edu table conference"
)
SIGNS = {
    "charSemicolon": ";",
    "charRoundbracket": "(",
    "charSquarebracket": "[",
    "charExclamation": "!",
    "charDollar": "$",
    "charHash": "#",
}
NUMERIC = {
    **{word: f"“{word.removeprefix('num')}” (%)" for word in WORDS.split()},
    **{column: f"“{sign}” (%)" for column, sign in SIGNS.items()},
    "capitalAve": "runs of capitals: mean length (letters)",
    "capitalLong": "runs of capitals: longest (letters)",
    "capitalTotal": "runs of capitals: all together (letters)",
}

CARD = DataCard(
    what="E-mails as counts: how often 48 words and 6 signs occur, how long the runs of capital "
    "letters are, and whether the mail was spam.",
    source="Mark Hopkins, Erik Reeber, George Forman and Jaap Suermondt, Hewlett-Packard Labs "
    "(1999), as UCI “Spambase”; the table “spam” of the R package kernlab 0.9-32.",
    licence="CC BY 4.0 according to UCI",
    size="4,601 mails: 2,788 wanted and 1,813 spam",
    weaknesses=(
        "The wanted mails are those of one office: of 780 mails with the word “george” only 8 "
        "are spam. The model learns who George is, and would fail in another mailbox.",
        "Spam of 1999: the words have changed since, and so have the tricks.",
        "391 rows repeat an earlier one count for count, so that some test mails were seen in "
        "training.",
        "Counts only: what a mail says, and in which order, is lost.",
    ),
)

SOURCE = table_source(
    TableDescription(
        name="spambase",
        title="E-mail spam",
        summary="4,601 e-mails as counts of 57 words and signs, wanted or spam.",
        job="Spam detection",
        card=CARD,
        read=partial(read_columns, "spambase.csv.gz"),
        target=ClassTarget("type", "kind of mail", {"nonspam": "wanted", "spam": "spam"}),
        numeric=NUMERIC,
        notes=("Words are in percent of all words of a mail, signs in percent of its characters.",),
        defaults=Defaults(
            model_options=(("hidden", (64,)), ("dropout", 0.3)),
            batch_size=32,
            learning_rate=0.003,
            epochs=20,
        ),
    )
)
