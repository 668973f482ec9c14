"""Whether scenarios stay valid at every point of a design: the rules across keys, read as in a scenario file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from wbsim.errors import InputError, Problem
from wbsim.scenario.issue import Issue, names
from wbsim.scenario.posterior import find_posterior
from wbsim.scenario.read_policy import overlaps, read_policy
from wbsim.scenario.reader import Reader
from wbsim.scenario.schema import Scenario
from wbsim.sweeps.apply import apply
from wbsim.sweeps.design import Design
from wbsim.sweeps.key import Key, find_key
from wbsim.sweeps.value import LEAVE, Value, point_text
from wbsim.tables.mechanisms import MECHANISMS
from wbsim.tables.record import MechanismRecord

#: How many problems of one kind are shown; the rest are counted.
MOST_SHOWN = 20


def unstarted(
    keys: Iterable[Key],
    scenarios: Sequence[Scenario],
    mechanisms: Mapping[str, MechanismRecord] = MECHANISMS,
) -> list[Issue]:
    """An issue for every key of a mechanism that no scenario starts, and for months of one that starts twice."""
    issues = []
    for key in keys:
        if not key.mechanism:
            continue
        starts = [[policy.mechanism for policy in each.policies].count(key.mechanism) for each in scenarios]
        if not any(starts):
            issues.append(Issue((key.name,), *_nobody_starts(key, scenarios, mechanisms)))
        elif key.part in ("start", "end") and max(starts) > 1:
            twice = names(each.name for each, count in zip(scenarios, starts, strict=True) if count > 1)
            message = f'is two months in {twice}, which has more than one policy of "{key.mechanism}"'
            issues.append(Issue((key.name,), message, "write scenarios with the months instead"))
    return issues


def _nobody_starts(
    key: Key, scenarios: Sequence[Scenario], mechanisms: Mapping[str, MechanismRecord]
) -> tuple[str, str]:
    started = [
        f"{each.name} starts {names(policy.mechanism for policy in each.policies) or 'nothing'}"
        for each in scenarios
    ]
    message = f'is of "{key.mechanism}", which none of the scenarios starts: {"; ".join(started)}'
    if mechanisms[key.mechanism].in_status_quo:
        message += ". What the status quo has of it keeps its own settings"
    return message, f'add a scenario whose [[policy]] starts "{key.mechanism}"'


def check_points(
    design: Design,
    scenarios: Sequence[Scenario],
    mechanisms: Mapping[str, MechanismRecord] = MECHANISMS,
) -> None:
    """InputError with the points at which a scenario would break its rules: 20 of them, and how many more there are.

    Each problem names the values of the point that the scenario takes, the scenario, and the rule.
    """
    problems: list[Problem] = []
    total = 0
    for scenario in scenarios:
        places = [n for n, key in enumerate(design.keys) if _has_rules(key, scenario, mechanisms)]
        keys = [design.keys[n] for n in places]
        if not keys:
            continue
        # Points that differ only in what no rule reads are one.
        for point in dict.fromkeys(tuple(point[n] for n in places) for point in design.points):
            for issue in _broken(apply(scenario, keys, point), mechanisms):
                total += 1
                if len(problems) < MOST_SHOWN:
                    problems.append(_problem(scenario, keys, point, issue))
    _check_posterior(design, scenarios, problems)
    if problems:
        raise InputError(limited(problems, max(total, len(problems))))


def _has_rules(name: str, scenario: Scenario, mechanisms: Mapping[str, MechanismRecord]) -> bool:
    """Whether a policy of `scenario` takes the key, and a rule could relate its values to those of other keys.

    Numbers are left out: each was checked within its own range, and no rule relates them to anything else. With them
    a design of 100,000 points would take ten seconds to check.
    """
    key = find_key(name, mechanisms)
    if key is None or key.mechanism not in {policy.mechanism for policy in scenario.policies}:
        return False
    return key.lever is None or key.lever.kind != "number"


def limited(problems: Sequence[Problem], total: int | None = None) -> list[Problem]:
    """The first 20 problems, and a last one that counts the rest of `total` (by default, of those given)."""
    shown = list(problems[:MOST_SHOWN])
    more = (len(problems) if total is None else total) - len(shown)
    place = shown[-1].file if shown else None
    return [*shown, Problem(f"and {more} more of such problems", place)] if more > 0 else shown


def _broken(scenario: Scenario, mechanisms: Mapping[str, MechanismRecord]) -> list[Issue]:
    """What a scenario file with the policies of `scenario` would be told."""
    issues: list[Issue] = []
    policies = []
    for number, policy in enumerate(scenario.policies):
        written = {name: value for name, value in policy.resolved().items() if value is not None}
        read = read_policy(Reader(written, ("policy", number), issues), scenario.run, mechanisms)
        if read is not None:
            policies.append((("policy", number), read))
    return [*issues, *overlaps(policies, mechanisms)]


def _problem(scenario: Scenario, keys: Sequence[str], point: Sequence[Value], issue: Issue) -> Problem:
    where = ".".join(str(part) for part in issue.path[2:])
    rule = f"{where}: {issue.message}" if where else issue.message
    return Problem(
        f'at this point the scenario "{scenario.name}" breaks a rule: {rule}',
        key=point_text(keys, point),
        suggestion=issue.suggestion,
    )


def _check_posterior(design: Design, scenarios: Sequence[Scenario], problems: list[Problem]) -> None:
    """Where points draw from a posterior that a scenario did not, the bundled one must be there."""
    fitted = any("posterior" in point for point in design.points)
    if fitted and any(each.assumptions.posterior is None for each in scenarios):
        try:
            find_posterior()
        except InputError as error:
            problems.extend(error.problems)


def point_notices(design: Design, scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """What of a scenario stays as it is although a key of the design seems to say otherwise."""
    notices = []
    for place, key in enumerate(design.keys):
        values = {point[place] for point in design.points} - {LEAVE}
        for scenario in scenarios:
            notices.extend(_seat_of_none(key, values, design.keys, scenario))
            own = [name for name in scenario.assumptions.parameters if name.startswith(f"{key}.")]
            own = [name for name in own if name not in design.keys]
            if own:
                notices.append(f'{key}: the scenario "{scenario.name}" keeps its own {names(own)}')
    return tuple(notices)


def _seat_of_none(key: str, seats: set[Value], keys: Sequence[str], scenario: Scenario) -> list[str]:
    """A seat for Kosovo where it is no member has nobody to sit on it."""
    mechanism, _, lever = key.partition(".")
    if lever != "kosovo_seat" or f"{mechanism}.members" in keys or not seats - {"absent"}:
        return []
    members = [p.levers.get("members") for p in scenario.policies if p.mechanism == mechanism]
    if not any(isinstance(own, tuple) and "XKX" not in own for own in members):
        return []
    return [
        f'{key}: Kosovo is no member in the scenario "{scenario.name}", so that a seat changes nothing there; vary '
        "members too, or start from a scenario in which it is one"
    ]
