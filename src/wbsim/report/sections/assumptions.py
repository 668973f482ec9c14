"""Which assumptions matter: the uncertain numbers that effects hang on, and what is known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wbsim.experiments.comparison import Comparison
from wbsim.experiments.drivers import Drivers, EffectDrivers, Lead
from wbsim.experiments.experiment import Table
from wbsim.report import numbers
from wbsim.report.draw_thirds import Ends, Row, draw_thirds, height, margins
from wbsim.report.driver_words import cut, evidence, hangs_on, lower_first, searched
from wbsim.report.figure import Figure
from wbsim.report.grid import Grid, Group, Line
from wbsim.report.palette import styles
from wbsim.report.sections.part import (
    Part,
    Parts,
    figures_of,
    for_each,
    label_of,
    name_of,
    sentence,
    shown_of,
)
from wbsim.report.shown import Shown
from wbsim.statistics.thirds import Mean
from wbsim.tables.grades import GRADES
from wbsim.tables.outcomes import OUTCOMES
from wbsim.tables.parameters import PARAMETERS

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results

COLUMNS = (
    "policy", "outcome", "unit", "share explained", "share Monte Carlo error", "threshold", "parameters found",
    "parameter", "strongest number", "label", "kind", "evidence", "sign imposed", "source", "drawn from",
    "narrowed by data", "rank correlation", "family-wise chance", "further numbers of it", "below", "above",
    "parameter unit", "mean effect below", "error below", "mean effect above", "error above",
)  # fmt: skip
NOTE = (
    "Share explained: part of the effect's variance over worlds that the numbers which stand out explain in "
    "worlds not used to find them; the rest is chance and what could not be resolved. Rank correlation "
    "(Spearman) of a number with the effect, policy minus baseline; family-wise chance: how often the "
    "largest correlation of a search without any relation reaches it. Below and above: mean effect with its "
    "Monte Carlo standard error in worlds where the number is in its lowest and its highest third; chosen "
    "and measured in the same worlds, so a little too far apart."
)
_HEADINGS = (
    "Effect on",
    "Explained",
    "Hangs on",
    "Evidence",
    "Rank corr.",
    "Effect in lowest third",
    "Effect in highest third",
)
#: Rows of the figure, and standard errors to each side of a 95 % interval.
_MOST_ROWS, _ERRORS = 10, 1.96
#: Leading parameters of an effect in the table, and sentences for each policy.
_MOST_LINES, _MOST_SENTENCES = 2, 2


def build(results: Results) -> Parts | None:
    """What effects hang on, for each set of assumptions; None for a single scenario."""
    if not isinstance(results, Comparison) or not results.experiment.tables[0].policies:
        return None
    parts = for_each(results, lambda number: _part(results, number))
    return Parts(_heading(results.drivers()), parts, NOTE)


def figures(results: Results) -> tuple[Figure, ...]:
    """The figure of each set."""
    return figures_of(build(results))


def shown(results: Results) -> tuple[Shown, ...]:
    """The data behind tables and figures."""
    return shown_of(build(results))


def _heading(found: Drivers) -> str:
    names = {name for effect in found.effects for name in effect.standing}
    if not names:
        return "Which assumptions matter?"
    records = [PARAMETERS[name] for name in sorted(names)]
    if len(records) == 1:
        sign = ", sign imposed" if records[0].sign_imposed else ""
        grade = GRADES[records[0].grade].label
        return f"Which assumptions matter? One parameter stands out; evidence: {grade}{sign}"
    assumed = sum(record.grade == "assumed" for record in records)
    imposed = sum(record.sign_imposed for record in records)
    return (
        f"Which assumptions matter? Of {len(records)} parameters that stand out, {assumed} are assumed; the sign of "
        f"{imposed} is imposed"
    )


def _part(results: Comparison, number: int) -> Part:
    table, found = results.experiment.tables[number], results.drivers(number + 1)
    label = label_of(results, number)
    heading = 4 if label else 3
    if found.note:
        return Part(label, heading, table, text=(found.note,))
    rows = tuple(row for effect in found.effects for row in _rows(effect))
    data = Shown(name_of("assumptions", number), f"What effects hang on, {table.label}", COLUMNS, rows, NOTE)
    drawn = _figure(table, found, number)
    return Part(
        label,
        heading,
        table,
        (_grid(found, data),),
        (drawn,) if drawn else (),
        (searched(found), *_said(table, found)),
    )


def _said(table: Table, found: Drivers) -> list[str]:
    """For each policy the effects that their strongest assumption moves most, in words, if by a margin at least."""
    said = []
    for policy in table.policies:
        mine = [each for each in found.effects if each.policy == policy and each.leading]
        moved = [each for each in mine if _apart(each, each.leading[0]) >= 1]
        moved.sort(key=lambda each: -_apart(each, each.leading[0]))
        if mine and not moved:
            said.append(
                f"No effect of {policy} differs on average by the margin of practical relevance between the lowest and "
                "the highest third of its strongest assumption."
            )
        said += [hangs_on(each) for each in moved[:_MOST_SENTENCES]]
    return said


def _rows(effect: EffectDrivers) -> list[tuple[str | float | int | None, ...]]:
    record = OUTCOMES[effect.outcome]
    head = (
        effect.policy,
        record.label,
        record.unit,
        effect.share,
        effect.mcse,
        effect.threshold,
        effect.found,
    )
    if not effect.leading:
        return [(*head, *(None,) * (len(COLUMNS) - len(head)))]
    return [(*head, *_lead(lead)) for lead in effect.leading]


def _lead(lead: Lead) -> tuple[str | float | int | None, ...]:
    def mean(found: Mean | None) -> tuple[float | None, float | None]:
        return (None, None) if found is None else (found.mean, found.mcse)

    return (
        lead.parameter, lead.key, lead.label, lead.kind, GRADES[lead.grade].label,
        "yes" if lead.sign_imposed else "no", lead.source, lead.origin, lead.learnt, lead.rho, lead.chance,
        lead.also, lead.below, lead.above, lead.unit, *mean(lead.lowest), *mean(lead.highest),
    )  # fmt: skip


def _grid(found: Drivers, data: Shown) -> Grid:
    policies = dict.fromkeys(effect.policy for effect in found.effects)
    groups = tuple(
        Group(tuple(line for each in found.effects if each.policy == policy for line in _lines(each)), policy)
        for policy in policies
    )
    return Grid(_HEADINGS, groups, data, words=True)


def _lines(effect: EffectDrivers) -> list[Line]:
    """A line for each of the first leading parameters of an effect; one that says so where there is none."""
    record = OUTCOMES[effect.outcome]
    if not effect.leading:
        why = effect.reason or "nothing stands out from noise"
        return [(record.label, _explained(effect), why, "-", "-", "-", "-")]
    named = effect.leading[:_MOST_LINES]
    more = effect.found - len(named)
    ends = ["" for _ in named[1:]] + [f"; {more} more stand out" if more else ""]
    return [
        (
            record.label,
            _explained(effect),
            f"{lead.label} [{lead.parameter}]" + (f" and {lead.also} more of it" if lead.also else "") + end,
            evidence(lead),
            numbers.typographic(f"{lead.rho:+.2f}"),
            _third(lead.lowest, "below", lead.below, lead, effect),
            _third(lead.highest, "above", lead.above, lead, effect),
        )
        for lead, end in zip(named, ends, strict=True)
    ]


def _explained(effect: EffectDrivers) -> str:
    if effect.share is None or effect.mcse is None:
        return "-"
    return f"{numbers.percent(effect.share)} (error {100 * effect.mcse:.0f} points)"


def _third(found: Mean | None, side: str, end: float | None, lead: Lead, effect: EffectDrivers) -> str:
    if found is None or end is None or found.mean is None:
        return "-"
    record = OUTCOMES[effect.outcome]
    value = numbers.typographic(numbers.change(record, found.mean))
    error = f" (MC error {numbers.error(record, found.mcse)})" if found.mcse is not None else ""
    return f"{value}{error} {side} {cut(end, lead.unit)}"


def _figure(table: Table, found: Drivers, number: int) -> Figure | None:
    """The strongest assumption of each effect, those first that move it most, in margins of practical relevance."""
    chosen = sorted(
        ((effect, effect.leading[0]) for effect in found.effects if effect.leading),
        key=lambda pair: -_apart(*pair),
    )[:_MOST_ROWS]
    chosen = [(effect, lead) for effect, lead in chosen if _apart(effect, lead) > 0]
    if not chosen:
        return None
    colours = styles(table.policies)
    rows = [
        Row(
            f"{effect.policy}: {lower_first(OUTCOMES[effect.outcome].label)}",
            f"by {lead.key}",
            colours[effect.policy][0],
            _ends(effect, lead.lowest),
            _ends(effect, lead.highest),
        )
        for effect, lead in chosen
    ]
    said = [f"{row.effect} {row.cause} {row.lowest.value:+.2f} to {row.highest.value:+.2f}" for row in rows]
    data = Shown(
        name_of("assumptions-strongest", number),
        f"The strongest assumption of each effect, {table.label}",
        COLUMNS,
        tuple(_rows(effect)[0] for effect, _ in chosen),
        NOTE,
    )
    title = "Mean effect, in margins of practical relevance"
    first = (
        "Mean effect in margins of practical relevance, lowest and highest third of the strongest assumption"
    )
    return Figure(
        "Mean effect in worlds of the lowest (hollow) and the highest third (full) of the strongest "
        "assumption, in margins of practical relevance; thin lines are 95 % Monte Carlo intervals. Left and "
        "right are not worse and better.",
        sentence([f"{first}: {said[0]}", *said[1:]]),
        lambda ax: draw_thirds(rows, ax, title, zero=True),
        (3.7, height(len(rows))),
        data,
        margins(len(rows)),
    )


def _apart(effect: EffectDrivers, lead: Lead) -> float:
    """How far the mean effects of both thirds lie apart, in margins; 0 where one is not defined."""
    lowest, highest = lead.lowest, lead.highest
    if lowest is None or highest is None or lowest.mcse is None or highest.mcse is None:
        return 0.0
    assert lowest.mean is not None and highest.mean is not None
    return abs(highest.mean - lowest.mean) / OUTCOMES[effect.outcome].margin


def _ends(effect: EffectDrivers, found: Mean | None) -> Ends:
    assert found is not None and found.mean is not None and found.mcse is not None
    scale = OUTCOMES[effect.outcome].margin
    value, half = found.mean / scale, _ERRORS * found.mcse / scale
    return Ends(value, value - half, value + half)
