"""Which channel of a policy did it: shares of each effect, from extra runs without channels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wbsim.experiments.comparison import Comparison
from wbsim.experiments.division import Channels, Division, OutcomeDivision, Part
from wbsim.report import numbers
from wbsim.report.draw_extra import ERRORS, draw_shares
from wbsim.report.extra_tables import failed_text, how, inert_text, worlds_text
from wbsim.report.figure import Figure
from wbsim.report.grid import Grid, Group, Line
from wbsim.report.palette import styles
from wbsim.report.shown import Shown
from wbsim.statistics.paired import Level
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES
from wbsim.tables.record import Outcome

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results

HEADING = "Which channel of a policy did it?"
NOTE = (
    "The same worlds are simulated again without channels of a policy, in every combination. A share is a Shapley "
    "value: what a channel adds, averaged over all orders in which the channels may come, so that those that work "
    "only together share fairly. The cost is what staff and money do with every channel off; cost and shares sum to"
    " the effect. Lines are two Monte Carlo errors either side: they come from the number of worlds and are no "
    "uncertainty about the effect, which is wider. Grey strips are margins of practical relevance. Drawn are outcomes "
    "on which a share is beyond both. Whether data or priors drive an effect stands with the table of effects; its "
    "shares hang on the same."
)
_COLUMNS = ("outcome", "unit", "part", "figure", "mean", "5 %", "95 %", "MC error")
_HEADINGS = ("Part", "Share", "MC error", "Lost without it alone", "Added by it alone")
_SHOWN_NOTE = (
    "share: Shapley value; missed: what is lost without this part alone; alone: what it adds to none. 5 % and 95 %:"
    " ends of the interval over worlds (parameters, structure and chance). MC error: of the mean, from the number of "
    "worlds."
)
NOTHING = (
    "No part moves any headline outcome by more than its margin of practical relevance, beyond two Monte Carlo "
    "errors."
)


@dataclass(frozen=True, slots=True)
class DivisionShown:
    """One division: what was found in sentences, bars of the shares that count, and a table of all of them."""

    title: str
    how: str
    findings: Sequence[str]
    parts: Sequence[Part]
    inert: str
    figures: Sequence[Figure]
    grid: Grid


@dataclass(frozen=True, slots=True)
class ChannelsShown:
    """The section: `lead` says what came out, `about` from which runs, `failed` what is missing of them."""

    lead: str
    note: str
    about: str
    failed: str
    divisions: Sequence[DivisionShown]


@dataclass(frozen=True, slots=True)
class _Large:
    """A share beyond the margin and two Monte Carlo errors, `margins` times the margin."""

    label: str
    outcome: Outcome
    mean: float
    whole: float | None
    margins: float


def build(results: Results) -> ChannelsShown | None:
    """The section; None where the runs were not made."""
    channels = results.channels if isinstance(results, Comparison) else None
    if channels is None:
        return None
    failed = failed_text(channels.failed_worlds, channels.worlds) if channels.failed_worlds else ""
    about = (
        f"{channels.runs:,} runs in {worlds_text(channels.worlds)} each, the same as the comparison's first, under the "
        f"{channels.assumptions}."
    )
    policies = [scenario.name for scenario in results.experiment.scenarios[1:]]
    divisions = [_division(each, channels, policies) for each in channels.divisions]
    return ChannelsShown(lead(channels), NOTE, about, failed, divisions)


def figures(results: Results) -> tuple[Figure, ...]:
    """The bars of all divisions."""
    found = build(results)
    return tuple(each for division in found.divisions for each in division.figures) if found else ()


def shown(results: Results) -> tuple[Shown, ...]:
    """The numbers of each division and of each of its figures; none where the runs were not made."""
    found = build(results)
    if found is None:
        return ()
    return tuple(
        each
        for division in found.divisions
        for each in (division.grid.shown, *(figure.shown for figure in division.figures))
    )


def name_of(division: Division) -> str:
    """What the table is called: channels-SCENARIO, with the policy where the scenario has several."""
    if division.policy is None:
        return f"channels-{division.scenario}-policies"
    single = division.policy == division.scenario or division.compared_with == "no policy"
    return "-".join(["channels", division.scenario, *([] if single else division.policy.split())])


def _unknown(divisions: Sequence[Division]) -> str:
    """Why nothing is known of any effect; empty where something is."""
    effects = [found.effect for division in divisions for found in division.outcomes.values()]
    if all(each.mean is None for each in effects):
        return "No world finished in all runs, so nothing can be said."
    if all(each.mcse is None for each in effects):
        return "One world has no Monte Carlo error, so that no share can be told from chance."
    return ""


def lead(channels: Channels) -> str:
    """What came out in a sentence or two: the channel that moves an outcome by the most margins."""
    found = [(large, each) for each in channels.divisions if each.policy for large in _large(each)]
    if not found:
        why = _unknown(channels.divisions)
        return why or f"{NOTHING} This is from {worlds_text(channels.worlds)} for each run."
    large, division = max(found, key=lambda pair: pair[0].margins)
    outcomes = len({each.outcome.name for each, _ in found})
    return numbers.typographic(
        f"The largest share, counted in margins of practical relevance, is {large.label} of {division.title}: it adds "
        f"{numbers.change(large.outcome, large.mean)} to the effect on {_lower(large.outcome.label)} of "
        f"{numbers.change(large.outcome, large.whole)} ({large.outcome.unit}). Channels move {outcomes} of "
        f"{len(HEADLINE_OUTCOMES)} headline outcomes by more than the margin of practical relevance, beyond two Monte "
        f"Carlo errors of {worlds_text(channels.worlds)}."
    )


def findings(division: Division) -> list[str]:
    """A sentence for each outcome on which some share is beyond the margin and two Monte Carlo errors."""
    by: dict[str, list[_Large]] = {}
    for each in sorted(_large(division), key=lambda one: -abs(one.mean)):
        by.setdefault(each.outcome.name, []).append(each)
    lines = []
    for name in (name for name in HEADLINE_OUTCOMES if name in by):
        record = OUTCOMES[name]
        said = " and ".join(f"{each.label} {_change(record, each.mean)}" for each in by[name])
        whole = _change(record, by[name][0].whole)
        lines.append(f"{record.label} ({record.unit}): of the effect of {whole}, {said}.")
    return lines or [_unknown([division]) or NOTHING]


def _large(division: Division) -> list[_Large]:
    found = []
    for name in HEADLINE_OUTCOMES:
        record, divided = OUTCOMES[name], division.outcomes[name]
        for part, share in zip(division.parts, divided.shares, strict=True):
            mean, error = share.share.mean, share.share.mcse
            if mean is not None and error is not None and abs(mean) > max(record.margin, ERRORS * error):
                found.append(_Large(part.label, record, mean, divided.effect.mean, abs(mean) / record.margin))
    return found


def _division(division: Division, channels: Channels, policies: Sequence[str]) -> DivisionShown:
    colour = styles(policies)[division.scenario][0]
    note = f"{worlds_text(channels.worlds)}; {how(division)}. {_SHOWN_NOTE}"
    rows = tuple(row for name in HEADLINE_OUTCOMES for row in _plain(division, name))
    data = Shown(name_of(division), f"{HEADING} {division.title}", _COLUMNS, rows, note)
    drawn = {each.outcome.name for each in _large(division)}
    return DivisionShown(
        division.title,
        how(division),
        findings(division),
        division.parts,
        inert_text(division.inert),
        [_figure(division, name, colour, note) for name in HEADLINE_OUTCOMES if name in drawn],
        Grid(_HEADINGS, tuple(_group(division, name) for name in HEADLINE_OUTCOMES), data),
    )


def _plain(division: Division, name: str) -> list[tuple[str | float | int | None, ...]]:
    unit, found = OUTCOMES[name].unit, division.outcomes[name]
    rows: list[tuple[str | float | int | None, ...]] = [
        (name, unit, "all", "effect", *_figures(found.effect))
    ]
    if found.cost is not None:
        rows.append((name, unit, "cost", "cost", *_figures(found.cost)))
    for part, share in zip(division.parts, found.shares, strict=True):
        kinds = {"share": share.share, "missed": share.missed, "alone": share.alone}
        rows += [(name, unit, part.name, kind, *_figures(each)) for kind, each in kinds.items()]
    return rows


def _figures(level: Level) -> tuple[float | None, ...]:
    return level.mean, level.q05, level.q95, level.mcse


def _group(division: Division, name: str) -> Group:
    record, found = OUTCOMES[name], division.outcomes[name]
    lines: list[Line] = [] if found.cost is None else [("cost", *_two(record, found.cost), "-", "-")]
    for part, share in zip(division.parts, found.shares, strict=True):
        others = (_change(record, each.mean) for each in (share.missed, share.alone))
        lines.append((part.label, *_two(record, share.share), *others))
    lines.append(("together: the effect", *_two(record, found.effect), "-", "-"))
    return Group(tuple(lines), record.label, f"{record.unit}; {record.better} is better")


def _two(record: Outcome, level: Level) -> tuple[str, str]:
    return _change(record, level.mean), numbers.error(record, level.mcse)


def _change(record: Outcome, mean: float | None) -> str:
    return numbers.typographic(numbers.change(record, mean))


def _figure(division: Division, name: str, colour: str, note: str) -> Figure:
    record, found = OUTCOMES[name], division.outcomes[name]
    effect = _change(record, found.effect.mean)
    data = Shown(
        f"{name_of(division)}-in-{name.replace('_', '-')}",
        f"{HEADING} {division.title}: {_lower(record.label)}",
        _COLUMNS,
        tuple(_plain(division, name)),
        note,
    )
    return Figure(
        f"{record.label} ({record.unit}; {record.better} is better): effect {effect} of {division.title}",
        f"{record.label}, {division.title}: effect {effect} {record.unit}{_said(division, record, found)}",
        lambda ax: draw_shares(division, name, colour, ax),
        (3.7, 0.55 + 0.25 * (len(division.parts) + (found.cost is not None))),
        data,
    )


def _said(division: Division, record: Outcome, found: OutcomeDivision) -> str:
    cost = f", cost {_change(record, found.cost.mean)}" if found.cost else ""
    return cost + "".join(
        f", {part.label} {_change(record, share.share.mean)}"
        for part, share in zip(division.parts, found.shares, strict=True)
    )


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]
