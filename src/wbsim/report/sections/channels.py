"""Which channel of a policy did it: shares of each effect, from extra runs without channels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from wbsim.experiments.comparison import Comparison
from wbsim.experiments.division import Channels, Division, Part
from wbsim.report import numbers
from wbsim.report.draw_extra import ERRORS, draw_shares
from wbsim.report.extra_tables import failed_text, how, inert_text, worlds_text
from wbsim.report.figures import svg
from wbsim.report.palette import styles
from wbsim.report.shown import Shown
from wbsim.statistics.paired import Level
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES
from wbsim.tables.record import Outcome

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results

HEADING = "Which channel did it?"
NOTE = (
    "The same worlds are simulated again without channels of a policy, in every combination. A share is a Shapley "
    "value: what a channel adds, averaged over all orders in which the channels may come, so that those that work "
    "only together share fairly. The cost is what staff and money do with every channel off; cost and shares sum to"
    " the effect. Lines are two Monte Carlo errors either side: they come from the number of worlds and are no "
    "uncertainty about the effect, which is wider. Grey strips are margins of practical relevance. Whether data or "
    "priors drive an effect stands with the headline figures; its shares hang on the same."
)
_COLUMNS = ("outcome", "unit", "part", "figure", "mean", "5 %", "95 %", "MC error")
_SHOWN_NOTE = (
    "share: Shapley value; missed: what is lost without this part alone; alone: what it adds to none. 5 % and 95 %:"
    " ends of the interval over worlds (parameters and chance). MC error: of the mean, from the number of worlds."
)
_SIZE = (3.3, 1.75)


@dataclass(frozen=True, slots=True)
class ShareCard:
    """One outcome: its effect in words, and the bars of its shares."""

    label: str
    unit: str
    effect: str
    figure: Markup


@dataclass(frozen=True, slots=True)
class DivisionShown:
    """One division: what was found in sentences, cards, and a row of figures for each outcome."""

    title: str
    how: str
    findings: Sequence[str]
    parts: Sequence[Part]
    columns: Sequence[str]
    rows: Sequence[tuple[str, str, Sequence[tuple[str, str]]]]
    inert: str
    cards: Sequence[ShareCard]
    shown: str


@dataclass(frozen=True, slots=True)
class ChannelsShown:
    """The section; `command` adds the runs where they were not made (then there are no divisions)."""

    heading: str
    note: str
    command: str
    about: str
    failed: str
    divisions: Sequence[DivisionShown]


def build(results: Results) -> ChannelsShown | None:
    """The section; None where no policy is compared."""
    if not isinstance(results, Comparison) or not any(table.policies for table in results.experiment.tables):
        return None
    channels = results.channels
    if channels is None:
        return ChannelsShown(HEADING, NOTE, f"{results.request.command()} --channels", "", "", ())
    policies = [scenario.name for scenario in results.experiment.scenarios[1:]]
    failed = ""
    if channels.failed_worlds:
        failed = failed_text(channels.failed_worlds, channels.worlds)
    about = (
        f"{channels.runs:,} runs in {worlds_text(channels.worlds)} each, the same as the comparison's first, under the "
        f"{channels.assumptions}."
    )
    divisions = [_division(each, number, policies) for number, each in enumerate(channels.divisions)]
    return ChannelsShown(HEADING, NOTE, "", about, failed, divisions)


def shown(results: Results) -> tuple[Shown, ...]:
    """The figures of each division; none where the runs were not made."""
    channels = results.channels if isinstance(results, Comparison) else None
    if channels is None:
        return ()
    return tuple(
        Shown(name_of(each), f"{HEADING} {each.title}", _COLUMNS, tuple(_plain(each)), _note(each, channels))
        for each in channels.divisions
    )


def name_of(division: Division) -> str:
    """What the table is called: channels-SCENARIO, with the policy where the scenario has several."""
    if division.policy is None:
        return f"channels-{division.scenario}-policies"
    single = division.policy == division.scenario or division.compared_with == "no policy"
    return "-".join(["channels", division.scenario, *([] if single else division.policy.split())])


def _note(division: Division, channels: Channels) -> str:
    return f"{worlds_text(channels.worlds)}; {how(division)}. {_SHOWN_NOTE}"


def _plain(division: Division) -> list[tuple[str | float | int | None, ...]]:
    rows: list[tuple[str | float | int | None, ...]] = []
    for name in HEADLINE_OUTCOMES:
        unit, found = OUTCOMES[name].unit, division.outcomes[name]
        rows.append((name, unit, "all", "effect", *_figures(found.effect)))
        if found.cost is not None:
            rows.append((name, unit, "cost", "cost", *_figures(found.cost)))
        for part, share in zip(division.parts, found.shares, strict=True):
            kinds = {"share": share.share, "missed": share.missed, "alone": share.alone}
            rows += [(name, unit, part.name, kind, *_figures(each)) for kind, each in kinds.items()]
    return rows


def _figures(level: Level) -> tuple[float | None, ...]:
    return level.mean, level.q05, level.q95, level.mcse


def _division(division: Division, number: int, policies: Sequence[str]) -> DivisionShown:
    colour = styles(policies)[division.scenario][0]
    cost = division.policy is not None
    columns = ("Effect", *(("Cost",) if cost else ()), *(part.label for part in division.parts))
    return DivisionShown(
        division.title,
        how(division),
        findings(division),
        division.parts,
        columns,
        [_row(division, name) for name in HEADLINE_OUTCOMES],
        inert_text(division.inert),
        [_card(division, name, colour, f"ch{number}-{name}") for name in HEADLINE_OUTCOMES],
        name_of(division),
    )


def _row(division: Division, name: str) -> tuple[str, str, Sequence[tuple[str, str]]]:
    record, found = OUTCOMES[name], division.outcomes[name]
    figures = [found.effect, *([found.cost] if found.cost else []), *(share.share for share in found.shares)]
    cells = [(_change(record, each.mean), numbers.error(record, each.mcse)) for each in figures]
    return record.label, f"{record.unit}; {record.better} is better", cells


def _change(record: Outcome, mean: float | None) -> str:
    return numbers.typographic(numbers.change(record, mean))


def _card(division: Division, name: str, colour: str, identifier: str) -> ShareCard:
    record, found = OUTCOMES[name], division.outcomes[name]
    said = ", ".join(
        f"{part.label} {_change(record, share.share.mean)}"
        for part, share in zip(division.parts, found.shares, strict=True)
    )
    effect = _change(record, found.effect.mean)
    cost = f", cost {_change(record, found.cost.mean)}" if found.cost else ""
    alternative = (
        f"{record.label}, {division.title}: effect {effect} {record.unit}{cost}, {said or 'no shares'}"
    )
    drawn = svg(lambda ax: draw_shares(division, name, colour, ax), identifier, alternative, _SIZE)
    return ShareCard(record.label, record.unit, effect, drawn)


def findings(division: Division) -> list[str]:
    """A sentence for each outcome on which some share is beyond the margin and two Monte Carlo errors."""
    lines = []
    for name in HEADLINE_OUTCOMES:
        record, found = OUTCOMES[name], division.outcomes[name]
        large = [
            (abs(share.share.mean), part.label, share.share)
            for part, share in zip(division.parts, found.shares, strict=True)
            if share.share.mean is not None
            and share.share.mcse is not None
            and abs(share.share.mean) > max(record.margin, ERRORS * share.share.mcse)
        ]
        if large:
            said = " and ".join(
                f"{label} {_change(record, share.mean)}"
                for _, label, share in sorted(large, reverse=True, key=_size)
            )
            whole = _change(record, found.effect.mean)
            lines.append(f"{record.label} ({record.unit}): of the effect of {whole}, {said}.")
    if not lines:
        return [
            "No part moves any headline outcome by more than its margin of practical relevance, beyond two Monte Carlo "
            "errors."
        ]
    return lines


def _size(found: tuple[float, str, Level]) -> float:
    return found[0]
