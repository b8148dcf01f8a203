"""What examples of each kind are called, one and many of them."""

from dataclasses import dataclass

from visualiser.core.data.dataset import Dataset, Modality


@dataclass(frozen=True)
class Noun:
    """“picture” and “pictures”."""

    one: str
    many: str

    def of(self, count: int) -> str:
        """The form that goes with a count: “picture” with 1."""
        return self.one if count == 1 else self.many

    def counted(self, count: int, quality: str = "") -> str:
        """“1 picture”, or with a quality “525 clean validation pictures”."""
        return " ".join(filter(None, (f"{count:,}", quality, self.of(count))))


NOUNS: dict[Modality, Noun] = {
    "points": Noun("point", "points"),
    "images": Noun("picture", "pictures"),
    "text": Noun("message", "messages"),
    "table": Noun("row", "rows"),
    "series": Noun("day", "days"),
    "sound": Noun("clip", "clips"),
    "purchases": Noun("purchase", "purchases"),
    "characters": Noun("piece of text", "pieces of text"),
}


def noun_of(dataset: Dataset) -> Noun:
    """What the examples of a data set are called; of a dated series, what its periods are."""
    if dataset.seasons is not None:
        cadence = dataset.seasons.cadence
        return Noun(cadence.one, cadence.many)
    return NOUNS[dataset.modality]
