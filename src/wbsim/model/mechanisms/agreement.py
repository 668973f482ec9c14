"""What a meeting of a forum proposes and adopts: agenda, ambition, votes (M3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wbsim.model.agents.government import VETOED
from wbsim.model.rules import basics, forum
from wbsim.tables.places import STATE_INDEX

if TYPE_CHECKING:
    from wbsim.model.mechanisms.base import Floats
    from wbsim.model.mechanisms.forum import Forum
    from wbsim.model.region import Region

_BOSNIA, _SERBIA = STATE_INDEX["BIH"], STATE_INDEX["SRB"]
#: Cuts of the ambition after a refusal: three at most, a quarter each.
_CUTS = (1.0, 0.75, 0.5625, 0.421875)
#: Least ambition that is put to a vote.
_LEAST = 0.05


@dataclass(frozen=True)
class Agreement:
    """What a meeting adopted, by domain: `passed` (R, D), `alone` and `target` (R, 6, D), `unit` of gain (R, D)."""

    passed: NDArray[np.bool_]
    alone: Floats
    target: Floats
    unit: Floats


def agree(body: Forum, there: NDArray[np.bool_], held: NDArray[np.bool_]) -> Agreement:
    """What those `there` (R, 6) adopt where a meeting is `held` (R,).

    Every domain without an item in force may come onto the table. With the agenda `items` they come in the order of
    concern until one is adopted: a refused one makes room for the next. With `packages` all of them are one proposal
    of one ambition, adopted or refused together.
    """
    region = body.region
    alone, rise = efforts(region)
    free = held[:, None] & (body.due == 0.0)
    concern = basics.total(region.concern() * there[:, :, None], 1)
    table = _Table(body, there, alone, rise)
    if body.choice("agenda") == "packages":
        at, passed = table.package(free)
        settled, chosen = np.repeat(at[:, None], 5, axis=1), passed[:, None] & free
    else:
        settled, would_pass = table.items()
        chosen = first_adopted(would_pass, free, concern)
    target = alone + settled[:, None, :] * rise
    return Agreement(chosen, alone, target, table.unit)


def first_adopted(
    would_pass: NDArray[np.bool_], free: NDArray[np.bool_], concern: Floats
) -> NDArray[np.bool_]:
    """The item (R, D) that a meeting adopts: of the `free` domains that would pass, the one of most `concern` (M3)."""
    may = would_pass & free
    first = np.where(may, concern, -1.0).argmax(axis=1)
    return np.asarray((np.arange(may.shape[1]) == first[:, None]) & may)


def efforts(region: Region) -> tuple[Floats, Floats]:
    """Effort alone and the rise to the joint ideal, both (R, 6, D).

    Effort alone is what a state's own motive makes with the staff that it has, and the ideal asks for no more than
    staff and a veto player allow: nobody pledges what it knows it cannot do.
    """
    staffed = region.staffed()[:, :, None]
    able = np.repeat(staffed, 5, axis=2)
    able[:, VETOED] = np.minimum(able[:, VETOED], region.veto_cap()[:, None])
    alone = np.minimum(staffed * basics.sigmoid(region.seen.motive), able)
    benefit = forum.marginal_benefit(alone, region.draws["benefit_shared"][:, None, :])
    ideal = np.minimum(forum.joint_ideal(benefit), able)
    return alone, np.maximum(ideal - alone, 0.0)


def situation(region: Region, alone: Floats) -> forum.Situation:
    """What members know, of every domain and world: D R situations, the domains one after the other."""
    p = region.draws
    worlds = region.worlds
    weighs = region.variants["acceptance"] == "loss-averse"
    loss = p["loss_weight"] if weighs else np.ones(worlds)
    benefit = forum.marginal_benefit(alone, p["benefit_shared"][:, None, :])
    effort = region.seen.effort
    root = np.sqrt(np.maximum(effort[:, :, None, :] * effort[:, None, :, :], 1e-12))
    gate = region.environment.practice / root
    trust = np.broadcast_to(region.seen.trust, (5, worlds, 6, 6)).reshape(-1, 6, 6)
    return forum.Situation(
        by_domain(alone),
        by_domain(benefit),
        np.ascontiguousarray(region.exponents.T).reshape(-1),
        np.tile(loss, 5),
        trust,
        np.ascontiguousarray(np.moveaxis(gate, 3, 0)).reshape(-1, 6, 6),
        np.tile(p["forum_weighs"], 5),
        np.tile(p["commitment_pull"], 5),
    )


def by_domain(values: Floats) -> Floats:
    """(R, 6, D) as (D R, 6), the domains one after the other."""
    return np.ascontiguousarray(np.moveaxis(values, 2, 0)).reshape(-1, values.shape[1])


def cost_of_being_bound(body: Forum) -> Floats:
    """Cost and margin of a yes by state, (R, 6), in units of the gain of full cooperation (M3).

    Where Kosovo sits as an equal, a signature beside it is read as recognition: that makes it dearer for Serbia, and
    half as much for Bosnia and Herzegovina, which does not recognise Kosovo either. A status-neutral seat exists so
    that nobody has to pay this.
    """
    p = body.region.draws
    contest = np.zeros(6)
    if body.choice("kosovo_seat") == "equal":
        contest[_SERBIA], contest[_BOSNIA] = 1.0, 0.5
    return np.asarray(
        (p["commitment_cost"] + p["acceptance_margin"])[:, None] + p["seat_veto"][:, None] * contest
    )


class _Table:
    """Proposals on the table of one meeting, all domains of all worlds at once (N = D R rows, domains first)."""

    def __init__(self, body: Forum, there: NDArray[np.bool_], alone: Floats, rise: Floats) -> None:
        region = body.region
        self.region, self.rule, self.worlds = region, body.choice("rule"), region.worlds
        self.there = there
        self.present = np.tile(there.astype(float), (5, 1))
        self.situation = situation(region, alone)
        self.alone, self.rise = by_domain(alone), by_domain(rise)
        self.cost = np.tile(cost_of_being_bound(body), (5, 1))
        self.units = forum.unit_of_gain(self.situation, self.alone + self.rise, self.present)
        self.weights = np.tile(region.geography.capability, (len(self.present), 1)) * self.present
        self.weights = self.weights * by_domain(region.importance())

    @property
    def unit(self) -> Floats:
        """Unit of gain by domain, (R, D)."""
        return np.ascontiguousarray(self.units.reshape(5, self.worlds).T)

    def gains(self, ambitions: Floats) -> Floats:
        """Expected gains (K, N, 6) of K ambitions (K, N)."""
        target = self.alone + ambitions[:, :, None] * self.rise
        return forum.expected_gain(self.situation, target, self.present)

    def items(self) -> tuple[Floats, NDArray[np.bool_]]:
        """Ambition (R, D) at which each domain by itself would be adopted, and whether it would be."""
        at, passed = self._settle(self.gains, self.cost, self.units, self.weights, 5)
        return at.reshape(5, self.worlds).T.copy(), passed.reshape(5, self.worlds).T.copy()

    def package(self, free: NDArray[np.bool_]) -> tuple[Floats, NDArray[np.bool_]]:
        """Ambition (R,) at which all `free` (R, D) domains together would be adopted, and whether they would be."""
        on = free.T.astype(float)

        def together(values: Floats) -> Floats:
            """Sum over the free domains, (K, R, 6) of (K, N, 6)."""
            shaped = values.reshape(len(values), 5, self.worlds, 6) * on[None, :, :, None]
            return basics.total(np.ascontiguousarray(shaped), 1)

        def gains(ambitions: Floats) -> Floats:
            return together(self.gains(np.tile(ambitions, (1, 5))))

        unit = basics.total(np.ascontiguousarray(self.units.reshape(5, self.worlds) * on), 0)
        weights = basics.total(
            np.ascontiguousarray(self.weights.reshape(5, self.worlds, 6) * on[:, :, None]), 0
        )
        return self._settle(gains, self.cost[: self.worlds], unit, weights, 1)

    def _settle(
        self,
        gains: Callable[[Floats], Floats],
        cost: Floats,
        unit: Floats,
        weights: Floats,
        domains: int,
    ) -> tuple[Floats, NDArray[np.bool_]]:
        """Members' best ambitions, their compromise, and the first of its cuts that is adopted: (n,) and whether.

        `gains` of K ambitions (K, n) are (K, n, 6), n = `domains` times R.
        """
        start = gains(np.repeat(np.array(forum.AMBITIONS)[:, None], len(cost), axis=1))
        best, highest = np.zeros_like(cost), np.zeros_like(cost)
        usual = (cost * unit[:, None])[None]
        for ambition, value in zip(forum.AMBITIONS, start - usual, strict=True):
            best = np.where(value > highest, ambition, best)
            highest = np.maximum(value, highest)
        proposal = forum.weighted_mean(best, weights)
        cuts = proposal * np.array(_CUTS)[:, None]
        if self.region.variants["acceptance"] == "spatial":
            yes = forum.accepts_spatial(best, np.zeros((1, 1)), cuts[:, :, None])
        else:
            yes = forum.accepts(gains(cuts), cost, unit)
        there = np.tile(self.there, (domains, 1))
        votes = forum.adopted(yes, there, self.rule, self.region.geography.population)
        votes &= cuts >= _LEAST
        at = np.take_along_axis(cuts, votes.argmax(axis=0)[None], axis=0)[0]
        passed = votes.any(axis=0)
        return np.asarray(np.where(passed, at, 0.0)), np.asarray(passed)
