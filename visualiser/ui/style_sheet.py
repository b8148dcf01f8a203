"""The one style sheet of the program, made from a palette and a text scale.

Roles, set by `widget.setProperty("role", …)`:

card: a rounded sheet on the quiet ground · sunken: a box within a card · muted: secondary text ·
heading: a small bold title · section-title: title of a numbered part · figure: a big number ·
value: the number beside a slider · error: a sentence about what is wrong · link: a button that
looks like text · step: a small square button · small: a button in a line of text · primary: the
one button that matters · chip: one of a strip of choices · bar: the message bar · play: the
round button · tab: a button in line with tabs · link-mark, warning-mark: ▸ before a sentence that
unfolds, of an ordinary one and of an alarm.

`widget.setProperty("spoiled", True)` turns a slider, a number or a figure to the warning colour,
and "mended" a figure to that of repaired data.
"""

from visualiser.paths import assets_dir
from visualiser.ui.palette import Palette, rgb

BASE_PIXELS = 13
"""Size of ordinary text at 100 %."""


def style_sheet(palette: Palette, scale: float, family: str) -> str:
    """The style sheet for a palette, with text of that family and paddings scaled."""
    icons = (assets_dir() / "icons").as_posix()
    size = _Sizes(scale)
    return "\n".join(
        (
            _ground(palette, size, family),
            _buttons(palette, size, icons),
            _fields(palette, size, icons),
            _marks(palette, size, icons),
            _sliders(palette, size),
            _tabs(palette, size),
            _lists(palette, size),
        )
    )


class _Sizes:
    """Pixels at a text scale."""

    def __init__(self, scale: float) -> None:
        self._scale = scale

    def __call__(self, pixels: float) -> str:
        return f"{self.rounded(pixels)}px"

    def rounded(self, pixels: float) -> int:
        """Whole pixels, at least one."""
        return max(1, round(pixels * self._scale))


def _ground(p: Palette, s: _Sizes, family: str) -> str:
    return f"""
    QMainWindow, QDialog {{ background: {p.window}; }}
    QWidget {{ color: {p.text}; font-family: "{family}"; font-size: {s(BASE_PIXELS)}; }}
    QLabel {{ background: transparent; }}
    QToolTip {{ background: {p.sunken}; color: {p.text}; border: 1px solid {p.border};
        padding: {s(5)} {s(7)}; }}
    QFrame[role="card"], QWidget[role="card"] {{ background: {p.card};
        border: 1px solid {p.border}; border-radius: {s(8)}; }}
    QFrame[role="sunken"] {{ background: {p.sunken}; border: none; border-radius: {s(6)}; }}
    QFrame[role="line"] {{ background: {p.border}; border: none; max-height: 1px; }}
    *[role="muted"] {{ color: {p.muted}; }}
    *[role="error"] {{ color: {p.danger}; }}
    *[role="link-mark"] {{ color: {p.accent}; }}
    *[role="warning-mark"] {{ color: {p.spoiled}; }}
    *[role="heading"], *[role="section-title"] {{ font-weight: 600; color: {p.text}; }}
    *[role="figure"] {{ font-size: {s(23)}; font-weight: 700; color: {p.text}; }}
    *[role="figure"][spoiled="true"], *[role="value"][spoiled="true"],
    *[role="muted"][spoiled="true"] {{ color: {p.spoiled}; }}
    *[role="figure"][mended="true"] {{ color: {p.mended}; }}
    QFrame[role="bar"] {{ background: {p.card}; border: 1px solid {p.border};
        border-left: {s(4)} solid {p.accent}; border-radius: {s(6)}; }}
    QFrame[role="bar"][kind="error"] {{ border-left-color: {p.danger}; }}
    QFrame[role="bar"][kind="warning"] {{ border-left-color: {p.spoiled}; }}
    QScrollArea, QScrollArea > QWidget > QWidget[role="page"] {{ background: transparent;
        border: none; }}
    QSplitter::handle {{ background: transparent; }}
    QSplitter::handle:hover {{ background: {p.border}; }}
    QProgressBar {{ background: {p.sunken}; border: none; border-radius: {s(3)};
        max-height: {s(6)}; }}
    QProgressBar::chunk {{ background: {p.accent}; border-radius: {s(3)}; }}
    """


def _buttons(p: Palette, s: _Sizes, icons: str) -> str:
    return f"""
    QPushButton, QToolButton {{ background: {p.card}; color: {p.text};
        border: 1px solid {p.border}; border-radius: {s(5)}; padding: {s(5)} {s(10)}; }}
    QPushButton:hover, QToolButton:hover {{ background: {p.sunken}; }}
    QPushButton:pressed, QToolButton:pressed, QPushButton:checked, QToolButton:checked
        {{ background: {p.border}; }}
    QPushButton:focus, QToolButton:focus {{ border: 1px solid {p.accent}; }}
    QPushButton:disabled, QToolButton:disabled {{ color: {p.muted}; background: transparent; }}
    QToolButton[popupMode="1"] {{ padding-right: {s(24)}; }}
    QToolButton::menu-button {{ border: none; border-left: 1px solid {p.border};
        width: {s(18)}; }}
    QToolButton::menu-arrow {{ image: url("{icons}/chevron-down-{p.name}.svg");
        width: {s(10)}; height: {s(10)}; }}
    QToolButton::menu-indicator, QPushButton::menu-indicator {{ image: none; width: 0; }}
    QPushButton[role="primary"] {{ background: {p.accent}; color: {p.on_accent};
        border-color: {p.accent}; font-weight: 600; }}
    QPushButton[role="primary"]:disabled {{ background: {p.sunken}; color: {p.muted};
        border-color: {p.border}; }}
    QPushButton[role="section-header"], QPushButton[role="section-header"]:checked,
    QPushButton[role="section-header"]:hover {{ background: transparent;
        border: 1px solid transparent; padding: 0; text-align: left; }}
    QPushButton[role="section-header"]:focus {{ border-color: {p.accent}; }}
    *[role="link"], *[role="value"] {{ background: transparent; border: 1px solid transparent;
        padding: {s(1)} {s(2)}; }}
    *[role="link"] {{ color: {p.accent}; text-align: left; }}
    *[role="value"] {{ color: {p.muted}; }}
    *[role="link"]:hover, *[role="value"]:hover {{ background: {p.sunken}; }}
    *[role="link"]:focus, *[role="value"]:focus {{ border-color: {p.accent}; }}
    QToolButton[role="step"], QPushButton[role="step"]
        {{ padding: {s(1)} {s(3)}; min-width: {s(12)}; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QPushButton[role="small"] {{ padding: {s(1)} {s(8)}; }}
    QPushButton[role="chip"] {{ padding: {s(1)} {s(5)}; border-radius: {s(9)}; min-width: 0;
        font-size: {s(BASE_PIXELS - 1)}; }}
    QPushButton[role="chip"][spoiled="true"] {{ color: {p.spoiled}; border-color: {p.spoiled}; }}
    QPushButton[role="chip"]:checked {{ background: {p.sunken}; color: {p.accent};
        border-color: {p.accent}; font-weight: 600; }}
    QPushButton[role="chip"][spoiled="true"]:checked {{ color: {p.spoiled}; }}
    QToolButton[role="flat"] {{ background: transparent; border-color: transparent;
        padding: {s(3)} {s(6)}; }}
    QToolButton[role="flat"]:hover {{ background: {p.sunken}; }}
    QToolButton[role="flat"]:checked {{ background: {p.sunken}; color: {p.accent};
        font-weight: 600; }}
    QToolButton[role="flat"]:focus {{ border-color: {p.accent}; }}
    QToolButton[role="tab"] {{ background: transparent; color: {p.accent}; border: none;
        border-radius: 0; padding: {s(6)} {s(9)}; }}
    QToolButton[role="tab"]:hover, QToolButton[role="tab"]:focus {{ background: {p.sunken}; }}
    """


def _fields(p: Palette, s: _Sizes, icons: str) -> str:
    return f"""
    QComboBox, QLineEdit, QSpinBox, QDoubleSpinBox, QPlainTextEdit {{ background: {p.card};
        color: {p.text}; border: 1px solid {p.border}; border-radius: {s(5)};
        padding: {s(4)} {s(8)}; selection-background-color: {p.accent};
        selection-color: {p.on_accent}; }}
    QComboBox:hover, QLineEdit:hover, QSpinBox:hover, QDoubleSpinBox:hover
        {{ border-color: {p.muted}; }}
    QComboBox:focus, QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus
        {{ border-color: {p.accent}; }}
    QComboBox:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QLineEdit:disabled
        {{ color: {p.muted}; background: {p.sunken}; }}
    QComboBox::drop-down {{ border: none; width: {s(20)}; }}
    QComboBox::down-arrow {{ image: url("{icons}/chevron-down-{p.name}.svg"); width: {s(12)};
        height: {s(12)}; }}
    QComboBox QAbstractItemView {{ background: {p.card}; color: {p.text};
        border: 1px solid {p.border}; outline: none; padding: {s(3)};
        selection-background-color: {p.sunken}; selection-color: {p.text}; }}
    QSpinBox, QDoubleSpinBox {{ padding-right: {s(2)}; }}
    QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button,
    QDoubleSpinBox::down-button {{ border: none; background: transparent; width: {s(16)}; }}
    QSpinBox::up-arrow, QDoubleSpinBox::up-arrow
        {{ image: url("{icons}/chevron-up-{p.name}.svg"); width: {s(10)}; height: {s(10)}; }}
    QSpinBox::down-arrow, QDoubleSpinBox::down-arrow
        {{ image: url("{icons}/chevron-down-{p.name}.svg"); width: {s(10)}; height: {s(10)}; }}
    QSpinBox[role="step"] {{ padding: {s(2)}; }}
    """


def _marks(p: Palette, s: _Sizes, icons: str) -> str:
    dot = s.rounded(14) + 2  # with its border
    return f"""
    QCheckBox, QRadioButton {{ spacing: {s(7)}; background: transparent; }}
    QCheckBox::indicator, QRadioButton::indicator, QMenu::indicator,
    QAbstractItemView::indicator {{ width: {s(14)}; height: {s(14)};
        border: 1px solid {p.muted}; border-radius: {s(4)}; background: {p.card}; }}
    QRadioButton::indicator {{ border-radius: {dot // 2}px; }}
    QCheckBox::indicator:checked, QMenu::indicator:checked, QAbstractItemView::indicator:checked
        {{ background: {p.accent}; border-color: {p.accent};
        image: url("{icons}/check-{p.name}.svg"); }}
    QRadioButton::indicator:checked {{ background: {p.accent}; border-color: {p.accent}; }}
    QCheckBox::indicator:focus, QRadioButton::indicator:focus
        {{ border: 2px solid {p.accent}; }}
    QCheckBox:disabled, QRadioButton:disabled {{ color: {p.muted}; }}
    """


def _sliders(p: Palette, s: _Sizes) -> str:
    # From rounded sizes: Qt draws corners square whose radius is more than half the side.
    groove, aside, border = s.rounded(4), s.rounded(5), s.rounded(2)
    knob = groove + 2 * aside
    return f"""
    QSlider {{ background: transparent; min-height: {s(16)}; }}
    QSlider::groove:horizontal {{ background: {p.border}; height: {groove}px;
        border-radius: {groove // 2}px; }}
    QSlider::sub-page:horizontal {{ background: {p.accent}; border-radius: {groove // 2}px; }}
    QSlider::handle:horizontal {{ background: {p.card}; border: {border}px solid {p.accent};
        width: {knob - 2 * border}px; height: {knob - 2 * border}px; margin: -{aside}px 0;
        border-radius: {knob // 2}px; }}
    QSlider::handle:horizontal:hover {{ background: {p.sunken}; }}
    QSlider::handle:horizontal:focus {{ background: {p.accent}; }}
    QSlider[spoiled="true"]::sub-page:horizontal {{ background: {p.spoiled}; }}
    QSlider[spoiled="true"]::handle:horizontal {{ border-color: {p.spoiled}; }}
    QSlider[spoiled="true"]::handle:horizontal:focus {{ background: {p.spoiled}; }}
    QSlider::sub-page:horizontal:disabled {{ background: {p.border}; }}
    QSlider::handle:horizontal:disabled {{ border-color: {p.border}; }}
    """


def _tabs(p: Palette, s: _Sizes) -> str:
    return f"""
    QTabWidget::pane {{ border: none; background: transparent; }}
    QTabBar {{ background: transparent; qproperty-drawBase: 0; }}
    QTabBar::tab {{ background: transparent; color: {p.muted}; border: none;
        border-bottom: 2px solid transparent; padding: {s(6)} {s(9)}; }}
    QTabBar::tab:selected {{ color: {p.text}; font-weight: 600;
        border-bottom-color: {p.accent}; }}
    QTabBar::tab:hover {{ color: {p.text}; }}
    QTabBar::tab:focus {{ color: {p.accent}; }}
    QTabBar::tab:disabled {{ color: {_between(p.muted, p.card)}; }}
    """


def _between(first: str, second: str) -> str:
    """The colour half-way: of what is there but cannot be used now."""
    middle = zip(rgb(first), rgb(second), strict=True)
    return "#" + "".join(f"{(a + b) // 2:02x}" for a, b in middle)


def _lists(p: Palette, s: _Sizes) -> str:
    return f"""
    QMenu {{ background: {p.card}; color: {p.text}; border: 1px solid {p.border};
        padding: {s(4)}; }}
    QMenu::item {{ padding: {s(5)} {s(22)} {s(5)} {s(10)}; border-radius: {s(4)}; }}
    QMenu::item:selected {{ background: {p.sunken}; }}
    QMenu::item:disabled {{ color: {p.muted}; }}
    QMenu::separator {{ height: 1px; background: {p.border}; margin: {s(4)} {s(6)}; }}
    QMenu::indicator {{ left: {s(4)}; }}
    QAbstractItemView {{ background: {p.card}; alternate-background-color: {p.sunken};
        color: {p.text}; border: 1px solid {p.border}; gridline-color: {p.border};
        selection-background-color: {p.sunken}; selection-color: {p.text}; }}
    QHeaderView::section {{ background: {p.card}; color: {p.muted}; border: none;
        border-bottom: 1px solid {p.border}; padding: {s(4)} {s(6)}; font-weight: 600; }}
    QTableWidget {{ outline: none; }}
    QTableCornerButton::section {{ background: {p.card}; border: none; }}
    QScrollBar {{ background: transparent; border: none; margin: 0; }}
    QScrollBar:vertical {{ width: {s(9)}; }}
    QScrollBar:horizontal {{ height: {s(9)}; }}
    QScrollBar::handle {{ background: {p.border}; border-radius: {s(4)}; min-height: {s(24)};
        min-width: {s(24)}; }}
    QScrollBar::handle:hover {{ background: {p.muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """
