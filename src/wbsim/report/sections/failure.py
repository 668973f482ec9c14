"""Where a policy fails: in which worlds it does harm or brings no gain, and what separates them from the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wbsim.experiments.comparison import Comparison
from wbsim.experiments.experiment import Table
from wbsim.experiments.failures import EffectFailure, Failures, Separator
from wbsim.report.draw_thirds import Ends, Row, draw_thirds, height, margins
from wbsim.report.driver_words import cut, hardly_any, interval, lower_first, margin, quoted
from wbsim.report.figure import Figure
from wbsim.report.grid import Grid, Group, Line
from wbsim.report.palette import styles
from wbsim.report.sections.part import Part, Parts, figures_of, for_each, label_of, name_of, shown_of
from wbsim.report.sections.part import sentence as joined
from wbsim.report.shown import Shown
from wbsim.statistics.counted import Counted
from wbsim.tables.outcomes import OUTCOMES

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results

COLUMNS = ("policy", "outcome", "failing", "margin", "unit", "share of all worlds", "worlds",
           "share of the stated half",
           "worlds of the stated half", "threshold", "separated by", "what", "label", "rank correlation in the search",
           "below", "above", "parameter unit", "share below", "2.5 % below", "97.5 % below", "worlds below",
           "share above",
           "2.5 % above", "97.5 % above", "worlds above", "difference at least", "difference at most",
           "confirmed")  # fmt: skip
NOTE = (
    "Harm: worse than the baseline by more than the margin of practical relevance; where that is rare (below "
    "5 % of worlds), no gain: not better by more than it. Hardly any gain: both a gain and harm are rare, and "
    "nothing is searched. What separates such worlds was searched among all "
    "assumptions and some circumstances under the baseline in the worlds with even numbers, guarded against "
    "how many were tried, and is stated with the shares of the worlds with odd numbers, which the search "
    "never saw; shares of all worlds are of all. Below and above: in the lowest and the highest third of a "
    "number; for what happened or not: not, and happened. In brackets: 95 % Wilson interval, the Monte Carlo "
    "error of a share. Confirmed: the 95 % interval of the difference of the two shares (Newcombe) lies on "
    "the side of zero that the search said."
)
_HEADINGS = (
    "Fails on",
    "In all worlds",
    "Separated by",
    "In lowest third, or not",
    "In highest third, or happened",
    "Holds in worlds not searched",
)
#: Sentences for each policy, and rows of the figure.
_MOST_SENTENCES, _MOST_ROWS = 3, 10


def build(results: Results) -> Parts | None:
    """Where policies fail, for each set of assumptions; None for a single scenario."""
    if not isinstance(results, Comparison) or not results.experiment.tables[0].policies:
        return None
    return Parts("Where does a policy fail?", for_each(results, lambda number: _part(results, number)), NOTE)


def figures(results: Results) -> tuple[Figure, ...]:
    """The figure of each set."""
    return figures_of(build(results))


def shown(results: Results) -> tuple[Shown, ...]:
    """The data behind tables and figures."""
    return shown_of(build(results))


def _part(results: Comparison, number: int) -> Part:
    table, found = results.experiment.tables[number], results.failures(number + 1)
    label = label_of(results, number)
    heading = 4 if label else 3
    if found.note:
        return Part(label, heading, table, text=(found.note,))
    text = tuple(sentence for policy in table.policies for sentence in _said(policy, found))
    if not found.effects:
        return Part(label, heading, table, text=text)
    rows = tuple(row for effect in found.effects for row in _rows(effect))
    data = Shown(name_of("failure", number), f"Where policies fail, {table.label}", COLUMNS, rows, NOTE)
    drawn = _figure(table, found, number)
    return Part(label, heading, table, (_grid(found, data),), (drawn,) if drawn else (), text)


def _said(policy: str, found: Failures) -> list[str]:
    """What can be quoted on a policy: a sentence for each of the outcomes on which it fails most."""
    mine = [each for each in found.effects if each.policy == policy and each.failing != "hardly any gain"]
    seldom = [text] if (text := hardly_any(policy, found)) else []
    # Harm comes before no gain, what is more frequent before what is less.
    mine.sort(key=lambda effect: (effect.failing != "harm", -(effect.everywhere.share or 0.0)))
    if not mine:
        return seldom or [
            f"{policy} brings a gain beyond the margin in more than 95 % of worlds on all headline outcomes."
        ]
    said = [quoted(effect) for effect in mine[:_MOST_SENTENCES]]
    left = len(mine) - _MOST_SENTENCES
    if left > 0:
        said[-1] += f" The table holds {left} more {'outcome' if left == 1 else 'outcomes'} of {policy}."
    return [*said, *seldom]


def _rows(effect: EffectFailure) -> list[tuple[str | float | int | None, ...]]:
    record = OUTCOMES[effect.outcome]
    head = (effect.policy, record.label, effect.failing, record.margin, record.unit, effect.everywhere.share,
            effect.everywhere.worlds, effect.other_half.share, effect.other_half.worlds, effect.threshold)  # fmt: skip
    if not effect.separators:
        return [(*head, *(None,) * (len(COLUMNS) - len(head)))]
    return [(*head, *_separator(each)) for each in effect.separators]


def _separator(one: Separator) -> tuple[str | float | int | None, ...]:
    def ends(found: Counted) -> tuple[float | int | None, ...]:
        return found.share, found.low, found.high, found.worlds

    return (one.key, one.what, one.label, one.rho, one.below, one.above, one.unit, *ends(one.lowest),
            *ends(one.highest), one.least, one.most, "yes" if one.confirmed else "no")  # fmt: skip


def _grid(found: Failures, data: Shown) -> Grid:
    policies = dict.fromkeys(effect.policy for effect in found.effects)
    groups = tuple(
        Group(tuple(line for each in found.effects if each.policy == policy for line in _lines(each)), policy)
        for policy in policies
    )
    return Grid(_HEADINGS, groups, data, words=True)


def _lines(effect: EffectFailure) -> list[Line]:
    record = OUTCOMES[effect.outcome]
    name = f"{record.label}: {effect.failing} (margin {margin(record)})"
    everywhere = interval(effect.everywhere)
    if not effect.separators:
        return [(name, everywhere, effect.reason or "nothing stands out from noise", "-", "-", "-")]
    return [
        (
            name,
            everywhere,
            each.label + (f" [{each.name}]" if each.what == "parameter" else ""),
            interval(each.lowest)
            + (f" below {cut(each.below, each.unit)}" if each.below is not None else " where not"),
            interval(each.highest)
            + (f" above {cut(each.above, each.unit)}" if each.above is not None else " where so"),
            "yes" if each.confirmed else "no",
        )
        for each in effect.separators
    ]


def _figure(table: Table, found: Failures, number: int) -> Figure | None:
    """What separates best for each effect and holds in the worlds not searched, the widest apart first."""
    best = [
        (effect, next(each for each in effect.separators if each.confirmed))
        for effect in found.effects
        if any(each.confirmed for each in effect.separators)
    ]
    best.sort(key=lambda pair: -abs((pair[1].highest.share or 0.0) - (pair[1].lowest.share or 0.0)))
    chosen = best[:_MOST_ROWS]
    if not chosen:
        return None
    colours = styles(table.policies)
    rows = [
        Row(
            f"{effect.policy}: {effect.failing} on {lower_first(OUTCOMES[effect.outcome].label)}",
            f"by {_key(one)}",
            colours[effect.policy][0],
            _ends(one.lowest),
            _ends(one.highest),
        )
        for effect, one in chosen
    ]
    said = [
        f"{row.effect} {row.cause} {row.lowest.value:.0f} % and {row.highest.value:.0f} %" for row in rows
    ]
    data = Shown(
        name_of("failure-strongest", number),
        f"What separates failing worlds best, {table.label}",
        COLUMNS,
        tuple(row for effect, one in chosen for row in _rows(effect) if row[10] == one.key),
        NOTE,
    )
    first = "Worlds in which the policy fails, in the lowest and the highest third of what separates best"
    return Figure(
        "Share of worlds in which the policy fails, in the lowest (hollow) and the highest third (full) of "
        "what separates best, in worlds not searched; thin lines are 95 % Monte Carlo intervals.",
        joined([f"{first}: {said[0]}", *said[1:]]),
        lambda ax: draw_thirds(rows, ax, "Worlds in which the policy fails, %", zero=False),
        (3.7, height(len(rows))),
        data,
        margins(len(rows)),
    )


def _key(one: Separator) -> str:
    return one.key if one.what == "parameter" else one.name.replace("_", " ")


def _ends(found: Counted) -> Ends:
    assert found.share is not None and found.low is not None and found.high is not None
    return Ends(100 * found.share, 100 * found.low, 100 * found.high)
