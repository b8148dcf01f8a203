"""The views on offer below the curves, in the order of their tabs.

An offer is what is known of a view without its widget, whose module is loaded when it is first
looked at: the window would wait for all of them at its start.
"""

from visualiser.ui.view import ViewSpec
from visualiser.ui.views.offers import (
    answers,
    by_heart,
    every_run,
    finding,
    language,
    looking,
    messages,
    networks,
    purchases,
    series,
    sound,
    trust,
)

VIEWS: tuple[ViewSpec, ...] = (
    every_run.DATA,
    finding.FIND_IT,
    every_run.WEIGHTS,
    networks.FILTERS,
    networks.FEATURE_MAPS,
    every_run.DISTRIBUTIONS,
    networks.NETWORK,
    answers.BOUNDARY,
    answers.CONFUSION,
    answers.GALLERY,
    by_heart.BY_HEART,
    trust.GROUPS,
    trust.CALIBRATION,
    trust.PRIVACY,
    looking.LOOKED_AT,
    messages.WORDS,
    messages.MESSAGE,
    purchases.RECOMMENDED,
    purchases.PRODUCT_MAP,
    series.FORECAST,
    sound.SPECTROGRAM,
    language.WRITING,
    language.NEXT_CHARACTER,
    language.ATTENTION,
    looking.SECRET,
    answers.SCATTER,
    answers.INFLUENCE,
    answers.MAP,
    looking.REMOVAL,
    every_run.TRY,
)
"""Every view beside the curves."""
