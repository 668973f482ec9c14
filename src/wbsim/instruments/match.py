"""How a published row is bound to a question: a pattern on its statement, within a survey and a population."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from wbsim.instruments.published import Published

Wording = Literal["same", "new"]

#: Words that turn a statement round: a pattern that isn't made for them leaves such rows alone.
_NEGATIVE = re.compile(
    r"\b(not|no|never|neither|nor|none|against|oppos\w+|disagree\w*|[dm]istrust\w*|dissatisf\w+|discontent\w*"
    r"|unsafe|unfavou?rabl[ey]|unlikely|reject\w*|refus\w+|less|fewer|leav(?:e|es|ing)|doubt\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
#: Phrases with such a word that turn nothing round.
_HARMLESS = re.compile(r"\bfight(?:ing)? against\b|\bno[t]? (?:given|stated|said)\b", re.IGNORECASE)


def is_negative(statement: str) -> bool:
    """Whether a statement has a word that turns it round, such as "not", "disagree" or "unfavourable"."""
    return _NEGATIVE.search(_HARMLESS.sub(" ", statement)) is not None


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern of statements that ask a question.

    `statement`, and `survey`, `theme`, `population` where they are given, are searched for in the row.
    `answers`: those that the figure sums; "{state}" is what the group of that name stands for. `wording`: same
    is this very question, new another wording that measures the same thing and so has an intercept of its own in
    each survey. `negative`: whether it is made for statements with a word that turns them round, such as "not";
    others leave these alone. `other`: the other meaning of a row that can be read in two ways. Of two questions
    that match a row the one with the lower `priority` has it.
    """

    statement: re.Pattern[str]
    survey: re.Pattern[str] | None
    theme: re.Pattern[str] | None
    population: re.Pattern[str] | None
    answers: tuple[str, ...]
    wording: Wording
    reading: str
    other: bool
    negative: bool
    priority: int

    def groups(self, row: Published) -> dict[str, str] | None:
        """The named groups in the row's statement, None if the row does not match."""
        for pattern, text in (
            (self.survey, row.survey),
            (self.theme, row.theme),
            (self.population, row.population),
        ):
            if pattern is not None and pattern.search(text) is None:
                return None
        text = " ".join(row.statement.split())
        found = self.statement.search(text)
        if found is None or is_negative(text) != self.negative:
            return None
        return {k: v for k, v in found.groupdict().items() if v is not None}


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows that are not modelled, and why: those whose id is among `ids` or whose statement matches."""

    ids: tuple[str, ...]
    statement: re.Pattern[str] | None
    survey: re.Pattern[str] | None
    population: re.Pattern[str] | None
    reason: str

    def holds(self, row: Published) -> bool:
        """Whether the rule is about `row`."""
        if row.id in self.ids:
            return True
        pairs = (
            (self.statement, " ".join(row.statement.split())),
            (self.survey, row.survey),
            (self.population, row.population),
        )
        asked = [pattern.search(text) for pattern, text in pairs if pattern is not None]
        return bool(asked) and None not in asked
