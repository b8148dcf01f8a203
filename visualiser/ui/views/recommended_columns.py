"""What is known of a customer, and what the models would show, as columns of lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from visualiser.core.data.dataset import IntArray
from visualiser.core.metrics.ranking import TOP
from visualiser.ui.views.customer_purchases import Bought, Ranking
from visualiser.ui.views.product_columns import Column, Line, Mark


@dataclass(frozen=True, eq=False)
class Shown:
    """Everything that the columns are made of.

    Attributes:
        names: of the products.
        learnt: the column of what was bought, which no step changes.
        before: (products,) places in the student's list when they were last compared.
        twin: None without a twin of other weights.
    """

    names: Sequence[str]
    learnt: Column
    held_out: IntArray
    student: Ranking
    before: IntArray
    twin: Ranking | None


def columns_of(shown: Shown) -> tuple[Column, ...]:
    """Bought, recommended, by the twin if there is one, and held out."""
    columns = [shown.learnt, _recommended_column(shown, shown.student, twin=False)]
    if shown.twin is not None:
        columns.append(_recommended_column(shown, shown.twin, twin=True))
    return (*columns, _held_out_column(shown))


def bought_column(names: Sequence[str], bought: Bought) -> Column:
    """What the model learns from."""
    rows = zip(bought.products.tolist(), bought.given.tolist(), bought.times.tolist(), strict=True)
    return Column(
        _tr("Bought before ({count})").format(count=len(bought.products)),
        _tr("What the model learns from. These are not recommended again."),
        tuple(_bought_line(names, *row) for row in rows),
    )


def _bought_line(names: Sequence[str], product: int, given: int, times: int) -> Line:
    name = names[product]
    tail = _tr("{times} ×").format(times=f"{times:,}") if times > 1 else ""
    if given == product:
        tip = _tr("{product}: ordered {times}.").format(product=name, times=_times(times))
        return Line(name, tail=tail, tip=tip)
    if given < 0:
        tip = _tr("{product}: left out of what the model learns from, by the spoiling.").format(
            product=name
        )
        return Line(name, tail=tail, mark="removed", tip=tip)
    tip = _tr("Truly {true}; the model is told {given}.").format(true=name, given=names[given])
    return Line(f"{name} → {names[given]}", tail=tail, mark="changed", tip=tip)


def _recommended_column(shown: Shown, ranking: Ranking, *, twin: bool) -> Column:
    title = _tr("Clean twin recommends") if twin else _tr("Recommended now")
    tip = _tr(
        "The ten products with the best scores among all not bought before. Bold: bought, as the "
        "held-out purchases show. ▲ and ▼: places gone up or down since the epoch began."
    )
    held_out = set(shown.held_out.tolist())
    lines = []
    top = zip(ranking.products[:TOP].tolist(), ranking.scores[:TOP].tolist(), strict=True)
    for place, (product, score) in enumerate(top, start=1):
        hit, name = product in held_out, shown.names[product]
        move = 0 if twin else int(shown.before[product]) - place
        lines.append(
            Line(
                name,
                lead=str(place),
                move=move,
                tail=_score(score),
                mark="hit" if hit else "plain",
                tip=_recommended_tip(name, place, score, hit, move),
            )
        )
    return Column(title, tip, tuple(lines))


def _recommended_tip(name: str, place: int, score: float, hit: bool, move: int) -> str:
    text = _tr("{place}. {product}, score {score}.").format(
        place=place, product=name, score=_score(score)
    )
    if hit:
        text += " " + _tr("A hit: this customer bought it, which the model was not told.")
    if move:
        words = _tr("{count} places up since the epoch began.")
        if move < 0:
            words = _tr("{count} places down since the epoch began.")
        text += " " + words.format(count=abs(move))
    return text


def _held_out_column(shown: Shown) -> Column:
    found = shown.student.found(shown.held_out)
    title = _tr("Held out: {found} of {count}").format(found=found, count=len(shown.held_out))
    if shown.twin is not None:
        title += _tr(", twin {found}").format(found=shown.twin.found(shown.held_out))
    tip = _tr(
        "Purchases that the model was not told, with their places in its list. Among the first "
        "ten they count as found. Those of the test part stay sealed."
    )
    if shown.twin is not None:
        tip += " " + _tr("On the right their places in the clean twin's list.")
    return Column(title, tip, tuple(_held_out_line(shown, code) for code in shown.held_out))


def _held_out_line(shown: Shown, product: int) -> Line:
    place, name = int(shown.student.place[product]), shown.names[product]
    found = place <= TOP
    tip = _tr("{product}: found at place {place}.")
    if not found:
        tip = _tr("{product}: missed, at place {place}.")
    tip = tip.format(product=name, place=f"{place:,}")
    tail = ""
    if shown.twin is not None:
        other = int(shown.twin.place[product])
        tail = f"{other:,}"
        tip += " " + _tr("In the clean twin's list at {place}.").format(place=f"{other:,}")
    mark: Mark = "hit" if found else "muted"
    lead = f"✓ {place:,}" if found else f"{place:,}"
    return Line(name, lead=lead, tail=tail, mark=mark, tip=tip)


def _times(times: int) -> str:
    return _tr("once") if times == 1 else _tr("{count:,} times").format(count=times)


def _score(score: float) -> str:
    return f"{score:.2f}".replace("-", "−")


def _tr(text: str) -> str:
    return QCoreApplication.translate("RecommendedView", text)
