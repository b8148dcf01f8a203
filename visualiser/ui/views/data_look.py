"""A look at the data before training: the card, what was done to it, and the rows."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSplitter, QWidget

from visualiser.core.corruption.spec import Change
from visualiser.core.data.dataset import Dataset, IntArray
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.split import Part
from visualiser.core.training.snapshot import RunInfo, Snapshot, SpoiledRows
from visualiser.ui.palette import Palette
from visualiser.ui.panels.data_panel import card_html
from visualiser.ui.views.data_look_browser import RowsBrowser
from visualiser.ui.views.data_look_counts import group_rows, label_kinds, label_rows, left_out_note
from visualiser.ui.views.data_look_gaps import gap_texts
from visualiser.ui.views.data_look_legend import legend_entries
from visualiser.ui.views.data_look_rows import Rows
from visualiser.ui.views.legend import Legend
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.side_column import SideColumn
from visualiser.ui.widgets.bar_rows import BarRows
from visualiser.ui.widgets.controls import Choice, Switch
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.paragraph import paragraph

SEEN, CLEAN, GONE = "seen", "clean", "gone"
VALIDATION, VALIDATION_SEEN = "validation", "validation, spoiled"
_LINE, _MOST_FOR_WORDS, _GAP = 34, 0.42, 12
"""Characters of a line of words, the share of the width they may have, and pixels beside them."""
_NARROW, _LEAST_ROWS = 27, 9
"""Characters of width for words and rows beside each other, and lines of rows above the words."""


class DataLookView(Fitted, QWidget):
    """Rows on the right; on the left their choice and what is known. The test part stays sealed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: RunInfo | None = None
        self._seen: Part | None = None
        self._changes: tuple[Change, ...] = ()
        self._spoiled: SpoiledRows | None = None
        self._gaps: tuple[str, ...] = ()
        self._placed = False
        self._offered = self._parts()
        self.part = Choice(self._offered)
        self.part.setAccessibleName(self.tr("Part of the data"))
        self.part.setToolTip(self.tr("Which part to look at; that of the test stays sealed."))
        self.classes = Choice([(None, self.tr("all classes"))])
        self.classes.setAccessibleName(self.tr("Class"))
        self.classes.setToolTip(self.tr("Only shows what has this label."))
        self.changed_only = Switch(self.tr("Before and after"))
        self.changed_only.setToolTip(
            self.tr(
                "Only shows what had its label or its values spoiled: as it was before, and as it "
                "is now. What was left out is a part by itself."
            )
        )
        for control in (self.part, self.classes, self.changed_only):
            control.edited.connect(self._choose)
        self.browser = RowsBrowser()
        self.legend = Legend()
        self.saving = PictureSaving(
            self.browser.points,
            "points",
            self.tr("Points of the data"),
            self.legend,
            self.part.currentText,
        )
        self.title = paragraph("heading")
        self.words = paragraph("muted")
        self.card = paragraph("card-text")
        self.card.setTextFormat(Qt.TextFormat.RichText)
        self.counts = BarRows(self.tr("Training"))
        self.groups = BarRows(self.tr("Training"))
        self.validation = BarRows(self.tr("Validation"))
        self.sealed = paragraph("muted")
        self._build()

    def start_run(self, info: RunInfo) -> None:
        """Show the clean data; what the spoiling did comes with the first snapshot."""
        self._info, self._seen, self._changes = info, info.split.train, ()
        self._spoiled = None
        self._gaps = gap_texts(info.dataset, info.encoder)
        self.saving.forget()
        dataset, split = info.dataset, info.split
        classes = list(enumerate(dataset.class_names))
        self.classes.offer([(None, self.tr("all classes")), *classes])
        self.classes.put(None)
        self.classes.setVisible(bool(classes))
        self.changed_only.put(False)
        self._offered = self._parts()
        self.part.offer(self._offered)
        self.part.put(SEEN)
        self.title.setText(isolated(dataset.title))  # at the left, whatever its letters
        self.card.setText(card_html(dataset, info.encoder.notes))
        self.groups.set_title(self.tr("Training, by {group}").format(group=dataset.group_title))
        self.sealed.setText(
            self.tr("Test: {count:,}, clean and sealed until the exam.").format(
                count=len(split.test)
            )
        )
        self.browser.start(dataset.modality)
        self._show_part()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the spoiling; a snapshot that brings no other rows costs nothing."""
        self.saving.follow(snapshot)
        spoiled = snapshot.validation_rows
        same = snapshot.spoiled_train is self._seen and snapshot.changes == self._changes
        if same and spoiled is self._spoiled:
            return
        self._seen, self._changes = snapshot.spoiled_train, snapshot.changes
        self._spoiled = spoiled
        parts = self._parts()
        if parts != self._offered:
            self._offered = parts
            if self.part.get() not in dict(parts):
                self.part.put(VALIDATION if self.part.get() == VALIDATION_SEEN else SEEN)
            self.part.offer(parts)
        self._show_part()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.browser.apply_palette(palette)
        self.legend.apply_palette(palette)
        self.saving.apply_palette(palette)

    def _build(self) -> None:
        choices = (self.part, self.classes, self.changed_only)
        for choice in choices[:2]:
            choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        about = (self.title, *choices, self.words, self.legend)
        bars = (self.counts, self.groups, self.validation)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._side = SideColumn(*about, *bars, self.sealed, self.card)
        self._splitter.addWidget(self._side)
        self._splitter.addWidget(self.browser)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setHandleWidth(_GAP)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.splitterMoved.connect(self._keep_place)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)

    def _keep_place(self) -> None:
        self._placed = True

    def fit(self) -> None:
        """Leave most of the width to the rows, unless the user has decided otherwise.

        Where there is next to none, they stand above what is known of them.
        """
        self._turn()
        if self._side.unrolled:
            return
        if not self._placed:
            words = self.fontMetrics().averageCharWidth() * _LINE
            side = min(words, round(_MOST_FOR_WORDS * self.width()))
            self._splitter.setSizes([side, self.width() - side - _GAP])

    def _turn(self) -> None:
        metrics, ways = self.fontMetrics(), Qt.Orientation
        narrow = self.width() < _NARROW * metrics.averageCharWidth()
        self.browser.setMinimumHeight(_LEAST_ROWS * metrics.height() if narrow else 0)
        if narrow != self._side.unrolled:
            self._splitter.setOrientation(ways.Vertical if narrow else ways.Horizontal)
            self._splitter.insertWidget(0 if narrow else 1, self.browser)
            self._side.unroll(narrow)

    def _parts(self) -> list[tuple[str, str]]:
        parts = [
            (SEEN, self.tr("Training, as the model sees it")),
            (CLEAN, self.tr("Training, clean")),
            (VALIDATION, self.tr("Validation")),
        ]
        if len(self._gone()):
            parts.insert(2, (GONE, self.tr("Training, left out")))
        if self._spoiled is not None:
            parts[-1:] = [
                (VALIDATION_SEEN, self.tr("Validation, spoiled")),
                (VALIDATION, self.tr("Validation, clean")),
            ]
        return parts

    def _gone(self) -> IntArray:
        """Positions in the clean training part of what is not learnt from."""
        if self._info is None or self._seen is None:
            return np.zeros(0, dtype=np.int64)
        clean = self._info.split.train
        return np.flatnonzero(~np.isin(clean.rows, self._seen.rows))

    def _rows(self) -> Rows | None:
        info, seen = self._info, self._seen
        if info is None or seen is None:
            return None
        split = info.split
        kind, spoiled = self.part.get(), self._spoiled
        if kind == VALIDATION_SEEN and spoiled is not None:
            return Rows.of(info.dataset, spoiled.part, spoiled.clean, spoiled.changes, self._gaps)
        if kind == VALIDATION:
            return Rows.of(info.dataset, split.validation, split.validation)
        if kind == GONE:
            return Rows.of(info.dataset, split.train.take(self._gone()), split.train)
        if kind == CLEAN:
            return Rows.of(info.dataset, split.train, split.train)
        return Rows.of(info.dataset, seen, split.train, self._changes, self._gaps)

    def _show_part(self) -> None:
        """After another part, another spoiling or another data set."""
        info, seen = self._info, self._seen
        if info is None or seen is None:
            return
        dataset, clean, validation = info.dataset, info.split.train, info.split.validation
        self.counts.set_title(self._counted(self.tr("Training"), len(seen), len(clean)))
        self._show_bars(self.counts, dataset, seen, clean)
        spoiled = self._spoiled
        shown, before = (validation,) * 2 if spoiled is None else (spoiled.part, spoiled.clean)
        title = self.tr("Validation") if spoiled is None else self.tr("Validation, spoiled")
        self.validation.set_title(self._counted(title, len(shown), len(validation)))
        self._show_bars(self.validation, dataset, shown, before)
        self.groups.show_rows(group_rows(dataset, seen, clean))
        self._choose()

    def _counted(self, title: str, count: int, of: int) -> str:
        """“Training: 340 of 350”, or “Training: 350”; with copies “Training: 420 made of 350”."""
        if count == of:
            return f"{title}: {count:,}"
        if count > of:
            words = self.tr("{title}: {count:,} made of {all:,}")
            return words.format(title=title, count=count, all=of)
        return self.tr("{title}: {count:,} of {all:,}").format(title=title, count=count, all=of)

    def _show_bars(self, bars: BarRows, dataset: Dataset, part: Part, clean: Part) -> None:
        rows = label_rows(dataset, part, clean)
        bars.show_rows(rows)
        notes = [left_out_note(label_kinds(dataset))]
        if any(row.mark is not None for row in rows):
            notes.append(self.tr("A tick is the count before spoiling."))
        bars.set_note(" ".join(filter(None, notes)))

    def _choose(self) -> None:
        rows = self._rows()
        if rows is None:
            return
        any_changed = bool(rows.changed.any())
        self.changed_only.setEnabled(any_changed)
        only = self.changed_only.get() and any_changed
        chosen = rows.chosen(self.classes.get(), only)
        self.browser.show_rows(chosen)
        self.legend.show_entries(legend_entries(chosen))
        self.words.setText(self._sentence(rows, chosen))

    def _sentence(self, rows: Rows, chosen: Rows) -> str:
        noun = noun_of(rows.dataset)
        if not len(chosen):
            nothing = self.tr("No {example} is both of this class and changed.")
            return nothing.format(example=noun.one)
        text = f"{noun.counted(len(rows.part))}."
        if len(chosen) < len(rows.part):
            text = self.tr("{shown:,} of {all}").format(shown=len(chosen), all=text)
        kind = self.part.get()
        if kind not in (SEEN, VALIDATION_SEEN):
            return text
        spoiled = self._spoiled
        changes = self._changes if kind == SEEN or spoiled is None else spoiled.changes
        if not changes:
            return text + " " + self.tr("Nothing is spoiled.")
        done = "; ".join(change.sentence() for change in changes)
        return f"{text} {done[:1].upper()}{done[1:]}."
