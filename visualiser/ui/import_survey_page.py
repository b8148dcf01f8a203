"""A file or folder of one's own: what was found in it, some examples, and every guess to change."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.own_kind import OwnKind, Sample, Survey
from visualiser.core.data.own_table_ways import WAYS
from visualiser.core.data.source import Cancelled, Progress
from visualiser.core.errors import UserError
from visualiser.core.experiment import Options
from visualiser.ui.import_page import ImportPage, scrolling, sentence
from visualiser.ui.import_table_form import recognise, ways_to_read
from visualiser.ui.import_table_preview import FirstRows
from visualiser.ui.widgets.background import Background
from visualiser.ui.widgets.controls import Choice
from visualiser.ui.widgets.delay import Delay
from visualiser.ui.widgets.option_form import OptionForm

_THUMBNAIL = 64
_LIMITS = (500, 2_000, 10_000)


class ImportSurveyPage(ImportPage):
    """Looks through the data elsewhere, and anew when an option is changed."""

    def __init__(
        self,
        kind: OwnKind,
        path: Path,
        parent: QWidget | None = None,
        *,
        asked: Options | None = None,
    ) -> None:
        """`asked` are options to begin with: those chosen for this path before."""
        super().__init__(path.absolute(), parent)
        self._kind = kind
        self._stop = Event()
        self._found: Survey | None = None
        self._work = Background(self)
        self._work.done.connect(self._show)
        self._work.failed.connect(self._show_error)
        self._delay = Delay(self._look, parent=self)
        self.facts = sentence()
        self.refusal = sentence("error", hidden=True)
        self.samples = Samples()
        self.rows = FirstRows()
        for shown_later in (self.samples, self.rows):
            shown_later.hide()
        self.form = self._make_form(asked or {})
        self._build()
        self._look()

    @property
    def has_content(self) -> bool:
        """Whether there are examples or rows to see."""
        return self._found is not None and bool(self._found.samples or self._found.columns)

    def options(self) -> Options:
        """What is asked for now, as options of the data set."""
        model = self._kind.source.options
        options = model.model_validate({**self.form.values(), "path": str(self.path)})
        return options.model_dump(mode="json", exclude_defaults=True)

    def cancel(self) -> None:
        """What is still being looked at does not matter any more."""
        self._delay.cancel()
        self._stop.set()
        self._work.cancel()
        self._found = None  # and with it go the columns that were read for it

    def _make_form(self, asked: Options) -> OptionForm:
        named = self._kind.named_options
        limits: list[tuple[int | None, str]] = [(None, self.tr("All"))]
        limits += [(most, f"{most:,}") for most in _LIMITS]
        form = OptionForm(
            self._kind.source.options,
            choices={
                **{name: [("", self.tr("Recognise"))] for name in named},
                "most": limits,
                **ways_to_read({}),
            },
            skip=("path",),
            rest=WAYS,
        )
        form.set_values(asked)
        form.changed.connect(self._change)
        return form

    def _build(self) -> None:
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(self.samples, 2)
        body.addWidget(self.rows, 2)
        body.addWidget(self.form)
        body.addWidget(self.form.rest)
        body.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.facts)
        layout.addWidget(self.refusal)
        layout.addWidget(scrolling(inside), 1)

    def _change(self, options: Any) -> None:
        self.set_ready(False)
        self._delay.start()

    def _look(self) -> None:
        self.set_ready(False)
        self._stop.set()
        self._stop = Event()
        if self._found is None:
            self.facts.setText(self.tr("Looking through it …"))
        options = self._kind.source.options.model_validate(self.options())
        self._work.start(partial(_survey, self._kind, options, _Stopped(self._stop)))

    def _show(self, found: Survey | None) -> None:
        if found is None:
            return
        self._found = found
        shown = self.form.values()
        for name, choices in found.choices.items():
            self.form.set_choices(name, choices)
            self.form.set_offered(name, len(choices) > 1)
        self._name_guesses(shown, found.recognised)
        self.form.set_values({**shown, "path": str(self.path)})
        self.facts.setText(" ".join(found.facts))
        self.facts.setVisible(bool(found.facts))
        self.refusal.setText(found.refusal)
        self.refusal.setVisible(bool(found.refusal))
        self.samples.show_samples(found.samples)
        self.samples.setVisible(bool(found.samples))
        self.rows.show_cells(found.columns, found.rows)
        self.rows.setVisible(bool(found.columns))
        self.unusable.emit(bool(found.refusal))
        self.set_ready(not found.refusal)

    def _name_guesses(self, shown: Options, recognised: Mapping[str, str]) -> None:
        """Say beside “Recognise” what that comes to where it was left to be recognised."""
        for name, what in recognised.items():
            control = self.form.controls.get(name)
            if isinstance(control, Choice) and name not in shown:
                control.setItemText(0, recognise(what))
        for name in ("delimiter", "encoding", "header"):
            self.form.set_offered(name, name in recognised)

    def _show_error(self, error: UserError) -> None:
        self.facts.hide()
        self.samples.hide()
        self.rows.hide()
        self.refusal.setText(str(error))
        self.refusal.show()
        self.unusable.emit(True)


class Samples(QListWidget):
    """A few examples: thumbnails with their labels, or lines of words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Examples"))
        self.setToolTip(self.tr("A few of the examples, as the model will get them."))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setIconSize(QSize(_THUMBNAIL, _THUMBNAIL))
        self.setWordWrap(True)

    def show_samples(self, samples: tuple[Sample, ...]) -> None:
        """Take the place of what was shown before."""
        self.clear()
        pictures = any(sample.picture is not None for sample in samples)
        mode = QListView.ViewMode.IconMode if pictures else QListView.ViewMode.ListMode
        self.setViewMode(mode)
        self.setMovement(QListView.Movement.Static)
        self.setSpacing(6 if pictures else 0)
        for sample in samples:
            item = QListWidgetItem(self._words(sample, pictures))
            item.setToolTip(sample.text or sample.label)
            if sample.picture is not None:
                item.setIcon(QIcon(_pixmap(sample)))
            self.addItem(item)

    def _words(self, sample: Sample, pictures: bool) -> str:
        if pictures:
            return sample.label if sample.picture is not None else f"{isolated(sample.label)} ✕"
        return f"{isolated(sample.label)}: {sample.text}"


def _pixmap(sample: Sample) -> QPixmap:
    assert sample.picture is not None
    height, width = sample.picture.shape[:2]
    pixels = sample.picture.tobytes()
    return QPixmap(QImage(pixels, width, height, 3 * width, QImage.Format.Format_RGB888))


class _Stopped(Progress):
    """Ends a survey that nobody waits for any more."""

    def __init__(self, stop: Event) -> None:
        self._stop = stop

    def check(self) -> None:
        if self._stop.is_set():
            raise Cancelled


def _survey(kind: OwnKind, options: Any, progress: Progress) -> Survey | None:
    try:
        return kind.survey(options, progress)
    except Cancelled:
        return None
