"""Policies: the mechanism that is chosen, its months, and its levers as its record describes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wbsim.scenario.issue import Issue, KeyPath, names, nearest, show
from wbsim.scenario.limits import Limits
from wbsim.scenario.reader import Reader, finite
from wbsim.scenario.schema import LeverValue, Policy, RunSettings
from wbsim.tables.calendar import HISTORY_START, month_number, month_text
from wbsim.tables.places import DOMAIN_NAMES, STATE_CODES
from wbsim.tables.record import Lever, MechanismRecord

DEFAULT_START = "2023-01"
_HEAD = ("mechanism", "start", "end")
#: The last month that a policy may end in.
LAST_MONTH = "2999-12"


def read_policy(reader: Reader, run: RunSettings, mechanisms: Mapping[str, MechanismRecord]) -> Policy | None:
    """One `[[policy]]` table; None, with issues recorded, if anything in it is wrong.

    `mechanisms` are all that can be started, by name. `run` bounds its months.
    """
    before = len(reader.issues)
    first = first_start()
    start = reader.month("start", first, run.horizon, DEFAULT_START, "the simulated months after the first")
    end = reader.month("end", first, LAST_MONTH, None)
    if start is not None and end is not None and month_number(end) <= month_number(start):
        reader.wrong(
            "end", f'must be after the start, "{start}"; it is "{end}"', "give the first month without it"
        )
    mechanism = _mechanism(reader, mechanisms)
    if mechanism is None:
        return None
    record = mechanisms[mechanism]
    levers = read_levers(reader, record)
    channels = [channel.name for channel in record.channels]
    without = reader.members("without", channels, "channel", 0, ()) if channels else ()
    _refuse_unknown(reader, record, mechanisms)
    if len(reader.issues) > before or start is None:
        return None
    return Policy(mechanism=mechanism, start=start, end=end, levers=levers, without=without)


def first_start() -> str:
    """The first month that a policy may start in: the second simulated one."""
    return month_text(month_number(HISTORY_START) + 1)


def read_levers(reader: Reader, record: MechanismRecord) -> dict[str, LeverValue]:
    """Every lever of a mechanism, from the flat keys of the table or else the default."""
    levers = {lever.name: read_lever(reader, lever) for lever in record.levers}
    _seat_of_kosovo(reader, levers)
    members, quorum = levers.get("members"), levers.get("quorum")
    if isinstance(members, tuple) and isinstance(quorum, int) and quorum > len(members):
        place = "quorum" if reader.has("quorum") or not reader.has("members") else "members"
        reader.wrong(
            place,
            f"a quorum of {quorum} can never be met by {len(members)} members ({names(map(str, members))})",
            f"set quorum to {len(members)} or less, or name more members",
        )
    return levers


def overlaps(
    policies: Sequence[tuple[KeyPath, Policy]], mechanisms: Mapping[str, MechanismRecord]
) -> list[Issue]:
    """Policies that cannot run beside an earlier one: of one mechanism, or replacing the same one."""
    issues = []
    for number, (path, policy) in enumerate(policies):
        for _, earlier in policies[:number]:
            if _slot(policy, mechanisms) == _slot(earlier, mechanisms) and _meet(policy, earlier):
                issues.append(Issue(path, _overlap_text(policy, earlier), _OVERLAP_HINT))
                break
    return issues


_OVERLAP_HINT = (
    'give the earlier one an end, start this one later, or drop inherited policies with replace = ["policy"] '
    "at the top of the file"
)


def _overlap_text(policy: Policy, earlier: Policy) -> str:
    months = f'from "{earlier.start}" ' + (f'until "{earlier.end}"' if earlier.end else "on")
    if policy.mechanism == earlier.mechanism:
        return f'starts "{policy.mechanism}" a second time: another policy runs it {months}'
    return (
        f'"{policy.mechanism}" takes the place of "{earlier.mechanism}", which another policy runs {months}'
    )


def _slot(policy: Policy, mechanisms: Mapping[str, MechanismRecord]) -> str:
    return mechanisms[policy.mechanism].replaces or policy.mechanism


def _meet(one: Policy, other: Policy) -> bool:
    def before_end(start: str, end: str | None) -> bool:
        return end is None or month_number(start) < month_number(end)

    return before_end(one.start, other.end) and before_end(other.start, one.end)


def _mechanism(reader: Reader, mechanisms: Mapping[str, MechanismRecord]) -> str | None:
    value = reader.take("mechanism")
    if value is None:
        reader.missing("mechanism", f"what the policy starts, one of {names(mechanisms)}")
        return None
    if not isinstance(value, str) or value not in mechanisms:
        hint = nearest(value, mechanisms) or "mechanisms of your own come with --plugin FILE.py"
        reader.wrong("mechanism", f"must be one of {names(mechanisms)}; it is {show(value)}", hint)
        return None
    return value


def _refuse_unknown(
    reader: Reader, record: MechanismRecord, mechanisms: Mapping[str, MechanismRecord]
) -> None:
    own = [lever.name for lever in record.levers]
    head = (*_HEAD, "without") if record.channels else _HEAD
    for key in reader.table:
        if key in own or key in head:
            continue
        owners = [
            other.name for other in mechanisms.values() if any(lever.name == key for lever in other.levers)
        ]
        if owners:
            reader.wrong(
                key,
                f'is not a lever of "{record.name}"; its levers are {names(own)}',
                f"it is a lever of {names(owners)}",
            )
        else:
            reader.unknown(key, (*head, *own), f'a policy that starts "{record.name}"')


def _seat_of_kosovo(reader: Reader, levers: dict[str, LeverValue]) -> None:
    """Kosovo without a seat is no member: default members leave it out, named ones may not contain it."""
    members = levers.get("members")
    if levers.get("kosovo_seat") != "absent" or not isinstance(members, tuple) or "XKX" not in members:
        return
    if reader.has("members"):
        reader.wrong(
            "kosovo_seat",
            'is "absent", but members names XKX',
            'take XKX out of members, or set kosovo_seat to "equal" or "asterisk"',
        )
    else:
        levers["members"] = tuple(str(code) for code in members if code != "XKX")


def read_lever(reader: Reader, lever: Lever) -> LeverValue:
    """One lever by itself, from the flat keys of the table or else the default; rules across levers are not checked."""
    default = lever.default
    match lever.kind:
        case "number" | "whole":
            assert isinstance(default, int | float)
            return reader.number(lever.name, lever_limits(lever), default)
        case "choice":
            return reader.choice(lever.name, lever.choices, str(default))
        case "states":
            return reader.members(lever.name, STATE_CODES, "state", 2, _texts(default))
        case "domains":
            return reader.members(lever.name, DOMAIN_NAMES, "domain", 1, _texts(default))
        case "weights":
            return _weights(reader, lever)


def lever_limits(lever: Lever) -> Limits:
    """The range of a lever that is a number."""
    unit = "" if lever.unit in ("share", "ratio", "index", "choice") else lever.unit
    low = float("-inf") if lever.low is None else lever.low
    high = float("inf") if lever.high is None else lever.high
    return Limits(low, high, unit, whole=lever.kind == "whole")


def _texts(default: object) -> tuple[str, ...]:
    return tuple(map(str, default)) if isinstance(default, tuple) else ()


def _weights(reader: Reader, lever: Lever) -> tuple[float, ...]:
    """One number for each domain; domains that aren't named count 0, and the numbers must sum to 1."""
    default = tuple(map(float, lever.default)) if isinstance(lever.default, tuple) else ()
    value = reader.take(lever.name)
    if value is None:
        return default
    if not isinstance(value, dict):
        example = "{ organised-crime = 0.5, borders = 0.5 }"
        reader.wrong(lever.name, f"must be a table of domains such as {example}; it is {show(value)}")
        return default
    inner = Reader(value, (*reader.path, lever.name), reader.issues)
    before = len(inner.issues)
    inner.finish(DOMAIN_NAMES, lever.name)
    weights = tuple(
        inner.number(domain, Limits(0.0, 1.0, whole=False), 0.0) if domain in value else 0.0
        for domain in DOMAIN_NAMES
    )
    total = sum(weights)
    if len(inner.issues) == before and not (finite(total) and abs(total - 1.0) <= 1e-6):
        reader.wrong(
            lever.name, f"must sum to 1; it sums to {show(total)}", "domains that are not named count 0"
        )
    return weights if len(inner.issues) == before else default
