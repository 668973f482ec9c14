"""A question as a survey asked it, and what in a simulated citizen answers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from wbsim.tables.places import DOMAIN_NAMES, STATE_CODES, THREAT_NAMES
from wbsim.tables.record import Prior

QuestionType = Literal[
    "agree", "ordered", "first", "second", "multiple", "expectation", "attribution", "level"
]
Measure = Literal[
    "support", "support-with", "closer", "harm", "threat", "trust", "safety", "outlook", "blame"
]
TYPES: tuple[str, ...] = get_args(QuestionType)
MEASURES: tuple[str, ...] = get_args(Measure)

#: The regional figure: the unweighted mean of the six states. Assumed: the reports do not say how they
#: weight. The one test at hand agrees: 76.8 is that mean of six published figures, and 77 the regional one.
REGION = "WB6"
POPULATIONS = (*STATE_CODES, REGION)

#: Answers of questions of type `expectation` and `attribution`, in the order of their arrays.
OUTLOOKS = ("better", "same", "worse")
BLAMED = ("politicians", "powers", "peoples", "other")
#: The item of a choice that stands for all that is not listed: an attitude of 0 without an intercept.
OUTSIDE = "other"

_SINGLE = ("support", "support-with", "closer", "harm", "threat", "trust", "safety", "outlook")
_LISTED = ("support", "threat", "trust")
#: Measures that questions of each type can ask about.
FITTING: dict[str, tuple[str, ...]] = {
    "agree": _SINGLE,
    "ordered": _SINGLE,
    "first": _LISTED,
    "second": _LISTED,
    "multiple": _LISTED,
    "expectation": ("outlook",),
    "attribution": ("blame",),
    "level": ("closer", "harm"),
}
#: Items that each measure can be about; none where it has no items.
ITEMS: dict[str, tuple[str, ...]] = {
    "support": DOMAIN_NAMES,
    "support-with": (*STATE_CODES, *DOMAIN_NAMES),
    "threat": (*THREAT_NAMES, *STATE_CODES),
    "trust": STATE_CODES,
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and what in a simulated citizen answers it.

    `type`: how an attitude becomes an answer. agree: share over the intercept; level: the same without an
    intercept, because a parameter of the model holds the level; ordered: `categories` from low to high between
    `cuts` (logit), each cut moved by an intercept of its own; first, second: the item chosen first or second;
    multiple: each item over an intercept of its own; expectation: better, same, worse (C4); attribution: who is
    to blame (C5).
    `measures`: the attitude. support: for cooperation in the domains `items`; support-with: the same with trust
    in the states among `items` in the place of mean trust, over the domains among them or over all; closer,
    harm: the read-outs of C3; threat: the threats `items`, where a state's code stands for mistrust of it;
    trust: in the states `items`; safety, outlook (C4); blame (C5). Several items are averaged, except where each
    is an answer of its own; there `other` stands for all that is not listed.
    `picked`: the share that agrees is that of one answer among several, or of an open list, outside the model.
    `intercept`: questions with the same one share their intercepts, for instance the two places of one ranking.
    `reason`: why this reading.
    """

    id: str
    wording: str
    type: QuestionType
    measures: Measure
    items: tuple[str, ...]
    categories: tuple[str, ...]
    cuts: tuple[float, ...]
    intercept: str
    reason: str
    picked: bool = False

    @property
    def answers(self) -> tuple[str, ...]:
        """Answers that a figure can be about; none for agree and level, where it is the share that agrees."""
        return () if self.type in ("agree", "level") else self.categories

    @property
    def exclusive(self) -> bool:
        """Whether a respondent gives one answer, so that the answers' shares sum to at most 100."""
        return bool(self.answers) and self.type != "multiple"

    @property
    def listed(self) -> bool:
        """Whether respondents pick one answer from a list of things that have no order."""
        return self.picked or self.type in ("first", "second", "attribution")

    @property
    def intercepts(self) -> tuple[str, ...]:
        """Names of the intercepts: none where a parameter holds the level, else one, or one a cut or item."""
        match self.type:
            case "level" | "expectation":
                return ()
            case "agree":
                return (self.intercept,)
            case "ordered":
                # Each cut by the answer above it; wording moves the cuts of one question differently.
                return tuple(f"{self.intercept}.{name}" for name in self.categories[1:])
            case "attribution":
                # The last answer is what the others are measured against.
                return tuple(f"{self.intercept}.{name}" for name in self.categories[:-1])
            case "first" | "second" | "multiple":
                return tuple(f"{self.intercept}.{item}" for item in self.items if item != OUTSIDE)

    @property
    def states(self) -> tuple[str, ...]:
        """The states that the question is about."""
        return tuple(item for item in self.items if item in STATE_CODES)

    def can_ask(self, population: str) -> bool:
        """Whether `population` can be asked: no public is asked about its own state alone.

        In a choice, every state on the list must be another than the own.
        """
        asked = STATE_CODES if population == REGION else (population,)
        each = self.type in ("first", "second", "multiple")
        if each or self.measures == "threat":
            return not set(asked) & set(self.states)
        return not self.states or all(set(self.states) - {code} for code in asked)


def prior(sd: float) -> Prior:
    """The prior of an intercept of standard deviation `sd`, in logits."""
    return Prior("normal", 0.0, sd)
