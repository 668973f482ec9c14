"""The six governments at once: effort (G1), rhetoric (G2), trust in the others (G3), military posture (G4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wbsim.chance.counter import NO_MONTH, STATES, Stream
from wbsim.model.agents.government import VETOED, Government
from wbsim.model.rules import basics, effort, government_loops, payment, trust

if TYPE_CHECKING:
    from wbsim.model.region import Region

Floats = NDArray[np.float64]


class Governments(list[Government]):
    """The six agents, and their variables as arrays (R, 6, ...) with an axis of states.

    What differs between states (rents, elections, the veto player) is in arrays too, so that a rule is one call for all
    six. A stage puts new arrays in the place of the old ones and never writes into them.
    """

    VARIABLES = Government.VARIABLES

    def __init__(self, model: Region) -> None:
        super().__init__(Government(model, place) for place in range(6))
        self.region = model
        reference = model.reference
        self.effort: Floats = reference.effort.copy()
        self.motive: Floats = reference.motive.copy()
        self.rhetoric: Floats = reference.rhetoric.copy()
        self.kept: Floats = reference.kept.copy()
        self.broken: Floats = reference.broken.copy()
        self.log_odds: Floats = basics.logit(reference.trust)
        self.trust: Floats = reference.trust.copy()
        self.posture: Floats = reference.posture.copy()
        self.capacity: Floats = reference.capacity.copy()
        self.staffed: Floats = reference.staffed.copy()
        #: Priority that cooperation has by itself, logit; memory of a war outside, and of own crises above the usual.
        self.priority: Floats = np.zeros((model.worlds, 6))
        if model.chancy:
            first = model.chance.normal(Stream.EFFORT, NO_MONTH, STATES, 1)[:, :, 0]
            self.priority = model.draws["priority_spread"][:, None] * first
        self.war_memory: Floats = np.zeros((model.worlds, 6))
        self.crisis_memory: Floats = np.zeros((model.worlds, 6))

    def judge(self) -> None:
        """Update the records of the others and the trust in them (G3)."""
        region = self.region
        p, effects, reference = region.draws, region.effects, region.reference
        kept, broken, excess = self.kept.copy(), self.broken.copy(), np.empty_like(self.kept)
        government_loops.record(
            kept,
            broken,
            excess,
            region.left["record_half_life"],
            (p["trust_contact"], region.environment.joint, reference.joint),
            (p["aid_record"], region.environment.helped),
            (p["trust_posture"], region.armed, region.geography.dispute),
            (effects.kept, effects.broken),
            (p["trust_crisis"], region.pair_severity()),
            p["loss_weight"],
        )
        self.kept, self.broken = kept, broken
        if region.variants["trust_rule"] == "two-types":
            # The ordinary load of crises and help is part of the dyad's own level: only the excess is a signal.
            fade = region.left["record_half_life"][:, None, None]
            ordinary = (1.0 - fade) * (reference.broken - reference.kept)
            level = basics.logit(reference.trust)
            self.log_odds = trust.belief(
                self.log_odds, level, fade, excess + ordinary, p["kydd_signal"][:, None, None]
            )
            self.trust = basics.sigmoid(self.log_odds)
        else:
            self.trust = np.empty_like(kept)
            government_loops.reputation(self.trust, kept, broken, reference.alpha, reference.beta)

    def speak(self) -> None:
        """Move rhetoric towards what trust, rents and pledges suggest; crises harden it (G2)."""
        region = self.region
        p, effects = region.draws, region.effects
        aim = np.empty_like(self.rhetoric)
        government_loops.lean(
            aim,
            region.seen.trust,
            p["rhetoric_trust"],
            region.rent(),
            p["rhetoric_rent"],
            region.geography.dispute,
            effects.pledge,
            p["commitment_pull"],
            effects.rhetoric,
        )
        np.tanh(aim, out=aim)
        rhetoric = self.rhetoric.copy()
        government_loops.speak(
            rhetoric,
            aim,
            region.left["rhetoric_half_life"],
            p["rhetoric_crisis"],
            region.pair_severity(),
            region.reference.pair_load,
        )
        self.rhetoric = rhetoric

    def decide(self) -> None:
        """Choose effort by domain within the staff there is (G1), and let capacity follow payment (M2)."""
        region = self.region
        p, seen, effects, reference = region.draws, region.seen, region.effects, region.reference
        self._remember()
        near = np.array([region.election_near(place) for place in range(6)])
        heard = p["responsiveness"] * np.where(near, p["election_boost"][:, None], 1.0)
        motive, odds = np.empty_like(self.motive), np.empty_like(self.motive)
        government_loops.want(
            motive,
            odds,
            effort.base(
                p["effort_base"],
                p["effort_residual"],
                p["responsiveness"],
                reference.support_gap,
                self.priority,
                p["effort_war"],
                self.war_memory,
                p["effort_crisis"],
                self.crisis_memory,
            ),
            (heard, region.importance(), seen.support),
            (p["threat_push"], region.level_ratio()),
            (p["accession_push"], region.union.credibility),
            (region.rent(), p["scrutiny"]),
            effects.incentive,
            (p["effort_noise"], self._normal(Stream.EFFORT, 5)),
            (p["reciprocity"], seen.effort),
            (p["commitment_pull"], effects.pledge),
        )
        np.exp(odds, out=odds)
        level, staffed = self.effort.copy(), np.empty_like(self.staffed)
        government_loops.decide(
            level,
            staffed,
            odds,
            p["staff_budget"],
            self.capacity,
            effects.staff,
            region.left["effort_half_life"],
            VETOED,
            region.veto_cap(),
        )
        self.motive, self.effort, self.staffed = motive, level, staffed
        goal = payment.capacity_aim(
            reference.capacity, p["capacity_money"][:, None], effects.payment, np.zeros(1)
        )
        pace = 1.0 - region.left["capacity_half_life"][:, None]
        self.capacity = self.capacity + pace * (goal - self.capacity)

    def _remember(self) -> None:
        """Let priorities drift, and remember a war outside and crises of one's own (G1)."""
        region = self.region
        p, left = region.draws, region.left
        if region.chancy:
            stays = left["priority_half_life"][:, None]
            drift = region.chance.normal(Stream.EFFORT, region.month, STATES, 6)[:, :, 5]
            self.priority = stays * self.priority + (
                p["priority_spread"][:, None] * np.sqrt(1.0 - stays * stays) * drift
            )
        faded = left["event_half_life"][:, None]
        self.war_memory = faded * self.war_memory + region.environment.invasion[:, None]
        worst = region.pair_severity().max(axis=2) - region.reference.worst_load
        self.crisis_memory = faded * self.crisis_memory + (1.0 - faded) * worst

    def arm(self) -> None:
        """Move military posture towards what rivals' arming and lost trust suggest (G4)."""
        region = self.region
        p, seen, reference = region.draws, region.seen, region.reference
        posture = self.posture.copy()
        government_loops.arm(
            posture,
            reference.posture,
            p["posture_rivalry"],
            region.rivals_armed,
            p["posture_distrust"],
            region.rivalry,
            seen.trust,
            reference.trust,
            (p["transparency_posture"], region.effects.shown),
            region.left["posture_half_life"],
            (p["posture_noise"], self._normal(Stream.POSTURE, 1)),
        )
        self.posture = posture

    def _normal(self, stream: Stream, width: int) -> Floats:
        """Standard normal numbers of this month, (R, 6, `width`); none, (0, 6, `width`), without chance."""
        region = self.region
        if not region.chancy:
            return np.empty((0, 6, width))
        return region.chance.normal(stream, region.month, STATES, width)
