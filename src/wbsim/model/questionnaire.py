"""Put the questions of surveys to the simulated citizens (C1 to C5), exactly over citizens, in float64.

A question is put to the citizens of the surveyed state in the month of its fieldwork. Attitudes live on the
logit scale, so the share that agrees is the mean over citizens of sigmoid(attitude - intercept). The regional
figure is the unweighted mean of the six states, which is assumed: reports do not say how they weight.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from wbsim.errors import InputError
from wbsim.instruments.figure import Figure
from wbsim.instruments.question import OUTSIDE, POPULATIONS, REGION, Question
from wbsim.model.choice import first_choice, second_choice
from wbsim.model.citizens import Citizens, Worlds, mean
from wbsim.model.region import Region
from wbsim.model.rules import basics
from wbsim.tables.places import DOMAIN_NAMES, STATE_CODES, STATE_INDEX

Floats = NDArray[np.float64]


def ask(region: Region, question: Question, population: str, intercepts: Floats | None = None) -> Floats:
    """Percent of `population` (a state's code or "WB6") that gives each answer now.

    Returns (R,) for questions of type agree and level, else (R, categories). `intercepts` in logits, (n,) or
    (R, n) in the order of `question.intercepts`, default 0; each is subtracted from an attitude, or added to a
    cut. Raises InputError for an unknown population, a question that asks a public about its own state alone,
    and intercepts of another shape.
    """
    return Interview(region).percent(question, population, intercepts)


def answers(
    region: Region,
    figures: Iterable[Figure],
    questions: Mapping[str, Question],
    intercepts: Mapping[str, Floats] | None = None,
    worlds: Worlds | None = None,
) -> dict[str, Floats]:
    """Simulated value in percent of every one of `figures` in the region's present month, by id.

    (R,), or (n,) for the positions `worlds` (n,) alone. `questions` by id are those that the figures name;
    `intercepts` by question id, as for `ask`, of all worlds. Whether this is the month of a figure's fieldwork
    is not asked: `wbsim.model.interviews` knows.
    """
    interview = Interview(region, worlds)
    asked: dict[tuple[str, str], Floats] = {}
    found: dict[str, Floats] = {}
    for figure in figures:
        question, key = questions[figure.question], (figure.question, figure.population)
        if key not in asked:
            given = None if intercepts is None else intercepts.get(figure.question)
            asked[key] = interview.percent(question, figure.population, given)
        found[figure.id] = _collapse(asked[key], question, figure)
    return found


class Interview:
    """The citizens of all six states as they are now, in all worlds or in the positions `worlds` (R,)."""

    def __init__(self, region: Region, worlds: Worlds | None = None) -> None:
        self.region, self.worlds = region, worlds
        self.count = region.worlds if worlds is None else len(worlds)
        self._citizens: dict[int, Citizens] = {}

    def percent(self, question: Question, population: str, intercepts: Floats | None = None) -> Floats:
        """As `ask`, in these worlds; `intercepts` (R, n) are those of all worlds of the region."""
        if population not in POPULATIONS:
            raise InputError(f'no population "{population}"; one of {", ".join(POPULATIONS)}')
        offsets = self._offsets(question, intercepts)
        codes = STATE_CODES if population == REGION else (population,)
        shares = [_shares(self.citizens(code), question, offsets) for code in codes]
        percent = 100.0 * basics.total(np.stack(shares), 0) / len(codes)
        return percent if question.answers else percent[:, 0]

    def citizens(self, code: str) -> Citizens:
        """The citizens of the state `code`."""
        place = STATE_INDEX[code]
        if place not in self._citizens:
            self._citizens[place] = Citizens(self.region, place, self.worlds)
        return self._citizens[place]

    def _offsets(self, question: Question, intercepts: Floats | None) -> Floats:
        """Intercepts (R, n) of a question."""
        count, worlds = len(question.intercepts), self.region.worlds
        if intercepts is None:
            return np.zeros((self.count, count))
        given = np.asarray(intercepts, dtype=float)
        if given.shape not in ((count,), (worlds, count)):
            raise InputError(
                f"{question.id}: intercepts have the shape {given.shape}; it must be ({count},) or ({worlds}, "
                f"{count}), for {', '.join(question.intercepts) or 'none'}"
            )
        everywhere = np.broadcast_to(given, (worlds, count))
        return everywhere if self.worlds is None else everywhere[self.worlds]


def _shares(citizens: Citizens, question: Question, offsets: Floats) -> Floats:
    """Share (R, answers) of one state's citizens that give each answer: the mean of their chances."""
    match question.type:
        case "agree":
            chance = basics.sigmoid(_attitude(citizens, question) - offsets)[:, None]
        case "level":
            chance = basics.sigmoid(_attitude(citizens, question))[:, None]
        case "ordered":
            return _between(_attitude(citizens, question), question.cuts + offsets)
        case "first":
            chance = first_choice(_items(citizens, question, offsets))
        case "second":
            chance = second_choice(_items(citizens, question, offsets))
        case "multiple":
            chance = basics.sigmoid(_items(citizens, question, offsets))
        case "attribution":
            logits = citizens.blame - offsets[..., None]
            chance = first_choice(np.concatenate([logits, np.zeros_like(logits[:, :1])], axis=1))
        case "expectation":
            return _expect(citizens)
    return np.asarray(chance.mean(axis=-1))


def _attitude(citizens: Citizens, question: Question) -> Floats:
    """The one attitude (R, N) that a question measures."""
    match question.measures:
        case "closer":
            attitude = citizens.general() + citizens.of("closer_offset")[:, None]
        case "harm":
            attitude = citizens.harm()
        case "support":
            attitude = citizens.general(domains=question.items)
        case "support-with":
            domains = tuple(item for item in question.items if item in DOMAIN_NAMES)
            attitude = citizens.general(question.states, domains or DOMAIN_NAMES)
        case "trust":
            attitude = citizens.trust(question.items)
        case "threat":
            attitude = mean([citizens.threat(item) for item in question.items])
        case "safety":
            attitude = citizens.safety
        case "outlook":
            attitude = citizens.outlook
        case "blame":
            raise InputError(f'{question.id}: "blame" is no single attitude; it needs the type "attribution"')
    return np.asarray(attitude)


def _items(citizens: Citizens, question: Question, offsets: Floats) -> Floats:
    """The attitude to each item of a question less its intercept, (R, items, N); what is not listed is at 0."""
    places = iter(range(offsets.shape[1]))
    parts: list[Floats] = []
    for item in question.items:
        if item == OUTSIDE:
            parts.append(np.zeros_like(parts[0]) if parts else np.zeros((len(offsets), 1)))
            continue
        match question.measures:
            case "support":
                attitude = citizens.support(item)
            case "threat":
                attitude = citizens.threat(item)
            case "trust":
                attitude = citizens.trust((item,))
            case _:
                raise InputError(
                    f'{question.id}: a question of type "{question.type}" cannot measure '
                    f'"{question.measures}"; it needs support, threat or trust'
                )
        parts.append(attitude - offsets[:, next(places), None])
    return np.stack(np.broadcast_arrays(*parts), axis=1)


def _between(attitude: Floats, cuts: Floats) -> Floats:
    """Share (R, n + 1), low to high, of each ordered answer of citizens with `attitude` (R, N) between `cuts` (R, n).

    Where intercepts make cuts cross, the higher one moves up to the lower, and nobody is in between.
    """
    rising = np.maximum.accumulate(cuts, axis=1)
    above = [basics.sigmoid(attitude - rising[:, [n]]).mean(axis=-1) for n in range(rising.shape[1])]
    steps = np.stack([np.ones_like(above[0]), *above, np.zeros_like(above[0])], axis=1)
    return np.asarray(steps[:, :-1] - steps[:, 1:])


def _expect(citizens: Citizens) -> Floats:
    """Shares (R, 3) that expect better, the same and worse (C4)."""
    index, low = citizens.outlook, -citizens.of("outlook_worse")
    # A scenario may fix the thresholds so that they cross; then nobody expects the same.
    high = np.maximum(citizens.of("outlook_better"), low)
    better = basics.sigmoid(index - high[:, None]).mean(axis=-1)
    worse = basics.sigmoid(low[:, None] - index).mean(axis=-1)
    return np.stack([better, 1.0 - better - worse, worse], axis=1)


def _collapse(percent: Floats, question: Question, figure: Figure) -> Floats:
    """The part (R,) of a question's answers that a figure sums."""
    if percent.ndim == 1:
        return percent
    columns = [question.answers.index(answer) for answer in figure.answers]
    return np.asarray(percent[:, columns].sum(axis=1))
