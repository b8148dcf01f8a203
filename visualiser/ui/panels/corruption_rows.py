"""The rows of all ways of spoiling, each made when it is first looked at."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QObject, Signal

from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.corruption.spec import Context
from visualiser.core.experiment import CorruptionConfig, SpoiledParts, Spoiling
from visualiser.ui.widgets.corruption_row import CorruptionRow


class CorruptionRows(QObject):
    """Makes rows and keeps what those that are not made yet would show.

    The window would wait for thirty sliders at its start, and shows some six of them.

    Signals:
        changed: an amount moved or an option changed.
        settled: the user let go.
        made: a row that was just made.
    """

    changed = Signal()
    settled = Signal()
    made = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, CorruptionRow] = {}
        self._context: Context | None = None
        self.reasons: dict[str, str | None] = {}
        self._order: list[str] = []
        self._parts: SpoiledParts | None = None

    def __getitem__(self, name: str) -> CorruptionRow:
        if name not in self._rows:
            row = self._rows[name] = CorruptionRow(CORRUPTIONS[name])
            row.set_reason(self.reasons.get(name))
            row.set_parts(self._parts)
            if self._context is not None:
                row.offer_names(self._context)
            row.changed.connect(self.changed)
            row.settled.connect(self.settled)
            self.made.emit(row)
        return self._rows[name]

    def __iter__(self) -> Iterator[str]:
        return iter(CORRUPTIONS)

    def items(self) -> Iterator[tuple[str, CorruptionRow]]:
        """Every row by its name; makes those that are not there yet."""
        return ((name, self[name]) for name in CORRUPTIONS)

    def standing(self) -> Mapping[str, CorruptionRow]:
        """Those that have been made."""
        return self._rows

    def fits(self, name: str) -> bool:
        """Whether a way of spoiling makes sense for the data."""
        return self.reasons.get(name) is None

    @property
    def spoiling(self) -> Spoiling:
        """What the rows ask for; what came into use last is done last."""
        asked = {
            name: config
            for name in CORRUPTIONS
            if name in self._rows
            and self.fits(name)
            and (config := self._rows[name].config) is not None
        }
        self._order = [name for name in self._order if name in asked]
        self._order += [name for name in asked if name not in self._order]
        return Spoiling(corruptions=tuple(asked[name] for name in self._order))

    def show_spoiling(self, spoiling: Spoiling) -> None:
        """Show a recipe; nothing is emitted."""
        self._order = [config.name for config in spoiling.corruptions]
        configs: dict[str, CorruptionConfig] = {c.name: c for c in spoiling.corruptions}
        for name in {**configs, **self._rows}:
            self[name].show_config(configs.get(name))

    def move(self, name: str, by: int) -> None:
        """Do an ingredient earlier (−1) or later (+1)."""
        place = self._order.index(name)
        self._order.insert(place + by, self._order.pop(place))

    def set_parts(self, parts: SpoiledParts | None) -> None:
        """Have all of them spoil that part, also those used later on; None means the usual part."""
        self._parts = parts
        for row in self._rows.values():
            row.set_parts(parts)

    def start_run(self, context: Context) -> None:
        """Other data: what makes sense for it, and which groups and classes it has."""
        self._context = context
        self.reasons = {
            name: corruption.refuses(context.dataset) for name, corruption in CORRUPTIONS.items()
        }
        for name, row in self._rows.items():
            row.slider.set_realised()
            row.offer_names(context)
            row.set_reason(self.reasons[name])
