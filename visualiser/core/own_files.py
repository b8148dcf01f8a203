"""The user's own files that experiments refer to: by their path, and by what was in them."""

import os
from contextlib import suppress
from itertools import islice
from pathlib import Path

from visualiser.core.data.dataset import Dataset
from visualiser.core.data.own_content import count_in, files_below, fingerprint, size_in
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
    """Whether the data is of the user's own, and not where it was.

    Nothing is there any more, or a folder where a file was, or the other way round.
    """
    path = path_of(dataset)
    try:
        return bool(path) and not _may_be(Path(path).expanduser(), dataset)
    except (OSError, ValueError, RuntimeError):
        return False  # whoever reads it says what is wrong


def _may_be(path: Path, dataset: DatasetConfig) -> bool:
    """Whether there is a folder where the data is in one, and else something that is none."""
    in_folder = source_named(dataset.name).is_folder
    return path.exists() and path.is_dir() == in_folder


def found_beside(
    experiment: Experiment, folder: Path, progress: Progress
) -> tuple[Experiment, str]:
    """The experiment with its data found in the folder of its file, where it was moved there.

    A file or folder is known by its name, or else by its fingerprint, for which files of the same
    size are read, and folders of as many files; whether one of the same name has the same content
    shows when it is read (`as_read`).

    Returns:
        The experiment, and a sentence where the data was found elsewhere.

    Raises:
        Cancelled: the user pressed Cancel.
    """
    if not is_missing(experiment.dataset):
        return experiment, ""
    old = Path(path_of(experiment.dataset))
    with suppress(OSError, ValueError):
        found = _found(old, experiment.dataset, folder, progress)
        if found is not None:
            said = (
                f"“{old.name}” is not where it was: “{found.name}” beside the experiment is used."
            )
            return with_path(experiment, found), said
    return experiment, ""


def _found(old: Path, dataset: DatasetConfig, folder: Path, progress: Progress) -> Path | None:
    same_name = folder / old.name
    if _may_be(same_name, dataset):
        return same_name
    alike = _alike(folder, dataset.content, progress)
    said = f"Looking for “{old.name}” beside the experiment"
    for place, path in enumerate(alike):
        part = Portion(progress, place / len(alike), (place + 1) / len(alike), said)
        if fingerprint(path, part) == dataset.content:
            return path
    return None


def _alike(folder: Path, content: str, progress: Progress) -> list[Path]:
    """What in a folder may have that content: files as long, or folders with as many files."""
    size, count = size_in(content), count_in(content)
    with os.scandir(folder) as entries:
        looked_at = list(islice(entries, _MOST_LOOKED_AT))
    if size is not None:
        files = (entry for entry in looked_at if entry.is_file(follow_symlinks=False))
        return [Path(file.path) for file in files if file.stat().st_size == size]
    folders = (Path(entry.path) for entry in looked_at if entry.is_dir(follow_symlinks=False))
    return [] if count is None else [one for one in folders if _has_files(one, count, progress)]


def _has_files(folder: Path, count: int, progress: Progress) -> bool:
    """Whether there are `count` files in the folder and below; no more of them are looked at."""
    seen = 0
    for _ in islice(files_below(folder), count + 1):
        progress.check()
        seen += 1
    return seen == count


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
