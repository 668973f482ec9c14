"""Rows of the decision panel, every figure already written as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wbsim.experiments.panel import Interaction, OutcomePanel, Panel, PolicyPanel, Standing
from wbsim.report import numbers
from wbsim.statistics.dominance import Dominance
from wbsim.statistics.intervals import Interval
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES
from wbsim.tables.record import Outcome

NO_DIFFERENCE, NONE = "no difference", "none"


@dataclass(frozen=True, slots=True)
class StandingRow:
    """How one scenario stands on one outcome beside all others."""

    scenario: str
    best: str
    may_be_best: str
    regret: str
    regret_90: str
    meets: str
    bad_end: str


@dataclass(frozen=True, slots=True)
class EffectRow:
    """More about one policy's effect on one outcome."""

    policy: str
    median: str
    half: str
    dominance: str
    per_100m: str
    per_100m_error: str
    pairing: str


@dataclass(frozen=True, slots=True)
class InteractionRow:
    """What a scenario does beyond the sum of its parts, on one outcome."""

    name: str
    mean: str
    interval: str
    mcse: str


@dataclass(frozen=True, slots=True)
class FrontRow:
    """One scenario's place on the Pareto front."""

    scenario: str
    share: str
    monte_carlo: str
    of_means: str


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One outcome: its threshold, and rows for scenarios, policies and interactions."""

    record: Outcome
    threshold: str
    standings: tuple[StandingRow, ...]
    effects: tuple[EffectRow, ...]
    interactions: tuple[InteractionRow, ...]


def panel_rows(panel: Panel, names: Sequence[str] = HEADLINE_OUTCOMES) -> tuple[PanelRow, ...]:
    """Rows for the outcomes `names` of a panel."""
    return tuple(_panel_row(OUTCOMES[name], panel.outcomes[name]) for name in names)


def front_rows(panel: Panel) -> tuple[FrontRow, ...]:
    """A row for each scenario's place on the Pareto front."""
    return tuple(
        FrontRow(name, numbers.NOT_DEFINED, numbers.NOT_DEFINED, numbers.NOT_DEFINED)
        if front is None
        else FrontRow(
            name, numbers.percent(front.share), percent_interval(front.monte_carlo), yes(front.of_means)
        )
        for name, front in panel.fronts.items()
    )


def goals_words(panel: Panel) -> str:
    """The goals of the Pareto front by their labels."""
    labels = [OUTCOMES[name].label for name in panel.goals]
    return "; ".join([labels[0], *(label[0].lower() + label[1:] for label in labels[1:])])


def yes(value: bool | None) -> str:
    """Yes, no, or n/a where nothing is known."""
    return numbers.NOT_DEFINED if value is None else "yes" if value else "no"


def percent_interval(interval: Interval) -> str:
    """An interval of a share of worlds in per cent."""
    return f"{numbers.percent(interval.low)} to {numbers.percent(interval.high)}"


def _panel_row(record: Outcome, panel: OutcomePanel) -> PanelRow:
    met = next(iter(panel.scenarios.values())).satisficing
    sign = "at least" if record.better == "higher" else "at most"
    threshold = numbers.NOT_DEFINED if met is None else f"{sign} {numbers.value(record, met.threshold)}"
    return PanelRow(
        record,
        threshold,
        tuple(_standing_row(record, name, standing) for name, standing in panel.scenarios.items()),
        tuple(_effect_row(record, name, policy) for name, policy in panel.policies.items()),
        tuple(_interaction_row(record, each) for each in panel.interactions),
    )


def _standing_row(record: Outcome, name: str, standing: Standing) -> StandingRow:
    regret, met, cautious = standing.regret, standing.satisficing, standing.cautious
    return StandingRow(
        name,
        numbers.percent(standing.best),
        yes(standing.may_be_best),
        numbers.value(record, regret.mean if regret else None),
        numbers.value(record, regret.q90 if regret else None),
        numbers.percent(met.share if met else None),
        numbers.typographic(numbers.value(record, cautious.bad_end if cautious else None)),
    )


def _effect_row(record: Outcome, name: str, panel: PolicyPanel) -> EffectRow:
    effect, cost = panel.effect, panel.per_money
    ratio = panel.pairing.ratio if panel.pairing else None
    half = numbers.change_interval(record, effect.q25, effect.q75) if effect else numbers.NOT_DEFINED
    return EffectRow(
        name,
        numbers.typographic(numbers.change(record, effect.median if effect else None)),
        NO_DIFFERENCE if effect and effect.no_difference else numbers.typographic(half),
        dominance_words(panel.dominance),
        numbers.typographic(numbers.change(record, cost.per_100m if cost else None)),
        numbers.error(record, cost.mcse if cost else None),
        numbers.percent(ratio),
    )


def _interaction_row(record: Outcome, each: Interaction) -> InteractionRow:
    figures = each.figures
    return InteractionRow(
        f"{each.whole} beyond {' + '.join(each.parts)}",
        numbers.typographic(numbers.change(record, figures.mean)),
        numbers.typographic(numbers.change_interval(record, figures.q05, figures.q95)),
        numbers.error(record, figures.mcse),
    )


def dominance_words(dominance: Dominance | None) -> str:
    """The stronger verdict in a few words: "1st better" is better for all who prefer more."""
    if dominance is None:
        return numbers.NOT_DEFINED
    words = {"dominates": "better", "dominated": "worse"}
    for order, name in ((dominance.first, "1st"), (dominance.second, "2nd")):
        if order.verdict in words:
            return f"{name} {words[order.verdict]}"
    return {"neither": "neither", "no difference": NONE}.get(dominance.second.verdict, "undecided")


def per_money_notes(panel: Panel) -> tuple[str, ...]:
    """For each policy without figures per money, why; else nothing."""
    reasons: dict[str, str] = {}
    for outcome in panel.outcomes.values():
        for name, policy in outcome.policies.items():
            if policy.per_money is not None and policy.per_money.reason:
                reasons[name] = (
                    f"{name}: no effect per EUR 100 m, because its {policy.per_money.reason}"
                    if policy.per_money.reason.startswith("extra")
                    else f"{name}: no effect per EUR 100 m, because it {policy.per_money.reason}"
                )
    return tuple(
        f"{reason} (mean extra money EUR {_extra(panel, name):,.1f} m)." for name, reason in reasons.items()
    )


def _extra(panel: Panel, name: str) -> float:
    costs = (outcome.policies[name].per_money for outcome in panel.outcomes.values())
    return next(cost.extra_money for cost in costs if cost is not None)
