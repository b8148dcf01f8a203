"""What a kind of data of the user's own has to say about itself: how it is recognised and shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.source import Progress, Source

SURE, LIKELY, POSSIBLE, NO = 1.0, 0.8, 0.4, 0.0
"""How sure a look at names and first bytes can be; NO where it cannot be that at all."""
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Sample:
    """One example to look at.

    Attributes:
        label: its class or what it is called.
        picture: (H, W, 3) uint8, or None.
        text: words to show instead.
    """

    label: str
    picture: NDArray[np.uint8] | None = None
    text: str = ""


@dataclass(frozen=True, eq=False)
class Survey:
    """What a longer look found, with the options chosen so far.

    Attributes:
        facts: what it is and how much there is, a sentence each.
        refusal: why it will surely be refused; empty where nothing is known.
        samples: a few examples.
        columns, rows: of a table, the names and the first rows as text.
        choices: for options that name a part of the data, what there is: values and their titles.
        recognised: what options that are left open come to, in words.
        holds: what was read for it: as long as it is held, another survey need not read it again.
    """

    facts: tuple[str, ...]
    refusal: str = ""
    samples: tuple[Sample, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    choices: Mapping[str, Choices] = field(default_factory=dict)
    recognised: Mapping[str, str] = field(default_factory=dict)
    holds: object = None


@dataclass(frozen=True)
class OwnKind:
    """A kind of data that users have.

    Attributes:
        source: reads it; its options have a `path`.
        noun: what the user would call it, with its article.
        recognise: how likely a path is of that kind (see SURE). Quick: it looks at names and
            first bytes. Raises OSError, and UserError where it is a part of such data.
        survey: (checked options, progress) → Survey. Raises UserError, Cancelled.
        named_options: options that name a part of the data: a survey says which there are.
    """

    source: Source
    noun: str
    recognise: Callable[[Path], float]
    survey: Callable[[Any, Progress], Survey]
    named_options: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Key in experiments."""
        return self.source.name
