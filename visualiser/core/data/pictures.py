"""What the data sets of pictures have in common: each is its pixels, its labels and its card."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import DataCard, Dataset, FloatArray, IntArray
from visualiser.core.data.scenes import Scenes
from visualiser.core.data.source import Defaults, NoOptions, Progress, Source
from visualiser.core.experiment import Value

_BRIGHTEST = np.float32(255)

DIGIT_NAMES = tuple("0123456789")


@dataclass(frozen=True, eq=False)
class Pictures:
    """Labelled pictures as they were read.

    Attributes:
        pixels: (N, C, H, W) float32, 0 … 1.
        labels: (N,) codes into `class_names`, of any integer type.
        blocks, groups, group_names, group_title, scenes, notes: as in Dataset.
    """

    pixels: FloatArray
    labels: NDArray[Any]
    class_names: tuple[str, ...]
    card: DataCard
    blocks: IntArray | None = None
    groups: IntArray | None = None
    group_names: tuple[str, ...] = ()
    group_title: str = ""
    scenes: Scenes | None = None
    notes: tuple[str, ...] = ()


def picture_source(
    *,
    name: str,
    title: str,
    summary: str,
    target: str,
    read: Callable[[Any, int, Progress], Pictures],
    defaults: Defaults,
    options: type[Value] = NoOptions,
) -> Source:
    """The entry of the registry for pictures of classes.

    Args:
        read: (checked options, seed, progress) → Pictures. Raises UserError.
    """

    def load(options: Any, seed: int, progress: Progress) -> Dataset:
        """The pictures that were read, as a data set."""
        found = read(options, seed, progress)
        return Dataset(
            name=name,
            title=title,
            card=found.card,
            modality="images",
            task="classification",
            features=found.pixels,
            labels=found.labels.astype(np.int64),
            target=target,
            class_names=found.class_names,
            groups=found.groups,
            group_names=found.group_names,
            group_title=found.group_title,
            blocks=found.blocks,
            scenes=found.scenes,
            notes=found.notes,
        )

    return Source(
        name=name,
        title=title,
        summary=summary,
        job="Image recognition",
        modality="images",
        task="classification",
        options=options,
        load=load,
        defaults=defaults,
    )


def grey_pixels(values: NDArray[Any]) -> FloatArray:
    """(N, H, W) bytes → (N, 1, H, W) from 0 for the lowest to 1 for the highest."""
    return values.astype(np.float32)[:, None] / _BRIGHTEST
