"""The data: which set, a look at its examples, how it is made and how it is split."""

from functools import partial
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from visualiser.core.data.dataset import Dataset
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.registry import SOURCES
from visualiser.core.experiment import DatasetConfig, Experiment
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.import_desk import ImportDesk
from visualiser.ui.palette import Palette
from visualiser.ui.widgets.delay import Delay
from visualiser.ui.widgets.examples_strip import ExamplesStrip
from visualiser.ui.widgets.flow_layout import FlowLayout
from visualiser.ui.widgets.fold import Fold
from visualiser.ui.widgets.grouped_choice import Group, GroupedChoice
from visualiser.ui.widgets.option_form import OptionForm
from visualiser.ui.widgets.shares import Shares


class DataPanel(QWidget):
    """A change here is another data set or another split: it starts a new run.

    Attributes:
        links: small buttons that stand beside the heading.
        imports: opens data of the user's own.

    Signals:
        changed: the DatasetConfig and the SplitConfig asked for, once the user has paused for
            a moment.
    """

    changed = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dataset = DatasetConfig()
        self.imports = ImportDesk(self)
        self.imports.chosen.connect(self._take_data)
        self.imports.given_up.connect(self._show_source)
        self._delay = Delay(self._emit, parent=self)
        self.source = GroupedChoice(_sources_by_job())
        self.source.setAccessibleName(self.tr("Data set"))
        self.source.edited.connect(self._choose)
        self.open_button = QPushButton(self.tr("Open…"))
        self.open_button.setToolTip(
            self.tr("Opens data of your own: a file, or a folder of pictures or sounds.")
        )
        menu = QMenu(self.open_button)
        menu.addAction(self.tr("A file…"), self.imports.ask_file)
        menu.addAction(self.tr("A folder…"), self.imports.ask_folder)
        self.open_button.setMenu(menu)
        self.examples = ExamplesStrip()
        self.caption = _paragraph("muted")
        self.caption.setTextFormat(Qt.TextFormat.PlainText)
        self.form = OptionForm(SOURCES[self._dataset.name].options)
        self.card_text = _paragraph("card-text")
        self.card_text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.card = Fold(
            self.tr("About"),
            self.card_text,
            self.tr("What this data is, where it comes from, and its known weaknesses."),
        )
        self.shares = Shares()
        self.shares.edited.connect(self._delay.start)
        self.split = Fold(
            self.tr("Split"),
            self.shares,
            self.tr("Shares of the data for training, validation and test."),
        )
        self.links = (self.card.take_link(), self.split.take_link())
        self._build()
        self._set_form(self._dataset)

    @property
    def dataset(self) -> DatasetConfig:
        """The data set asked for now."""
        return self._dataset

    def show_experiment(self, experiment: Experiment) -> None:
        """Show the data set and the split of an experiment."""
        self._delay.cancel()
        self.shares.put(experiment.split)
        if experiment.dataset.name not in SOURCES:
            return
        if experiment.dataset != self._dataset:
            self._set_form(experiment.dataset)
        self.source.put(experiment.dataset.name)

    def start_run(self, info: RunInfo) -> None:
        """Show examples, size and card of the data of this run."""
        self.examples.show_dataset(info.dataset)
        self.caption.setText(self._caption(info))
        self.card_text.setText(card_html(info.dataset, info.encoder.notes))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Nothing here changes during a run."""

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.examples.apply_palette(palette)

    def open_path(self, path: str | Path) -> None:
        """Show the import of a file or folder: from the menu, or dropped on the window."""
        self.imports.open_path(path)

    def _build(self) -> None:
        top = FlowLayout()
        self.source.setMinimumContentsLength(12)
        self.source.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        top.addWidget(self.source)
        top.add_right(self.open_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        self._form_place = layout
        for widget in (self.examples, self.caption, self.form):
            layout.addWidget(widget)
        for fold in (self.card, self.split):
            layout.addWidget(fold)

    def _set_form(self, dataset: DatasetConfig) -> None:
        """Options of the data set; those of the user's own are set where it is opened."""
        self._dataset = dataset
        source = SOURCES[dataset.name]
        fields = source.options.model_fields.keys() if source.file is not None else ()
        form = OptionForm(source.options, skip=tuple(fields))
        form.set_values(dataset.options)
        form.changed.connect(self._change_options)
        self._form_place.replaceWidget(self.form, form)
        form.setVisible(bool(form.controls))  # placed before: alone it would be a window
        self.form.hide()
        self.form.deleteLater()
        self.form = form
        self.source.setToolTip(source.summary)

    def _caption(self, info: RunInfo) -> str:
        dataset = info.dataset
        if dataset.predicts_classes:
            answer = self.tr("{count} classes").format(count=dataset.class_count)
        else:
            answer = self.tr("predicts {target}").format(target=dataset.target_text)
        split = info.experiment.split
        rows = noun_of(dataset).counted(len(dataset))
        shares = "/".join(f"{100 * s:.0f}" for s in (split.train, split.validation, split.test))
        return f"{rows} · {answer} · {shares}\u00a0%"

    def _choose(self) -> None:
        name = self.source.get()
        source = SOURCES[name]
        if source.file is not None:
            (self.imports.ask_folder if source.is_folder else self.imports.ask_file)()
        elif name != self._dataset.name:
            self._set_form(DatasetConfig(name=name))
            self._delay.start()

    def _show_source(self) -> None:
        """Nothing was opened: the combo box says again what is in use."""
        self.source.put(self._dataset.name)

    def _take_data(self, config: DatasetConfig) -> None:
        self._set_form(config)
        self._show_source()
        self._delay.cancel()
        self._emit()

    def _change_options(self, options: Any) -> None:
        self._dataset = self._dataset.replace(options=options)
        self._delay.start()

    def _emit(self) -> None:
        self.changed.emit(self._dataset, self.shares.get())


def _sources_by_job() -> list[Group]:
    """What there is to choose from, under the everyday job that it is for."""
    return [
        (job, [(source.name, source.title) for source in sources])
        for job, sources in groupby(SOURCES.values(), key=lambda source: source.job)
    ]


def card_html(dataset: Dataset, encoding_notes: tuple[str, ...] = ()) -> str:
    """The card of a data set and what was done to it, as rich text; all of it escaped."""
    tr = partial(QCoreApplication.translate, "DataPanel")
    card = dataset.card
    lines = [f"<p>{escape(card.what)}</p>"]
    for title, text in (
        (tr("From"), card.source),
        (tr("Licence"), card.licence),
        (tr("Size"), card.size),
    ):
        if text:
            lines.append(f"<p><b>{title}</b> {escape(text)}</p>")
    for title, entries in (
        (tr("Known weaknesses"), card.weaknesses),
        (tr("Done when it was read"), dataset.notes),
        (tr("Done before training"), encoding_notes),
    ):
        if entries:
            items = "".join(f"<li>{escape(entry)}</li>" for entry in entries)
            lines.append(f"<p><b>{title}</b></p><ul style='margin-left:-24px'>{items}</ul>")
    return "".join(lines)


def _paragraph(role: str) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setProperty("role", role)
    label.setMinimumWidth(1)
    return label
