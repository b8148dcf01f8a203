"""What every view in the middle of the window has in common."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from visualiser.core.questions.spec import Question
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.core.training.want import Want
from visualiser.ui.palette import Palette


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Mark a text for translation, which is looked up where it is shown.

    As Qt's own function of this name, which lupdate looks for, but with a type.
    """
    return text


class View(Protocol):
    """Draws from a snapshot alone; keeps nothing that a snapshot does not bring again."""

    def start_run(self, info: RunInfo) -> None:
        """A new run: forget the old one and show a friendly empty state."""

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw. Called only while visible; must be cheap (a few milliseconds)."""

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""


@runtime_checkable
class AskingView(Protocol):
    """A View whose wants change with what the user does in it: another picture, another prompt.

    Attributes:
        questions_changed: something else is asked; a snapshot with the answer is asked for at once.
    """

    questions_changed: SignalInstance

    def questions(self) -> frozenset[Question[Any]]:
        """What it asks of the models now."""


@runtime_checkable
class PaintingView(Protocol):
    """A View in which the user changes the data itself.

    Attributes:
        data_changed: a DatasetConfig that the run is to go on with.
    """

    data_changed: SignalInstance


@runtime_checkable
class SearchingView(Protocol):
    """A View that has the training rows searched for mistakes.

    Attributes:
        search_wanted: a SearchJob, to be done beside the window.
    """

    search_wanted: SignalInstance


@runtime_checkable
class RepairingView(Protocol):
    """A View in which training rows are put right or left out, for a third model.

    Attributes:
        repairs_wanted: a tuple of Repair, and whether a new run is to begin with them.
    """

    repairs_wanted: SignalInstance


@runtime_checkable
class KeyedView(Protocol):
    """A View with keys of its own, which hold while it is in sight, whatever has the focus."""

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key stands for; False where it means nothing here."""


@dataclass(frozen=True)
class ViewSpec:
    """A view on offer as a tab; its texts are marked for translation in the context “Views”.

    Attributes:
        create: makes the widget, which is a QWidget and a View.
        want: what it needs in a snapshot while it is visible, whatever else it may ask.
        refuses: run → why it has nothing to show there (the tab is greyed with it), or None.
        sides: of data quality that it is about: where data is spoiled on one of them, its tab is
            among the first to have room.
    """

    name: str
    title: str
    tip: str
    create: Callable[[], QWidget]
    want: Want
    refuses: Callable[[RunInfo], str | None]
    sides: frozenset[str] = frozenset()
