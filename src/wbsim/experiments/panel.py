"""The decision panel: all statistics of a comparison under one set of assumptions, in one frozen record."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.experiments.experiment import Table
from wbsim.scenario.schema import Scenario
from wbsim.statistics.best import best_shares, may_be_best
from wbsim.statistics.bootstrap import RESAMPLES, resampled_means, weights
from wbsim.statistics.cost import PerMoney, per_money
from wbsim.statistics.dominance import Dominance, dominance
from wbsim.statistics.effect import Effect, effect
from wbsim.statistics.interaction import Union, interaction, unions
from wbsim.statistics.intervals import CONFIDENCE
from wbsim.statistics.paired import Level, Values, level
from wbsim.statistics.pairing import Pairing, pairing
from wbsim.statistics.pareto import Front, pareto
from wbsim.statistics.regret import (
    HURWICZ_ALPHA,
    Cautious,
    Regret,
    Satisficing,
    cautious,
    regret,
    satisficing,
)
from wbsim.tables.outcomes import OUTCOME_INDEX, OUTCOMES
from wbsim.tables.record import Outcome

#: Goals of the Pareto front: one at least for each ring of security, and the means. Assumed: the smallest choice that
#: leaves out no ring.
GOALS = (
    "cooperation", "public_trust", "government_trust", "war_worry", "threat_burden", "crises_severe", "money", "staff",
)  # fmt: skip
#: The outcome that policies are paid with.
MONEY = "money"


@dataclass(frozen=True, slots=True)
class Standing:
    """How one scenario, the baseline among them, stands on one outcome beside all others.

    `best`: share of worlds in which it is best. `may_be_best`: it can't be told from the best on the mean. All None
    without sound worlds; `may_be_best` with fewer than ten.
    """

    best: float | None
    may_be_best: bool | None
    regret: Regret | None
    satisficing: Satisficing | None
    cautious: Cautious | None


@dataclass(frozen=True, slots=True)
class PolicyPanel:
    """One policy against the baseline on one outcome; each None where it is undefined."""

    effect: Effect | None
    dominance: Dominance | None
    per_money: PerMoney | None
    pairing: Pairing | None


@dataclass(frozen=True, slots=True)
class Interaction:
    """Effect of a scenario minus the sum of the effects of others that it puts together, in the outcome's unit."""

    whole: str
    parts: tuple[str, ...]
    figures: Level


@dataclass(frozen=True, slots=True)
class OutcomePanel:
    """Everything about one outcome, by names of scenarios."""

    scenarios: Mapping[str, Standing]
    policies: Mapping[str, PolicyPanel]
    interactions: tuple[Interaction, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """All statistics of a `Table` in one window, over its `worlds` sound worlds.

    `confidence` is that of Monte Carlo intervals and of the comparison with the best, `resamples` the number of
    bootstrap samples, drawn from `seed`; `hurwicz_alpha` the weight of the bad end. `fronts` holds each scenario's
    place on the Pareto front over `goals`, None without sound worlds.
    """

    baseline: str
    policies: tuple[str, ...]
    worlds: int
    seed: int
    confidence: float
    resamples: int
    hurwicz_alpha: float
    goals: tuple[str, ...]
    fronts: Mapping[str, Front | None]
    outcomes: Mapping[str, OutcomePanel]


@dataclass(frozen=True, slots=True)
class _Worlds:
    """What all outcomes share: names, figures of sound worlds (scenarios, worlds, outcomes), samples of worlds and the
    means in them (resamples, scenarios, outcomes)."""

    names: tuple[str, ...]
    figures: NDArray[np.float64]
    drawn: NDArray[np.float64]
    sampled: NDArray[np.float64]
    unions: tuple[Union, ...]

    def values(self, outcome: str) -> Values:
        """Shape (scenarios, worlds)."""
        return self.figures[:, :, OUTCOME_INDEX[outcome]]


def panel(table: Table, outcomes: Sequence[str] | None = None, window: int = 0) -> Panel:
    """All statistics of `table` for `outcomes` (all, by default); window 0 is the horizon.

    The same worlds give the same record: bootstrap samples are drawn from the seed of the worlds. KeyError for an
    unknown outcome.
    """
    seed = table.scenarios[0].run.seed
    figures = table.figures[:, window][:, table.sound]
    drawn, sampled = _samples(figures, seed)
    worlds = _Worlds(
        (table.baseline, *table.policies),
        figures,
        drawn,
        sampled,
        unions([_policies(scenario) for scenario in table.scenarios]),
    )
    goals = np.stack([worlds.values(goal) for goal in GOALS])
    fronts = pareto(goals, [OUTCOMES[goal].better for goal in GOALS]) or (None,) * len(worlds.names)
    return Panel(
        baseline=table.baseline,
        policies=table.policies,
        worlds=figures.shape[1],
        seed=seed,
        confidence=CONFIDENCE,
        resamples=RESAMPLES,
        hurwicz_alpha=HURWICZ_ALPHA,
        goals=GOALS,
        fronts=dict(zip(worlds.names, fronts, strict=True)),
        outcomes={name: _outcome(worlds, OUTCOMES[name]) for name in outcomes or OUTCOMES},
    )


def _samples(figures: NDArray[np.float64], seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Samples of worlds (resamples, groups), and means in them (resamples, scenarios, outcomes)."""
    scenarios, worlds, outcomes = figures.shape
    if not worlds:
        return np.zeros((RESAMPLES, 0)), np.zeros((RESAMPLES, scenarios, outcomes))
    drawn = weights(worlds, seed)
    columns = figures.transpose(1, 0, 2).reshape(worlds, -1)
    return drawn, resampled_means(columns, drawn).reshape(-1, scenarios, outcomes)


def _policies(scenario: Scenario) -> frozenset[Hashable]:
    """The policies of a scenario, each as something that can be compared: mechanism, dates and levers."""
    return frozenset(repr(sorted(policy.resolved().items())) for policy in scenario.policies)


def _outcome(worlds: _Worlds, record: Outcome) -> OutcomePanel:
    values = worlds.values(record.name)
    extra = worlds.values(MONEY) - worlds.values(MONEY)[0]
    dominances = dominance(values, record.better, worlds.drawn) or (None,) * len(worlds.names[1:])
    return OutcomePanel(
        scenarios=_standings(worlds, record, values),
        policies={
            name: _policy(worlds, record, values[[0, number]], extra[number], dominances[number - 1])
            for number, name in enumerate(worlds.names)
            if number
        },
        interactions=tuple(_interaction(worlds, values, union) for union in worlds.unions),
    )


def _standings(worlds: _Worlds, record: Outcome, values: Values) -> dict[str, Standing]:
    nothing = (None,) * len(worlds.names)
    columns = zip(
        best_shares(values, record.better) or nothing,
        may_be_best(values, record.better, worlds.sampled[:, :, OUTCOME_INDEX[record.name]]) or nothing,
        regret(values, record.better) or nothing,
        satisficing(values, record.better) or nothing,
        cautious(values, record.better) or nothing,
        strict=True,
    )
    return {name: Standing(*row) for name, row in zip(worlds.names, columns, strict=True)}


def _policy(
    worlds: _Worlds, record: Outcome, values: Values, extra: Values, dominates: Dominance | None
) -> PolicyPanel:
    baseline, policy = values
    difference = policy - baseline
    return PolicyPanel(
        effect=effect(policy, baseline, record.better, record.margin),
        dominance=dominates,
        per_money=None if record.name == MONEY else per_money(difference, extra, OUTCOMES[MONEY].margin),
        pairing=pairing(policy, baseline),
    )


def _interaction(worlds: _Worlds, values: Values, union: Union) -> Interaction:
    together = interaction(values, union)
    return Interaction(
        worlds.names[union.whole],
        tuple(worlds.names[part] for part in union.parts),
        level(together),
    )
