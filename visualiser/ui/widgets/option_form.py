"""A form made from the fields of a pydantic model: registry entries need no window code."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Annotated, Any, Literal, cast, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from pydantic import ValidationError
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visualiser.core.experiment import Options, Value
from visualiser.ui.widgets.controls import Choice, Control, Fraction, Line, Switch, Whole
from visualiser.ui.widgets.flow_layout import FlowLayout
from visualiser.ui.widgets.labelled import Labelled
from visualiser.ui.widgets.matrix_editor import MatrixEditor
from visualiser.ui.widgets.option_words import choice_text, option_tip, option_title
from visualiser.ui.widgets.widths_editor import WidthsEditor

Choices = Mapping[str, Sequence[tuple[Any, str]]]


class OptionForm(QWidget):
    """Controls for the options of a registry entry.

    Literal becomes a combo box, bool a check box, a bounded number a spin box, a tuple of whole
    numbers a strip of steppers, a tuple of rows of shares a table. A field of another kind has no
    control and keeps its value.
    Short fields share a line where there is room.

    Attributes:
        rest: holds the controls of the fields named so, for the owner to place or to fold away.
        folds_away: whether there are any in it.

    Signals:
        changed: the options as a dict, after the user changed one.
    """

    changed = Signal(object)

    def __init__(
        self,
        model: type[Value],
        *,
        choices: Choices | None = None,
        skip: Collection[str] = (),
        rest: Collection[str] = (),
        plain: Collection[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        """`choices` turns a text field into a combo box; fields in `skip` get no control.

        A field may bring its title and its tip. Fields in `rest` stand apart, and those in
        `plain` have no label: their choices say it all.
        """
        super().__init__(parent)
        self._model = model
        self._choices = dict(choices or {})
        self._carried = model()
        self.controls: dict[str, Control] = {}
        self._fields: dict[str, QWidget] = {}
        self.rest = QWidget()
        self.folds_away = False
        rows, rest_rows = (FlowLayout(p, gap=12, line_gap=6) for p in (self, self.rest))
        for name, field in model.model_fields.items():
            if name in skip:
                continue
            title = field.title or option_title(name)
            control = self._control(name, title, field.annotation, field.metadata)
            if control is not None:
                self._prepare(name, title, control, field.description or option_tip(name))
                self.folds_away = self.folds_away or name in rest
                where = rest_rows if name in rest else rows
                self._place(where, name, control, "" if name in plain else title)
        self.set_values({})

    def set_values(self, options: Options) -> None:
        """Show options without emitting anything; what is not named gets its default.

        Options that do not fit leave the form as it is: whoever uses them says why.
        """
        try:
            self._carried = self._model.model_validate(options)
        except ValidationError:
            return
        for name, control in self.controls.items():
            control.put(getattr(self._carried, name))

    def values(self) -> Options:
        """The options that differ from the defaults."""
        shown = {name: control.get() for name, control in self.controls.items()}
        value = self._carried.replace(**shown)
        return cast(Options, value.model_dump(mode="json", exclude_defaults=True))

    def set_choices(self, name: str, choices: Sequence[tuple[Any, str]]) -> None:
        """Offer other values in the combo box of a field."""
        control = self.controls.get(name)
        if isinstance(control, (Choice, MatrixEditor)):
            control.offer(choices)

    def set_offered(self, name: str, offered: bool) -> None:
        """Show or hide a field that makes sense for some choices only; its value stays."""
        if name in self._fields:
            self._fields[name].setVisible(offered)

    def _control(
        self, name: str, title: str, annotation: Any, metadata: Sequence[Any]
    ) -> Control | None:
        if name in self._choices and get_origin(annotation) is not tuple:
            return cast(Control, Choice(self._choices[name]))
        kind = get_origin(annotation) or annotation
        makers: dict[Any, Callable[[], Control | None]] = {
            Literal: lambda: cast(
                Control, Choice([(value, choice_text(value)) for value in get_args(annotation)])
            ),
            bool: lambda: cast(Control, Switch(title)),
            int: lambda: cast(Control, Whole(*_whole_range(metadata))),
            float: lambda: cast(Control, Fraction(*_range(metadata))),
            str: lambda: cast(Control, Line()),
            tuple: lambda: self._numbers(name, title, annotation, metadata),
        }
        return makers[kind]() if kind in makers else None

    def _numbers(
        self, name: str, title: str, annotation: Any, metadata: Sequence[Any]
    ) -> Control | None:
        """A strip of whole numbers, or rows of shares, which the choices name."""
        if get_origin(get_args(annotation)[0]) is not tuple:
            return _widths(title, annotation, metadata)
        editor = MatrixEditor(title)
        editor.offer(self._choices.get(name, ()))
        return cast(Control, editor)

    def _prepare(self, name: str, title: str, control: Control, tip: str) -> None:
        widget = cast(QWidget, control)
        widget.setObjectName(name)
        widget.setAccessibleName(title)
        widget.setToolTip(tip or title)
        control.edited.connect(self._report)
        self.controls[name] = control

    def _place(self, rows: FlowLayout, name: str, control: Control, label: str) -> None:
        widget = cast(QWidget, control)
        if isinstance(control, (Switch, WidthsEditor, MatrixEditor)):
            rows.add_line(widget)
        elif label:
            widget = Labelled(label, widget)
            rows.addWidget(widget)
        else:
            rows.addWidget(widget)
        self._fields[name] = widget

    def _report(self) -> None:
        self.changed.emit(self.values())


def _widths(title: str, annotation: Any, metadata: Sequence[Any]) -> Control | None:
    inner = get_args(annotation)[0]
    if get_origin(inner) is not Annotated or get_args(inner)[0] is not int:
        return None
    field = get_args(inner)[1]
    shortest = _limit(metadata, MinLen, "min_length", 0)
    longest = _limit(metadata, MaxLen, "max_length", 8)
    widths = _whole_range(field.metadata)
    editor = WidthsEditor(title, widths, (int(shortest), int(longest)))
    return cast(Control, editor)


def _whole_range(metadata: Sequence[Any]) -> tuple[int, int]:
    low = _limit(metadata, Ge, "ge", _limit(metadata, Gt, "gt", -(2**31)) + 1)
    high = _limit(metadata, Le, "le", _limit(metadata, Lt, "lt", 2**31) - 1)
    return int(low), int(high)


def _range(metadata: Sequence[Any]) -> tuple[float, float]:
    low = _limit(metadata, Ge, "ge", _limit(metadata, Gt, "gt", -1e9))
    high = _limit(metadata, Le, "le", _limit(metadata, Lt, "lt", 1e9))
    return low, high


def _limit(metadata: Sequence[Any], kind: type, attribute: str, otherwise: float) -> float:
    found = (getattr(entry, attribute) for entry in metadata if isinstance(entry, kind))
    return float(next(found, otherwise))
