"""One way of spoiling: its slider, the count that came of it, and its further options."""

from contextlib import suppress
from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from visualiser.core.corruption.lookup import automatic_name
from visualiser.core.corruption.measures import measure_names
from visualiser.core.corruption.spare_columns import columns_without
from visualiser.core.corruption.spec import Change, Context, Corruption
from visualiser.core.data.dataset import Dataset, Table
from visualiser.core.experiment import CorruptionConfig, Options, SpoiledParts
from visualiser.ui.widgets.amount_slider import AmountSlider
from visualiser.ui.widgets.ingredient_form import IngredientForm
from visualiser.ui.widgets.option_form import OptionForm
from visualiser.ui.widgets.option_words import automatic_text
from visualiser.ui.widgets.paragraph import paragraph
from visualiser.ui.widgets.scale import amount_scale, short_count

GROUP_OPTIONS = frozenset({"group"})
CLASS_OPTIONS = frozenset({"positive", "label", "from_class", "to_class", "matrix"})
COLUMN_OPTIONS = frozenset({"by_column"})
REGION_OPTIONS = frozenset({"of"})
MEASURE_OPTIONS = frozenset({"column"})
_NAMING = GROUP_OPTIONS | CLASS_OPTIONS | COLUMN_OPTIONS | REGION_OPTIONS | MEASURE_OPTIONS
"""Options that name a group, a class, a column or a measure, or have a row for each class."""


def _names(option: str, dataset: Dataset) -> tuple[str, ...]:
    """What an option that names something may name."""
    if option in GROUP_OPTIONS:
        return dataset.group_names
    if option in CLASS_OPTIONS:
        return dataset.class_names
    if option in COLUMN_OPTIONS:
        return columns_without(dataset) if isinstance(dataset.features, Table) else ()
    measures = measure_names(dataset)
    return measures if option in MEASURE_OPTIONS else (*dataset.class_names, *measures)


class CorruptionRow(QWidget):
    """The controls of one registry entry.

    Those of its further options are made when they are first looked at: the window would wait for
    a dozen forms at its start.

    Signals:
        changed: the amount moved or an option changed.
        settled: the user let go.
    """

    changed = Signal()
    settled = Signal()

    def __init__(self, corruption: Corruption, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.corruption = corruption
        self._story = f"{corruption.dimension}: {corruption.story}"
        self.slider = AmountSlider(corruption.title, amount_scale(corruption.amount), self._story)
        self.slider.value_changed.connect(self._report)
        self.slider.settled.connect(self.settled)
        self._options: Options = {}
        named = _NAMING & corruption.options.model_fields.keys()
        self._names = {option: [("", automatic_text(option))] for option in named}
        self._form: OptionForm | None = None
        self._parts: SpoiledParts = corruption.parts
        self._seed: int | None = None
        self._ingredient: IngredientForm | None = None
        self._frame = QFrame()
        self._frame.setProperty("role", "sunken")
        self._frame.hide()
        self.more = QPushButton("…")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.slider)
        layout.addWidget(self._frame)
        self._offer_options()

    @property
    def config(self) -> CorruptionConfig | None:
        """What is asked for, or None where nothing is to be changed."""
        if not self.slider.changes_something:
            return None
        return CorruptionConfig(
            name=self.corruption.name,
            amount=self.slider.value,
            options=self._options if self._form is None else self._form.values(),
            seed=self._seed,
            parts=self._parts,
        )

    @property
    def form(self) -> OptionForm:
        """The further options."""
        if self._form is None:
            self._form = OptionForm(self.corruption.options, choices=self._names)
            self._form.set_values(self._options)
            self._form.changed.connect(self._report_option)
            self._ingredient = IngredientForm()
            self._ingredient.show_values(self._parts, self._seed)
            self._ingredient.changed.connect(self._take_ingredient)
            inner = QVBoxLayout(self._frame)
            inner.setContentsMargins(8, 6, 8, 6)
            story = paragraph("muted")
            story.setText(self.corruption.story)
            inner.addWidget(story)
            inner.addWidget(self._form)
            inner.addWidget(self._ingredient)
            self._form.setVisible(bool(self._form.controls))
        return self._form

    @property
    def ingredient(self) -> IngredientForm:
        """Which part is spoiled, and by which pattern."""
        assert self.form is not None and self._ingredient is not None
        return self._ingredient

    def set_parts(self, parts: SpoiledParts | None) -> None:
        """Spoil that part from now on, or the usual one; nothing is emitted."""
        self._show_ingredient(parts or self.corruption.parts, self._seed)

    def _show_ingredient(self, parts: SpoiledParts, seed: int | None) -> None:
        self._parts, self._seed = parts, seed
        if self._ingredient is not None:
            self._ingredient.show_values(parts, seed)

    def _take_ingredient(self) -> None:
        self._parts, self._seed = self.ingredient.values
        self._report_option({})

    def show_config(self, config: CorruptionConfig | None) -> None:
        """Show what is in force; without a config the options stay as the user left them."""
        amount = self.corruption.amount
        asked = amount.identity if config is None else config.amount
        if asked != self.slider.value:
            self.slider.set_realised()
            self.slider.set_value(asked)
        if config is not None:
            self._show_options(config.options)
            self._show_ingredient(config.parts, config.seed)

    def _show_options(self, options: Options) -> None:
        """Show them, or keep them for the form; those that do not fit change nothing."""
        if self._form is not None:
            self._form.set_values(options)
            return
        with suppress(ValidationError):
            value = self.corruption.options.model_validate(options)
            self._options = value.model_dump(mode="json", exclude_defaults=True)

    def show_change(self, change: Change | None) -> None:
        """Show what the spoiling in force came to, unless the slider has moved on since."""
        if change is None or change.amount != self.slider.value:
            return
        counts = change.changed, change.eligible
        words = self.tr("{changed} of {eligible}")
        whole = words.format(changed=f"{counts[0]:,}", eligible=f"{counts[1]:,}")
        short = words.format(changed=short_count(counts[0]), eligible=short_count(counts[1]))
        texts = [f"{whole} {change.noun}", whole, short]
        verb = change.verb.split(",")[0]
        if verb != "changed":  # “1 in 50 kept → 3,531 of 4,900” would be read as kept
            texts = [*texts, f"{counts[0]:,}", short_count(counts[0])]
            texts = [f"{text} {verb}" for text in texts]
        self.slider.set_realised(*dict.fromkeys(texts))

    def offer_names(self, context: Context) -> None:
        """Offer the groups and classes of the data where an option names one."""
        usable = self.corruption.refuses(context.dataset) is None
        for option in self._names:
            automatic = automatic_name(option, context) if usable else None
            names = _names(option, context.dataset)
            choices = [("", automatic_text(option, automatic)), *((name, name) for name in names)]
            self._names[option] = choices
            if self._form is not None:
                self._form.set_choices(option, choices)

    def set_reason(self, reason: str | None) -> None:
        """Grey the row with the reason why it makes no sense here; None makes it usable."""
        self.setEnabled(reason is None)
        if reason is None:
            self.slider.set_tip(self._story)
        else:
            self.slider.set_tip(self.tr("Cannot be used here: {reason}.").format(reason=reason))

    def _offer_options(self) -> None:
        title = self.corruption.title
        self.more.setCheckable(True)
        self.more.setFlat(True)
        self.more.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.more.setProperty("role", "link")
        self.more.setCursor(Qt.CursorShape.PointingHandCursor)
        words = self.tr("What “{title}” is, and more options of it.")
        self.more.setToolTip(words.format(title=title))
        self.more.setAccessibleName(self.tr("Options of {title}").format(title=title))
        self.more.toggled.connect(self._unfold)
        self.slider.add_button(self.more)

    def _unfold(self, unfolded: bool) -> None:
        assert self.form is not None  # made now, before its frame shows
        self._frame.setVisible(unfolded)

    def _report(self, amount: float) -> None:
        self.changed.emit()

    def _report_option(self, options: Any) -> None:
        self.slider.set_realised()
        if self.slider.changes_something:
            self.changed.emit()
            self.settled.emit()
