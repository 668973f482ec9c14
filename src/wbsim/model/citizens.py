"""What the citizens of one state hold now (C1 to C5), exactly over citizens, in float64.

Expected personal security (C4): a citizen expects better security where an index plus logistic noise exceeds
`outlook_better`, and worse where it falls below -`outlook_worse`. The index is `outlook_belief` times the
belief in what cooperation delivers above that of the reference month, plus `outlook_residual`, how far a public
is from the others beyond that, less `outlook_change` times the rise of
the state's mean fear over twelve months, less `outlook_change` times the citizen's own fear above its anchor.
No item tells these two effects of fear apart, so they share a coefficient.

Blame for bad relations (C5): a multinomial logit over politicians, powers, peoples and other. Politicians
gain `blame_gap` times the gap between a citizen's support for cooperation (C3, as a probability) and the
belief in what it delivers, and `blame_residual`, what a public blames them for beyond that; powers gain
`blame_powers` times Russian pressure; peoples gain `blame_peoples` times the citizen's mistrust of the other
five states; other is the base, at 0.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wbsim.errors import InputError
from wbsim.model.region import Region
from wbsim.model.rules import basics
from wbsim.tables.places import DOMAIN_NAMES, STATE_CODES, STATE_INDEX, THREAT_NAMES

Floats = NDArray[np.float64]
Worlds = NDArray[np.int64]

_TRUST = 10
#: Threats whose mean is the fear that feeling safe and expected security read (C4).
_FEAR = 3


class Citizens:
    """The attitudes of one state's N citizens in R worlds as they are now, without the kernel's padding.

    `place` is the state; `worlds` (R,) are positions of worlds of the region, None for all of them. What was
    read once is kept: make another object after another month.
    """

    def __init__(self, region: Region, place: int, worlds: Worlds | None = None) -> None:
        self.region, self.place, self.worlds = region, place, worlds
        self.public = region.publics[place]
        self._rows: dict[int, Floats] = {}
        self._trust: dict[tuple[int, ...], Floats] = {}
        self._leaning: dict[tuple[int, ...], Floats] = {}

    def threat(self, name: str) -> Floats:
        """Threat perception (R, N); the code of a state stands for mistrust of it (C1, C2)."""
        if name in STATE_INDEX:
            return -self.trust((name,))
        return self._row(THREAT_NAMES.index(name))

    def trust(self, codes: tuple[str, ...] = STATE_CODES) -> Floats:
        """Mean trust (R, N) in the states `codes` other than the own (C2)."""
        places = tuple(sorted({STATE_INDEX[code] for code in codes} - {self.place}))
        if not places:
            own = STATE_CODES[self.place]
            raise InputError(f"{own} cannot be asked about trust in itself; ask about another state")
        if places not in self._trust:
            self._trust[places] = mean([self._row(_TRUST + place) for place in places])
        return self._trust[places]

    def support(self, domain: str, partners: tuple[str, ...] = STATE_CODES) -> Floats:
        """Logit (R, N) of support for cooperation in `domain` with `partners` (C3)."""
        return self.general(partners, (domain,))

    def general(
        self, partners: tuple[str, ...] = STATE_CODES, domains: tuple[str, ...] = DOMAIN_NAMES
    ) -> Floats:
        """Logit (R, N) of support, mean of `domains` (C3)."""
        numbers = tuple(DOMAIN_NAMES.index(name) for name in domains)
        trust = self.of("support_trust")[:, None] * self.trust(partners)
        return np.asarray(self._lean(numbers) + trust - self._refusal(partners))

    def _refusal(self, partners: tuple[str, ...]) -> Floats:
        """Logit (R, 1) that support loses where a named partner does not recognise the own state (C3)."""
        named = [
            STATE_INDEX[code]
            for code in partners
            if partners != STATE_CODES and STATE_INDEX[code] != self.place
        ]
        unrecognised = any(self.region.geography.recognised[self.place, place] == 0.0 for place in named)
        return self.of("support_nonrecognition")[:, None] * float(unrecognised)

    def harm(self) -> Floats:
        """Logit (R, N) of not denying that the lack of cooperation harms relations (C3)."""
        own = (self.of("support_base") + self.of("support_residual")[:, self.place])[:, None]
        level = basics.total(own + self.of("support_domain"), -1) / len(DOMAIN_NAMES)
        gap = level[:, None] - self.general()
        return np.asarray(-(self.of("deny_base")[:, None] + self.of("deny_slope")[:, None] * gap))

    @cached_property
    def safety(self) -> Floats:
        """Logit (R, N) of feeling safe (C4)."""
        share = self.region.traits.community_share[self.place]
        anchors = self.part(self.public.anchors)[:, :_FEAR].astype(float)
        usual = basics.total(basics.total(anchors * share, -1), -1) / _FEAR
        excess = self.fear - usual[:, None]
        level = self.of("safety_base") + self.of("safety_residual")[:, self.place]
        return np.asarray(level[:, None] - self.of("safety_threat")[:, None] * excess)

    @cached_property
    def fear(self) -> Floats:
        """Mean (R, N) of the three threats that the feeling of safety reads (C4)."""
        return mean([self._row(number) for number in range(_FEAR)])

    @cached_property
    def distance(self) -> Floats:
        """Own fear above its anchor, (R, N) (C4)."""
        traits = self.region.traits
        community = traits.community[self.place][np.arange(traits.citizens) % traits.shape[1]]
        moved = self.part(self.public.anchors) + self.part(self.public.anchor_shift)
        anchors = basics.total(moved[:, :_FEAR].astype(float), 1)[:, community] / _FEAR
        scores = basics.total(self._flat(traits.scores[self.place][:, :_FEAR].swapaxes(0, 1)), 0) / _FEAR
        spread = self.of("threat_spread")[:, None]
        return np.asarray(self.fear - anchors - spread * scores)

    @cached_property
    def outlook(self) -> Floats:
        """Index (R, N) of expected personal security (C4)."""
        belief = self.part(self.public.belief) - self.part(self.region.reference.belief)
        learned = basics.total(belief, -1) / len(DOMAIN_NAMES)
        history, change = self.part(self.public.history), self.of("outlook_change")
        shared = self.of("outlook_belief") * learned - change * (history[:, 0] - history[:, 12])
        shared = shared + self.of("outlook_residual")[:, self.place]
        return np.asarray(shared[:, None] - change[:, None] * self.distance)

    @cached_property
    def blame(self) -> Floats:
        """Logits (R, 3, N) of blaming politicians, powers and peoples, against other at 0 (C5)."""
        believed = basics.total(self.part(self.public.belief), -1)[:, None] / len(DOMAIN_NAMES)
        politicians = self.of("blame_gap")[:, None] * (basics.sigmoid(self.general()) - believed)
        politicians = politicians + self.of("blame_residual")[:, [self.place]]
        pressure = self.of("blame_powers") * self.part(self.region.russia.pressure)
        powers = np.broadcast_to(pressure[:, None], politicians.shape)
        peoples = -self.of("blame_peoples")[:, None] * self.trust()
        return np.stack([politicians, powers, peoples], axis=1)

    def of(self, name: str) -> Floats:
        """A parameter's values in these worlds."""
        return self.part(self.region.draws[name])

    def part(self, values: NDArray[np.generic]) -> Floats:
        """`values` (all worlds, ...) in these worlds, in the type they have."""
        return values if self.worlds is None else values[self.worlds]  # type: ignore[return-value]

    def _lean(self, domains: tuple[int, ...]) -> Floats:
        """Logit (R, N) of support, mean of `domains`, without what trust adds (C3)."""
        if domains not in self._leaning:
            learned = self.part(self.public.belief) - self.part(self.region.reference.belief)
            constant = self.part(self.public.support_start) + self.of("support_belief")[:, None] * learned
            level = mean([constant[:, d] for d in domains]) + self.part(self.public.mood)
            threats = mean([self._row(self.region.domain_threats[d]) for d in domains])
            attachment = self._flat(self.region.traits.attachment[self.place])
            self._leaning[domains] = (
                level[:, None]
                + self.of("support_threat")[:, None] * threats
                - self.of("support_attachment")[:, None] * attachment
            )
        return self._leaning[domains]

    def _row(self, number: int) -> Floats:
        """One of the 16 attitudes, (R, N)."""
        if number not in self._rows:
            self._rows[number] = self._flat(self.part(self.public.attitudes[:, :, number]))
        return self._rows[number]

    def _flat(self, values: NDArray[np.generic]) -> Floats:
        """(..., M, G) as (..., N): citizen n sits at row n // G and column n % G, padding comes after the last."""
        flat = values.reshape(*values.shape[:-2], -1)[..., : self.region.traits.citizens]
        return np.ascontiguousarray(flat, dtype=float)


def mean(parts: list[Floats]) -> Floats:
    """Mean of arrays of one shape, added in order."""
    if len(parts) == 1:
        return parts[0]
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return np.asarray(total / len(parts))
