"""The data sets on offer: one line each, those of one job together."""

from dataclasses import replace

from visualiser.core.data import (
    digits,
    fashion,
    messages,
    painted,
    shapes,
    shop_purchases,
    small_digits,
    stamps,
)
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.own_content import fingerprint, state_of
from visualiser.core.data.own_kinds import OWN_KINDS
from visualiser.core.data.series import bikes, rail, retail
from visualiser.core.data.sound import drums, voices
from visualiser.core.data.source import Portion, Progress, Source
from visualiser.core.data.tables import (
    adult,
    ames,
    breast_cancer,
    iris,
    mortgages,
    penguins,
    resumes,
    sacramento,
    spambase,
    titanic,
    wine,
)
from visualiser.core.data.texts import alice, as_you_like_it, dutch_dialogues, dutch_names
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig, check_options

SOURCES: dict[str, Source] = {
    source.name: source
    for source in (
        shapes.SOURCE,
        painted.SOURCE,
        digits.SOURCE,
        fashion.SOURCE,
        small_digits.SOURCE,
        stamps.SOURCE,
        messages.SOURCE,
        spambase.SOURCE,
        sacramento.SOURCE,
        ames.SOURCE,
        shop_purchases.SOURCE,
        bikes.SOURCE,
        retail.SOURCE,
        rail.SOURCE,
        drums.SOURCE,
        voices.SOURCE,
        alice.SOURCE,
        as_you_like_it.SOURCE,
        dutch_dialogues.SOURCE,
        dutch_names.SOURCE,
        mortgages.SOURCE,
        adult.SOURCE,
        resumes.SOURCE,
        titanic.SOURCE,
        penguins.SOURCE,
        iris.SOURCE,
        wine.SOURCE,
        breast_cancer.SOURCE,
        *(kind.source for kind in OWN_KINDS.values()),
    )
}


_RECOGNISED = 0.05
"""Share of the loading after which the fingerprint of a file is taken, roughly."""


def source_named(name: str) -> Source:
    """The source called `name`.

    Raises:
        UserError: there is none; the message lists those there are.
    """
    if name not in SOURCES:
        raise UserError(
            f"There is no data set called “{name}”.", f"Choose one of: {', '.join(SOURCES)}."
        )
    return SOURCES[name]


def load_dataset(config: DatasetConfig, seed: int, progress: Progress | None = None) -> Dataset:
    """The data set that `config` names, with its options checked.

    Raises:
        UserError: unknown name, options out of range, or a file that cannot be read.
        Cancelled: the user pressed Cancel.
    """
    source = source_named(config.name)
    options = check_options(source.options, config.options, source.title)
    progress = progress or Progress()
    if source.file is None:
        return source.load(options, seed, progress)
    path = source.file(options)
    content = fingerprint(path, Portion(progress, 0, _RECOGNISED)) if path.name else ""
    dataset = source.load(options, seed, Portion(progress, _RECOGNISED, 1))
    return replace(dataset, content=content)


def file_state(config: DatasetConfig) -> tuple[int, ...] | None:
    """What is another once the file behind a data set has been written again.

    None for data that comes from no file, and where the file cannot be looked at: what was read
    of it is still good then.
    """
    source = source_named(config.name)
    if source.file is None:
        return None
    try:
        return state_of(source.file(check_options(source.options, config.options, source.title)))
    except (UserError, OSError, ValueError, RuntimeError):  # “~nobody”, a NUL character
        return None
