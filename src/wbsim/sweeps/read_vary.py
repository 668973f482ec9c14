"""Keys and values given on the command line: `KEY=SPEC`, or `KEY` alone, all read and checked at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wbsim.errors import InputError, Problem
from wbsim.scenario.issue import Issue, KeyPath, key_text
from wbsim.scenario.schema import RunSettings, Scenario
from wbsim.sweeps.check_points import check_points, limited, point_notices, unstarted
from wbsim.sweeps.design import Design, Sampling, design_of, notices_of
from wbsim.sweeps.key import Key, find_key
from wbsim.sweeps.spread import Varied
from wbsim.sweeps.vary import read_spec
from wbsim.tables.mechanisms import MECHANISMS
from wbsim.tables.record import MechanismRecord

OPTION = "--vary"
#: More keys than this are refused unread; there are about 400 numbers to vary.
MAX_KEYS = 500


@dataclass(frozen=True, slots=True)
class Vary:
    """What is varied, in the order given, and what the user should know about the values."""

    varied: tuple[Varied, ...]
    notices: tuple[str, ...] = ()


def read_vary(
    texts: Sequence[str],
    scenarios: Sequence[Scenario],
    mechanisms: Mapping[str, MechanismRecord] = MECHANISMS,
) -> Vary:
    """The keys and values of `texts`, each `KEY=SPEC` or `KEY`, for a sweep of `scenarios`.

    Raises InputError with every problem (20 shown, the rest counted); its key is `--vary KEY`.
    """
    written = [tuple(part.strip() for part in text.partition("=")) for text in texts]
    specs = [(key, spec if equals else None, (key,)) for key, equals, spec in written]
    issues: list[Issue] = []
    vary = read_keys(specs, scenarios, mechanisms, issues)
    if issues:
        raise InputError(limited([_problem(issue) for issue in issues]))
    return vary


def _problem(issue: Issue) -> Problem:
    return Problem(issue.message, None, None, f"{OPTION} {key_text(issue.path)}", issue.suggestion)


def read_keys(
    specs: Sequence[tuple[str, object, KeyPath]],
    scenarios: Sequence[Scenario],
    mechanisms: Mapping[str, MechanismRecord],
    issues: list[Issue],
) -> Vary:
    """Keys with the values written for them and the places of both; what is wrong goes to `issues`."""
    if len(specs) > MAX_KEYS:
        where = specs[0][2][:-1] or (OPTION,)
        issues.append(Issue(where, f"at most {MAX_KEYS} keys can be varied; {len(specs)} are given"))
        return Vary(())
    run = RunSettings(years=max((each.run.years for each in scenarios), default=RunSettings().years))
    varied: list[Varied] = []
    notices: list[str] = []
    places: dict[str, KeyPath] = {}
    for text, raw, path in specs:
        key = find_key(text, mechanisms, issues, path)
        if key is None:
            continue
        if key.name in places:
            hint = f"it is the same as {key_text(places[key.name][-1:])}: give all values at once"
            issues.append(Issue(path, "is varied a second time", hint))
            continue
        places[key.name] = path
        spread = read_spec(key, raw, run, path, issues, notices)
        varied.append(Varied(key, spread)) if spread is not None else None
    keys = [found for text in places if (found := find_key(text, mechanisms)) is not None]
    issues.extend(_of_no_scenario(keys, scenarios, mechanisms, places))
    return Vary(tuple(varied), tuple(notices))


def _of_no_scenario(
    keys: Sequence[Key],
    scenarios: Sequence[Scenario],
    mechanisms: Mapping[str, MechanismRecord],
    places: Mapping[str, KeyPath],
) -> list[Issue]:
    """Keys of mechanisms that no scenario starts; nothing where no scenario could be read."""
    if not scenarios:
        return []
    return [
        Issue(places[str(issue.path[0])], issue.message, issue.suggestion)
        for issue in unstarted(keys, scenarios, mechanisms)
    ]


def planned_design(
    vary: Vary,
    kind: str,
    scenarios: Sequence[Scenario],
    sampling: Sampling | None = None,
    mechanisms: Mapping[str, MechanismRecord] = MECHANISMS,
) -> tuple[Design, tuple[str, ...]]:
    """The design over `vary`, good at every point for every scenario, and all that the user should know of it.

    Raises InputError as `design_of` and `check_points` do.
    """
    drawn = Sampling() if sampling is None else sampling
    design = design_of(vary.varied, kind, drawn)
    check_points(design, scenarios, mechanisms)
    notices = (
        *vary.notices,
        *point_notices(design, scenarios),
        *notices_of(kind, len(design.keys), drawn),
    )
    return design, notices
