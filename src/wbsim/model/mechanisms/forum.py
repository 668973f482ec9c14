"""The Western Balkans Security Forum: attendance, agreement, commitments, dialogue, line, channel (M3, M5, X1)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wbsim.chance.counter import DYADS, STATES, Stream
from wbsim.model.mechanisms import agreement
from wbsim.model.mechanisms.base import Floats, Mechanism
from wbsim.model.mechanisms.iisg import IisgResults
from wbsim.model.rules import attendance, basics, cooperation, forum, line
from wbsim.tables import mechanisms as records
from wbsim.tables.parameters import AXES
from wbsim.tables.places import IISG_DOMAINS, STATE_INDEX
from wbsim.tables.structures import STRUCTURES

_KOSOVO = STATE_INDEX["XKX"]
_CHANNELS = STRUCTURES["forum_channel"].choices


class Forum(Mechanism):
    """The six (or some of them) around a table; see `tables.mechanisms.FORUM`.

    Beside its lasting variables it shows what happened this month: whether a `meeting` was due, who `attended`
    (R, 6), where it `convened` (R,), what `passed` (R, D), and which commitments were `reviewed` and `found_kept`
    (R, 6, D).
    """

    record = records.FORUM
    VARIABLES = (
        "met",
        "contact",
        "opened",
        "target",
        "alone",
        "unit",
        "due",
        "bound",
        "kept_count",
        "reviewed_count",
        "seated",
    )

    def __init__(self, model, policy=None) -> None:  # type: ignore[no-untyped-def]
        super().__init__(model, policy)
        worlds = model.worlds
        if self.choice("kosovo_seat") == "absent":
            self.members = self.members * (np.arange(6) != _KOSOVO)
        self.format = AXES["format"].index(self.choice("led"))
        self.met: Floats = np.zeros(worlds)
        #: How fresh the last meeting is that both states of a dyad attended, 1 in its month.
        self.contact: Floats = np.zeros((worlds, 15))
        #: How far the forum's own channel between two states is open, 0 to 1.
        self.opened: Floats = np.zeros((worlds, 6, 6))
        #: Pledged effort and effort alone when it was pledged, by domain; unit of gain; months until review.
        self.target: Floats = np.zeros((worlds, 6, 5))
        self.alone: Floats = np.zeros((worlds, 6, 5))
        self.unit: Floats = np.zeros((worlds, 5))
        self.due: Floats = np.zeros((worlds, 5))
        self.bound: Floats = np.zeros((worlds, 6, 5))
        self.kept_count: Floats = np.zeros(worlds)
        self.reviewed_count: Floats = np.zeros(worlds)
        #: 1 where all six sat as equals at the latest meeting.
        self.seated: Floats = np.zeros(worlds)
        channel = model.draws["forum_channel"]
        self.grows: Floats = (channel == _CHANNELS.index("grows")).astype(float)
        self.run: Floats = (channel == _CHANNELS.index("secretariat")).astype(float)
        self._begin_month()

    def _begin_month(self) -> None:
        worlds = self.region.worlds
        self.meeting = False
        self.attended: NDArray[np.bool_] = np.zeros((worlds, 6), dtype=bool)
        self.convened: NDArray[np.bool_] = np.zeros(worlds, dtype=bool)
        self.passed: NDArray[np.bool_] = np.zeros((worlds, 5), dtype=bool)
        self.reviewed: Floats = np.zeros((worlds, 6, 5))
        self.found_kept: Floats = np.zeros((worlds, 6, 5))

    @property
    def convenes(self) -> bool:
        """Whether it ever meets: without meetings there is no forum and no cost."""
        return self.number("meetings_per_year") > 0.0

    def staff(self) -> Floats:
        """Desks of each member: the national desk, and what each meeting of a year binds, (R, 6)."""
        meetings = self.number("meetings_per_year") * self.number("meeting_staff") * self.members
        return np.asarray(super().staff() + meetings)

    def cost(self) -> float:
        """Running cost and meetings, EUR m a year; nothing for a forum that never meets."""
        meetings = self.number("meetings_per_year") * self.number("meeting_cost")
        return super().cost() + meetings if self.convenes else 0.0

    def act(self) -> None:
        """Review what is due, meet where a meeting falls due, and serve what holds between meetings (M3)."""
        super().act()
        self._begin_month()
        p = self.region.draws
        if self.works("channel"):
            self.region.effects.money += self.run * self.met * self.number("secretariat_cost") / 12.0
        self.contact = self.region.left["line_half_life"][:, None] * self.contact
        self._age_channel(p)
        self._review()
        if self._meets():
            self._meet()
        self._serve()

    def _meets(self) -> bool:
        """Whether this is a month of meeting: the f meetings a year are spread evenly."""
        elapsed = self.region.month - self.start
        pace = self.number("meetings_per_year") / 12.0
        return int((elapsed + 1) * pace + 1e-9) > int(elapsed * pace + 1e-9)

    def _age_channel(self, p) -> None:  # type: ignore[no-untyped-def]
        """A month of the forum's channel without a meeting: it decays, and joint practice keeps it open (X1)."""
        left = self.region.left["channel_half_life"][:, None, None]
        used = p["channel_practice"][:, None, None] * self.region.environment.joint
        used = self.grows[:, None, None] * np.minimum(used, 1.0) * (self.opened > 0.0)
        aged = left * self.opened
        self.opened = aged + used * (1.0 - aged)

    def _meet(self) -> None:
        """Attendance, then, with a quorum, contacts and what is agreed (M3)."""
        region = self.region
        effects = region.effects
        there = self._attend()
        held = there.sum(axis=1) >= self.number("quorum")
        self.meeting, self.attended, self.convened = True, there, held
        effects.held += held
        effects.failed += ~held
        self.met = np.maximum(self.met, held)
        self._make_contact((there & held[:, None]).astype(float))
        if self.works("dialogue"):
            self._talk(there, held)
        if self.choice("commitments") == "binding":
            before = self.bound.all(axis=1)
            self._accede(there, held)
            self._agree(there, held)
            effects.shared += (self.bound.all(axis=1) & ~before).sum(axis=1)

    def _make_contact(self, there: Floats) -> None:
        """Line and channel between those who are `there` (R, 6) at a meeting with a quorum (M3, X1)."""
        g, p = self.region.geography, self.region.draws
        both = there[:, g.first] * there[:, g.second]
        self.contact = np.maximum(self.contact, both)
        pair = there[:, :, None] * there[:, None, :] * basics.OTHERS
        step = self.grows[:, None, None] * p["channel_meeting"][:, None, None] * pair
        grown = self.opened + step * (1.0 - self.opened)
        convened = np.minimum(basics.total(there, 1), 1.0) * self.run
        served = convened[:, None, None] * self.members[:, None] * self.members * basics.OTHERS
        self.opened = np.maximum(grown, served)

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
        """Which members come, (R, 6): kin of Kosovo may stay away where Kosovo is absent."""
        region = self.region
        p = region.draws
        ready = attendance.readiness(
            p["attend_base"][:, self.format],
            p["attend_crisis"][:, self.format],
            (region.pair_severity() * self.members).max(axis=2),
            p["attend_rent"],
            region.rent(),
            p["attend_support"],
            basics.total(region.seen.support, -1) / 5.0,
            p["attend_accession"],
            region.union.credibility - p["credibility"],
            attendance.contested(self.choice("kosovo_seat"), p["seat_equal"], p["seat_neutral"]),
        )
        u = region.chance.uniform(Stream.ATTENDANCE, region.month, STATES)[:, :, 0]
        there = u < basics.sigmoid(ready) * self.members
        absent = ~there & (np.arange(6) == _KOSOVO)
        ready = ready - attendance.solidarity(p["attend_solidarity"], region.geography.kin, absent)
        return np.asarray(u < basics.sigmoid(ready) * self.members)

    def _agree(self, there: NDArray[np.bool_], held: NDArray[np.bool_]) -> None:
        """Put into force what the meeting adopts (M3, M5)."""
        region = self.region
        made = agreement.agree(self, there, held)
        passed = made.passed
        self.passed = passed
        region.effects.items += passed.sum(axis=1)
        new = passed[:, None, :]
        self.target = np.where(new, made.target, self.target)
        self.alone = np.where(new, made.alone, self.alone)
        self.unit = np.where(passed, made.unit, self.unit)
        self.bound = np.where(new, there.astype(float)[..., None], self.bound)
        self.due = np.where(passed, self.number("review_months"), self.due)
        for partner in region.active_mechanisms() if self.works("priorities") else ():
            if isinstance(partner, IisgResults):
                for domain in range(5):
                    partner.prioritise(domain, passed[:, domain].astype(float))

    def _accede(self, there: NDArray[np.bool_], held: NDArray[np.bool_]) -> None:
        """Members that were absent when an item was adopted may join it, if they expect to gain by it (M3)."""
        open_items = self.due > 0.0
        may = there[:, :, None] & held[:, None, None] & (self.bound == 0.0) & open_items[:, None, :]
        if not may.any():
            return
        known = agreement.situation(self.region, self.alone)
        target = agreement.by_domain(self.target)[None]
        joined, left_out = (
            forum.expected_gain(known, target, agreement.by_domain(who))[0]
            for who in (np.maximum(self.bound, may), self.bound)
        )
        cost = np.tile(agreement.cost_of_being_bound(self), (5, 1))
        unit = np.ascontiguousarray(self.unit.T).reshape(-1)
        yes = forum.accepts(joined - left_out, cost, unit)
        joins = np.moveaxis(yes.reshape(5, -1, 6), 0, 2)
        self.bound = np.where(may & joins, 1.0, self.bound)

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
            self.reviewed = due * (u[:, :, 5:] < self._transparency())
            self.found_kept = self.reviewed * (u[:, :, :5] < chance)
            kept = basics.total(self.found_kept, -1)
            broken = basics.total(self.reviewed, -1) - kept
            others = basics.OTHERS * self.members[:, None]
            effects.kept += kept[:, None, :] * others
            effects.broken += broken[:, None, :] * others
            effects.found_kept += basics.total(kept, -1)
            effects.reviewed += basics.total(kept + broken, -1)
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
        effects = region.effects
        if self.works("commitments"):
            effects.pledge += self._pledges()
        if self.works("transparency"):
            works = self.met[:, None] * self.members
            effects.shown = np.maximum(effects.shown, self.number("transparency") * works)
        if self.works("crisis-line"):
            calming = self._answer_calls()
            effects.escalation += calming
            effects.ending += calming
        effects.equals = np.maximum(effects.equals, self.seated)
        reviewed = self.reviewed_count > 0.0
        share = self.kept_count / np.where(reviewed, self.reviewed_count, 1.0)
        effects.reviewed_kept = np.where(reviewed, share, effects.reviewed_kept)

    def _pledges(self) -> Floats:
        """Logit (R, 6, D) by which pledges in force would raise effort, if acted upon in full, with today's staff."""
        in_force = self.bound * (self.due > 0.0)[:, None, :]
        staffed = self.region.staffed()[:, :, None]
        wanted, alone = (np.minimum(x / staffed, 0.999) for x in (self.target, self.alone))
        gap = basics.logit(wanted) - basics.logit(alone)
        return np.where(in_force > 0.0, np.maximum(gap, 0.0), 0.0)

    def _answer_calls(self) -> Floats:
        """Logit (R, 15) by which this month's calls calm crises; what they do depends on who answers (M3, E2)."""
        region = self.region
        p, g = region.draws, region.geography
        trust, rent = region.seen.trust, region.rent()
        lower = np.minimum(trust[:, g.first, g.second], trust[:, g.second, g.first])
        mean_rent = (rent[:, g.first] + rent[:, g.second]) / 2.0
        answered = line.answered(p["line_answer"], p["line_trust"], lower, p["line_rent"], mean_rent)
        served = line.service(self.number("crisis_line"), self.contact, region.existing_contacts(), answered)
        misfires = np.zeros_like(served)
        if region.chancy:
            u = region.chance.uniform(Stream.LINE, region.month, DYADS)[:, :, 0]
            misfires = (u < p["line_misfire"][:, None]).astype(float)
        return line.calming(p["line_effect"], served, misfires)

    def connect(self) -> None:
        """Open the forum's own channel, where its structure has one (X1, M4)."""
        if not self.works("channel"):
            return
        p = self.region.draws
        owned = p["owned_forum"] if self.choice("led") == "region" else p["owned_forum_outside"]
        owned = np.where(self.run > 0.0, p["owned_secretariat"] * owned, owned)
        self.open(p["channel_forum"], owned, self.opened[..., None])
