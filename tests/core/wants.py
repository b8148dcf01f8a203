"""What a test wants in a snapshot."""

from visualiser.core.questions.plane import PLANE
from visualiser.core.questions.words import WORDS
from visualiser.core.training.want import Want

EVERYTHING = Want.WEIGHTS | Want.PREDICTIONS | Want.answers_to(PLANE, WORDS)
