"""What is said of groups: names of figures, what they mean, and whether a gap is one."""

import numpy as np
from PySide6.QtCore import QCoreApplication

from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.nouns import noun_of
from visualiser.core.group_figures import MAE, GroupFindings, favourable_class
from visualiser.core.metrics.group_intervals import GroupEstimates
from visualiser.core.metrics.intervals import Estimate
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.views.interval_words import (
    Writing,
    bare,
    per_cent,
    points,
    round_per_cent,
    round_points,
    with_interval,
)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Groups", text)


class GroupWords:
    """The words for one run."""

    def __init__(self, info: RunInfo) -> None:
        data = info.dataset
        self._data, self._many = data, noun_of(data).many
        self._yes = isolated(data.class_names[favourable_class(data)]) if data.class_names else ""

    def title(self, name: str) -> str:
        """What a figure is called."""
        return {
            "selection_rate": _tr("selection rate"),
            "true_positive_rate": _tr("true positive rate"),
            "false_positive_rate": _tr("false positive rate"),
            "accuracy": _tr("accuracy"),
            MAE: _tr("mean error"),
        }[name]

    def what(self, name: str) -> str:
        """What a figure is, in plain words."""
        return {
            "selection_rate": _tr("Answered “{yes}”, of each group"),
            "true_positive_rate": _tr("Found, of those truly “{yes}”"),
            "false_positive_rate": _tr("Answered “{yes}”, of those that are not"),
            "accuracy": _tr("Answered rightly, of each group"),
            MAE: _tr("Mean error of each group"),
        }[name].format(yes=self._yes)

    def tip(self) -> str:
        """What the groups are."""
        return _tr("Groups by: {title}.").format(title=self._data.group_title or _tr("group"))

    def curve(self, name: str) -> str:
        """Above the curve."""
        return _tr("Gap in {figure} over the run").format(figure=self.title(name))

    def writing(self, name: str) -> Writing:
        """How a figure of a group is written: “81.7 %”, “$ 42,100”."""
        return self._amount if name == MAE else per_cent

    def tick_writing(self, name: str) -> Writing:
        """How it stands below an axis."""
        return self._amount if name == MAE else round_per_cent

    def gap_writing(self, name: str) -> Writing:
        """How a gap is written: “12.5 points”, “$ 3,100”."""
        return self._amount if name == MAE else points

    def short_writing(self, name: str) -> Writing:
        """The same where the unit has been told."""
        return self._amount if name == MAE else bare

    def curve_tick_writing(self, name: str) -> Writing:
        """How a gap stands beside the axis of its curve."""
        return self._amount if name == MAE else round_points

    def _amount(self, value: float) -> str:
        return self._data.amount_text(value) if np.isfinite(value) else "–"

    def sentence(self, name: str, found: GroupEstimates) -> str:
        """Whether there is a gap, and whether it is another than the twin's."""
        if not np.isfinite(found.gap.value):
            return _tr("Fewer than two groups have {many} enough to be compared.").format(
                many=self._many
            )
        chance = self.gap_writing(name)(found.chance)
        if found.gap.value > found.chance:
            text = _tr(
                "More than chance explains: groups that are treated alike differ by less than "
                "{chance} in 19 of 20 samples."
            )
        else:
            text = _tr(
                "Within chance: groups that are treated alike differ by up to {chance} in 19 of 20 "
                "samples."
            )
        return " ".join(filter(None, (text.format(chance=chance), self._beside_twin(name, found))))

    def _beside_twin(self, name: str, found: GroupEstimates) -> str:
        beyond = found.beyond_twin
        if beyond is None or not np.isfinite(beyond.value):
            return ""
        if beyond.contains(0.0):
            return _tr("No clear difference to the gap of the clean twin.")
        text = _tr("The gap of the clean twin is smaller by {size}.")
        if beyond.value < 0:
            text = _tr("The gap of the clean twin is larger by {size}.")
        size = self.gap_writing(name)(abs(beyond.value))
        ends = sorted((abs(beyond.low), abs(beyond.high)))
        short = self.short_writing(name)
        range_text = _tr("{low} to {high}").format(low=short(ends[0]), high=short(ends[1]))
        return text.format(size=f"{size} ({range_text})")

    def further(self, findings: GroupFindings, rows: int) -> str:
        """The differences by the names that the field has for them, and the rows looked at."""
        lines = []
        if findings.equalised_odds is not None and self._data.positive_class is not None:
            parity = findings.figures["selection_rate"]
            lines.append(self._difference(_tr("Demographic-parity difference"), parity.gap))
            lines.append(
                self._difference(_tr("Equalised-odds difference"), findings.equalised_odds)
            )
        counted = noun_of(self._data).counted(rows, _tr("clean validation"))
        lines.append(_tr("Measured on {rows}.").format(rows=counted))
        return "\n".join(lines)

    def _difference(self, title: str, estimate: Estimate) -> str:
        return f"{title}: {with_interval(estimate, points, bare)}"
