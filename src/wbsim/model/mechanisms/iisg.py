"""IISG today (M1) and paid on results (M2)."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from wbsim.chance.counter import STATES, Stream
from wbsim.model.mechanisms.base import Floats, Mechanism
from wbsim.model.rules import basics, payment
from wbsim.tables import mechanisms as records
from wbsim.tables.places import DOMAIN_NAMES, IISG_DOMAINS

_COVERED = np.array([float(name in IISG_DOMAINS) for name in DOMAIN_NAMES])


class Iisg(Mechanism):
    """Integrative Internal Security Governance: channels in three pillars, funds that pay for activity (M1, M4)."""

    record = records.IISG
    VARIABLES: ClassVar[tuple[str, ...]] = ("unfunded",)

    def __init__(self, model, policy=None) -> None:  # type: ignore[no-untyped-def]
        super().__init__(model, policy)
        #: Months without external funds, during which an imposed value decays (M4).
        self.unfunded: Floats = np.zeros(model.worlds)

    def ownership(self) -> Floats:
        """How far the six own it, (R,)."""
        return self.region.draws["owned_today"]

    def act(self) -> None:
        """Ask for staff and money, and pay (M1, M4)."""
        super().act()
        funds = self.number("funds")
        self.unfunded = self.unfunded + 1.0 if funds == 0.0 else np.zeros_like(self.unfunded)
        self.pay(funds)

    def pay(self, funds: float) -> None:
        """Pay funds for activity, equally: what is above today's funds raises capacity."""
        effects = self.region.effects
        effects.money += funds / 12.0
        effects.payment += (funds - self.region.ordinary_funds) / 6.0 * self.members

    def connect(self) -> None:
        """Open channels in the three pillars, less without funds (M4)."""
        owned = self.ownership()
        left = np.exp2(-self.unfunded / self.region.draws["owned_decay"])
        openness = self.region.draws["channel_iisg"] * (owned + (1.0 - owned) * left)
        self.open(openness, owned, _COVERED)


class IisgResults(Iisg):
    """IISG that pays a share of its funds on verified outputs, publishes and may set conditions (M2, M5)."""

    record = records.IISG_RESULTS
    VARIABLES = ("unfunded", "verified", "weights", "prioritised")

    def __init__(self, model, policy=None) -> None:  # type: ignore[no-untyped-def]
        super().__init__(model, policy)
        self.share = self.number("paid_on_results")
        self.quality = self.number("verification")
        weights = np.asarray(self.levers["weights"], dtype=float)
        self.weights: Floats = np.broadcast_to(weights, (model.worlds, 5)).copy()
        self.prioritised: Floats = np.zeros(model.worlds)
        self.verified: Floats = self._chance(model.reference.effort)

    def staff(self) -> Floats:
        """Desks as today, and those for reporting, (R, 6)."""
        if not self.works("measurement"):
            return super().staff()
        extra = self.share * self.number("reporting_staff") * self.members
        return super().staff() + extra

    def cost(self) -> float:
        """Running cost as today, and audits, EUR m a year."""
        audits = self.number("audit_cost") if self.works("measurement") else 0.0
        return super().cost() + self.share * audits

    def ownership(self) -> Floats:
        """As today, and more where a forum sets the priorities, (R,) (M5)."""
        today = super().ownership()
        return today + (1.0 - today) * self.region.draws["owned_priorities"] * self.prioritised

    def prioritise(self, domain: NDArray[np.int64], chosen: Floats) -> None:
        """Move half of the weight to the domain that a forum adopted, where it is one of the pillars (M5)."""
        target = np.eye(5)[domain]
        covered = chosen * _COVERED[domain]
        moved = 0.5 * self.weights + 0.5 * target
        self.weights = np.where(covered[:, None] > 0.0, moved, self.weights)
        self.prioritised = np.maximum(self.prioritised, covered)

    def act(self) -> None:
        """Verify, motivate and publish where results are paid for; then as IISG today (M2)."""
        if self.share > 0.0:
            lag = np.maximum(self.region.draws["iisg_lag"], 1.0)[:, None, None]
            self.verified = self.verified + (self._chance(self.region.seen.effort) - self.verified) / lag
            if self.works("incentive"):
                self._motivate()
            if self.works("publication"):
                self._publish()
            if self.works("measurement"):
                self._expose()
        super().act()

    def _chance(self, effort: Floats) -> Floats:
        p = self.region.draws
        return payment.verified_chance(
            effort, p["verified_bar"][:, None, None], p["verified_slope"][:, None, None]
        )

    def _gaming(self) -> Floats:
        """Inflation of reported results, (R,): grows with the share paid, shrinks with verification (M2)."""
        gaming = self.region.draws["gaming"] * self.share * (1.0 - self.quality)
        return gaming if self.works("measurement") else np.zeros_like(gaming)

    def _motivate(self) -> None:
        """What payment adds to the motive for effort: incentive, crowding out, distortion (M2)."""
        region = self.region
        p, effects = region.draws, region.effects
        funds = self.number("funds") / 6.0
        slope = p["verified_slope"][:, None, None]
        marginal = payment.marginal_payment(
            np.full((1, 1, 1), self.share),
            self.weights[:, None, :],
            np.full((1, 1, 1), funds),
            self._gaming()[:, None, None],
            self._chance(region.seen.effort),
            slope,
        )
        bought = p["incentive"][:, None, None] * marginal * self.members[None, :, None]
        stakes = 2.0 if self.choice("conditionality") == "political" else 1.0
        crowded = stakes * self.share * p["crowding_out"] * (1.0 - self.ownership())
        measured = (self.weights > 0.0).astype(float)[:, None, :] * self.members[None, :, None]
        count = np.maximum(basics.total(measured, -1), 1.0)[..., None]
        mean_bought = basics.total(bought * measured, -1)[..., None] / count
        taken = p["distortion"][:, None, None] * mean_bought * (1.0 - measured)
        effects.incentive += bought - crowded[:, None, None] * measured - taken * self.members[None, :, None]

    def _publish(self) -> None:
        """League tables move beliefs, effort and rhetoric (M2)."""
        region = self.region
        p, effects = region.draws, region.effects
        published = self.number("publication")
        score = basics.total(self.weights[:, None, :] * self.verified, -1)
        shame = (basics.others_mean(score) - score) * published * self.members
        effects.incentive += (p["league_effort"][:, None] * shame)[..., None]
        effects.rhetoric += p["league_rhetoric"][:, None] * shame
        effects.publicity += published * self.share * self.members
        effects.inflation += self._gaming()[:, None] * published * self.members

    def _expose(self) -> None:
        """Gaming may be exposed by those who verify (M2)."""
        region = self.region
        p, effects = region.draws, region.effects
        gaming = self._gaming()
        if region.chancy:
            rate = p["exposure"] * gaming * self.quality / 12.0
            u = region.chance.uniform(Stream.EXPOSURE, region.month, STATES)[:, :, 0]
            exposed = (u < 1.0 - np.exp(-rate)[:, None]) * self.members
            effects.exposed = np.maximum(effects.exposed, exposed)
            effects.broken += exposed[:, None, :] * basics.OTHERS

    def pay(self, funds: float) -> None:
        """Pay the basic share under its conditions and the rest on verified outputs (M2)."""
        region = self.region
        effects = region.effects
        if not self.works("redistribution"):
            effects.money += funds / 12.0
            return
        each = funds / 6.0
        earned = basics.total(
            self.weights[:, None, :] * payment.reported(self.verified, self._gaming()[:, None, None]), -1
        )
        basic = np.ones((region.worlds, 6))
        condition = self.choice("conditionality")
        if self.share > 0.0 and condition == "results":
            before = basics.total(self.weights[:, None, :] * self._chance(region.reference.effort), -1)
            basic = np.minimum(1.0, earned / np.maximum(before, 1e-9))
        elif self.share > 0.0 and condition == "political":
            quarrel = region.pair_severity().max(axis=2) >= 2.0
            basic = np.where(quarrel, 0.0, 1.0)
            earned = np.where(quarrel, 0.0, earned)
            effects.rhetoric += (region.draws["condition_rhetoric"] * each)[:, None] * self.members
        result = self.share * each * earned
        unearned = basics.total((self.share * each - result) * self.members, -1) * self.number(
            "redistribution"
        )
        result = result + (unearned / np.maximum(self.members.sum(), 1.0))[:, None]
        paid = ((1.0 - self.share) * each * basic + result) * self.members
        effects.money += basics.total(paid, -1) / 12.0
        effects.payment += paid - region.ordinary_funds / 6.0 * self.members
