"""IISG today (M1) and paid on results (M2)."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

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


#: Months for which a state whose gaming was exposed is not paid on results (M2).
_BARRED = 12.0


class IisgResults(Iisg):
    """IISG that pays a share of its funds on verified outputs, publishes and may set conditions (M2, M5).

    Each state enters after a delay of its own; before, it is paid for activity as today. What it earns and what is
    published of it is measured against its own agreed target. `earned` (R, 6) is this month's share of its result
    funds that it earned, `entered` (R, 6) 1 once it takes part.
    """

    record = records.IISG_RESULTS
    VARIABLES = ("unfunded", "verified", "weights", "prioritised", "barred", "carried")

    def __init__(self, model, policy=None) -> None:  # type: ignore[no-untyped-def]
        super().__init__(model, policy)
        self.share = self.number("paid_on_results")
        self.quality = self.number("verification")
        weights = np.asarray(self.levers["weights"], dtype=float)
        worlds = model.worlds
        self.weights: Floats = np.broadcast_to(weights, (worlds, 5)).copy()
        self.prioritised: Floats = np.zeros(worlds)
        self.verified: Floats = self._chance(model.reference.effort)
        #: Agreed targets of the verified share, (R, 6, D).
        self.agreed: Floats = payment.agreed_target(self.verified, self.number("target"))
        #: Months for which exposed gaming still bars a state from payment, (R, 6).
        self.barred: Floats = np.zeros((worlds, 6))
        #: Result funds kept for the next year, EUR m, (R,).
        self.carried: Floats = np.zeros(worlds)
        self.entered: Floats = np.zeros((worlds, 6))
        self.earned: Floats = np.zeros((worlds, 6))

    def staff(self) -> Floats:
        """Desks as today, and those for reporting in states that take part, (R, 6)."""
        if not self.works("measurement"):
            return super().staff()
        return np.asarray(super().staff() + self.share * self.number("reporting_staff") * self._taking_part())

    def _taking_part(self) -> Floats:
        """1 for members whose delay of entry is over, (R, 6)."""
        elapsed = float(self.region.month - self.start)
        return np.asarray((self.region.draws["entry_delay"] <= elapsed) * self.members)

    def cost(self) -> float:
        """Running cost as today, and audits, EUR m a year."""
        audits = self.number("audit_cost") if self.works("measurement") else 0.0
        return super().cost() + self.share * audits

    def ownership(self) -> Floats:
        """As today, and more where a forum sets the priorities, (R,) (M5)."""
        today = super().ownership()
        return today + (1.0 - today) * self.region.draws["owned_priorities"] * self.prioritised

    def prioritise(self, domain: int, chosen: Floats) -> None:
        """Move half of the weight to the domain that a forum adopted, where it is one of the pillars (M5)."""
        covered = chosen * _COVERED[domain]
        moved = 0.5 * self.weights + 0.5 * np.eye(5)[domain]
        self.weights = np.where(covered[:, None] > 0.0, moved, self.weights)
        self.prioritised = np.maximum(self.prioritised, covered)

    def act(self) -> None:
        """Verify, motivate and publish where results are paid for; then as IISG today (M2)."""
        self.entered = self._taking_part()
        if self.share > 0.0:
            lag = np.maximum(self.region.draws["iisg_lag"], 1.0)[:, None, None]
            self.verified = self.verified + (self._chance(self.region.seen.effort) - self.verified) / lag
            self.barred = np.maximum(self.barred - 1.0, 0.0)
            exposed = self._expose() if self.works("measurement") else np.zeros_like(self.barred)
            if self.works("incentive"):
                self._motivate()
            if self.works("publication"):
                self._publish(exposed)
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

    def _achieved(self) -> Floats:
        """Reported share of the agreed target, (R, 6, D), at most 1 (M2)."""
        return payment.achieved(self.verified, self._gaming()[:, None, None], self.agreed)

    def _score(self) -> Floats:
        """Achievement over what is paid for, (R, 6), 0 to 1."""
        return basics.total(self.weights[:, None, :] * self._achieved(), -1)

    def _motivate(self) -> None:
        """What payment adds to the motive for effort: incentive, crowding out, distortion (M2)."""
        region = self.region
        p, effects = region.draws, region.effects
        slope = p["verified_slope"][:, None, None]
        chance = self._chance(region.seen.effort)
        marginal = payment.marginal_payment(
            np.full((1, 1, 1), self.share),
            self.weights[:, None, :],
            np.full((1, 1, 1), self.number("funds") / 6.0),
            self._gaming()[:, None, None],
            chance,
            slope,
        )
        marginal = np.where(chance < self.agreed, marginal / self.agreed, 0.0)
        paid = (self.entered * (self.barred == 0.0))[:, :, None]
        bought = p["incentive"][:, None, None] * marginal * paid
        stakes = 2.0 if self.choice("conditionality") == "political" else 1.0
        crowded = stakes * self.share * p["crowding_out"] * (1.0 - self.ownership())
        measured = (self.weights > 0.0).astype(float)[:, None, :] * self.entered[:, :, None]
        count = np.maximum(basics.total(measured, -1), 1.0)[..., None]
        mean_bought = basics.total(bought * measured, -1)[..., None] / count
        taken = p["distortion"][:, None, None] * mean_bought * (1.0 - measured)
        effects.incentive += bought - crowded[:, None, None] * measured - taken * self.entered[:, :, None]

    def _publish(self, exposed: Floats) -> None:
        """League tables move beliefs, effort and rhetoric; a report that is `exposed` (R, 6) shows nothing (M2)."""
        region = self.region
        p, effects = region.draws, region.effects
        published = self.number("publication")
        score = self._score()
        among = np.maximum(basics.total(self.entered, 1, keepdims=True) - 1.0, 1.0)
        others = (basics.total(score * self.entered, 1, keepdims=True) - score * self.entered) / among
        compared = self.entered * (basics.total(self.entered, 1, keepdims=True) > 1.0)
        shame = (others - score) * published * compared
        effects.incentive += (p["league_effort"][:, None] * shame)[..., None]
        effects.rhetoric += p["league_rhetoric"][:, None] * shame
        measured = (self.weights > 0.0)[:, None, :] * self.entered[:, :, None]
        effects.publicity += published * self.share * measured
        effects.published += measured * self._achieved() * (1.0 - exposed)[..., None]

    def _expose(self) -> Floats:
        """Gaming may be exposed by those who verify: a broken commitment, and no pay for a year, (R, 6) (M2)."""
        region = self.region
        p, effects = region.draws, region.effects
        if not region.chancy:
            return np.zeros_like(self.barred)
        rate = p["exposure"] * self._gaming() * self.quality / 12.0
        u = region.chance.uniform(Stream.EXPOSURE, region.month, STATES)[:, :, 0]
        exposed: Floats = (u < 1.0 - np.exp(-rate)[:, None]) * self.entered
        self.barred = np.where(exposed > 0.0, _BARRED, self.barred)
        effects.broken += exposed[:, None, :] * basics.OTHERS
        return exposed

    def pay(self, funds: float) -> None:
        """Pay the basic share under its conditions and the rest on results against agreed targets (M2).

        What is not earned goes where the lever `unearned` says; states that have not entered are paid as today.
        """
        region = self.region
        effects = region.effects
        if not self.works("redistribution"):
            effects.money += funds / 12.0
            return
        each = funds / 6.0
        taking = self.entered
        earned = self._score() * (self.barred == 0.0) * taking
        basic = np.ones((region.worlds, 6))
        condition = self.choice("conditionality")
        if self.share > 0.0 and condition == "results":
            basic = np.where(taking > 0.0, self._score(), 1.0)
        elif self.share > 0.0 and condition == "political":
            quarrel = region.pair_severity().max(axis=2) >= 2.0
            basic = np.where(quarrel & (taking > 0.0), 0.0, 1.0)
            earned = np.where(quarrel, 0.0, earned)
            softened = (region.draws["condition_rhetoric"] * each)[:, None] * taking
            effects.rhetoric += softened
        self.earned = earned
        count = np.maximum(basics.total(taking, 1), 1.0)
        pot = (self.share * each + (self.carried / count)[:, None]) * taking
        result, left = payment.share_out(pot, earned, self.choice("unearned"))
        returned = basics.total(pot - self.share * each * taking, 1)
        self.carried = self.carried + (left - returned) / 12.0
        paid = (
            (1.0 - self.share) * each * basic + self.share * each * (1.0 - taking) + result
        ) * self.members
        effects.money += basics.total(paid, -1) / 12.0
        effects.payment += paid - region.ordinary_funds / 6.0 * self.members
        effects.stake += self.share * each * taking
