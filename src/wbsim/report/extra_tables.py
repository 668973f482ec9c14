"""What extra runs found as tables for the terminal, readable at 100 columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table as RichTable
from rich.text import Text

from wbsim.experiments.comparison import Comparison
from wbsim.experiments.division import Channels, Division, Part
from wbsim.experiments.robust import Robust, Robustness
from wbsim.report import numbers
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES
from wbsim.tables.record import Outcome

CHANNELS_NOTE = (
    "Shares are Shapley values: what a channel adds, averaged over all orders in which the channels may come. Cost "
    "(staff and money, with every channel off) and shares sum to the effect. Below each figure its Monte Carlo error, "
    "which comes from the number of worlds; n/a with one world. It is no uncertainty about the effect; the headline "
    "table shows that, and whether data or priors drive it: shares hang on the same, and hold for the model."
)
ROBUSTNESS_NOTE = (
    "Effect: mean difference from the baseline in the same worlds, as compared, and in the setting where it is worst. "
    "MC error comes from the number of worlds; it is no uncertainty about the effect. Sign: flips! where both are "
    "beyond two Monte Carlo errors, flips? where they are not. Ranks: among all scenarios, lowest and highest over "
    "settings, 1 the best; an order that turns round beyond two errors is listed below."
)
VARIANCE_NOTE = (
    "Of one world's effect, under a structural variant taken at random: parts of the variance between draws of the "
    "parameters and of the structural alternatives, between structural variants, by both together, and between courses "
    "of chance. Estimated without bias from two courses of chance; what comes out below nil counts as nil."
)


def extra_tables(results: Comparison) -> list[RenderableType]:
    """Tables of the extra runs that were made."""
    tables: list[RenderableType] = []
    if results.channels is not None:
        tables.append(channel_tables(results.channels))
    if results.robustness is not None:
        tables.append(robustness_tables(results.robustness))
    return tables


def channel_tables(channels: Channels) -> Group:
    """A table for each division: outcomes down, the effect, the cost and the channels across."""
    drawn = [_division(channels, division) for division in channels.divisions]
    return Group(
        Text(""), *drawn, Text(""), Text(CHANNELS_NOTE), *_failed(channels.failed_worlds, channels.worlds)
    )


def worlds_text(worlds: int) -> str:
    """ "200 worlds", "1 world"."""
    return f"{worlds:,} world{'' if worlds == 1 else 's'}"


def how(division: Division) -> str:
    """From how many combinations, and what the effect is measured against."""
    drawn = "" if division.method == "exact" else " passed by orders drawn at random"
    return f"{division.combinations} combinations{drawn}, compared with {division.compared_with}"


def inert_text(parts: Sequence[Part]) -> str:
    """Channels that have nothing to act upon, in a sentence; nothing without any."""
    if not parts:
        return ""
    names = ", ".join(part.label for part in parts)
    return f"Off or without anything to act upon here, so nil: {names}."


def _division(channels: Channels, division: Division) -> Group:
    title = f"Which channel did it: {division.title} ({worlds_text(channels.worlds)}, {how(division)})"
    grid = RichTable(title=Text(title), title_justify="left", title_style="bold", box=None, pad_edge=False)
    grid.add_column("Outcome", overflow="fold", max_width=30)
    cost = division.policy is not None
    for column in ("Effect", *(("Cost",) if cost else ()), *(part.label for part in division.parts)):
        grid.add_column(Text(column), justify="right", overflow="fold", max_width=12)
    for name in HEADLINE_OUTCOMES:
        record, found = OUTCOMES[name], division.outcomes[name]
        figures = [found.effect, *([found.cost] if found.cost else []), *(s.share for s in found.shares)]
        grid.add_row(record.label, *(numbers.change(record, each.mean) for each in figures))
        errors = (numbers.error(record, each.mcse) for each in figures)
        grid.add_row(f"  MC error, {record.unit}", *errors, style="dim")
    inert = inert_text(division.inert)
    return Group(grid, *([Text(inert)] if inert else []), Text(""))


def robustness_tables(robustness: Robustness) -> Group:
    """For each policy the worst setting by outcome, then where the variance of an effect comes from."""
    parts: list[RenderableType] = [Text("")]
    for policy, outcomes in robustness.policies.items():
        parts += [_worst(robustness, policy), Text("")]
        parts += [Text(line) for line in reversals(policy, outcomes)]
    notes = [ROBUSTNESS_NOTE, *(f"{line[0].upper()}{line[1:]}." for line in robustness.missing)]
    failed = _failed(robustness.failed_worlds, robustness.worlds)
    return Group(*parts, *map(Text, notes), Text(""), _variance(robustness), Text(VARIANCE_NOTE), *failed)


def _worst(robustness: Robustness, policy: str) -> RichTable:
    count = len(robustness.settings)
    title = f"Does it hold: {policy} under {count} settings ({worlds_text(robustness.worlds)} each)"
    grid = RichTable(title=Text(title), title_justify="left", title_style="bold", box=None, pad_edge=False)
    grid.add_column("Outcome", overflow="fold", max_width=28)
    for column in ("Effect", "MC error", "Worst", "MC error"):
        grid.add_column(column, justify="right", no_wrap=True)
    grid.add_column("Worst under", overflow="fold", max_width=26)
    grid.add_column("Sign", no_wrap=True)
    grid.add_column("Ranks", justify="right", no_wrap=True)
    for name, found in robustness.policies[policy].items():
        grid.add_row(OUTCOMES[name].label, *_cells(OUTCOMES[name], robustness, found))
    return grid


def _cells(record: Outcome, robustness: Robustness, found: Robust) -> tuple[str, ...]:
    own, worst = found.effects[0], found.effects[worst_place(robustness, found)]
    return (
        numbers.change(record, own.mean),
        numbers.error(record, own.mcse),
        numbers.change(record, worst.mean),
        numbers.error(record, worst.mcse),
        worst_text(found),
        sign_text(found),
        ranks_text(found),
    )


def worst_place(robustness: Robustness, found: Robust) -> int:
    """Place of the worst setting in the list; the first where there is none."""
    names = [setting.name for setting in robustness.settings]
    return names.index(found.worst) if found.worst is not None else 0


def worst_text(found: Robust) -> str:
    """Where the effect is worst."""
    if found.ranks is None:
        return numbers.NOT_DEFINED
    return found.worst or "none: all the same"


def sign_text(found: Robust) -> str:
    """Whether the sign is another in the worst setting."""
    if found.ranks is None:
        return numbers.NOT_DEFINED
    return "holds" if not found.sign_flips else "flips!" if found.sign_flips_clearly else "flips?"


def ranks_text(found: Robust) -> str:
    """The lowest and the highest rank, "2" or "1 to 3"."""
    if found.ranks is None:
        return numbers.NOT_DEFINED
    low, high = found.ranks
    return f"{low}" if low == high else f"{low} to {high}"


def reversals(policy: str, outcomes: Mapping[str, Robust]) -> list[str]:
    """For each outcome whose order turns round clearly, with which scenario and under which settings."""
    lines = []
    for name, found in outcomes.items():
        by: dict[str, list[str]] = {}
        for each in found.reversals:
            by.setdefault(each.scenario, []).append(each.setting)
        lines += [
            f"{OUTCOMES[name].label}: the order of {policy} and {other} turns round under {', '.join(settings)}."
            for other, settings in by.items()
        ]
    return lines


def _variance(robustness: Robustness) -> RichTable:
    title = "Where one world's effect comes from"
    grid = RichTable(title=Text(title), title_justify="left", title_style="bold", box=None, pad_edge=False)
    grid.add_column("Outcome and policy", overflow="fold", max_width=44)
    for column in ("Parameters", "Structure", "Both", "Chance"):
        grid.add_column(column, justify="right", no_wrap=True)
    for name in HEADLINE_OUTCOMES:
        grid.add_row(OUTCOMES[name].label, style="bold")
        for policy, outcomes in robustness.policies.items():
            grid.add_row(f"  {policy}", *variance_cells(outcomes[name]))
    return grid


def variance_cells(found: Robust) -> tuple[str, ...]:
    """Parameters, structure, both, chance, in per cent; n/a where undefined or where nothing varies."""
    shares = found.variance.shares if found.variance else None
    if shares is None:
        return (numbers.NOT_DEFINED,) * 4
    return tuple(numbers.percent(shares[key]) for key in ("parameters", "structure", "interaction", "chance"))


def failed_text(failed: int, worlds: int) -> str:
    """How many worlds left the figures of extra runs, in a sentence."""
    return f"{failed:,} of {worlds_text(worlds)} failed in some extra run and left all figures of them."


def _failed(failed: int, worlds: int) -> list[Text]:
    return [Text(failed_text(failed, worlds), style="bold red")] if failed else []
