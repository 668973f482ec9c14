"""The six publics at once: news, beliefs, forcings, and all citizens in one compiled call (C1 to C4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wbsim import kernels
from wbsim.chance.counter import NO_MONTH, REGION, STATES, Stream, moment
from wbsim.model.agents.public import Public
from wbsim.model.rules import basics, public_loops
from wbsim.model.rules.sums import weigh_communities

if TYPE_CHECKING:
    from wbsim.model.region import Region

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

WAR, RUSSIA = 0, 9
#: The agent whose chance all publics share.
REGION_AGENT = np.array([REGION])
_TRUST = slice(kernels.THREAT_ROWS, kernels.ROWS)
#: Threats whose mean is the fear that the feeling of safety reads (C4).
_FEAR = 3


@dataclass(frozen=True)
class FirstReading:
    """What the first citizens of R worlds show: see `kernels.Citizens`."""

    shares: Singles  # (R, 6, 15)
    means: Singles  # (R, 6, 16, C)


class Publics(list[Public]):
    """The six agents, and their variables as arrays (R, 6, ...) with an axis of states.

    `attitudes` (R, 6, M, 16, G) hold ten threats and trust in six states (the own one unused). With a `first` reading
    of the same citizens they are drawn when somebody asks for them; who goes on from later months never does.
    """

    VARIABLES = Public.VARIABLES

    def __init__(self, model: Region, first: FirstReading | None = None) -> None:
        super().__init__(Public(model, place) for place in range(6))
        self.region = region = model
        traits, reference, worlds = region.traits, region.reference, region.worlds
        members, circles = traits.shape
        self.people = kernels.People(
            traits.scores, traits.attention, traits.attachment, traits.starts, traits.citizens
        )
        self.anchors: Singles = reference.anchors.astype(np.float32)
        communities = self.anchors.shape[3]
        self.anchor_shift: Singles = np.zeros_like(self.anchors)
        self._attitudes: Singles = np.zeros((worlds, 6, members, kernels.ROWS, circles), np.float32)
        self._circle_sums: Singles = np.zeros((worlds, 6, kernels.ROWS, circles), np.float32)
        self._drawn = False
        self.shares: Singles = np.zeros((worlds, 6, kernels.READOUT_COUNT), np.float32)
        self.means: Singles = np.zeros((worlds, 6, kernels.ROWS, communities), np.float32)
        self.news_fast: Floats = np.zeros((worlds, 6, 10))
        self.news_slow: Floats = np.zeros((worlds, 6, 10))
        self.visible_reference = self._visible(reference.joint, reference.aid)
        self.visible: Floats = self.visible_reference.copy()
        self.belief: Floats = np.repeat(reference.belief[:, None, :], 6, axis=1)
        self.mood: Floats = np.zeros((worlds, 6))
        self.blamed_reference: Floats = region.blamed(reference.pair_load)
        self.resentment: Floats = np.zeros_like(self.blamed_reference)
        self._fix_coefficients()
        if first is None:
            self._draw()
        else:
            self.shares, self.means = first.shares.copy(), first.means.copy()
        self.support_reference: Floats = self.shares[:, :, :5].astype(float)
        # Mean fear of this month and the twelve before it, newest first: for expected security (C4).
        self.history: Floats = np.repeat(self._fear()[:, :, None], 13, axis=2)

    def _fix_coefficients(self) -> None:
        """Turn parameters into the constants that the kernel reads."""
        p, region = self.region.draws, self.region
        bounded = region.variants["opinion"] == "bounded-confidence"
        anchors = self.anchors.astype(float)
        mean = basics.total(anchors * region.traits.community_share[:, None, :], -1)
        trust = basics.total(mean[:, :, _TRUST], -1) / 5.0
        # In the reference month the logit of the mean citizen's support is base + residual + domain (C3).
        level = (p["support_base"][:, None] + p["support_residual"])[..., None] + p["support_domain"][:, None]
        self.support_start: Floats = (
            level
            - p["support_threat"][:, None, None] * mean[:, :, region.domain_threats]
            - (p["support_trust"][:, None] * trust)[..., None]
        )
        fear = basics.total(mean[:, :, :_FEAR], -1) / 3.0
        rates = [1.0 - region.left["threat_half_life"], 1.0 - region.left["trust_half_life"]]
        weights = [p[f"support_{name}"] for name in ("threat", "trust", "attachment")]
        self.habits = kernels.Habits(
            rate=_single(np.stack(rates, axis=1)),
            spread=_single(np.stack([p["threat_spread"], p["trust_spread"]], axis=1)),
            influence=_single(p["influence"]),
            volatility=_single(p["volatility"] * float(region.chancy)),
            attention_spread=_single(p["attention_spread"]),
            cue_attachment=_single(p["cue_attachment"]),
            bound=_single(p["confidence_bound"] * float(bounded)),
            weights=_single(np.stack([*weights, p["safety_threat"]], axis=1)),
            general=_single(np.stack([p["closer_offset"], p["deny_base"], p["deny_slope"]], axis=1)),
            usual_support=_single(basics.total(level, -1) / 5.0),
            safe_constant=_single(
                p["safety_base"][:, None] + p["safety_residual"] + p["safety_threat"][:, None] * fear
            ),
        )

    @property
    def attitudes(self) -> Singles:
        """Attitudes of all citizens, (R, 6, M, 16, G), with padding after the last citizen."""
        if not self._drawn:
            self._draw()
        return self._attitudes

    @attitudes.setter
    def attitudes(self, values: Singles) -> None:
        if not self._drawn:
            self._draw()
        self._attitudes = values

    @property
    def circle_sums(self) -> Singles:
        """Sums of the attitudes over the members of each circle, (R, 6, 16, G)."""
        if not self._drawn:
            self._draw()
        return self._circle_sums

    @circle_sums.setter
    def circle_sums(self, values: Singles) -> None:
        if not self._drawn:
            self._draw()
        self._circle_sums = values

    def expect_others(self) -> None:
        """Do not draw the first citizens any more: those of a later month take their place at once."""
        self._drawn = True

    def first_reading(self) -> FirstReading:
        """What the citizens show now, for other regions of the same citizens."""
        return FirstReading(self.shares.copy(), self.means.copy())

    def _draw(self) -> None:
        """Draw the citizens from the stationary law of anchor, acquaintances and noise."""
        self._drawn = True
        region = self.region
        rate = self.habits.rate.astype(float)
        sigma = self.habits.volatility.astype(float)[:, None]
        own = rate + region.draws["influence"][:, None]
        kernels.start_citizens(
            self._citizens(),
            self.people,
            self.anchors,
            self.habits.spread,
            _single(rate / own),
            _single(sigma / np.sqrt(1.0 - (1.0 - rate) ** 2)),
            _single(sigma / np.sqrt(1.0 - (1.0 - own) ** 2)),
            region.chance.first,
            np.uint64(moment(NO_MONTH, Stream.CITIZENS_START)),
            *region.chance.key,
        )
        self.read()

    def _citizens(self) -> kernels.Citizens:
        return kernels.Citizens(self.attitudes, self.circle_sums, self.shares, self.means)

    def read(self) -> None:
        """Fill `circle_sums`, `shares` and `means` from the attitudes as they are."""
        kernels.read_citizens(self._citizens(), self.people, self.habits, self._support_constant())

    def live(self) -> None:
        """A month: news, beliefs, forcings of each community, attitudes (C1 to C4)."""
        region = self.region
        self._hear()
        self._learn()
        if region.chancy:
            self._swing()
        kernels.update_citizens(
            self._citizens(),
            self.people,
            self.habits,
            self._forcings(),
            region.variants["gains"] == "prior-congruent",
            region.chance.first,
            np.uint64(moment(region.month, Stream.CITIZENS)),
            *region.chance.key,
        )
        if region.variants["anchor"] == "adapting":
            pace = _single(1.0 - region.left["anchor_half_life"])[:, None, None, None]
            self.anchor_shift += pace * (self.means - self.anchors - self.anchor_shift)
        history = np.empty_like(self.history)
        history[:, :, 0], history[:, :, 1:] = self._fear(), self.history[:, :, :-1]
        self.history = history

    def _hear(self) -> None:
        """News of this month: crises, war, shocks, above what is ordinary in the reference (C1)."""
        region = self.region
        p, environment, left = region.draws, region.environment, region.left
        fast, slow = self.news_fast.copy(), self.news_slow.copy()
        public_loops.hear(
            fast,
            slow,
            (left["news_fast_half_life"], left["news_slow_half_life"]),
            np.ascontiguousarray(environment.incident),
            region.threat_domain,
            region.has_domain,
            WAR,
            (p["crisis_news"], p["invasion_news"]),
            region.felt,
            region.reference.felt,
            environment.invasion,
        )
        self.news_fast, self.news_slow = fast, slow

    def _learn(self) -> None:
        """Beliefs in what cooperation delivers follow what is seen and published (C3); joint results show (C2)."""
        region = self.region
        p, effects, environment = region.draws, region.effects, region.environment
        belief = self.belief.copy()
        public_loops.learn(
            belief,
            environment.delivery,
            p["visibility"],
            p["belief_unseen"],
            p["belief_learning"],
            effects.publicity,
            effects.published,
        )
        self.belief = belief
        self.visible = self._visible(environment.joint, environment.helped)

    def _swing(self) -> None:
        """Moods about cooperation move by chance: what all publics share, and what each has of its own (C3)."""
        region = self.region
        p, left = region.draws, region.left["mood_half_life"][:, None]
        own = region.chance.normal(Stream.MOODS, region.month, STATES)[:, :, 0]
        shared = region.chance.normal(Stream.MOODS, region.month, REGION_AGENT)[:, :, 0]
        new = p["mood_shared"][:, None] * shared + p["mood_own"][:, None] * own
        self.mood = left * self.mood + np.sqrt(1.0 - left * left) * new

    def _visible(self, joint: Floats, aid: Floats) -> Floats:
        """Joint results of each pair that can be seen, (R, 6, 6): practice, and help in either direction."""
        return joint + self.region.draws["aid_visible"][:, None, None] * (aid + np.swapaxes(aid, 1, 2))

    def _forcings(self) -> kernels.Forcings:
        """What moves the citizens this month, as deviations from the reference month (C1, C2)."""
        region = self.region
        p, reference, seen = region.draws, region.reference, region.seen
        cues = np.empty((region.worlds, 6, kernels.ROWS), np.float32)
        self._cue_threats(cues)
        public_loops.cue_trust(
            cues, seen.rhetoric, reference.rhetoric, p["cue_reaction"], kernels.THREAT_ROWS
        )
        blamed = region.blamed(region.pair_severity())
        before, self.resentment = self.resentment, self.resentment.copy()
        public_loops.resent(
            self.resentment, blamed, self.blamed_reference, region.left["resentment_half_life"]
        )
        pushes = np.empty((*seen.rhetoric.shape, blamed.shape[2]), np.float32)
        public_loops.push_trust(
            pushes,
            self.visible,
            self.visible_reference,
            p["results_reaction"],
            blamed,
            self.blamed_reference,
            p["crisis_reaction"] * p["loss_weight"],
            (p["resentment_share"], self.resentment, before, region.left["trust_half_life"]),
        )
        return kernels.Forcings(self.anchors + self.anchor_shift, cues, pushes, self._support_constant())

    def _cue_threats(self, cues: Singles) -> None:
        """Fill in the news about each threat above that of the reference month, times the reaction to it (C1)."""
        region = self.region
        p, reference, seen = region.draws, region.reference, region.seen
        heard, pressed = np.empty((2, region.worlds, 6))
        public_loops.hear_of_war(
            heard,
            seen.rhetoric,
            reference.rhetoric,
            p["rhetoric_news"],
            region.rivals_armed,
            p["posture_news"],
            pressed,
            region.russia.pressure,
            p["pressure_exposure"],
        )
        public_loops.cue_threats(
            cues,
            self.news_fast,
            self.news_slow,
            region.environment.level,
            region.threat_domain,
            region.has_domain,
            p["news_fast_share"],
            p["news_reaction"],
            p["level_news"],
            (WAR, heard),
            (RUSSIA, pressed),
        )

    def _support_constant(self) -> Singles:
        region = self.region
        constant = np.empty(self.belief.shape, np.float32)
        public_loops.support_constant(
            constant,
            self.support_start,
            region.draws["support_belief"],
            self.belief,
            region.reference.belief,
            self.mood,
        )
        return constant

    def _fear(self) -> Floats:
        """Mean over citizens of the fear that the feeling of safety reads, (R, 6)."""
        return np.asarray(basics.total(self._mean(_FEAR), -1) / 3.0)

    def mean_threats(self) -> Floats:
        """Mean threat perceptions, (R, 6, 10)."""
        return self._mean(kernels.THREAT_ROWS)

    def _mean(self, rows: int) -> Floats:
        """Mean of the first `rows` attitudes over the citizens of each state, (R, 6, rows)."""
        out = np.empty((self.region.worlds, 6, rows))
        weigh_communities(self.means, self.region.traits.community_share, out)
        return out


def _single(values: Floats) -> Singles:
    return np.ascontiguousarray(values, dtype=np.float32)
