"""A table of one's own: a look at it, and what to predict from what."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from visualiser.core.data.dataset import TaskName
from visualiser.core.data.own_table import OwnTableOptions
from visualiser.core.data.own_table_bytes import size_text
from visualiser.core.data.own_table_dialect import DELIMITERS
from visualiser.core.data.own_table_encoding import ENCODINGS
from visualiser.core.data.own_table_file import UnusableSheet
from visualiser.core.data.own_table_notes import encoding_notice
from visualiser.core.data.own_table_preview import TablePreview, preview
from visualiser.core.errors import UserError
from visualiser.core.experiment import Options
from visualiser.ui.import_page import ImportPage, sentence
from visualiser.ui.import_table_preview import ColumnsToUse, FirstRows
from visualiser.ui.widgets.background import Background
from visualiser.ui.widgets.option_form import OptionForm

ROW_LIMITS = (10_000, 100_000, 1_000_000)
_WAYS_TO_READ = ("delimiter", "encoding", "header", "sheet")
"""Options that have the file read anew."""


class ImportTablePage(ImportPage):
    """The first rows of a table, what to predict, and which columns to use."""

    def __init__(
        self, path: Path, parent: QWidget | None = None, *, asked: Options | None = None
    ) -> None:
        """`asked` are options to begin with: those chosen for this file before."""
        super().__init__(path.absolute(), parent)
        self._asked = dict(asked or {})
        self._preview: TablePreview | None = None
        self._body, self._columns = QWidget(), QWidget()
        self._read_with = _ways_to_read({})
        self._work = Background(self)
        self._work.done.connect(self._show_preview)
        self._work.failed.connect(self._show_error)
        self.recognised = sentence("muted")
        self.error = sentence("error", hidden=True)
        self.plan = sentence()
        self.refusal = sentence("error", hidden=True)
        self.table = FirstRows()
        self.form = self._make_form()
        self.columns = ColumnsToUse()
        self.columns.edited.connect(self._tick)
        self._build()
        self._look(_ways_to_read(self._asked))

    @property
    def has_content(self) -> bool:
        """Whether the rows are shown."""
        return not self._body.isHidden()

    def options(self) -> Options:
        """What is asked for now, as options of the data set."""
        chosen = {**self.form.values(), "path": str(self.path), "leave_out": self._left_out()}
        options = OwnTableOptions.model_validate(chosen)
        return options.model_dump(mode="json", exclude_defaults=True)

    def cancel(self) -> None:
        """Nothing that is still being read matters any more."""
        self._work.cancel()

    def _build(self) -> None:
        settings = QScrollArea()
        settings.setWidgetResizable(True)
        settings.setFrameShape(QScrollArea.Shape.NoFrame)
        settings.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        settings.setWidget(self.form)
        columns = QVBoxLayout(self._columns)
        columns.setContentsMargins(0, 0, 0, 0)
        heading = QLabel(self.tr("Columns to use"))
        heading.setBuddy(self.columns)
        columns.addWidget(heading)
        columns.addWidget(self.columns)
        lower = QHBoxLayout()
        lower.setSpacing(16)
        lower.addWidget(settings, 3)
        lower.addWidget(self._columns, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.recognised, self.error):
            layout.addWidget(widget)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(self.table, 2)
        body.addLayout(lower, 3)
        body.addWidget(self.plan)
        body.addWidget(self.refusal)
        self._body.hide()
        layout.addWidget(self._body, 1)
        layout.addStretch()

    def _make_form(self) -> OptionForm:
        limits: list[tuple[int | None, str]] = [(None, self.tr("All"))]
        limits += [(n, self.tr("The first {n:,}").format(n=n)) for n in ROW_LIMITS]
        delimiters = [("auto", self.tr("Recognise"))]
        delimiters += [(sign, word.capitalize()) for sign, word in DELIMITERS.items()]
        form = OptionForm(
            OwnTableOptions,
            choices={
                "target": [],
                "group": [],
                "positive": [],
                "sheet": [],
                "rows": limits,
                "delimiter": delimiters,
                "encoding": [("auto", self.tr("Recognise")), *ENCODINGS.items()],
                "header": [
                    ("auto", self.tr("Recognise")),
                    ("yes", self.tr("Names of the columns")),
                    ("no", self.tr("Data already")),
                ],
            },
            skip=("path", "leave_out"),
        )
        form.changed.connect(self._change)
        return form

    def _look(self, read_with: dict[str, str]) -> None:
        """Read the first rows elsewhere; until they come nothing can be agreed to."""
        self._read_with = read_with
        self._preview = None
        self.set_ready(False)
        self.unusable.emit(False)
        for widget in (self.error, self.plan, self.refusal):
            widget.hide()
        self.recognised.show()
        self.recognised.setText(self.tr("Looking at the file …"))
        self._work.start(partial(preview, self.path, **read_with))

    def _change(self, options: dict[str, Any]) -> None:
        asked = _ways_to_read(options)
        if asked != self._read_with:
            self._look(asked)
        elif self._preview is not None:
            self._show_roles(self._preview)

    def _tick(self) -> None:
        if self._preview is not None:
            self._show_roles(self._preview)

    def _left_out(self) -> list[str]:
        """What is unticked, but for the target and the group: they are used all the same."""
        kept = {self.form.controls[role].get() for role in ("target", "group")}
        return [name for name in self.columns.unticked() if name not in kept]

    def _show_error(self, error: UserError) -> None:
        self.recognised.hide()
        self.error.setText(str(error))
        self.error.show()
        for widget in (self.table, self.columns):
            widget.setEnabled(False)
        if isinstance(error, UnusableSheet):
            self._offer_sheets(error.sheets, error.sheet)
        self.unusable.emit(not isinstance(error, UnusableSheet))

    def _offer_sheets(self, sheets: tuple[str, ...], shown: str) -> None:
        """Let another sheet be chosen, also where the one that is shown is no table."""
        for name in self.form.controls:
            self.form.set_offered(name, name == "sheet")
        self.form.set_choices("sheet", [(name, name) for name in sheets])
        self._read_with["sheet"] = shown
        self.form.set_values({**self.form.values(), **self._read_with})
        self.table.hide()
        self._columns.hide()
        self._body.show()

    def _show_preview(self, found: TablePreview) -> None:
        self._preview = found
        self.recognised.setText(self._sentence(found))
        self.form.set_choices("target", [(name, name) for name in found.names])
        none = [("", self.tr("None"))]
        self.form.set_choices("group", none + [(name, name) for name in found.group_candidates])
        self._offer_ways_to_read(found)
        asked, self._asked = self._asked, {}
        if asked.get("target") not in found.names:
            asked = {"target": found.target}
        left_out = cast(Sequence[str], asked.pop("leave_out", ()))
        self._read_with["sheet"] = found.file.sheet
        self.form.set_values({**asked, **self._read_with})
        self.table.show_rows(found)
        self.columns.show_columns(found, left_out)
        for widget in (self.table, self.columns):
            widget.setEnabled(True)
        for shown in (self.table, self._columns, self._body):
            shown.show()
        self._show_roles(found)

    def _sentence(self, found: TablePreview) -> str:
        file = found.file
        if file.container is None:
            how = self.tr("{delimiter} between the columns, {encoding}").format(
                delimiter=DELIMITERS[file.delimiter], encoding=file.encoding.title
            )
        else:
            how = file.container.title
        recognised = self.tr("Recognised: {how}, {header}; {count:,} columns, {size}.").format(
            how=how,
            header=self.tr("names in the first line") if file.has_header else self.tr("no names"),
            count=len(found.columns),
            size=size_text(file.size),
        )
        return f"{recognised} {encoding_notice(file)}" if file.encoding.is_doubtful else recognised

    def _offer_ways_to_read(self, found: TablePreview) -> None:
        """What can be chosen about how the file is read."""
        file = found.file
        for name in self.form.controls:
            self.form.set_offered(name, True)
        self.form.set_choices("sheet", [(name, name) for name in file.sheets])
        self.form.set_offered("sheet", len(file.sheets) > 1)
        for name in ("delimiter", "encoding"):
            self.form.set_offered(name, file.container is None)
        self.form.set_offered("header", file.container is None or bool(file.sheets))

    def _show_roles(self, found: TablePreview) -> None:
        """Mark the target in the table and list, and offer its values as favourable class."""
        target = self.form.controls["target"].get()
        column = found.column(target)
        values = [("", self.tr("Automatic")), *((value, value) for value in column.values)]
        self.form.set_choices("positive", values)
        self.table.mark_target(target)
        self.columns.mark_target(target)
        task = self.form.controls["task"].get()
        guessed = column.task if task == "auto" else task
        if guessed == "regression":
            self.form.controls["positive"].put("")
        self.form.set_offered("positive", guessed == "classification")
        self._show_plan(found, target, guessed)

    def _show_plan(self, found: TablePreview, target: str, task: TaskName) -> None:
        """Say what will be learnt, or why it cannot be."""
        kinds = {
            "classification": self.tr("a class out of several (classification)"),
            "regression": self.tr("a number (regression)"),
        }
        plan = self.tr("Learns to predict “{target}”, {kind}.").format(
            target=target, kind=kinds[task]
        )
        of_file = found.refusal_of_file(self.form.controls["rows"].get())
        group = self.form.controls["group"].get() or ""
        refusal = of_file or found.refusal(target, group, task, self._left_out())
        self.plan.setText("" if refusal else plan)
        self.plan.setVisible(not refusal)
        self.refusal.setText(refusal)
        self.refusal.setVisible(bool(refusal))
        self.unusable.emit(bool(of_file))
        self.set_ready(not refusal)


def _ways_to_read(options: dict[str, Any]) -> dict[str, str]:
    defaults = OwnTableOptions()
    return {name: str(options.get(name, getattr(defaults, name))) for name in _WAYS_TO_READ}
