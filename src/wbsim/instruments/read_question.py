"""Reading one `[[question]]` with its patterns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from wbsim.instruments.catalogue import Synonyms, Template
from wbsim.instruments.match import Match, Wording
from wbsim.instruments.pattern import PatternError, compiled
from wbsim.instruments.question import (
    BLAMED,
    FITTING,
    ITEMS,
    MEASURES,
    OUTLOOKS,
    OUTSIDE,
    TYPES,
    Measure,
    Question,
    QuestionType,
)
from wbsim.instruments.texts import MAX_TEXT, texts
from wbsim.scenario.issue import Issue, names, nearest, show
from wbsim.scenario.limits import Limits
from wbsim.scenario.reader import Reader

ID_PATTERN = r"[a-z0-9-]+(\{[a-z]+\}[a-z0-9-]*)?"
ANSWER_PATTERN = r"[A-Za-z0-9-]{1,40}|\{[a-z]+\}"
CUT = Limits(-10.0, 10.0, "logits", whole=False)
PRIORITY = Limits(1, 9)
WORDINGS: tuple[Wording, ...] = ("same", "new")
#: Priority of a pattern that names none.
DEFAULT_PRIORITY = {"same": 1, "new": 2}

KEYS = (
    "id", "wording", "type", "measures", "items", "categories", "cuts", "intercept", "picked", "reason", "match",
)  # fmt: skip
MATCH_KEYS = (
    "statement",
    "survey",
    "theme",
    "population",
    "answers",
    "wording",
    "reading",
    "negative",
    "other",
    "priority",
)
_CHOICES = ("first", "second", "multiple")


def read_question(reader: Reader, synonyms: Synonyms) -> Template | None:
    """One question; None, with issues recorded, if anything in it is wrong."""
    before = len(reader.issues)
    reader.finish(KEYS, "a question")
    for key in ("id", "wording", "type", "measures", "reason"):
        if not reader.text(key, MAX_TEXT).strip():
            reader.missing(key, "a text that is not empty")
    name = reader.text("id", MAX_TEXT)
    placeholder = _placeholder(reader, name, synonyms)
    kind = reader.choice("type", TYPES, "agree")
    measures = reader.choice("measures", MEASURES, "support")
    if len(reader.issues) > before:
        return None
    if measures not in FITTING[kind]:
        allowed = names(FITTING[kind])
        reader.wrong(
            "measures", f'a question of type "{kind}" measures one of {allowed}; it is {show(measures)}'
        )
    items = _items(reader, kind, measures, placeholder)
    categories = _categories(reader, kind, items)
    question = Question(
        id=name,
        wording=reader.text("wording", MAX_TEXT),
        type=cast(QuestionType, kind),
        measures=cast(Measure, measures),
        items=items,
        categories=categories,
        cuts=_cuts(reader, kind, categories),
        intercept=_intercept(reader, name, placeholder),
        reason=reader.text("reason", MAX_TEXT),
        picked=_picked(reader, kind),
    )
    matches = [_match(table, question, placeholder, synonyms) for table in reader.tables("match")]
    if len(reader.issues) > before:
        return None
    names_of = synonyms[placeholder] if placeholder else {}
    labels = {value: words[0] for value, words in names_of.items() if words}
    return Template(question, placeholder, labels, tuple(match for match in matches if match is not None))


def _placeholder(reader: Reader, name: str, synonyms: Synonyms) -> str | None:
    if name and re.fullmatch(ID_PATTERN, name) is None:
        reader.wrong(
            "id", f'must be small letters, digits and "-", with one {{group}} at most; it is {show(name)}'
        )
        return None
    found = re.search(r"\{([a-z]+)\}", name)
    if found is None:
        return None
    if found[1] not in synonyms:
        reader.wrong("id", f"must name a group of [synonyms]: {names(synonyms)}; it is {show(found[1])}")
        return None
    return found[1]


def _items(reader: Reader, kind: str, measures: str, placeholder: str | None) -> tuple[str, ...]:
    allowed = ITEMS.get(measures, ())
    own = () if placeholder is None else (f"{{{placeholder}}}",)
    outside = (OUTSIDE,) if kind in ("first", "second") else ()
    items = texts(reader, "items")
    if not allowed:
        if items:
            reader.wrong("items", f'must be left out: "{measures}" is about nothing else')
        return items
    for number, item in enumerate(items):
        if item not in (*allowed, *own, *outside):
            message = (
                f'must be one of {names((*allowed, *own, *outside))} for "{measures}"; it is {show(item)}'
            )
            reader.issues.append(Issue((*reader.path, "items", number), message, nearest(item, allowed)))
    least = 2 if kind in ("first", "second") else 1
    if len(items) < least or len(set(items)) < len(items):
        reader.wrong("items", f"must name at least {least} different ones; it is {show(list(items))}")
    if measures == "support-with" and not any(item in ITEMS["trust"] or item in own for item in items):
        reader.wrong("items", f"must name at least one state: {names(ITEMS['trust'])}")
    return items


def _categories(reader: Reader, kind: str, items: tuple[str, ...]) -> tuple[str, ...]:
    fixed = {
        "agree": ("agree",),
        "level": ("agree",),
        "expectation": OUTLOOKS,
        "attribution": BLAMED,
        **dict.fromkeys(_CHOICES, items),
    }
    given = texts(reader, "categories")
    if kind in fixed:
        if given:
            reader.wrong(
                "categories", f'must be left out: a question of type "{kind}" has {names(fixed[kind])}'
            )
        return fixed[kind]
    if len(given) < 2 or len(set(given)) < len(given):
        reader.wrong("categories", "must name at least two different answers, from low to high")
    for number, name in enumerate(given):
        if re.fullmatch(ANSWER_PATTERN, name) is None:
            place = (*reader.path, "categories", number)
            reader.issues.append(Issue(place, f'must be letters, digits and "-"; it is {show(name)}'))
    return given


def _cuts(reader: Reader, kind: str, categories: tuple[str, ...]) -> tuple[float, ...]:
    value = reader.take("cuts")
    if kind != "ordered":
        if value is not None:
            reader.wrong("cuts", 'must be left out: only a question of type "ordered" has cuts')
        return ()
    if not isinstance(value, list) or len(value) != len(categories) - 1:
        reader.wrong(
            "cuts", f"must be a list of {max(len(categories) - 1, 1)} numbers, one fewer than categories"
        )
        return ()
    cuts = tuple(reader.checked_number("cuts", item, CUT, 0.0) for item in value)
    if list(cuts) != sorted(set(cuts)):
        reader.wrong("cuts", f"must rise; it is {show(value)}")
    return cuts


def _intercept(reader: Reader, name: str, placeholder: str | None) -> str:
    text = reader.text("intercept", MAX_TEXT, name)
    own = re.fullmatch(ID_PATTERN, text) and re.findall(r"\{([a-z]+)\}", text) in ([], [placeholder])
    if text and not own:
        reader.wrong(
            "intercept", f"must be written as an id is, with its group or without; it is {show(text)}"
        )
    return text


def _picked(reader: Reader, kind: str) -> bool:
    value = reader.take("picked")
    if not isinstance(value, bool | None):
        reader.wrong("picked", f"must be true or false; it is {show(value)}")
    elif value is not None and kind != "agree":
        reader.wrong(
            "picked", 'must be left out: only a question of type "agree" can be one answer of a list'
        )
    return value is True


def _match(reader: Reader, question: Question, placeholder: str | None, synonyms: Synonyms) -> Match | None:
    before = len(reader.issues)
    reader.finish(MATCH_KEYS, "a pattern")
    if not reader.has("statement"):
        reader.missing("statement", "a regular expression")
    wording = reader.choice("wording", WORDINGS, "same")
    if wording == "new" and question.type in ("level", "expectation"):
        reader.wrong(
            "wording", f'must be "same": a question of type "{question.type}" has no intercept to change'
        )
    answers = _answers(reader, question, synonyms)
    patterns = {key: pattern(reader, key, synonyms) for key in ("statement", "survey", "theme", "population")}
    statement = patterns["statement"]
    needed = {group for text in answers for group in re.findall(r"\{([a-z]+)\}", text)}
    needed |= {placeholder} if placeholder else set()
    if statement is not None and not needed <= set(statement.groupindex):
        reader.wrong("statement", f"must have the groups {names(sorted(needed))}, as {{name}}")
    for key in ("negative", "other"):
        if not isinstance(reader.take(key), bool | None):
            reader.wrong(key, f"must be true or false; it is {show(reader.take(key))}")
    reading = reader.text("reading", MAX_TEXT, "as the statement says")
    priority = reader.whole("priority", PRIORITY, DEFAULT_PRIORITY[wording])
    if len(reader.issues) > before or statement is None:
        return None
    return Match(
        statement=statement,
        survey=patterns["survey"],
        theme=patterns["theme"],
        population=patterns["population"],
        answers=answers,
        wording=cast(Wording, wording),
        reading=reading,
        other=reader.take("other") is True,
        negative=reader.take("negative") is True,
        priority=priority,
    )


def _answers(reader: Reader, question: Question, synonyms: Synonyms) -> tuple[str, ...]:
    """The answers that a figure sums: some of the question's, or what a group of the pattern stands for."""
    answers = texts(reader, "answers")
    known = (*question.answers, *(f"{{{group}}}" for group in synonyms))
    if bool(answers) != bool(question.answers):
        what = f"some of {names(question.answers)}" if question.answers else "nothing: leave it out"
        reader.wrong("answers", f'must be {what}, in a question of type "{question.type}"')
    for number, answer in enumerate(answers):
        if question.answers and answer not in known:
            place = (*reader.path, "answers", number)
            message = f"must be one of {names(known)}; it is {show(answer)}"
            reader.issues.append(Issue(place, message, nearest(answer, known)))
    return answers


def pattern(reader: Reader, key: str, synonyms: Synonyms) -> re.Pattern[str] | None:
    """The regular expression at `key`, None if it isn't given or wrong."""
    text = reader.text(key, MAX_TEXT)
    if not text:
        return None
    try:
        return compiled(text, synonyms)
    except PatternError as error:
        reader.wrong(key, f"{error}; it is {show(text)}")
        return None


def with_different_ids(
    templates: Sequence[tuple[int, Template]], synonyms: Synonyms, issues: list[Issue]
) -> None:
    """Record every id that two questions have, templates filled; each comes with its position in the file."""
    seen: dict[str, int] = {}
    for number, template in templates:
        values = synonyms[template.placeholder] if template.placeholder else ("",)
        for name in (template.filled(value).id for value in values):
            if seen.setdefault(name, number) != number:
                place = ("question", number, "id")
                issues.append(
                    Issue(place, f"is taken: question {seen[name] + 1} is {show(name)} too", "choose another")
                )
