"""The user's own files that experiments refer to: by their path, and by what was in them."""

import os
from contextlib import suppress
from itertools import islice
from pathlib import Path

from visualiser.core.data.dataset import Dataset
from visualiser.core.data.own_content import fingerprint, size_in
from visualiser.core.data.registry import source_named
from visualiser.core.data.source import Portion, Progress
from visualiser.core.experiment import DatasetConfig, Experiment

PATH = "path"
"""The option of a data set that names the user's file or folder."""
_MOST_LOOKED_AT = 2_000


def path_of(dataset: DatasetConfig) -> str:
    """The file or folder that a data set is read from; empty for what comes with the program."""
    path = dataset.options.get(PATH)
    own = source_named(dataset.name).file is not None
    return path if own and isinstance(path, str) else ""


def with_path(experiment: Experiment, path: Path | str) -> Experiment:
    """The same experiment with its data read from somewhere else."""
    dataset = experiment.dataset
    options = dataset.options | {PATH: str(path)}
    changed: Experiment = experiment.replace(dataset=dataset.replace(options=options))
    return changed


def is_missing(dataset: DatasetConfig) -> bool:
    """Whether the data is of the user's own, and not where it was."""
    path = path_of(dataset)
    try:
        return bool(path) and not Path(path).expanduser().exists()
    except (OSError, ValueError, RuntimeError):
        return False  # whoever reads it says what is wrong


def found_beside(
    experiment: Experiment, folder: Path, progress: Progress
) -> tuple[Experiment, str]:
    """The experiment with its data found in the folder of its file, where it was moved there.

    A file is known by its name, or else by its fingerprint, for which those of the same size are
    read; whether one of the same name has the same content shows when it is read (`as_read`).

    Returns:
        The experiment, and a sentence where the data was found elsewhere.

    Raises:
        Cancelled: the user pressed Cancel.
    """
    if not is_missing(experiment.dataset):
        return experiment, ""
    old = Path(path_of(experiment.dataset))
    with suppress(OSError, ValueError):
        found = _found(old, experiment.dataset.content, folder, progress)
        if found is not None:
            said = (
                f"“{old.name}” is not where it was: “{found.name}” beside the experiment is used."
            )
            return with_path(experiment, found), said
    return experiment, ""


def _found(old: Path, content: str, folder: Path, progress: Progress) -> Path | None:
    same_name = folder / old.name
    if same_name.exists():
        return same_name
    size = size_in(content)
    alike = [] if size is None else _files_of(folder, size)
    said = f"Looking for “{old.name}” beside the experiment"
    for place, path in enumerate(alike):
        part = Portion(progress, place / len(alike), (place + 1) / len(alike), said)
        if fingerprint(path, part) == content:
            return path
    return None


def _files_of(folder: Path, size: int) -> list[Path]:
    """Files in a folder that have `size` bytes."""
    with os.scandir(folder) as entries:
        return [
            Path(entry.path)
            for entry in islice(entries, _MOST_LOOKED_AT)
            if entry.is_file(follow_symlinks=False) and entry.stat().st_size == size
        ]


def as_read(experiment: Experiment, dataset: Dataset) -> tuple[Experiment, str]:
    """The experiment as a run of the data that was read.

    Returns:
        The experiment with the content it is of, and a sentence where that is another one than
        it was made with.
    """
    config = experiment.dataset
    if not dataset.content or config.content == dataset.content:
        return experiment, ""
    said = ""
    if config.content:
        name = Path(path_of(config)).name
        said = f"“{name}” has changed since this experiment was made: it is used as it is now."
    changed: Experiment = experiment.replace(dataset=config.replace(content=dataset.content))
    return changed, said
