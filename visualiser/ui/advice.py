"""What a run advises, told once for each thing that is wrong."""

import re

from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.message_bar import Kind, Message, MessageBar

_KEY = "advice"
_FIGURES = re.compile(r"[\d,]+")


class Advice:
    """Passes the advice of a run on to the message bar.

    Who has closed it has read it, whatever becomes of its figures. Before the first step nothing
    has gone wrong: that is only worth knowing, and goes away by itself.
    """

    def __init__(self, bar: MessageBar) -> None:
        self._bar = bar
        self._gist = ""

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Tell what is new, take back what does not hold any more."""
        advice, gist = snapshot.advice, _FIGURES.sub("", snapshot.advice)
        shown = [message.text for message in self._bar.messages if message.key == _KEY]
        if not advice:
            self._bar.withdraw(_KEY)
        elif gist != self._gist or (shown and advice not in shown):
            kind: Kind = "warning" if snapshot.step else "info"
            self._bar.show_message(Message(advice, kind=kind, key=_KEY))
        self._gist = gist

    def start_run(self) -> None:
        """A new run has no advice yet."""
        self._bar.withdraw(_KEY)
        self._gist = ""
