"""Records as tables for people: aligned for a terminal, Markdown for docs/baselines.md."""

from collections.abc import Sequence

from visualiser.bench.quality.expectations import AIMS, CHOICES, REASONS
from visualiser.bench.quality.record import NO_RANKING, DatasetRecord, Estimate
from visualiser.bench.quality.verdict import Verdict, bound_of, verdict_on
from visualiser.core.data.cell_text import NO_BREAK, amount_text
from visualiser.core.tasks.spec import Metric

_HEADINGS = ("data", "measured by", "default model", "trivial", "strong", "seconds", "verdict")
_NONE = "–"

_INTRODUCTION = """\
# How good the default models are

Written by `visualiser bench quality --out docs/baselines.md`; the single runs are in
[baselines.json](baselines.json). Each data set's default model trains with its default settings,
with {seeds}, {limit} seconds at most each (of the processor, as on a machine that does nothing
else). A seed draws the split, the starting weights and the batches. All figures are of the clean
**test** part, as mean ± standard deviation over the seeds; the references have the same splits and
rows.

- **trivial**: an answer without a model, such as the most frequent class.
- **strong**: a good model of another kind, mostly of scikit-learn; where several suit a data set,
  the one that is best on the validation part.
- **verdict**: a lead over the trivial one is clear above two standard errors of the figure.
  Level with the strong one is within 2 points, or 10 % of its error; an aim is met by the mean.
"""


def text_table(records: Sequence[DatasetRecord]) -> str:
    """Columns for a terminal, and why lines fall short."""
    cells = (tuple(cell.replace("**", "") for cell in _cells(record)) for record in records)
    rows = [_HEADINGS, *cells]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS) - 1)]
    lines = [
        "  ".join([cell.ljust(width) for cell, width in zip(row, widths, strict=False)] + [row[-1]])
        for row in rows
    ]
    return "\n".join([*lines, *_reasons(records)])


def markdown(records: Sequence[DatasetRecord], limit: float, missing: Sequence[str] = ()) -> str:
    """The page docs/baselines.md; `missing` are data sets that were not measured yet."""
    seeds = sorted({len(record.runs) for record in records})
    counts = " or ".join(f"{count} {'seed' if count == 1 else 'seeds'}" for count in seeds)
    table = [_HEADINGS, ("---",) * len(_HEADINGS), *(_cells(record) for record in records)]
    sections = [
        _INTRODUCTION.format(seeds=counts, limit=f"{limit:g}"),
        "\n".join(
            "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in table
        ),
        *_section("Not measured yet", [f"- {name}" for name in missing]),
        *_section("Why a line falls short", _reasons(records)),
        *_section("How settings were chosen", _choices(records)),
        *_section("Settings", [f"- {record.name}: {record.settings}" for record in records]),
        *_section("References", [f"- {record.name}: {_references(record)}" for record in records]),
        *_section("Measured on", sorted({f"- {record.machine}" for record in records})),
    ]
    return "\n".join(sections)


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return [f"\n## {title}\n", *lines] if lines else []


def _cells(record: DatasetRecord) -> tuple[str, ...]:
    main = record.main
    strong = record.strong(main.name)
    return (
        record.name,
        main.title,
        _estimate_text(record.model(main.name), main, record.unit),
        _estimate_text(record.trivial, main, record.unit),
        _NONE if strong is None else _estimate_text(strong, main, record.unit),
        f"{max(run.seconds for run in record.runs):.0f}",
        _verdict_text(record, verdict_on(record)),
    )


def _references(record: DatasetRecord) -> str:
    trivial = record.runs[-1].trivial_words
    return f"{trivial}; {record.strong_names or 'no strong one'}"


def _reasons(records: Sequence[DatasetRecord]) -> list[str]:
    return [
        f"- {record.name}: {REASONS[record.name]}"
        for record in records
        if record.name in REASONS and verdict_on(record).falls_short
    ]


def _choices(records: Sequence[DatasetRecord]) -> list[str]:
    return [
        f"- {record.name}: {CHOICES[record.name]}" for record in records if record.name in CHOICES
    ]


def _verdict_text(record: DatasetRecord, verdict: Verdict) -> str:
    words = [
        "clearly better than trivial"
        if verdict.beats_trivial
        else "**not clearly better than trivial**"
    ]
    if verdict.ranks is not None:
        words.append(_ranking_text(record, verdict.ranks))
    if verdict.near_strong is not None:
        words.append("level with strong" if verdict.near_strong else "**behind strong**")
    if verdict.meets_aim is not None:
        words.append(_aim_text(record, verdict.meets_aim))
    if not verdict.in_time:
        words.append("**ended by the limit of time**")
    return ", ".join(words)


def _ranking_text(record: DatasetRecord, clear: bool) -> str:
    """“but clearly by AUC of “denied” (0.793 ± 0.010; strong 0.801 ± 0.020; no model 0.5)”."""
    model = Estimate.of([ranking.model for ranking in record.rankings])
    strong = Estimate.of([ranking.strong for ranking in record.rankings])
    how = "clearly" if clear else "**not clearly**"
    return (
        f"{how} by AUC of “{record.rankings[0].of}” ({model.mean:.3f} ± {model.spread:.3f}; "
        f"strong {strong.mean:.3f} ± {strong.spread:.3f}, without a model {NO_RANKING})"
    )


def _aim_text(record: DatasetRecord, met: bool) -> str:
    """“aim F1 ≥ 0.92 met (0.931 ± 0.010)”."""
    aim = AIMS[record.name]
    metric = record.metric(aim.metric)
    figure = record.model(aim.metric)
    sign = "≤" if metric.lower_is_better else "≥"
    bound = _number(bound_of(record, aim), metric, record.unit)
    own = "" if metric.name == record.main.name else f"{metric.title} "
    state = "met" if met else "missed"
    text = f"aim {own}{sign} {bound} {state}"
    if own:
        text += f" ({_estimate_text(figure, metric, record.unit)})"
    return text if met else f"**{text}**"


def _estimate_text(estimate: Estimate, metric: Metric, unit: str) -> str:
    """“97.2 ± 0.3 %”, “$ 41,200 ± 900”, “0.732 ± 0.012”."""
    if metric.unit == "share":
        return f"{100 * estimate.mean:.1f} ± {100 * estimate.spread:.1f}{NO_BREAK}%"
    if metric.unit == "target":
        return f"{amount_text(estimate.mean, unit)} ± {amount_text(estimate.spread, '')}"
    return f"{estimate.mean:.3f} ± {estimate.spread:.3f}"


def _number(value: float, metric: Metric, unit: str) -> str:
    if metric.unit == "share":
        return f"{100 * value:.3g}{NO_BREAK}%"
    return amount_text(value, unit) if metric.unit == "target" else f"{value:.3g}"
