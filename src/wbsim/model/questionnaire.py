"""Put the questions of surveys to the simulated citizens (C1 to C5), exactly over citizens, in float64.

A question is put to the citizens of the surveyed state in the month of its fieldwork. Attitudes live on the
logit scale, so the share that agrees is the mean over citizens of sigmoid(attitude - intercept). The regional
figure is the unweighted mean of the six states, which is assumed: reports do not say how they weight.

Expected personal security (C4): a citizen expects better security where an index plus logistic noise exceeds
`outlook_better`, and worse where it falls below -`outlook_worse`. The index is `outlook_belief` times the
belief in what cooperation delivers above that of the reference month, less `outlook_change` times the rise of
the state's mean fear over twelve months, less `outlook_change` times the citizen's own fear above its anchor.
No item tells these two effects of fear apart, so they share a coefficient.

Blame for bad relations (C5): a multinomial logit over politicians, powers, peoples and other. Politicians
gain `blame_gap` times the gap between a citizen's support for cooperation (C3, as a probability) and the
belief in what it delivers; powers gain `blame_powers` times Russian pressure; peoples gain `blame_peoples`
times the citizen's mistrust of the other five states; other is the base, at 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from wbsim.chance.counter import NO_MONTH, Chance, Stream
from wbsim.errors import InputError
from wbsim.model.agents.public import Public
from wbsim.model.region import Region
from wbsim.model.rules import basics
from wbsim.tables.calendar import HISTORY_START, month_number, month_text
from wbsim.tables.places import DOMAIN_NAMES, STATE_CODES, STATE_INDEX, THREAT_NAMES
from wbsim.tables.questions import QUESTIONS, REGION_POPULATION, SURVEYS, Figure, Question, figures

Floats = NDArray[np.float64]

_TRUST = 10
#: Threats whose mean is the fear that feeling safe and expected security read (C4).
_FEAR = slice(0, 3)


def ask(region: Region, question: Question, population: str, intercepts: Floats | None = None) -> Floats:
    """Percent of `population` (a state's code or "WB6") that gives each answer now.

    Returns (R,) for questions of type agree and level, else (R, categories). `intercepts` in logits, (n,) or
    (R, n) in the order of `question.intercepts`, default 0; one intercept is subtracted from one attitude.
    Raises InputError for an unknown population, a question that asks a public about its own state alone, and
    intercepts of another shape.
    """
    if population != REGION_POPULATION and population not in STATE_CODES:
        allowed = ", ".join((*STATE_CODES, REGION_POPULATION))
        raise InputError(f'no population "{population}"; one of {allowed}')
    offsets = _offsets(question, intercepts, region.worlds)
    codes = STATE_CODES if population == REGION_POPULATION else (population,)
    shares = [_shares(Citizens(region, STATE_INDEX[code]), question, offsets) for code in codes]
    percent = 100.0 * basics.total(np.stack(shares), 0) / len(codes)
    return percent[:, 0] if question.type in ("agree", "level") else percent


def answers(region: Region, intercepts: Mapping[str, Floats] | None = None) -> dict[str, Floats]:
    """Simulated value (R,) in percent of every figure whose fieldwork may have been in the region's month.

    That is the month simulated last; before the first one the reference month stands for all that was asked
    before it. `intercepts` by question id, as for `ask`. A figure with several possible months is answered in
    each of them: `at_fieldwork` chooses. The other readings of ambiguous rows are among them, see
    `Figure.used`.
    """
    asked: dict[tuple[str, str], Floats] = {}
    found: dict[str, Floats] = {}
    for figure in figures():
        if not _in_month(figure, region.month):
            continue
        key = (figure.question, figure.population)
        question = QUESTIONS[figure.question]
        if key not in asked:
            given = None if intercepts is None else intercepts.get(figure.question)
            asked[key] = ask(region, question, figure.population, given)
        found[figure.id] = _collapse(asked[key], question, figure)
    return found


def at_fieldwork(monthly: Mapping[str, Floats], figure: Figure, chance: Chance) -> Floats:
    """Each world's value (R,) in its own month of fieldwork, from those of all possible months.

    `monthly` (R,) by month "YYYY-MM", at least those of `figure.months`. A world's month depends on seed,
    world and survey alone, so that all figures of a survey share it.
    """
    agent = np.array([crc32(SURVEYS[figure.survey].name.encode())])
    u = chance.uniform(Stream.SURVEY, NO_MONTH, agent)[:, 0, 0]
    chosen = np.minimum((u * len(figure.months)).astype(np.int64), len(figure.months) - 1)
    values = np.stack([monthly[month] for month in figure.months], axis=1)
    return np.asarray(values[np.arange(len(u)), chosen])


@dataclass(frozen=True)
class Citizens:
    """The attitudes of one state's N citizens in float64, without the padding of the kernel's arrays."""

    region: Region
    place: int

    @property
    def public(self) -> Public:
        """The agent that holds the citizens."""
        return self.region.publics[self.place]

    @cached_property
    def attitudes(self) -> Floats:
        """(R, 16, N): ten threats, then trust in six states, the own one unused."""
        return self._flat(np.swapaxes(self.public.attitudes, 1, 2))

    def threat(self, name: str) -> Floats:
        """Threat perception (R, N); the code of a state stands for mistrust of it (C1, C2)."""
        if name in STATE_INDEX:
            return -self.trust((name,))
        return self.attitudes[:, THREAT_NAMES.index(name)]

    def trust(self, codes: tuple[str, ...]) -> Floats:
        """Mean trust (R, N) in the states `codes` other than the own (C2)."""
        places = [STATE_INDEX[code] for code in codes if STATE_INDEX[code] != self.place]
        if not places:
            own = STATE_CODES[self.place]
            raise InputError(f"{own} cannot be asked about trust in itself; ask about another state")
        return _mean([self.attitudes[:, _TRUST + place] for place in places])

    def support(self, domain: str, partners: tuple[str, ...] = STATE_CODES) -> Floats:
        """Logit (R, N) of support for cooperation in `domain` with `partners` (C3)."""
        region, p, d = self.region, self.region.draws, DOMAIN_NAMES.index(domain)
        learned = self.public.belief[:, d] - region.reference.belief[:, d]
        constant = self.public.support_start[:, d] + p["support_belief"] * learned
        attachment = self._flat(region.traits.attachment[self.place])
        return np.asarray(
            constant[:, None]
            + p["support_threat"][:, None] * self.attitudes[:, region.domain_threats[d]]
            + p["support_trust"][:, None] * self.trust(partners)
            - p["support_attachment"][:, None] * attachment
        )

    def general(self, partners: tuple[str, ...] = STATE_CODES) -> Floats:
        """Logit (R, N) of support, mean of the domains (C3)."""
        return _mean([self.support(domain, partners) for domain in DOMAIN_NAMES])

    def harm(self) -> Floats:
        """Logit (R, N) of not denying that the lack of cooperation harms relations (C3)."""
        p = self.region.draws
        level = (p["support_base"] + p["support_residual"][:, self.place])[:, None] + p["support_domain"]
        gap = basics.total(level, -1)[:, None] / len(DOMAIN_NAMES) - self.general()
        return np.asarray(-(p["deny_base"][:, None] + p["deny_slope"][:, None] * gap))

    def safety(self) -> Floats:
        """Logit (R, N) of feeling safe (C4)."""
        p = self.region.draws
        share = self.region.traits.community_share[self.place]
        usual = basics.total(self.public.anchors[:, _FEAR].astype(float) * share, -1)
        excess = self.fear() - basics.total(usual, -1)[:, None] / 3.0
        return np.asarray(p["safety_base"][:, None] - p["safety_threat"][:, None] * excess)

    def fear(self) -> Floats:
        """Mean (R, N) of the three threats that the feeling of safety reads (C4)."""
        return basics.total(self.attitudes[:, _FEAR], 1) / 3.0

    def distance(self) -> Floats:
        """Own fear above its anchor, (R, N) (C4)."""
        region, public = self.region, self.public
        circles = region.traits.shape[1]
        community = region.traits.community[self.place][np.arange(region.traits.citizens) % circles]
        anchors = (public.anchors + public.anchor_shift).astype(float)[:, _FEAR][:, :, community]
        scores = self._flat(np.swapaxes(region.traits.scores[self.place], 0, 1))[_FEAR]
        own = anchors + region.population.habits.spread.astype(float)[:, :1, None] * scores
        return np.asarray(self.fear() - basics.total(own, 1) / 3.0)

    def outlook(self) -> Floats:
        """Index (R, N) of expected personal security (C4)."""
        p, public = self.region.draws, self.public
        learned = basics.total(public.belief - self.region.reference.belief, -1) / len(DOMAIN_NAMES)
        risen = public.history[:, 0] - public.history[:, 12]
        shared = p["outlook_belief"] * learned - p["outlook_change"] * risen
        return np.asarray(shared[:, None] - p["outlook_change"][:, None] * self.distance())

    def blame(self) -> Floats:
        """Logits (R, 3, N) of blaming politicians, powers and peoples, against other at 0 (C5)."""
        p = self.region.draws
        believed = basics.total(self.public.belief, -1)[:, None] / len(DOMAIN_NAMES)
        politicians = p["blame_gap"][:, None] * (basics.sigmoid(self.general()) - believed)
        powers = np.broadcast_to(
            (p["blame_powers"] * self.region.russia.pressure)[:, None], politicians.shape
        )
        peoples = -p["blame_peoples"][:, None] * self.trust(STATE_CODES)
        return np.stack([politicians, powers, peoples], axis=1)

    def _flat(self, values: NDArray[np.float32]) -> Floats:
        """(..., M, G) as (..., N): citizen n sits at row n // G and column n % G, padding comes after the last."""
        flat = values.reshape(*values.shape[:-2], -1)[..., : self.region.traits.citizens]
        return np.ascontiguousarray(flat, dtype=float)


def first_choice(utilities: Floats) -> Floats:
    """Chance (R, K, N) that each of K items with `utilities` (R, K, N) is put first, with Gumbel noise."""
    weight = _weights(utilities)
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


def second_choice(utilities: Floats) -> Floats:
    """Chance (R, K, N) that each of K >= 2 items is put second (Plackett-Luce): summed over who is first."""
    weight, first = _weights(utilities), first_choice(utilities)
    second = np.zeros_like(weight)
    items = weight.shape[1]
    for winner in range(items):
        others = [item for item in range(items) if item != winner]
        # The rest is summed afresh: one minus the winner's chance loses its digits where the winner is sure.
        rest = weight[:, others].sum(axis=1, keepdims=True)
        second[:, others] += first[:, winner : winner + 1] * weight[:, others] / rest
    return second


def _shares(citizens: Citizens, question: Question, offsets: Floats) -> Floats:
    """Share (R, answers) of one state's citizens that give each answer: the mean of their chances."""
    match question.type:
        case "agree":
            chance = basics.sigmoid(_attitude(citizens, question) - offsets)[:, None]
        case "level":
            chance = basics.sigmoid(_attitude(citizens, question))[:, None]
        case "ordered":
            chance = _between(_attitude(citizens, question) - offsets, question.cuts)
        case "first":
            chance = first_choice(_items(citizens, question) - offsets[..., None])
        case "second":
            chance = second_choice(_items(citizens, question) - offsets[..., None])
        case "multiple":
            chance = basics.sigmoid(_items(citizens, question) - offsets[..., None])
        case "attribution":
            logits = citizens.blame() - offsets[..., None]
            chance = first_choice(np.concatenate([logits, np.zeros_like(logits[:, :1])], axis=1))
        case "expectation":
            chance = _expect(citizens)
    return np.asarray(chance.mean(axis=-1))


def _attitude(citizens: Citizens, question: Question) -> Floats:
    """The one attitude (R, N) that a question measures."""
    match question.measures:
        case "closer":
            attitude = citizens.general() + citizens.region.draws["closer_offset"][:, None]
        case "harm":
            attitude = citizens.harm()
        case "support-with":
            attitude = citizens.general(question.items)
        case "trust":
            attitude = citizens.trust(question.items)
        case "safety":
            attitude = citizens.safety()
        case _:
            attitude = _mean(list(np.swapaxes(_items(citizens, question), 0, 1)))
    return np.asarray(attitude)


def _items(citizens: Citizens, question: Question) -> Floats:
    """The attitude to each item of a question, (R, items, N)."""
    match question.measures:
        case "support":
            return np.stack([citizens.support(item) for item in question.items], axis=1)
        case "threat":
            return np.stack([citizens.threat(item) for item in question.items], axis=1)
        case "trust":
            return np.stack([citizens.trust((item,)) for item in question.items], axis=1)
        case _:
            raise InputError(
                f'{question.id}: a question of type "{question.type}" cannot measure "{question.measures}"; '
                "it needs support, threat or trust"
            )


def _between(attitude: Floats, cuts: tuple[float, ...]) -> Floats:
    """Chances (R, len(cuts) + 1, N), low to high, of the ordered answers of citizens with `attitude` (R, N)."""
    above = [np.ones_like(attitude)]
    above += [basics.sigmoid(attitude - cut) for cut in cuts]
    above += [np.zeros_like(attitude)]
    return np.stack([low - high for low, high in pairwise(above)], axis=1)


def _expect(citizens: Citizens) -> Floats:
    """Chances (R, 3, N) of expecting better, the same and worse (C4)."""
    p, index = citizens.region.draws, citizens.outlook()
    low = -p["outlook_worse"]
    # A scenario may fix the thresholds so that they cross; then nobody expects the same.
    high = np.maximum(p["outlook_better"], low)
    better = basics.sigmoid(index - high[:, None])
    worse = basics.sigmoid(low[:, None] - index)
    return np.stack([better, 1.0 - better - worse, worse], axis=1)


def _offsets(question: Question, intercepts: Floats | None, worlds: int) -> Floats:
    """Intercepts (R, n) of a question."""
    count = len(question.intercepts)
    if intercepts is None:
        return np.zeros((worlds, count))
    given = np.asarray(intercepts, dtype=float)
    if given.shape not in ((count,), (worlds, count)):
        raise InputError(
            f"{question.id}: intercepts have the shape {given.shape}; it must be ({count},) or ({worlds}, "
            f"{count}), "
            f"for {', '.join(question.intercepts) or 'none'}"
        )
    return np.broadcast_to(given, (worlds, count))


def _collapse(percent: Floats, question: Question, figure: Figure) -> Floats:
    """The part (R,) of a question's answers that a figure sums."""
    if percent.ndim == 1:
        return percent
    columns = [question.categories.index(category) for category in figure.categories]
    return np.asarray(percent[:, columns].sum(axis=1))


def _in_month(figure: Figure, simulated: int) -> bool:
    """Whether a figure may have been asked in the month that was simulated last, the `simulated`-th."""
    start = month_number(HISTORY_START)
    if simulated == 0:
        return any(month_number(month) < start for month in figure.months)
    return month_text(start + simulated - 1) in figure.months


def _weights(utilities: Floats) -> Floats:
    """Exponentials (R, K, N) with the largest utility at 1, the smallest kept above zero."""
    shifted = utilities - utilities.max(axis=1, keepdims=True)
    return np.asarray(np.exp(np.maximum(shifted, -600.0)))


def _mean(parts: list[Floats]) -> Floats:
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return np.asarray(total / len(parts))
