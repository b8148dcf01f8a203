"""What can be chosen about a table of one's own, with what was recognised beside “Recognise”."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from visualiser.core.data.dataset import TaskName
from visualiser.core.data.own_table import OwnTableOptions
from visualiser.core.data.own_table_dialect import DELIMITERS
from visualiser.core.data.own_table_encoding import ENCODINGS
from visualiser.core.data.own_table_preview import ColumnPreview, TablePreview
from visualiser.core.data.own_table_target import favourable
from visualiser.core.data.own_table_ways import WAYS, recognised_ways
from visualiser.ui.widgets.option_form import OptionForm
from visualiser.ui.widgets.option_words import choice_text

ROW_LIMITS = (10_000, 100_000, 1_000_000)


class TableForm(OptionForm):
    """Target, group and task, and how the file is read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        limits: list[tuple[int | None, str]] = [(None, self.tr("All"))]
        limits += [(n, self.tr("The first {n:,}").format(n=n)) for n in ROW_LIMITS]
        super().__init__(
            OwnTableOptions,
            choices={
                "target": [],
                "group": [],
                "task": [],
                "positive": [],
                "sheet": [],
                "rows": limits,
                **ways_to_read({}),
            },
            skip=("path", "leave_out", "types"),
            rest=WAYS,
            parent=parent,
        )
        self._recognised: dict[str, str] = {}

    def offer_columns(self, found: TablePreview, read_with: Mapping[str, str]) -> None:
        """Offer what the file has: its columns, its sheets, and how it can be read.

        Args:
            found: the first rows.
            read_with: the choices they were read with.
        """
        file = found.file
        is_text = file.container is None
        for name in self.controls:
            self.set_offered(name, True)
        self.set_choices("target", [(name, name) for name in found.names])
        none = [("", self.tr("None"))]
        self.set_choices("group", none + [(name, name) for name in found.group_candidates])
        self.set_choices("sheet", [(name, name) for name in file.sheets])
        self.set_offered("sheet", len(file.sheets) > 1)
        for name in ("delimiter", "encoding"):
            self.set_offered(name, is_text)
        self.set_offered("header", is_text or bool(file.sheets))
        for name, what in recognised_ways(file).items():
            if read_with[name] == "auto":
                self._recognised[name] = what
        for name, choices in ways_to_read(self._recognised).items():
            self.set_choices(name, choices)

    def offer_only(self, ways: tuple[str, ...], sheets: tuple[str, ...]) -> None:
        """Offer ways to read a file, or other sheets of it, where the present one gives no table.

        Args:
            ways: names of options.
            sheets: of a workbook, all there are.
        """
        if sheets:
            self.set_choices("sheet", [(name, name) for name in sheets])
        for name in self.controls:
            self.set_offered(name, name in ways)

    def offer_tasks(self, column: ColumnPreview) -> TaskName:
        """Offer what can be learnt of the target; what it comes to."""
        self.set_choices(
            "task",
            [
                ("auto", recognise(choice_text(column.task).lower())),
                *((task, choice_text(task)) for task in ("classification", "regression")),
            ],
        )
        chosen = self.controls["task"].get()
        task: TaskName = column.task if chosen == "auto" else chosen
        guess = favourable(column.values)
        none = self.tr("none") if guess is None else column.values[guess]
        named = recognise(none if column.values else "")
        values = [("", named), *((value, value) for value in column.values)]
        self.set_choices("positive", values)
        if task == "regression":
            self.controls["positive"].put("")
        self.set_offered("positive", task == "classification")
        return task


def ways_to_read(recognised: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    """What stands between the columns, the encoding and the first line: what there is to choose.

    `recognised` says what “Recognise” comes to, where that is known.
    """
    delimiters = [(sign, word.capitalize()) for sign, word in DELIMITERS.items()]
    first_line = [("yes", _tr("Names of the columns")), ("no", _tr("Data already"))]
    ways = {"delimiter": delimiters, "encoding": [*ENCODINGS.items()], "header": first_line}
    return {
        name: [("auto", recognise(recognised.get(name, ""))), *choices]
        for name, choices in ways.items()
    }


def recognise(what: str = "") -> str:
    """“Recognise”, and what that comes to where it is known."""
    return _tr("Recognise ({what})").format(what=what) if what else _tr("Recognise")


def _tr(text: str) -> str:
    return QCoreApplication.translate("TableForm", text)
