"""Reading calibration/questions.toml: every problem at once, each with its line."""

from __future__ import annotations

import re

from wbsim.errors import InputError, Problem
from wbsim.instruments.catalogue import Catalogue, Synonyms, Template
from wbsim.instruments.fieldwork import EARLIEST, LATEST
from wbsim.instruments.match import Rule
from wbsim.instruments.read_question import pattern, read_question, with_different_ids
from wbsim.instruments.survey import Survey
from wbsim.instruments.texts import MAX_TEXT, texts
from wbsim.scenario.issue import Issue, key_text, show
from wbsim.scenario.limits import Limits
from wbsim.scenario.linemap import line_map
from wbsim.scenario.merge import Located, Place
from wbsim.scenario.reader import Reader
from wbsim.scenario.text import parse
from wbsim.tables.places import DOMAIN_NAMES, STATE_CODES, THREAT_NAMES

KEYS = ("synonyms", "question", "survey", "collapsed", "shown")
SURVEY_KEYS = ("name", "also", "year", "first", "last", "fieldwork", "sample", "sample_source")
SHOWN_KEYS = ("statement", "survey", "population", "reason")
COLLAPSED_KEYS = ("rows", *SHOWN_KEYS)
SAMPLE = Limits(1, 1_000_000, "respondents")
YEAR_PATTERN = r"(19|20)\d\d"
#: What names of a group can stand for, where the model gives them.
MEANINGS = {"state": STATE_CODES, "threat": THREAT_NAMES, "domain": DOMAIN_NAMES}


def read_catalogue(text: str, file: str, origin: str) -> Catalogue:
    """The catalogue in `text`, which stands in `file`. Raises InputError with everything that is wrong."""
    data = parse(text, file)
    issues: list[Issue] = []
    root = Reader(data, (), issues)
    root.finish(KEYS, "a file of questions")
    synonyms = _synonyms(root)
    templates: list[tuple[int, Template]] = []
    for number, table in enumerate(root.tables("question")):
        template = read_question(table, synonyms)
        if template is not None:
            templates.append((number, template))
    if not root.has("question"):
        root.missing("question", "at least one [[question]]")
    with_different_ids(templates, synonyms, issues)
    surveys = tuple(survey for table in root.tables("survey") if (survey := _survey(table)) is not None)
    for name in sorted({s.name for s in surveys if [t.name for t in surveys].count(s.name) > 1}):
        root.wrong("survey", f"has {show(name)} twice", "give each wave a name of its own")
    collapsed = tuple(
        _rule(table, synonyms, COLLAPSED_KEYS, "a [[collapsed]] rule") for table in root.tables("collapsed")
    )
    shown = tuple(_rule(table, synonyms, SHOWN_KEYS, "a [[shown]] rule") for table in root.tables("shown"))
    if issues:
        raise InputError(_problems(issues, data, text, file))
    return Catalogue(
        tuple(template for _, template in templates), surveys, shown, collapsed, synonyms, origin
    )


def _synonyms(root: Reader) -> Synonyms:
    table = root.subtable("synonyms")
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for group in table.table if table else ():
        assert table is not None
        names = table.subtable(group)
        if names is None:
            continue
        allowed = MEANINGS.get(group)
        if allowed:
            names.finish(allowed, f"[synonyms.{group}]")
        found[group] = {key: texts(names, key) for key in names.table}
        words = [word.lower() for group_words in found[group].values() for word in group_words]
        for word in sorted({word for word in words if words.count(word) > 1}):
            table.wrong(group, f"has {show(word)} twice", "a name can stand for one thing only")
    return found


def _survey(reader: Reader) -> Survey | None:
    before = len(reader.issues)
    reader.finish(SURVEY_KEYS, "a survey")
    for key in ("name", "fieldwork", "sample_source"):
        if not reader.text(key, MAX_TEXT).strip():
            reader.missing(key, "a text that is not empty")
    for key in ("first", "last", "sample"):
        if not reader.has(key):
            reader.missing(
                key, "respondents in one state" if key == "sample" else 'a month such as "2022-03"'
            )
    first = reader.month("first", EARLIEST, LATEST, EARLIEST) or EARLIEST
    last = reader.month("last", EARLIEST, LATEST, LATEST) or LATEST
    year = reader.text("year", MAX_TEXT)
    if year and re.fullmatch(YEAR_PATTERN, year, re.ASCII) is None:
        reader.wrong("year", f'must be a year in quotes such as "2022"; it is {show(year)}')
    if first > last:
        reader.wrong("last", f'must not come before first, "{first}"; it is "{last}"')
    survey = Survey(
        name=reader.text("name", MAX_TEXT),
        also=texts(reader, "also"),
        year=year,
        first=first,
        last=last,
        fieldwork=reader.text("fieldwork", MAX_TEXT),
        sample=reader.whole("sample", SAMPLE, 1),
        sample_source=reader.text("sample_source", MAX_TEXT),
    )
    return survey if len(reader.issues) == before else None


def _rule(reader: Reader, synonyms: Synonyms, keys: tuple[str, ...], what: str) -> Rule:
    reader.finish(keys, what)
    if not reader.text("reason", MAX_TEXT).strip():
        reader.missing("reason", "why, in a few words")
    if not any(reader.has(key) for key in keys if key != "reason"):
        reader.missing(keys[0], f"which rows it is about, by one of {', '.join(keys[:-1])}")
    return Rule(
        texts(reader, "rows") if "rows" in keys else (),
        pattern(reader, "statement", synonyms),
        pattern(reader, "survey", synonyms),
        pattern(reader, "population", synonyms),
        reader.text("reason", MAX_TEXT),
    )


def _problems(issues: list[Issue], data: dict[str, object], text: str, file: str) -> list[Problem]:
    places = {path: Place(file, line) for path, line in line_map(text).items()}
    located = Located(data, {(): Place(file, 1), **places})
    found = []
    for issue in issues:
        place = located.place(issue.path)
        line = place.line if place else None
        found.append(Problem(issue.message, file, line, key_text(issue.path) or None, issue.suggestion))
    return sorted(found, key=lambda problem: problem.line or 0)
