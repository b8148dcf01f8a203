"""What the user can try on each kind of data: one line each."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from visualiser.core.data.dataset import Modality
from visualiser.ui.tries.clip import ClipMaker
from visualiser.ui.tries.example_page import ExamplePage
from visualiser.ui.tries.message import MessageMaker
from visualiser.ui.tries.picture import PictureMaker
from visualiser.ui.tries.point import PointMaker
from visualiser.ui.tries.row import period_maker, table_maker
from visualiser.ui.views.recommended import RecommendedView
from visualiser.ui.views.writing import WritingView

PAGES: dict[Modality, Callable[[], QWidget]] = {
    "points": partial(ExamplePage, PointMaker),
    "images": partial(ExamplePage, PictureMaker),
    "text": partial(ExamplePage, MessageMaker),
    "table": partial(ExamplePage, table_maker),
    "series": partial(ExamplePage, period_maker),
    "sound": partial(ExamplePage, ClipMaker),
    "purchases": RecommendedView,
    "characters": WritingView,
}
"""Makes a widget that is a View; where it asks something, an AskingView."""
