"""Which channel of a policy did it: the same worlds without channels of one policy, with all else the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from wbsim.errors import InputError, Problem
from wbsim.experiments.division import Channels, Division, OutcomeDivision, Part, Share
from wbsim.experiments.execute import Plan, Progress
from wbsim.experiments.gather import Gathered, Values, gather, plan_extra
from wbsim.experiments.sets import AssumptionSet
from wbsim.experiments.work import Simulate
from wbsim.statistics.paired import Level, level
from wbsim.statistics.shapley import Order, coalitions_of, sampled_orders, shapley, shapley_sampled
from wbsim.tables.outcomes import OUTCOME_INDEX

if TYPE_CHECKING:
    from wbsim.scenario.schema import Policy, Scenario
    from wbsim.tables.record import Channel, MechanismRecord

#: Parts up to which all combinations are simulated (2**6 = 64); with more, orders are drawn at random.
EXACT_UP_TO = 6
#: Orders drawn at random, in pairs of one and its reverse.
ORDERS = 20

Policies = tuple["Policy", ...]


@dataclass(frozen=True, slots=True)
class Game:
    """A division that is planned: the run of each combination of parts that is on, and of the policy left out."""

    scenario: str
    policy: str | None
    compared_with: str
    parts: tuple[Part, ...]
    inert: tuple[Part, ...]
    orders: tuple[Order, ...]
    runs: Mapping[int, int]
    bare: int


@dataclass(frozen=True, slots=True)
class ChannelPlan:
    """Games to be played, and the runs that they need, each simulated once."""

    games: tuple[Game, ...]
    plan: Plan
    assumptions: str

    @property
    def runs(self) -> int:
        """Scenarios that are simulated."""
        return sum(len(group.scenarios) for group in self.plan.sets)


class _Runs:
    """The runs that games ask for: one for each different list of policies."""

    def __init__(self, like: Scenario) -> None:
        self._like = like
        self._numbers: dict[str, int] = {}
        self.scenarios: list[Scenario] = []

    def of(self, policies: Policies) -> int:
        """Number of the run under these policies, a new one if it must be."""
        key = json.dumps([policy.resolved() for policy in policies], sort_keys=True)
        if key not in self._numbers:
            number = self._numbers[key] = len(self.scenarios)
            changed = {"policies": policies, "name": f"run-{number}", "description": ""}
            self.scenarios.append(self._like.model_copy(update=changed))
        return self._numbers[key]


def plan_channels(
    group: AssumptionSet, main: Plan, worlds: int, mechanisms: Mapping[str, MechanismRecord]
) -> ChannelPlan:
    """Plan to divide the effect of every policy of `group` in `worlds` worlds of the comparison `main`.

    InputError if no policy declares channels and no scenario has several policies.
    """
    runs = _Runs(group.scenarios[0])
    games = [game for scenario in group.scenarios[1:] for game in _games(scenario, runs, mechanisms, main)]
    if not games:
        raise InputError(
            Problem(
                "no compared scenario has a policy that declares channels, or several policies",
                key="--channels",
                suggestion="compare a scenario whose mechanism has channels; `wbsim mechanisms NAME` lists them",
            )
        )
    return ChannelPlan(tuple(games), plan_extra([tuple(runs.scenarios)], main, worlds), group.label)


def _games(
    scenario: Scenario, runs: _Runs, mechanisms: Mapping[str, MechanismRecord], main: Plan
) -> Iterable[Game]:
    names = policy_names(scenario.policies)
    for place, policy in enumerate(scenario.policies):
        record = mechanisms[policy.mechanism]
        if record.channels:
            yield _of_channels(scenario, place, names[place], record, runs, main.settings.seed)
    if len(scenario.policies) > 1:
        parts = tuple(
            Part(name, name, f"{mechanisms[policy.mechanism].label} doesn't start.")
            for name, policy in zip(names, scenario.policies, strict=True)
        )

        def with_parts(coalition: int) -> Policies:
            return tuple(p for n, p in enumerate(scenario.policies) if coalition >> n & 1)

        yield _game(
            scenario.name, None, "none of its policies", parts, (), main.settings.seed, with_parts, (), runs
        )


def _of_channels(
    scenario: Scenario, place: int, name: str, record: MechanismRecord, runs: _Runs, seed: int
) -> Game:
    policy = scenario.policies[place]
    others = (*scenario.policies[:place], *scenario.policies[place + 1 :])
    started = {other.mechanism for other in others}
    acting = [c for c in record.channels if _acts(c, policy, started)]
    inert = tuple(_part(channel) for channel in record.channels if channel not in acting)

    def with_parts(coalition: int) -> Policies:
        off = {channel.name for n, channel in enumerate(acting) if not coalition >> n & 1} | set(
            policy.without
        )
        without = tuple(channel.name for channel in record.channels if channel.name in off)
        changed = policy.model_copy(update={"without": without})
        return (*scenario.policies[:place], changed, *scenario.policies[place + 1 :])

    rest = f"{scenario.name} without {name}" if others else "no policy"
    return _game(scenario.name, name, rest, tuple(map(_part, acting)), inert, seed, with_parts, others, runs)


def _game(
    scenario: str,
    policy: str | None,
    compared_with: str,
    parts: tuple[Part, ...],
    inert: tuple[Part, ...],
    seed: int,
    with_parts: Callable[[int], Policies],
    bare: Policies,
    runs: _Runs,
) -> Game:
    count = len(parts)
    orders = sampled_orders(count, ORDERS, seed) if count > EXACT_UP_TO else ()
    whole = (1 << count) - 1
    needed = set(coalitions_of(orders)) if orders else set(range(whole + 1))
    needed |= {whole ^ 1 << part for part in range(count)} | {1 << part for part in range(count)}
    found = {coalition: runs.of(with_parts(coalition)) for coalition in sorted(needed)}
    return Game(scenario, policy, compared_with, parts, inert, orders, found, runs.of(bare))


def _acts(channel: Channel, policy: Policy, started: set[str]) -> bool:
    """Whether a channel is on and has what it acts upon: else switching it changes nothing."""
    return channel.name not in policy.without and (channel.needs is None or channel.needs in started)


def _part(channel: Channel) -> Part:
    return Part(channel.name, channel.label, channel.off)


def policy_names(policies: Policies) -> tuple[str, ...]:
    """A name for each policy: its mechanism, with the month of its start where several start the same one."""
    mechanisms = [policy.mechanism for policy in policies]
    return tuple(
        policy.mechanism
        if mechanisms.count(policy.mechanism) == 1
        else f"{policy.mechanism} from {policy.start}"
        for policy in policies
    )


def find_channels(
    planned: ChannelPlan, progress: Progress | None = None, simulate: Simulate | None = None
) -> Channels:
    """Simulate what was planned, and divide the effects. Raises what `gather` raises."""
    found = gather(planned.plan, progress, simulate)
    settings = planned.plan.settings
    return Channels(
        worlds=settings.worlds,
        first_world=settings.first,
        seed=settings.seed,
        failed_worlds=int((~found.sound).sum()),
        runs=planned.runs,
        assumptions=planned.assumptions,
        divisions=tuple(_divide(game, found) for game in planned.games),
    )


def _divide(game: Game, found: Gathered) -> Division:
    sound = found.sound
    values = {coalition: found.figures[run][sound] for coalition, run in game.runs.items()}
    bare = found.figures[game.bare][sound]
    count = len(game.parts)
    whole = (1 << count) - 1
    shares, spread = _shares(values, game.orders, count)
    effect, cost = values[whole] - bare, values[0] - bare
    missed = [values[whole] - values[whole ^ 1 << part] for part in range(count)]
    alone = [values[1 << part] - values[0] for part in range(count)]
    outcomes = {
        name: OutcomeDivision(
            level(effect[:, column]),
            None if game.policy is None else level(cost[:, column]),
            tuple(
                Share(
                    _with_error(level(shares[part][:, column]), spread[part, column]),
                    level(missed[part][:, column]),
                    level(alone[part][:, column]),
                )
                for part in range(count)
            ),
        )
        for name, column in OUTCOME_INDEX.items()
    }
    method: Literal["exact", "sampled"] = "sampled" if game.orders else "exact"
    return Division(
        game.scenario,
        game.policy,
        game.compared_with,
        game.parts,
        game.inert,
        method,
        len(game.runs),
        outcomes,
    )


def _shares(values: Mapping[int, Values], orders: tuple[Order, ...], count: int) -> tuple[Values, Values]:
    """Shares (parts, worlds, outcomes), and the variance of their means that comes from the drawn orders."""
    if not orders:
        exact = shapley(np.stack([values[coalition] for coalition in range(1 << count)]))
        return exact, np.zeros((count, exact.shape[-1]))
    shares, pairs = shapley_sampled(values, orders)
    if not shares.shape[1]:
        return shares, np.zeros((count, shares.shape[-1]))
    return shares, pairs.mean(axis=2).var(axis=0, ddof=1) / len(pairs)


def _with_error(figures: Level, variance: float) -> Level:
    """A share whose Monte Carlo error also holds that of the drawn orders."""
    if figures.mcse is None or variance == 0.0:
        return figures
    return Level(figures.mean, figures.q05, figures.q95, float(np.hypot(figures.mcse, np.sqrt(variance))))
