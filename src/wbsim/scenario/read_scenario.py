"""A whole scenario, or a file of assumptions, out of its tables: each part, then across the parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from wbsim.scenario import limits
from wbsim.scenario.issue import Issue, show
from wbsim.scenario.read_assumptions import read_assumptions
from wbsim.scenario.read_event import read_event
from wbsim.scenario.read_policy import overlaps, read_policy
from wbsim.scenario.reader import Reader
from wbsim.scenario.schema import Assumptions, DatedEvent, Policy, RunSettings
from wbsim.tables.calendar import HISTORY_START
from wbsim.tables.record import MechanismRecord

KEYS = ("name", "description", "extends", "replace", "run", "policy", "assumptions", "event")
ASSUMPTION_KEYS = ("name", "description", "assumptions", "event")
RUN_KEYS = ("start", "years", "worlds", "seed", "citizens")


@dataclass(frozen=True, slots=True)
class Parts:
    """What was read; parts with issues are missing or hold defaults."""

    name: str
    description: str
    run: RunSettings
    policies: tuple[Policy, ...]
    assumptions: Assumptions
    events: tuple[DatedEvent, ...]


def read_scenario(
    data: Mapping[str, object], mechanisms: Mapping[str, MechanismRecord], issues: list[Issue], name_hint: str
) -> Parts:
    """Read the tables of a scenario; what is wrong goes to `issues`. `name_hint` is a name that would fit."""
    reader = Reader(data, (), issues)
    reader.finish(KEYS, "a scenario")
    if "name" not in data:
        reader.missing(
            "name", "what the scenario is called in tables and reports", f'such as name = "{name_hint}"'
        )
    name, description = read_head(reader)
    run = read_run(reader.subtable("run"))
    policies = []
    for inner in reader.tables("policy"):
        policy = read_policy(inner, run, mechanisms)
        if policy is not None:
            policies.append((inner.path, policy))
    issues.extend(overlaps(policies, mechanisms))
    assumptions, events = _uncertain(reader, run, mechanisms)
    in_order = sorted((policy for _, policy in policies), key=lambda policy: (policy.start, policy.mechanism))
    return Parts(name, description, run, tuple(in_order), assumptions, events)


def read_assumptions_file(
    data: Mapping[str, object],
    run: RunSettings,
    mechanisms: Mapping[str, MechanismRecord],
    issues: list[Issue],
    name_hint: str,
) -> Parts:
    """Read the tables of a file of assumptions and dated events; what is wrong goes to `issues`."""
    reader = Reader(data, (), issues)
    for key in data:
        if key in ("run", "policy", "extends", "replace"):
            reader.wrong(
                key,
                "does not belong in a file of assumptions, which may hold [assumptions] and [[event]] only",
                "keep it in the scenarios that are compared",
            )
        elif key not in ASSUMPTION_KEYS:
            reader.unknown(key, ASSUMPTION_KEYS, "a file of assumptions")
    name, description = read_head(reader)
    assumptions, events = _uncertain(reader, run, mechanisms)
    return Parts(name or name_hint, description, run, (), assumptions, events)


def read_run(reader: Reader | None) -> RunSettings:
    """The `[run]` table; settings with issues keep their defaults."""
    default = RunSettings()
    if reader is None:
        return default
    reader.finish(RUN_KEYS, "[run]")
    start = reader.take("start")
    if start not in (None, HISTORY_START):
        reader.wrong(
            "start",
            f'must be "{HISTORY_START}", where the data begin; it is {show(start)}',
            "set when policies start in [[policy]]",
        )
    return RunSettings(
        years=reader.whole("years", limits.YEARS, default.years),
        worlds=reader.whole("worlds", limits.WORLDS, default.worlds),
        seed=reader.whole("seed", limits.SEED, default.seed),
        citizens=reader.whole("citizens", limits.CITIZENS, default.citizens),
    )


def read_head(reader: Reader) -> tuple[str, str]:
    """The name and the description at the top of a file."""
    name = reader.text("name", 64)
    if reader.has("name") and name and not re.fullmatch(limits.NAME_PATTERN, name):
        fitting = fitting_name(name)
        reader.wrong(
            "name",
            "must have small letters, digits and hyphens only, at most 64, with no hyphen in front; "
            f"it is {show(name)}",
            f'"{fitting}" would do' if fitting else None,
        )
    elif reader.table.get("name") == "":
        reader.wrong("name", "must not be empty")
    return name, reader.text("description", limits.MAX_DESCRIPTION)


def _uncertain(
    reader: Reader, run: RunSettings, mechanisms: Mapping[str, MechanismRecord]
) -> tuple[Assumptions, tuple[DatedEvent, ...]]:
    table = reader.subtable("assumptions")
    assumptions = read_assumptions(table, run) if table is not None else None
    events = [read_event(inner, run, mechanisms) for inner in reader.tables("event")]
    in_order = sorted((event for event in events if event is not None), key=_event_order)
    return assumptions or Assumptions(), tuple(in_order)


def _event_order(event: DatedEvent) -> tuple[str, ...]:
    return (event.month, event.kind, str(event.resolved()))


def fitting_name(text: str) -> str:
    """The nearest text to `text` that a scenario may be called, "" if there is none."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower())[:64].strip("-")
