"""A table of one's own: what was recognised, and every guess to be changed."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, cast

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from visualiser.core.data.dataset import TaskName
from visualiser.core.data.own_table import OwnTableOptions
from visualiser.core.data.own_table_bytes import size_text
from visualiser.core.data.own_table_dialect import DELIMITERS
from visualiser.core.data.own_table_notes import encoding_notice
from visualiser.core.data.own_table_preview import TablePreview, preview
from visualiser.core.data.own_table_refusals import MOST_REASONS
from visualiser.core.data.own_table_text import quoted
from visualiser.core.data.own_table_types import ColumnType
from visualiser.core.data.own_table_unusable import UnusableTable
from visualiser.core.data.own_table_ways import WAYS
from visualiser.core.errors import UserError
from visualiser.core.experiment import Options
from visualiser.ui.import_column_heads import LEAVE_OUT, RECOGNISE
from visualiser.ui.import_page import ImportPage, scrolling, sentence
from visualiser.ui.import_table_form import TableForm
from visualiser.ui.import_table_preview import ColumnsToUse, FirstRows
from visualiser.ui.widgets.background import Background


class ImportTablePage(ImportPage):
    """The first rows of a table, what its columns are, which to use, and what to predict."""

    def __init__(
        self, path: Path, parent: QWidget | None = None, *, asked: Options | None = None
    ) -> None:
        """`asked` are options to begin with: those chosen for this file before."""
        super().__init__(path.absolute(), parent)
        self._asked = dict(asked or {})
        self._found: TablePreview | None = None
        self._types: dict[str, ColumnType] = {}
        self._columns = QWidget()
        self._read_with = _ways_to_read({})
        self._work = Background(self)
        self._work.done.connect(self._show_preview)
        self._work.failed.connect(self._show_error)
        self.recognised = sentence("muted")
        self.error = sentence("error", hidden=True)
        self.doubt = sentence("muted", hidden=True)
        self.remarks = sentence("muted", hidden=True)
        self.plan = sentence()
        self.refusal = sentence("error", hidden=True)
        self.table = FirstRows()
        self.table.heads.edited.connect(self._retype)
        self.form = TableForm()
        self.form.changed.connect(self._change)
        self.columns = ColumnsToUse()
        self.columns.edited.connect(self._tick)
        self._build()
        self._look(_ways_to_read(self._asked))

    @property
    def has_content(self) -> bool:
        """Whether the rows are shown."""
        return not self._scroll.isHidden() and not self.table.isHidden()

    def options(self) -> Options:
        """What is asked for now, as options of the data set."""
        chosen = {
            **self.form.values(),
            "path": str(self.path),
            "leave_out": self._left_out(),
            "types": self._types,
        }
        options = OwnTableOptions.model_validate(chosen)
        return options.model_dump(mode="json", exclude_defaults=True)

    def cancel(self) -> None:
        """Nothing that is still being read matters any more."""
        self._work.cancel()

    def _build(self) -> None:
        columns = QVBoxLayout(self._columns)
        columns.setContentsMargins(0, 0, 0, 0)
        heading = QLabel(self.tr("Columns to use"))
        heading.setBuddy(self.columns)
        columns.addWidget(heading)
        columns.addWidget(self.columns)
        settings = QVBoxLayout()
        settings.addWidget(self.form)
        settings.addWidget(self.form.rest)
        settings.addStretch()
        lower = QHBoxLayout()
        lower.setSpacing(16)
        lower.addLayout(settings, 3)
        lower.addWidget(self._columns, 2)
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(self.doubt)
        body.addWidget(self.table, 2)
        body.addWidget(self.remarks)
        body.addLayout(lower, 1)
        self._scroll = scrolling(inside)
        self._scroll.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.recognised)
        layout.addWidget(self.error)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.plan)
        layout.addWidget(self.refusal)
        layout.addStretch()

    def _look(self, read_with: dict[str, str]) -> None:
        """Read the first rows elsewhere; until they come nothing can be agreed to."""
        self._read_with = read_with
        self._found = None
        self.set_ready(False)
        self.unusable.emit(False)
        for widget in (self.error, self.doubt, self.remarks, self.plan, self.refusal):
            widget.hide()
        self.recognised.show()
        self.recognised.setText(self.tr("Looking at the file …"))
        self._work.start(partial(preview, self.path, **read_with))

    def _change(self, options: dict[str, Any]) -> None:
        asked = _ways_to_read(options)
        if asked != self._read_with:
            self._look(asked)
        else:
            self._show_roles()

    def _tick(self) -> None:
        self._show_roles()

    def _retype(self, name: str, chosen: str) -> None:
        """A column is of another type, or is to be left out."""
        self.columns.leave_out(name, left_out=chosen == LEAVE_OUT)
        self._types.pop(name, None)
        if chosen not in {LEAVE_OUT, RECOGNISE}:
            self._types[name] = cast(ColumnType, chosen)
        self._show_roles()

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
        if isinstance(error, UnusableTable):
            # It may be one when it is read in another way.
            self.form.offer_only(error.ways, error.sheets)
            self._read_with["sheet"] = error.sheet
            self.form.set_values({**self.form.values(), **self._read_with})
            self.table.hide()
            self._columns.hide()
            self._scroll.show()
        self.unusable.emit(True)

    def _show_preview(self, found: TablePreview) -> None:
        self._found = found
        self.recognised.setText(self._sentence(found))
        doubtful = found.file.encoding.is_doubtful
        self.doubt.setText(encoding_notice(found.file) if doubtful else "")
        self.doubt.setVisible(doubtful)
        self.form.offer_columns(found, self._read_with)
        asked, self._asked = self._asked, {}
        if asked.get("target") not in found.names:
            asked = {"target": found.target}
        left_out = cast(Sequence[str], asked.pop("leave_out", self.columns.unticked()))
        types = cast(dict[str, ColumnType], asked.pop("types", self._types))
        self._types = {name: kind for name, kind in types.items() if name in found.names}
        self._read_with["sheet"] = found.file.sheet
        self.form.set_values({**asked, **self._read_with})
        self.table.show_rows(found)
        self.columns.show_columns(found, left_out)
        for widget in (self.table, self.columns):
            widget.setEnabled(True)
        for shown in (self.table, self._columns, self._scroll):
            shown.show()
        self._show_roles()

    def _sentence(self, found: TablePreview) -> str:
        file = found.file
        if file.container is None:
            how = self.tr("{delimiter} between the columns, {encoding}").format(
                delimiter=DELIMITERS[file.delimiter], encoding=file.encoding.title
            )
        else:
            how = file.container.title
        names = self.tr("names in the first line") if file.has_header else self.tr("no names")
        if file.container is not None and file.container.has_header:
            names = self.tr("with names of its columns")
        return self.tr("Recognised: {how}, {header}; {count:,} columns, {size}.").format(
            how=how, header=names, count=len(found.columns), size=size_text(file.size)
        )

    def _show_roles(self) -> None:
        """Mark the target in the table and list, and offer its values as favourable class."""
        if self._found is None:
            return
        found = self._found.with_types(self._types)
        target = self.form.controls["target"].get()
        task = self.form.offer_tasks(found.column(target))
        left_out = self._left_out()
        shown_types = {**self._types, **dict.fromkeys(left_out, LEAVE_OUT)}
        self.table.heads.show_types(found, shown_types, target)
        self.table.mark_target(target)
        self.columns.show_kinds(found)
        self.columns.mark_target(target)
        self._show_remarks(found, target, left_out)
        self._show_plan(found, target, task)

    def _show_remarks(self, found: TablePreview, target: str, left_out: list[str]) -> None:
        """Say of columns that will not be used, or are doubtful, why that is."""
        remarks = found.remarks(target, left_out)
        said = " ".join(remarks[:MOST_REASONS])
        if len(remarks) > MOST_REASONS:
            more = self.tr("The same or the like is true of {n:,} more columns.")
            said = f"{said} {more.format(n=len(remarks) - MOST_REASONS)}"
        if not found.file.whole:
            said = self.tr("By the first rows: {said}").format(said=said)
        self.remarks.setText(said)
        self.remarks.setVisible(bool(remarks))

    def _show_plan(self, found: TablePreview, target: str, task: TaskName) -> None:
        """Say what will be learnt, or why it cannot be."""
        kinds = {
            "classification": self.tr("a class out of several (classification)"),
            "regression": self.tr("a number (regression)"),
        }
        plan = self.tr("Learns to predict {target}, {kind}.").format(
            target=quoted(target), kind=kinds[task]
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
    return {name: str(options.get(name, getattr(defaults, name))) for name in WAYS}
