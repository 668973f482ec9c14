"""The Western Balkans Security Forum: attendance, agenda, agreement, commitments, dialogue, crisis line (M3, M5)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wbsim.chance.counter import STATES, Stream
from wbsim.model.mechanisms.base import Floats, Mechanism
from wbsim.model.mechanisms.iisg import IisgResults
from wbsim.model.rules import basics, cooperation, forum
from wbsim.tables import mechanisms as records
from wbsim.tables.places import IISG_DOMAINS, STATE_INDEX

_KOSOVO, _SERBIA = STATE_INDEX["XKX"], STATE_INDEX["SRB"]
#: Cuts of the ambition after a refusal: three at most, a quarter each.
_CUTS = (1.0, 0.75, 0.5625, 0.421875)
#: Least ambition that is put to a vote.
_LEAST = 0.05


class Forum(Mechanism):
    """The six (or some of them) around a table; see `tables.mechanisms.FORUM`."""

    record = records.FORUM
    VARIABLES = ("met", "target", "alone", "due", "bound", "kept_count", "reviewed_count", "seated")

    def __init__(self, model, policy=None) -> None:  # type: ignore[no-untyped-def]
        super().__init__(model, policy)
        worlds = model.worlds
        if self.choice("kosovo_seat") == "absent":
            self.members = self.members * (np.arange(6) != _KOSOVO)
        self.met: Floats = np.zeros(worlds)
        #: Pledged effort and effort alone when it was pledged, by domain; months until review, 0 without an item.
        self.target: Floats = np.zeros((worlds, 6, 5))
        self.alone: Floats = np.zeros((worlds, 6, 5))
        self.due: Floats = np.zeros((worlds, 5))
        self.bound: Floats = np.zeros((worlds, 6, 5))
        self.kept_count: Floats = np.zeros(worlds)
        self.reviewed_count: Floats = np.zeros(worlds)
        #: 1 where all six sat as equals at the latest meeting.
        self.seated: Floats = np.zeros(worlds)

    @property
    def convenes(self) -> bool:
        """Whether it ever meets: without meetings there is no forum and no cost."""
        return self.number("meetings_per_year") > 0.0

    def cost(self) -> float:
        """Running cost, EUR m a year; nothing for a forum that never meets."""
        return super().cost() if self.convenes else 0.0

    def act(self) -> None:
        """Review what is due, meet where a meeting falls due, and serve what holds between meetings (M3)."""
        super().act()
        self._review()
        if self._meets():
            self._meet()
        self._serve()

    def _meets(self) -> bool:
        """Whether this is a month of meeting: the f meetings a year are spread evenly."""
        elapsed = self.region.month - self.start
        pace = self.number("meetings_per_year") / 12.0
        return int((elapsed + 1) * pace + 1e-9) > int(elapsed * pace + 1e-9)

    def _meet(self) -> None:
        """Attendance, then, with a quorum, dialogue and an item of the agenda (M3)."""
        region = self.region
        effects = region.effects
        there = self._attend()
        held = there.sum(axis=1) >= self.number("quorum")
        effects.held += held
        effects.failed += ~held
        self.met = np.maximum(self.met, held)
        if self.works("dialogue"):
            self._talk(there, held)
        if self.choice("commitments") == "binding":
            self._accede(there, held)
            self._agree(there, held)

    def _talk(self, there: NDArray[np.bool_], held: NDArray[np.bool_]) -> None:
        """Contact where a meeting is held, blame for the absent where it fails, and who sat as equals (M3)."""
        region = self.region
        effects = region.effects
        absent = ~there & (self.members > 0.0)
        blamed = (~held[:, None, None] & there[:, :, None] & absent[:, None, :]).astype(float)
        effects.broken += region.draws["failed_meeting"][:, None, None] * blamed
        equal = self.choice("kosovo_seat") == "equal"
        self.seated = np.where(held, (there.sum(axis=1) == 6) & equal, 0.0)
        talk = region.draws["dialogue_contact"] * self.number("dialogue") * held
        both = there[:, :, None] * there[:, None, :] * basics.OTHERS
        effects.kept += np.maximum(talk, 0.0)[:, None, None] * both
        effects.broken += np.maximum(-talk, 0.0)[:, None, None] * both

    def _attend(self) -> NDArray[np.bool_]:
        """Which members come, (R, 6)."""
        region = self.region
        p = region.draws
        worst = (region.pair_severity() * self.members).max(axis=2)
        support = basics.total(region.seen.support, -1) / 5.0
        readiness = (
            p["attend_base"][:, None]
            - p["attend_crisis"][:, None] * worst
            - p["attend_rent"][:, None] * region.rent()
            + p["attend_support"][:, None] * support
            + p["attend_accession"][:, None] * (region.union.credibility - p["credibility"])
        )
        seat = self.choice("kosovo_seat")
        if seat == "equal":
            readiness[:, _SERBIA] -= p["seat_serbia"]
        elif seat == "asterisk":
            readiness[:, _SERBIA] -= p["seat_serbia"] / 3.0
            readiness[:, _KOSOVO] -= p["seat_kosovo"]
        chance = basics.sigmoid(readiness) * self.members
        u = region.chance.uniform(Stream.ATTENDANCE, region.month, STATES)[:, :, 0]
        return np.asarray(u < chance)

    def _agree(self, there: NDArray[np.bool_], held: NDArray[np.bool_]) -> None:
        """The agenda's domain, the proposal, and whether it is adopted (M3)."""
        region = self.region
        p = region.draws
        concern = region.concern() * there[:, :, None]
        open_items = np.where(self.due > 0.0, -1.0, basics.total(concern, 1))
        domain = open_items.argmax(axis=1)
        free = held & (np.take_along_axis(open_items, domain[:, None], 1)[:, 0] > 0.0)
        alone = basics.sigmoid(_at(region.seen.motive, domain))
        shared = np.take_along_axis(p["benefit_shared"], domain[:, None], 1)
        benefit = forum.marginal_benefit(alone, shared)
        ideal = forum.joint_ideal(benefit)
        rise = np.maximum(ideal - alone, 0.0)
        exponent = np.take_along_axis(region.exponents, domain[:, None], 1)[:, 0]
        bound = there.astype(float)
        variant = region.variants["acceptance"]
        loss = p["loss_weight"] if variant == "loss-averse" else np.ones(region.worlds)

        trust, without = region.seen.trust, cooperation.public_good(alone, exponent)

        def gains(ambitions: Floats) -> Floats:
            """Of K ambitions (K, R or 1): (K, R, 6)."""
            target = alone + ambitions[:, :, None] * rise
            value = forum.expected_gain(alone, target, benefit, trust, bound, exponent, loss, without)
            return value - p["commitment_cost"][:, None]

        best = np.zeros((region.worlds, 6))
        highest = np.zeros((region.worlds, 6))
        for ambition, value in zip(forum.AMBITIONS, gains(np.array(forum.AMBITIONS)[:, None]), strict=True):
            best = np.where(value > highest, ambition, best)
            highest = np.maximum(value, highest)
        weights = region.geography.capability * _at(region.importance(), domain) * bound
        proposal = forum.weighted_mean(best, weights)
        settled = ~free | (proposal < _LEAST)
        passed = np.zeros(region.worlds, dtype=bool)
        settled_at: Floats = np.zeros(region.worlds)
        cuts = proposal * np.array(_CUTS)[:, None]
        gained = gains(cuts) if variant != "spatial" else cuts
        for tried, value in zip(cuts, gained, strict=True):
            if variant == "spatial":
                yes = forum.accepts_spatial(best, np.zeros((1, 1)), tried[:, None])
            else:
                yes = value >= p["acceptance_margin"][:, None]
            vote = forum.adopted(yes, there, self.choice("rule"), region.geography.population)
            now = vote & ~settled & (tried >= _LEAST)
            settled_at = np.where(now, tried, settled_at)
            passed |= now
            settled |= now
        chosen = passed[:, None] & (np.arange(5) == domain[:, None])
        region.effects.items += passed
        target = alone + settled_at[:, None] * rise
        self.target = np.where(chosen[:, None, :], target[..., None], self.target)
        self.alone = np.where(chosen[:, None, :], alone[..., None], self.alone)
        self.bound = np.where(chosen[:, None, :], bound[..., None], self.bound)
        self.due = np.where(chosen, self.number("review_months"), self.due)
        for partner in region.active_mechanisms() if self.works("priorities") else ():
            if isinstance(partner, IisgResults):
                partner.prioritise(domain, passed.astype(float))

    def _accede(self, there: NDArray[np.bool_], held: NDArray[np.bool_]) -> None:
        """Members that were absent when an item was adopted may join it, if they expect to gain by it (M3)."""
        region = self.region
        p = region.draws
        loss = p["loss_weight"] if region.variants["acceptance"] == "loss-averse" else np.ones(region.worlds)
        least = (p["commitment_cost"] + p["acceptance_margin"])[:, None]
        for d in np.flatnonzero((self.due > 0.0).any(axis=0)):
            bound = self.bound[:, :, d].copy()
            may = there & held[:, None] & (bound == 0.0) & (self.due[:, d] > 0.0)[:, None]
            if not may.any():
                continue
            alone, target = self.alone[:, :, d].copy(), self.target[:, :, d].copy()
            benefit = forum.marginal_benefit(alone, p["benefit_shared"][:, d, None])
            exponent = region.exponents[:, d]
            without = cooperation.public_good(alone, exponent)
            joined, left_out = (
                forum.expected_gain(alone, target, benefit, region.seen.trust, who, exponent, loss, without)
                for who in (np.maximum(bound, may), bound)
            )
            self.bound[:, :, d] = np.where(may & (joined - left_out >= least), 1.0, bound)

    def _review(self) -> None:
        """Commitments that fall due are seen kept or broken as far as they are observed (M3, M5)."""
        region = self.region
        p, effects = region.draws, region.effects
        ends = self.due == 1.0
        self.due = np.maximum(self.due - 1.0, 0.0)
        if ends.any() and self.works("commitments"):
            rise = np.maximum(self.target - self.alone, 1e-9)
            done = np.clip((region.seen.effort - self.alone) / rise, -5.0, 5.0)
            chance = basics.sigmoid((done - p["kept_bar"][:, None, None]) / 0.1)
            u = region.chance.uniform(Stream.KEPT, region.month, STATES, 10)
            due = self.bound * ends[:, None, :]
            seen = due * (u[:, :, 5:] < self._transparency())
            kept = basics.total(seen * (u[:, :, :5] < chance), -1)
            broken = basics.total(seen, -1) - kept
            others = basics.OTHERS * self.members[:, None]
            effects.kept += kept[:, None, :] * others
            effects.broken += broken[:, None, :] * others
            fade = np.where(ends.any(axis=1), 0.8, 1.0)
            self.kept_count = fade * self.kept_count + basics.total(kept, -1)
            self.reviewed_count = fade * self.reviewed_count + basics.total(kept + broken, -1)
            effects.regretted += self._regrets(due)
        self.bound = self.bound * (self.due > 0.0)[:, None, :]

    def _regrets(self, due: Floats) -> Floats:
        """Members whose realised gain from an item under review is negative, (R,)."""
        region = self.region
        effort = region.seen.effort
        exponent = region.exponents
        benefit = forum.marginal_benefit(self.alone, region.draws["benefit_shared"][:, None, :])
        risen = cooperation.public_good(effort, exponent) - cooperation.public_good(self.alone, exponent)
        gain = benefit * risen[:, None, :] - 0.5 * (effort * effort - self.alone * self.alone)
        return basics.total(basics.total(due * (gain < 0.0), -1), -1)

    def _transparency(self) -> Floats:
        """Share of commitments that is observed by domain, (1, 1, D): the forum's own, and IISG's auditors (M5)."""
        own = self.number("transparency") if self.works("transparency") else 0.0
        out = np.full((1, 1, 5), own)
        for partner in self.region.active_mechanisms():
            if isinstance(partner, IisgResults) and partner.share > 0.0 and partner.works("measurement"):
                out[..., : len(IISG_DOMAINS)] = 1.0 - (1.0 - own) * (1.0 - partner.quality)
        return out

    def _serve(self) -> None:
        """What holds between meetings once the forum has met: pledges, transparency, the crisis line (M3)."""
        region = self.region
        p, effects = region.draws, region.effects
        if self.works("commitments"):
            in_force = self.bound * (self.due > 0.0)[:, None, :]
            gap = basics.logit(self.target) - basics.logit(self.alone)
            effects.pledge += np.where(in_force > 0.0, np.maximum(gap, 0.0), 0.0)
        works = self.met[:, None] * self.members
        if self.works("transparency"):
            effects.shown = np.maximum(effects.shown, self.number("transparency") * works)
        if self.works("crisis-line"):
            both = works[:, region.geography.first] * works[:, region.geography.second]
            line = self.number("crisis_line") * both
            effects.escalation += p["line_escalation"][:, None] * line
            effects.ending += p["line_duration"][:, None] * line
        effects.equals = np.maximum(effects.equals, self.seated)
        reviewed = self.reviewed_count > 0.0
        share = self.kept_count / np.where(reviewed, self.reviewed_count, 1.0)
        effects.reviewed_kept = np.where(reviewed, share, effects.reviewed_kept)


def _at(values: Floats, domain: NDArray[np.int64]) -> Floats:
    """values (R, 6, D) in each world's domain (R,): (R, 6)."""
    return np.asarray(np.take_along_axis(values, domain[:, None, None], axis=2)[:, :, 0])
