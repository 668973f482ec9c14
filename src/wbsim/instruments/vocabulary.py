"""Words of a statement that may change what it says.

Nobody can list all words that turn a statement round or name a part of a public. So the question is put the other way:
a statement is read only if each of its words is known, to the pattern that fits it, to the question, or as neutral.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")


def words(text: str) -> frozenset[str]:
    """The words of a text, in small letters."""
    return frozenset(match[0].lower() for match in _WORD.finditer(text))


#: What may follow a word of a pattern: "threat" knows "threats".
_ENDINGS = frozenset({"s", "es", "d", "ed", "'s", "’s"})

_GRAMMAR = """a an the of in on at to for with by from and or that this these is are be as it its itself
their they them own our ours we us i his her do does did has have will would should can may about towards toward
between there"""
_PUBLIC = """citizens citizen respondents respondent people public population inhabitants adults residents everyone
survey poll surveyed interviewed asked share percentage percent all most majority number total answer answers answered
response responses question statement item wave round"""
_SAYING = """agree agrees agreeing agreed think thinks thinking believe believes say says saying said consider considers
considered see sees seen feel feels feeling expect expects expected name names named naming call calls called express
expresses expressed hold holds perceive perceives perceived regard regards regarded opinion opinions"""
_PLACE = """western balkan balkans wb wb6 region regional economy economies country countries state states nation
society stability peace prosperity neighbours neighbors neighbouring neighboring nearby initiative security"""
_REMARK = "single multiple choice one apparently"
#: Neutral wherever they stand.
_NEUTRAL = words(f"{_GRAMMAR} {_PUBLIC} {_SAYING} {_PLACE} {_REMARK}")
#: Neutral where a pattern leaves the words between two of its own open: "want more cooperation", "a serious threat".
_WITHIN = words(
    """more better closer deeper stronger greater improved further good new mutual serious real major big great large
    significant political economic police armed fight fighting combat combating combatting tackle tackling outbreak"""
)
#: Words that turn a statement round in a plain way: known to patterns that are made for such statements.
_PLAIN_NEGATIONS = words(
    "not no don't don’t doesn't doesn’t against oppose opposes opposed disagree disagrees"
)
#: Grades of an answer: known where a pattern names them, and never because the question's wording lists its grades.
_GRADES = words(
    "highly somewhat fully very strongly totally partly completely extremely mostly rather quite slightly"
)


def from_wording(wording: str, names: Collection[str] = ()) -> frozenset[str]:
    """Words of a question's wording that a statement may have: no grades, and none of `names`."""
    return words(wording) - _GRADES - words(" ".join(names))


def strange_words(
    text: str, literal: Sequence[bool], inside: Sequence[bool], known: Collection[str], *, negative: bool
) -> tuple[str, ...]:
    """Words of `text` that are neither neutral, nor in `known`, nor said by a pattern; as written, each once.

    `literal` and `inside` say of each character whether a pattern names it, and whether it stands where a pattern
    leaves the words open. `negative`: whether the pattern is made for statements that are turned round.
    """
    found: dict[str, str] = {}
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if _is_named(match.start(), match.end(), text, literal) or _YEAR.fullmatch(word):
            continue
        allowed = word in _NEUTRAL or word in known or (inside[match.start()] and word in _WITHIN)
        if not allowed and not (negative and word in _PLAIN_NEGATIONS):
            found.setdefault(word, match[0])
    return tuple(found.values())


def _is_named(start: int, end: int, text: str, literal: Sequence[bool]) -> bool:
    """Whether a pattern names the word from `start` to `end`, an ending aside."""
    named = start
    while named < end and literal[named]:
        named += 1
    return named == end or (named > start and text[named:end].lower() in _ENDINGS)
