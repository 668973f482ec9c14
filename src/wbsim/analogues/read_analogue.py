"""Reading a file of an institution: every problem at once, each with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from wbsim.analogues.analogue import DISCREPANCIES, USES, Analogue, Observation
from wbsim.analogues.read_observation import ID_PATTERN, Frame, read_observation
from wbsim.errors import InputError, Problem
from wbsim.instruments.texts import texts
from wbsim.scenario import limits
from wbsim.scenario.issue import Issue, key_text, show
from wbsim.scenario.limits import Limits
from wbsim.scenario.linemap import line_map
from wbsim.scenario.merge import Located, Place
from wbsim.scenario.parameter_key import with_flat_keys
from wbsim.scenario.read_assumptions import read_assumptions
from wbsim.scenario.read_event import read_event
from wbsim.scenario.read_policy import overlaps, read_policy
from wbsim.scenario.reader import Reader
from wbsim.scenario.schema import Assumptions, DatedEvent, Policy, RunSettings
from wbsim.scenario.text import parse
from wbsim.tables.calendar import HISTORY_END, month_number, month_text
from wbsim.tables.record import MechanismRecord

KEYS = (
    "name", "label", "description", "judgement", "sources", "start", "months", "discrepancy", "use", "policy",
    "assumptions", "event", "observation",
)  # fmt: skip
ASSUMPTION_KEYS = ("parameters", "variants", "path")
FIRST_MONTH, LAST_MONTH = "1945-01", "2999-12"
#: Longest life that is followed; with the months of warming up it must fit into the longest run.
LIFE = Limits(1, 480, "months")
#: The simulated month in which every institution starts, two years after the reference month: by then crises, records
#: and lulls have found their ordinary state.
SIMULATED_START = "2023-01"

_NEEDED = {
    "name": "what the institution is called in tables",
    "label": "its name for people",
    "judgement": "what the coder decided: which levers, and why",
    "sources": 'where its rules are described, such as ["https://..."]',
    "start": 'its first month, such as "2018-02"',
    "months": "how many months it is followed for",
    "discrepancy": f"how far it is from what is simulated, one of {', '.join(DISCREPANCIES)}",
    "observation": "at least one [[observation]]",
}


def read_analogue(
    text: str, file: str, mechanisms: Mapping[str, MechanismRecord], origin: str = ""
) -> Analogue:
    """The institution in `text`, which stands in `file`. Raises InputError with everything that is wrong."""
    data = parse(text, file)
    places = {path: Place(file, line) for path, line in line_map(text).items()}
    located, twice = with_flat_keys(Located(data, {(): Place(file, 1), **places}))
    message = "is given a second time, with quotes and without"
    issues = [Issue(path, message, "keep one of the two") for path in twice]
    found = _read(Reader(located.data, (), issues), mechanisms, origin)
    if issues or found is None:
        raise InputError(_problems(issues, located, file))
    return found


def _problems(issues: list[Issue], located: Located, file: str) -> list[Problem]:
    """Every issue with its place, in the order of the lines."""
    problems = []
    for issue in issues:
        place = located.place(issue.path)
        line = place.line if place else None
        problems.append(Problem(issue.message, file, line, key_text(issue.path) or None, issue.suggestion))
    return sorted(problems, key=lambda problem: problem.line or 0)


def _read(reader: Reader, mechanisms: Mapping[str, MechanismRecord], origin: str) -> Analogue | None:
    reader.finish(KEYS, "a file of an institution")
    for key, what in _NEEDED.items():
        if not reader.has(key):
            reader.missing(key, what)
    name, label = reader.text("name", 64), reader.text("label", 120)
    if reader.has("name") and name and re.fullmatch(limits.NAME_PATTERN, name) is None:
        reader.wrong("name", f'must be small letters, digits and "-"; it is {show(name)}')
    description = reader.text("description", limits.MAX_DESCRIPTION)
    judgement = reader.text("judgement", 2 * limits.MAX_DESCRIPTION)
    sources = texts(reader, "sources")
    start = reader.month("start", FIRST_MONTH, LAST_MONTH, None)
    months = reader.whole("months", LIFE, 1)
    discrepancy = reader.choice("discrepancy", DISCREPANCIES, "middle")
    use = reader.choice("use", USES, "fit")
    policies = _policies(reader, mechanisms)
    # Where the first month is wrong or missing, no other month can be judged.
    last = LAST_MONTH if start is None else month_text(month_number(start) + months - 1)
    whole = start or FIRST_MONTH
    assumptions, events = _circumstances(reader, whole, last, mechanisms)
    frame = Frame(whole, last, _members(reader, policies), _started(reader))
    observations = _observations(reader, frame)
    if use == "validation":
        observations = tuple(replace(each, split="validation") for each in observations)
    if reader.issues or start is None or assumptions is None:
        return None
    return Analogue(
        name, label, description, judgement, sources, start, months, discrepancy,
        "validation" if use == "validation" else "fit", policies, assumptions, events, observations, origin,
    )  # fmt: skip


def run_settings(months: int) -> RunSettings:
    """The shortest run that simulates an institution of `months`."""
    start, end = month_number(SIMULATED_START), month_number(HISTORY_END)
    return RunSettings(years=max(1, -(-(start + months - 1 - end) // 12)))


def _members(reader: Reader, policies: tuple[Policy, ...]) -> tuple[str, ...]:
    """Members of the mechanisms; none are known where a policy cannot be read."""
    if len(policies) < len(_started(reader)):
        return ()
    named = [policy.levers.get("members", ()) for policy in policies]
    return tuple(dict.fromkeys(str(code) for codes in named if isinstance(codes, tuple) for code in codes))


def _started(reader: Reader) -> tuple[str, ...]:
    """Mechanisms that the file names, whether or not their levers are right."""
    tables = reader.table.get("policy")
    listed = [table for table in tables if isinstance(table, dict)] if isinstance(tables, list) else []
    return tuple(str(table.get("mechanism", "")) for table in listed)


def _policies(reader: Reader, mechanisms: Mapping[str, MechanismRecord]) -> tuple[Policy, ...]:
    """Mechanisms that start with the institution and last as long as it is followed."""
    found = []
    for inner in reader.tables("policy"):
        for key in ("start", "end"):
            if inner.has(key):
                inner.wrong(
                    key, "is that of the institution, start and months at the top", "leave it out here"
                )
        table = {key: value for key, value in inner.table.items() if key not in ("start", "end")}
        policy = read_policy(Reader(table, inner.path, reader.issues), run_settings(1), mechanisms)
        if policy is not None:
            found.append((inner.path, policy.model_copy(update={"start": SIMULATED_START})))
    reader.issues.extend(overlaps(found, mechanisms))
    return tuple(policy for _, policy in found)


def _circumstances(
    reader: Reader, start: str, last: str, mechanisms: Mapping[str, MechanismRecord]
) -> tuple[Assumptions | None, tuple[DatedEvent, ...]]:
    """What was different while it ran, in simulated months: months of the file are moved there."""
    longest = RunSettings(years=int(limits.YEARS.high))
    events = []
    for inner in reader.tables("event"):
        moved = _moved(inner, "month", start, last)
        event = read_event(moved, longest, mechanisms)
        if event is not None:
            events.append(event)
    table = reader.subtable("assumptions")
    if table is None:
        return Assumptions(source="prior"), tuple(events)
    table.finish(ASSUMPTION_KEYS, "[assumptions] of an institution")
    paths = [_moved(step, "from", start, last).table for step in table.tables("path")]
    parts = {key: value for key, value in table.table.items() if key in ASSUMPTION_KEYS}
    whole = parts | ({"path": [dict(path) for path in paths]} if paths else {})
    read = read_assumptions(Reader(whole | {"source": "prior"}, table.path, reader.issues), longest)
    return read, tuple(events)


def _moved(inner: Reader, key: str, start: str, last: str) -> Reader:
    """The table with the month at `key` moved from the institution's calendar to the simulated one."""
    month = inner.month(key, start, last, None, "the months of the institution") if inner.has(key) else None
    table = dict(inner.table)
    if key in table:
        placed = 0 if month is None or start == FIRST_MONTH else month_number(month) - month_number(start)
        table[key] = month_text(month_number(SIMULATED_START) + placed)
    return Reader(table, inner.path, inner.issues)


def _observations(reader: Reader, frame: Frame) -> tuple[Observation, ...]:
    found: list[Observation] = []
    seen: set[str] = set()
    for inner in reader.tables("observation"):
        observation = read_observation(inner, frame)
        identity = inner.table.get("id")
        if isinstance(identity, str):
            if re.fullmatch(ID_PATTERN, identity) is None:
                inner.wrong("id", f'must be small letters, digits and "-"; it is {show(identity)}')
            elif identity in seen:
                inner.wrong("id", f"is given a second time: {show(identity)}", "give each a name of its own")
            seen.add(identity)
        if observation is not None:
            found.append(observation)
    return tuple(found)
