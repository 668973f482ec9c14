"""Which policy would one choose: best, regret, satisficing, several goals, interaction, pairing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wbsim.experiments.panel import Panel, PolicyPanel, Standing, panel
from wbsim.report.grid import Grid
from wbsim.report.panel_rows import (
    PanelRow,
    front_rows,
    goals_words,
    panel_rows,
    per_money_notes,
)
from wbsim.report.panel_texts import CONDITIONAL, FEW_WORLDS, MEASURES
from wbsim.report.sections.panel_grids import effects_grid, front_grid, interaction_grid, standing_grid
from wbsim.report.sections.panel_words import lead
from wbsim.report.sections.part import name_of
from wbsim.report.shown import Shown
from wbsim.statistics.bootstrap import LEAST_WORLDS
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results

Cell = str | float | int | None

_STANDING = (
    "outcome", "unit", "scenario", "best", "may_be_best", "regret_mean", "regret_q90", "regret_mcse", "threshold",
    "satisficing", "satisficing_mc_low", "satisficing_mc_high", "bad_end", "good_end", "hurwicz",
)  # fmt: skip
_EFFECT = (
    "outcome", "unit", "policy", "mean", "mcse", "median", "q05", "q25", "q75", "q95", "better", "gain", "harm",
    "first_order_violation", "first_order", "second_order_violation", "second_order", "per_100m", "per_100m_mcse",
    "pairing_ratio",
)  # fmt: skip
_INTERACTION = ("outcome", "unit", "scenario", "parts", "mean", "q05", "q95", "mcse")
_FRONT = ("scenario", "share", "mc_low", "mc_high", "of_means")


@dataclass(frozen=True, slots=True)
class PanelPart:
    """The panel of one set of assumptions; `label` is empty where there is only one, `number` counts from 1.

    `lead` says what came out. `interaction` is None where no scenario puts others together.
    """

    label: str
    number: int
    panel: Panel
    lead: str
    rows: tuple[PanelRow, ...]
    standing: Grid
    front: Grid
    interaction: Grid | None
    effects: Grid
    goals: str
    notes: tuple[str, ...]

    @property
    def grids(self) -> tuple[Grid, ...]:
        """All tables, in the order of the page."""
        between = () if self.interaction is None else (self.interaction,)
        return (self.standing, self.front, *between, self.effects)


@dataclass(frozen=True, slots=True)
class PanelSection:
    """A part for each set of assumptions, and what the measures mean, by the heading of a column."""

    parts: tuple[PanelPart, ...]
    measures: tuple[tuple[str, str], ...]
    conditional: str


def build(results: Results) -> PanelSection | None:
    """The decision panel of a comparison; None where nothing is compared."""
    labelled = len(results.experiment.tables) > 1
    parts = tuple(_part(label, number, each, labelled) for number, label, each in _panels(results))
    return PanelSection(parts, tuple(MEASURES.items()), CONDITIONAL) if parts else None


def shown(results: Results) -> tuple[Shown, ...]:
    """The numbers of the panel's tables, as they were computed."""
    found = build(results)
    return tuple(grid.shown for part in found.parts for grid in part.grids) if found else ()


def _panels(results: Results) -> list[tuple[int, str, Panel]]:
    return [
        (number, table.label, panel(table, HEADLINE_OUTCOMES))
        for number, table in enumerate(results.experiment.tables, start=1)
        if table.policies
    ]


def _part(label: str, number: int, each: Panel, labelled: bool) -> PanelPart:
    few = (FEW_WORLDS,) if each.worlds < LEAST_WORLDS else ()
    rows, under, after = panel_rows(each), f", under the {label}" if labelled else "", name_of("", number - 1)

    def data(name: str, title: str, columns: tuple[str, ...], cells: tuple[tuple[Cell, ...], ...]) -> Shown:
        return Shown(f"panel-{name}{after}", f"{title}{under}", columns, cells)

    interactions = _interaction_cells(each)
    between = data("interaction", "Interaction", _INTERACTION, interactions)
    return PanelPart(
        label if labelled else "",
        number,
        each,
        lead(each, HEADLINE_OUTCOMES),
        rows,
        standing_grid(rows, data("standing", "How scenarios stand", _STANDING, _standing_cells(each))),
        front_grid(
            front_rows(each),
            data("front", f"Pareto front over {goals_words(each)}", _FRONT, _front_cells(each)),
        ),
        interaction_grid(rows, between) if interactions else None,
        effects_grid(rows, data("effects", "Effects more closely", _EFFECT, _effect_cells(each))),
        goals_words(each),
        (*per_money_notes(each), *few),
    )


def _standing_cells(each: Panel) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (outcome, OUTCOMES[outcome].unit, name, *_standing(standing))
        for outcome, figures in each.outcomes.items()
        for name, standing in figures.scenarios.items()
    )


def _standing(standing: Standing) -> Sequence[Cell]:
    regret, met, cautious = standing.regret, standing.satisficing, standing.cautious
    cells: list[Cell] = [standing.best, _yes(standing.may_be_best)]
    cells += (regret.mean, regret.q90, regret.mcse) if regret else (None,) * 3
    cells += (met.threshold, met.share, met.monte_carlo.low, met.monte_carlo.high) if met else (None,) * 4
    cells += (cautious.bad_end, cautious.good_end, cautious.hurwicz) if cautious else (None,) * 3
    return cells


def _effect_cells(each: Panel) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (outcome, OUTCOMES[outcome].unit, name, *_effect(policy))
        for outcome, figures in each.outcomes.items()
        for name, policy in figures.policies.items()
    )


def _effect(policy: PolicyPanel) -> Sequence[Cell]:
    effect, dominance, cost = policy.effect, policy.dominance, policy.per_money
    cells: list[Cell] = [None] * 10
    if effect:
        cells = [effect.mean, effect.mcse, effect.median, effect.q05, effect.q25, effect.q75, effect.q95]
        cells += [effect.better.share, effect.gain.share, effect.harm.share]
    for order in (dominance.first, dominance.second) if dominance else (None, None):
        cells += (order.violation, order.verdict) if order else (None, None)
    cells += (cost.per_100m, cost.mcse) if cost else (None, None)
    return [*cells, policy.pairing.ratio if policy.pairing else None]


def _interaction_cells(each: Panel) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            outcome, OUTCOMES[outcome].unit, found.whole, " + ".join(found.parts), found.figures.mean,
            found.figures.q05, found.figures.q95, found.figures.mcse,
        )
        for outcome, figures in each.outcomes.items()
        for found in figures.interactions
    )  # fmt: skip


def _front_cells(each: Panel) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (name, front.share, front.monte_carlo.low, front.monte_carlo.high, _yes(front.of_means))
        if front
        else (name, None, None, None, None)
        for name, front in each.fronts.items()
    )


def _yes(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"
