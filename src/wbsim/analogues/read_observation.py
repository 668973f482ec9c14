"""Reading one `[[observation]]`: the indicator, whom and when it is about, and the value in the form that it takes."""

from __future__ import annotations

from dataclasses import dataclass

from wbsim.analogues.analogue import (
    BARS,
    USES,
    Bar,
    Count,
    Events,
    Interval,
    Observation,
    Order,
    Share,
    Value,
)
from wbsim.analogues.indicators import INDICATORS, Form, Indicator
from wbsim.scenario.issue import Issue, names, nearest, show
from wbsim.scenario.limits import SEVERITY, TINY, Limits
from wbsim.scenario.reader import Reader
from wbsim.tables.places import DYAD_NAMES, STATE_CODES

#: Keys of each form's value: the alternatives, each with the keys that it needs all of.
VALUE_KEYS: dict[Form, tuple[tuple[str, ...], ...]] = {
    "share": (("count", "of"), ("share", "error")),
    "time": (("low", "high"),),
    "rate": (("count", "years"),),
    "order": (("order",),),
}
HEAD = (
    "id",
    "indicator",
    "who",
    "at",
    "from",
    "until",
    "bar",
    "severity",
    "source",
    "status",
    "split",
    "note",
)
ID_PATTERN = r"[a-z0-9][a-z0-9-]{0,63}"
MOST_TEXT = 1000

TRIALS = Limits(1, 100_000)
SUCCESSES = Limits(0, 100_000)
FRACTION = Limits(0.0, 1.0, whole=False)
ERROR = Limits(TINY, 0.5, whole=False, text="above 0 and at most 0.5")
MONTHS = Limits(0.0, 600.0, "months", whole=False)
YEARS = Limits(TINY, 10_000.0, whole=False, text="above 0 and at most 10000 years")

_FORM_HELP = {
    "share": "count and of (whole numbers), or share and error",
    "time": "low and high, in months; without high it had not happened after low",
    "rate": "count and years",
    "order": 'order, groups of states such as [["ALB", "MKD"], ["BIH"]]',
}


@dataclass(frozen=True, slots=True)
class Frame:
    """The institution that an observation belongs to: its first and last month, members and mechanisms."""

    start: str
    last: str
    members: tuple[str, ...]
    mechanisms: tuple[str, ...]


def read_observation(reader: Reader, frame: Frame) -> Observation | None:
    """One `[[observation]]` table; None, with issues recorded, if anything in it is wrong."""
    before = len(reader.issues)
    for key, needed in (
        ("id", "a short name of its own"),
        ("indicator", f"one of {names(INDICATORS)}"),
        ("source", "where it was published"),
        ("status", "how sure the value is: seen in the source, computed, from memory"),
    ):
        if not reader.has(key):
            reader.missing(key, needed)
    identity, source = reader.text("id", 64), reader.text("source", MOST_TEXT)
    status, note = reader.text("status", MOST_TEXT), reader.text("note", MOST_TEXT)
    for key in ("source", "status"):
        if reader.has(key) and isinstance(reader.table[key], str) and not str(reader.table[key]).strip():
            reader.wrong(key, "must not be empty")
    split = reader.choice("split", USES, "fit")
    since, until = _months(reader, frame)
    name = reader.choice("indicator", INDICATORS, "")
    if name not in INDICATORS:
        _refuse_unknown(reader, None)
        return None
    indicator = INDICATORS[name]
    _refuse_unknown(reader, indicator)
    _check_mechanism(reader, indicator, frame)
    who = _who(reader, indicator, frame)
    bar = _bar(reader, indicator)
    severity = _severity(reader, indicator)
    value = _value(reader, indicator, frame, bar)
    if len(reader.issues) > before or value is None or since is None or until is None:
        return None
    return Observation(
        identity, name, who, since, until, value, source, status,
        "validation" if split == "validation" else "fit", bar, severity, note,
    )  # fmt: skip


def _months(reader: Reader, frame: Frame) -> tuple[str | None, str | None]:
    """First and last month that it is about: `at` for a single one, by default all of the institution's."""
    why = "the months of the institution"
    if reader.has("at"):
        for key in ("from", "until"):
            if reader.has(key):
                reader.take(key)
                reader.wrong(key, "cannot stand beside at", "keep at, or from and until")
        at = reader.month("at", frame.start, frame.last, None, why)
        return at, at
    since = reader.month("from", frame.start, frame.last, frame.start, why)
    until = reader.month("until", frame.start, frame.last, frame.last, why)
    if since is not None and until is not None and until < since:
        reader.wrong("until", f'must not be before from, "{since}"; it is "{until}"', "swap them?")
    return since, until


def _refuse_unknown(reader: Reader, indicator: Indicator | None) -> None:
    forms = VALUE_KEYS if indicator is None else {indicator.form: VALUE_KEYS[indicator.form]}
    allowed = (*HEAD, *dict.fromkeys(key for ways in forms.values() for way in ways for key in way))
    every = {key for ways in VALUE_KEYS.values() for way in ways for key in way}
    for key in reader.table:
        if key in allowed:
            continue
        if key in every and indicator is not None:
            reader.wrong(
                key,
                f'is not how "{indicator.name}" is given, which takes {_FORM_HELP[indicator.form]}',
                "use its keys, or another indicator",
            )
        else:
            reader.unknown(key, allowed, "an observation")


def _check_mechanism(reader: Reader, indicator: Indicator, frame: Frame) -> None:
    if indicator.mechanisms and not set(indicator.mechanisms) & set(frame.mechanisms):
        running = names(frame.mechanisms) or "none"
        reader.wrong(
            "indicator",
            f'"{indicator.name}" is counted of {names(indicator.mechanisms)}; the policies start {running}',
            "add the [[policy]], or choose another indicator",
        )


def _who(reader: Reader, indicator: Indicator, frame: Frame) -> tuple[str, ...]:
    if not reader.has("who"):
        return ()
    if indicator.whom == "nobody":
        reader.take("who")
        reader.wrong("who", f'"{indicator.name}" is about the institution as a whole', "leave it out")
        return ()
    if indicator.whom == "dyads":
        return _dyads(reader)
    who = reader.members("who", STATE_CODES, "state", 1, ())
    strangers = [code for code in who if frame.members and code not in frame.members]
    if strangers:
        reader.wrong(
            "who",
            f"names {names(strangers)}, no member of the mechanisms ({names(frame.members)})",
            "name members, or add the state to members",
        )
    return who


def _dyads(reader: Reader) -> tuple[str, ...]:
    value = reader.take("who")
    if not isinstance(value, list) or not value:
        reader.wrong("who", f'must be a list such as ["XKX-SRB"]; it is {show(value)}')
        return ()
    for number, item in enumerate(value):
        if item not in DYAD_NAMES:
            turned = "-".join(reversed(item.split("-"))) if isinstance(item, str) else ""
            hint = f'did you mean "{turned}"?' if turned in DYAD_NAMES else nearest(item, DYAD_NAMES)
            reader.issues.append(
                Issue(
                    (*reader.path, "who", number),
                    f"must be a dyad: {names(DYAD_NAMES)}; it is {show(item)}",
                    hint,
                )
            )
        elif item in value[:number]:
            reader.issues.append(
                Issue((*reader.path, "who", number), f"names {show(item)} a second time", "name it once")
            )
    return tuple(item for item in DYAD_NAMES if item in value)


def _bar(reader: Reader, indicator: Indicator) -> Bar | None:
    if indicator.name != "kept":
        if reader.has("bar"):
            reader.wrong("bar", 'belongs to "kept" only', "leave it out")
        return None
    if not reader.has("bar"):
        reader.missing(
            "bar",
            'one of strict, lenient: "strict" counts what was kept in full, "lenient" the rest for half',
        )
        return None
    chosen = reader.choice("bar", BARS, "")
    return "strict" if chosen == "strict" else "lenient" if chosen == "lenient" else None


def _severity(reader: Reader, indicator: Indicator) -> int:
    if indicator.name != "crises":
        if reader.has("severity"):
            reader.wrong("severity", 'belongs to "crises" only', "leave it out")
        return 1
    return reader.whole("severity", SEVERITY, 1)


def _value(reader: Reader, indicator: Indicator, frame: Frame, bar: Bar | None) -> Value | None:
    before = len(reader.issues)
    match indicator.form:
        case "share":
            value: Value | None = _share(reader, bar)
        case "time":
            value = _interval(reader)
        case "rate":
            value = _events(reader)
        case "order":
            value = _order(reader, frame)
    return None if len(reader.issues) > before else value


def _share(reader: Reader, bar: Bar | None) -> Value | None:
    counted, measured = (any(reader.has(key) for key in way) for way in VALUE_KEYS["share"])
    if counted == measured:
        what = "count and of, or share and error, not both" if counted else _FORM_HELP["share"]
        reader.issues.append(Issue(reader.path, f"must have {what}"))
        return None
    if bar == "lenient" and counted:
        reader.wrong(
            "count",
            "cannot be given on a lenient scale, where what was done in part counts half",
            "give share and error",
        )
        return None
    _need(reader, VALUE_KEYS["share"][int(measured)])
    if measured:
        return Share(reader.number("share", FRACTION, 0.5), reader.number("error", ERROR, 0.1))
    of, count = reader.whole("of", TRIALS, 1), reader.whole("count", SUCCESSES, 0)
    if count > of and isinstance(reader.table.get("of"), int):
        reader.wrong("count", f"must be at most of, which is {of}; it is {count}", "swap them?")
    return Count(count, of)


def _interval(reader: Reader) -> Value | None:
    if not reader.has("low") and not reader.has("high"):
        reader.issues.append(Issue(reader.path, f"must have {_FORM_HELP['time']}"))
        return None
    low = reader.number("low", MONTHS, 0.0)
    high = reader.number("high", MONTHS, low) if reader.has("high") else None
    if high is not None and high < low:
        reader.wrong("high", f"must be at least low, which is {show(low)}; it is {show(high)}", "swap them?")
    return Interval(low, high)


def _events(reader: Reader) -> Value:
    _need(reader, VALUE_KEYS["rate"][0])
    return Events(reader.whole("count", SUCCESSES, 0), reader.number("years", YEARS, 1.0))


def _need(reader: Reader, keys: tuple[str, ...]) -> None:
    for key in keys:
        if not reader.has(key):
            reader.missing(key, f"a number beside {names(other for other in keys if other != key)}")


def _order(reader: Reader, frame: Frame) -> Value | None:
    if not reader.has("order"):
        reader.missing("order", _FORM_HELP["order"])
        return None
    value = reader.take("order")
    if not (isinstance(value, list) and len(value) > 1 and all(isinstance(g, list) and g for g in value)):
        reader.wrong(
            "order",
            f"must be two groups of states or more; it is {show(value)}",
            'such as [["ALB", "MKD"], ["BIH"]]',
        )
        return None
    allowed = frame.members or STATE_CODES
    seen: set[object] = set()
    for place, group in enumerate(value):
        for number, code in enumerate(group):
            path = (*reader.path, "order", place, number)
            if not isinstance(code, str) or code not in allowed:
                reader.issues.append(
                    Issue(
                        path,
                        f"must be a member: {names(allowed)}; it is {show(code)}",
                        nearest(code, allowed),
                    )
                )
            elif code in seen:
                reader.issues.append(Issue(path, f"names {show(code)} a second time", "name it once"))
            elif isinstance(code, str):
                seen.add(code)
    return Order(tuple(tuple(map(str, group)) for group in value))
