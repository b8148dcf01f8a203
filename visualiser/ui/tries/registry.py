"""How examples of each kind are made by the user: one line each."""

from visualiser.core.data.dataset import Modality
from visualiser.ui.tries.message import MessageMaker
from visualiser.ui.tries.picture import PictureMaker
from visualiser.ui.tries.point import PointMaker
from visualiser.ui.tries.row import day_maker, table_maker
from visualiser.ui.tries.spec import MakerFactory

MAKERS: dict[Modality, MakerFactory] = {
    "points": PointMaker,
    "images": PictureMaker,
    "text": MessageMaker,
    "table": table_maker,
    "series": day_maker,
}
