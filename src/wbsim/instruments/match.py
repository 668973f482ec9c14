"""How a published row is bound to a question: a pattern on its statement, within a survey and a population."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from wbsim.instruments.pattern import OPEN
from wbsim.instruments.published import Published

Wording = Literal["same", "new"]

#: Words that turn a statement round: a pattern that isn't made for them leaves such rows alone.
_NEGATIVE = re.compile(
    r"\b(not|no|never|neither|nor|none|nobody|hardly|barely|against|oppos\w+|disagree\w*|[dm]istrust\w*|dissatisf\w+"
    r"|discontent\w*|unsafe|unfavou?rabl[ey]|unlikely|reject\w*|refus\w+|less|fewer|few|low|lower|lowest"
    r"|little|minor|small|smaller|leav(?:e|es|ing)|doubt\w*|s[ck]eptic\w*|den(?:y|ies|ied|ying)|myth"
    r"|useless|pointless|harmful|unnecessary|unimportant|worthless|handful|bad|wrong|end|ends|ending|ended"
    r"|suspen(?:d\w*|sion)|reduc\w+|freez\w+|frozen|stop\w*|halt\w*|abandon\w*|withdraw\w*|quit\w*|cut|cuts"
    r"|without|lack|lacks|fail\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
#: Phrases with such a word that turn nothing round.
_HARMLESS = re.compile(
    r"\bfight(?:ing)? against\b|\bno[t]? (?:given|stated|said)\b|\black of (?:regional )?cooperation\b"
    r"|\bno one answer\b",
    re.IGNORECASE,
)
#: Words of those who gave no opinion: no pattern binds such a row to an opinion.
_WITHOUT_OPINION = re.compile(
    r"\bundecided\b|\bdo(?:es)?(?:n['’]t| not) know\b|\bdon['’]?t know\b|\bno (?:answer|opinion|response)\b"
    r"|\brefus(?:e|es|ed|al) to (?:answer|say|respond)\b|\b(?:cannot|can['’]t) say\b|\bhard to say\b|\bnot sure\b"
    r"|\bunsure\b",
    re.IGNORECASE,
)
#: Words that make a statement one of a part of a public, which the model does not hold.
_PART = re.compile(
    r"\bamong (?:only |the )?(?:\w+ )?(?:women|men|youth|young|students?|voters|supporters|members|serbs|albanians"
    r"|bosniaks|croats|macedonians|montenegrins|roma|leaders|companies|businesses|experts|respondents who|those who)\b"
    r"|\((?:[^)]* )?(?:women|men|youth|young people|students|serbs|albanians|bosniaks|croats)\b[^)]*\)"
    r"|\b(?:kosovo|bosnian|montenegrin|ethnic|local|northern|southern) (?:serbs|albanians|bosniaks|croats|roma)\b"
    r"|\b(?:serb|serbian|albanian|bosniak|croat|roma) (?:community|communities|minority|population|respondents)\b"
    r"|\bamong\b[^,;:]{0,40}\bonly\b|\bbusiness (?:leaders|owners|people|community)\b"
    r"|\b(?:companies|entrepreneurs|employers) (?:say|think|agree|who)\b"
    r"|\bgeneration [xyz]\b|\bmillennials\b|\b(?:young|older|elderly) (?:people|citizens|adults|respondents)\b"
    r"|\byouth\b|\bstudents\b|\b(?:urban|rural) (?:population|residents|areas|respondents)\b"
    r"|\b(?:voters|supporters|members) of\b|\bof (?:those|respondents|people|citizens) who\b|\bof the (?:women|men)\b"
    r"|\b(?:women|men) (?:only|who|agree|support|say)\b|\baged \d|\b\d\d ?[-–] ?\d\d[- ]years?\b",
    re.IGNORECASE,
)


def turning_words(statement: str) -> tuple[str, ...]:
    """Words of a statement that turn it round, such as "not", "few", "disagree" or "unfavourable"."""
    return tuple(found[0] for found in _NEGATIVE.finditer(_HARMLESS.sub(" ", statement)))


def is_negative(statement: str) -> bool:
    """Whether a statement has a word that turns it round."""
    return bool(turning_words(statement))


def spaced(statement: str) -> str:
    """A statement with single spaces, as patterns search it."""
    return " ".join(statement.split())


def is_without_opinion(statement: str) -> bool:
    """Whether a statement is about those who gave no opinion."""
    return _WITHOUT_OPINION.search(statement) is not None


def is_of_a_part(statement: str) -> bool:
    """Whether a statement is about a part of a public, such as women, a community or the voters of a party."""
    return _PART.search(statement) is not None


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern of statements that ask a question.

    `statement`, and `survey`, `theme`, `population` where they are given, are searched for in the row.
    `answers`: those that the figure sums; "{state}" is what the group of that name stands for. `wording`: same
    is this very question, new another wording that measures the same thing and so has an intercept of its own in
    each survey. `negative`: whether it is made for statements with a word that turns them round, such as "not";
    others leave these alone, and it takes those with one such word: two may cancel. `other`: the other meaning of a
    row that can be read in two ways. Of two questions
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
        found = self._found(row)
        if found is None:
            return None
        groups = found.groupdict().items()
        return {name: text for name, text in groups if text is not None and not name.startswith(OPEN)}

    def marks(self, row: Published) -> tuple[list[bool], list[bool]] | None:
        """Of each character of the row's statement, whether the pattern names it, and whether it leaves it open.

        None if the row does not match. Phrases with a word such as "not" that turn nothing round count as named.
        """
        found = self._found(row)
        if found is None:
            return None
        count = len(found.string)
        named, left_open = [False] * count, [False] * count
        named[found.start() : found.end()] = [True] * (found.end() - found.start())
        for name in found.re.groupindex:
            if name.startswith(OPEN) and found[name] is not None:
                first, last = found.span(name)
                named[first:last] = [False] * (last - first)
                left_open[first:last] = [True] * (last - first)
        for phrase in _HARMLESS.finditer(found.string):
            named[phrase.start() : phrase.end()] = [True] * (phrase.end() - phrase.start())
        return named, left_open

    def _found(self, row: Published) -> re.Match[str] | None:
        found = self._searched(row)
        if found is None or len(turning_words(found.string)) != int(self.negative):
            return None
        return found

    def is_turned(self, row: Published) -> bool:
        """Whether the row would match, were it not for words that turn its statement round."""
        found = self._searched(row)
        return found is not None and len(turning_words(found.string)) != int(self.negative)

    def _searched(self, row: Published) -> re.Match[str] | None:
        """The pattern in the row's statement, whatever turns that round; None in another survey or population."""
        for pattern, text in (
            (self.survey, row.survey),
            (self.theme, row.theme),
            (self.population, row.population),
        ):
            if pattern is not None and pattern.search(text) is None:
                return None
        return self.statement.search(spaced(row.statement))


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
            (self.statement, spaced(row.statement)),
            (self.survey, row.survey),
            (self.population, row.population),
        )
        asked = [pattern.search(text) for pattern, text in pairs if pattern is not None]
        return bool(asked) and None not in asked
