"""A public: N individual citizens, their attitudes and beliefs (C1 to C5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np
from numpy.typing import NDArray

from wbsim import kernels
from wbsim.chance.counter import NO_MONTH, Stream, moment
from wbsim.model.rules import basics

if TYPE_CHECKING:
    from wbsim.model.region import Region

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

WAR, RUSSIA = 0, 9
KINDS = 2


class Public(mesa.Agent):
    """The citizens of one state; `attitudes` (R, 16, M, G) hold ten threats and trust in six states (own unused)."""

    VARIABLES = (
        "attitudes",
        "circle_sums",
        "anchor_shift",
        "shares",
        "means",
        "news_fast",
        "news_slow",
        "visible",
        "belief",
        "history",
    )

    def __init__(self, model: Region, place: int) -> None:
        super().__init__(model)
        self.region = model
        self.place = place
        traits = model.traits
        worlds = model.worlds
        self.anchors: Singles = model.reference.anchors[:, place].astype(np.float32)
        self.anchor_shift: Singles = np.zeros_like(self.anchors)
        self.attitudes: Singles = np.zeros((worlds, kernels.ROWS, *traits.shape), np.float32)
        self.circle_sums: Singles = np.zeros((worlds, kernels.ROWS, traits.shape[1]), np.float32)
        self.shares: Singles = np.zeros((worlds, kernels.READOUT_COUNT), np.float32)
        self.means: Singles = np.zeros((worlds, kernels.ROWS, self.anchors.shape[2]), np.float32)
        self.news_fast: Floats = np.zeros((worlds, 10))
        self.news_slow: Floats = np.zeros((worlds, 10))
        ordinary = model.reference.aid[:, place] + model.reference.aid[:, :, place]
        self.visible_reference: Floats = (
            model.reference.joint[:, place] + model.draws["aid_visible"][:, None] * ordinary
        )
        self.visible: Floats = self.visible_reference.copy()
        self.belief: Floats = model.reference.belief.copy()
        self._fix_coefficients()
        self._start()
        self.support_reference: Floats = self.shares[:, :5].astype(float)
        # Mean fear of this month and the twelve before it, newest first: for expected security (C4).
        self.history: Floats = np.repeat(self._fear()[:, None], 13, axis=1)

    def _fix_coefficients(self) -> None:
        """Turn parameters into the constants that the kernel reads."""
        p, region = self.region.draws, self.region
        threat = 1.0 - region.left["threat_half_life"]
        trust = 1.0 - region.left["trust_half_life"]
        self.rate = np.stack([threat, trust], axis=1).astype(np.float32)
        self.spread = np.stack([p["threat_spread"], p["trust_spread"]], axis=1).astype(np.float32)
        self.volatility = (p["volatility"] * float(region.chancy)).astype(np.float32)
        bounded = region.variants["opinion"] == "bounded-confidence"
        self.bound = (p["confidence_bound"] * float(bounded)).astype(np.float32)
        i = self.place
        self.weights = np.stack(
            [p["support_threat"], p["support_trust"], p["support_attachment"], p["safety_threat"]], axis=1
        ).astype(np.float32)
        anchors, share = self.anchors.astype(float), region.traits.community_share[i]
        mean = basics.total(anchors * share, -1)
        threats = mean[:, region.domain_threats]
        trust_mean = (basics.total(mean[:, 10:], -1) - mean[:, 10 + i]) / 5.0
        # In the reference month the logit of the mean citizen's support is base + residual + domain (C3).
        level = (p["support_base"] + p["support_residual"][:, i])[:, None] + p["support_domain"]
        self.support_start = (
            level - p["support_threat"][:, None] * threats - (p["support_trust"] * trust_mean)[:, None]
        )
        self.general = np.stack(
            [
                p["closer_offset"],
                p["deny_base"],
                p["deny_slope"],
                basics.total(level, -1) / 5.0,
            ],
            axis=1,
        ).astype(np.float32)
        fear = (mean[:, 0] + mean[:, 1] + mean[:, 2]) / 3.0
        self.safe_constant = (p["safety_base"] + p["safety_threat"] * fear).astype(np.float32)

    def _start(self) -> None:
        """Draw the citizens from the stationary law of anchor, acquaintances and noise."""
        region, traits = self.region, self.region.traits
        rate = self.rate.astype(float)
        chi = region.draws["influence"][:, None]
        sigma = self.volatility.astype(float)[:, None]
        own = rate + chi
        kernels.start_citizens(
            self.attitudes,
            traits.scores[self.place],
            traits.community[self.place],
            self.anchors,
            self.spread,
            (rate / own).astype(np.float32),
            (sigma / np.sqrt(1.0 - (1.0 - rate) ** 2)).astype(np.float32),
            (sigma / np.sqrt(1.0 - (1.0 - own) ** 2)).astype(np.float32),
            traits.citizens,
            self.place,
            region.chance.first,
            np.uint64(moment(NO_MONTH, Stream.CITIZENS_START)),
            *region.chance.key,
        )
        self.read()

    def read(self) -> None:
        """Fill `shares` and `means` from the attitudes as they are."""
        traits = self.region.traits
        kernels.read_citizens(
            self.attitudes,
            self.circle_sums,
            traits.attachment[self.place],
            traits.starts[self.place],
            self._support_constant(),
            self.weights,
            self.safe_constant,
            self.general,
            self.shares,
            self.means,
            traits.citizens,
            self.place,
        )

    def live(self) -> None:
        """A month: news, forcings of each community, attitudes, beliefs (C1 to C4)."""
        region, traits = self.region, self.region.traits
        p = region.draws
        self._hear()
        self._learn()
        cues, pushes = self._forcings()
        kernels.update_citizens(
            self.attitudes,
            self.circle_sums,
            traits.scores[self.place],
            traits.attention[self.place],
            traits.attachment[self.place],
            traits.starts[self.place],
            self.anchors + self.anchor_shift,
            cues,
            pushes,
            self.rate,
            p["influence"].astype(np.float32),
            self.spread,
            self.volatility,
            p["attention_spread"].astype(np.float32),
            p["cue_attachment"].astype(np.float32),
            self.bound,
            region.variants["gains"] == "prior-congruent",
            self._support_constant(),
            self.weights,
            self.safe_constant,
            self.general,
            self.shares,
            self.means,
            traits.citizens,
            self.place,
            region.chance.first,
            np.uint64(moment(region.month, Stream.CITIZENS)),
            *region.chance.key,
        )
        if region.variants["anchor"] == "adapting":
            pace = (1.0 - region.left["anchor_half_life"]).astype(np.float32)[:, None, None]
            self.anchor_shift += pace * (self.means - self.anchors - self.anchor_shift)
        self.history = np.concatenate([self._fear()[:, None], self.history[:, :-1]], axis=1)

    def _hear(self) -> None:
        """News of this month: crises, war, shocks, above what is ordinary in the reference (C1)."""
        region, i = self.region, self.place
        p, environment = region.draws, region.environment
        impulse = np.zeros((region.worlds, 10))
        excess = region.felt[:, i] - region.reference.felt[:, i]
        impulse[:, WAR] = p["crisis_news"] * excess + p["invasion_news"] * environment.invasion
        impulse += environment.incident[:, i][:, region.threat_domain] * region.has_domain
        self.news_fast = region.left["news_fast_half_life"][:, None] * self.news_fast + impulse
        self.news_slow = region.left["news_slow_half_life"][:, None] * self.news_slow + impulse

    def _learn(self) -> None:
        """Beliefs in what cooperation delivers follow what is seen and published (C3); joint results show (C2)."""
        region, i = self.region, self.place
        p, effects = region.draws, region.effects
        seen = p["visibility"] + (1.0 - p["visibility"]) * effects.publicity[:, i]
        reported = region.environment.delivery * (1.0 + effects.inflation[:, i])[:, None]
        reported = reported * (1.0 - effects.exposed[:, i])[:, None]
        held = seen[:, None] * np.minimum(reported, 1.0) + ((1.0 - seen) * p["belief_unseen"])[:, None]
        self.belief = self.belief + p["belief_learning"][:, None] * (held - self.belief)
        aid = region.environment.helped[:, i] + region.environment.helped[:, :, i]
        self.visible = region.environment.joint[:, i] + p["aid_visible"][:, None] * aid

    def _forcings(self) -> tuple[Singles, Singles]:
        """Cues and pushes of each community, (R, 16, C) each, as deviations from the reference month (C1, C2)."""
        region, i = self.region, self.place
        p, reference, seen = region.draws, region.reference, region.seen
        communities = self.anchors.shape[2]
        share = p["news_fast_share"][:, None]
        news = share * self.news_fast + (1.0 - share) * self.news_slow
        news[:, WAR] += p["rhetoric_news"] * (
            basics.total(reference.rhetoric[:, :, i] - seen.rhetoric[:, :, i], -1) / 5.0
        ) + p["posture_news"] * basics.total(region.rivalry[i] * (seen.posture / reference.posture - 1.0), -1)
        level = region.environment.level[:, i][:, region.threat_domain] * region.has_domain
        news += p["level_news"][:, None] * level
        news[:, RUSSIA] += region.russia.pressure * p["pressure_exposure"][:, i]
        cues = np.zeros((region.worlds, 16, communities), np.float32)
        pushes = np.zeros_like(cues)
        cues[:, :10] = (p["news_reaction"][:, None] * news)[:, :, None]
        rhetoric = p["cue_reaction"][:, None] * (seen.rhetoric[:, i] - reference.rhetoric[:, i])
        cues[:, 10:] = rhetoric[:, :, None]
        results = p["results_reaction"][:, None] * (self.visible - self.visible_reference)
        loss = (p["crisis_reaction"] * p["loss_weight"])[:, None, None]
        blamed = region.blamed(i) - reference.blamed[:, i]
        pushes[:, 10:] = results[:, :, None] - loss * np.swapaxes(blamed, 1, 2)
        cues[:, 10 + i] = pushes[:, 10 + i] = 0.0
        return cues, pushes

    def _support_constant(self) -> Singles:
        belief = self.region.draws["support_belief"][:, None] * (self.belief - self.region.reference.belief)
        return (self.support_start + belief).astype(np.float32)

    def _fear(self) -> Floats:
        """Mean over citizens of the fear that the feeling of safety reads, (R,)."""
        share = self.region.traits.community_share[self.place]
        mean = basics.total(self.means[:, :3].astype(float) * share, -1)
        return np.asarray((mean[:, 0] + mean[:, 1] + mean[:, 2]) / 3.0)

    def mean_threats(self) -> Floats:
        """Mean threat perceptions, (R, 10)."""
        share = self.region.traits.community_share[self.place]
        return basics.total(self.means[:, :10].astype(float) * share, -1)
