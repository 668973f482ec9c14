"""Records of the tables as text that fits 80 columns, and as plain objects for `--json`."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from wbsim.tables.grades import GRADES
from wbsim.tables.places import DOMAIN_NAMES
from wbsim.tables.record import Channel, Lever, MechanismRecord, Parameter, Structure

_WIDTH = 80


def parameter_line(parameter: Parameter) -> str:
    """A few lines: name, symbol, kind, range with unit; what it is and its prior; the grade of its evidence."""
    span = f"{parameter.low:g} to {parameter.high:g} {parameter.unit}"
    each = f", for each {parameter.axis}" if parameter.axis else ""
    first = f"{parameter.name:<27} {parameter.symbol:<6} {parameter.kind:<10} {span}"
    marks = [f"evidence: {GRADES[parameter.grade].label}"]
    marks += ["sign imposed"] * parameter.sign_imposed + ["moves policies"] * parameter.moves_policies
    return (
        _wrapped(first, "", " " * 46)
        + _wrapped(f"{parameter.label}{each}: {parameter.prior}", "    ", "    ")
        + _wrapped("; ".join(marks), "    ", "    ").removesuffix("\n")
    )


def counted(parameters: Sequence[Parameter]) -> str:
    """How many parameters there are by grade of evidence, how many move policies, how many signs are imposed."""
    own = [each for each in parameters if each.moves_policies]
    effects = [each for each in parameters if each.neutral is not None]
    imposed = sum(each.sign_imposed for each in effects)
    return (
        _wrapped(f"{len(parameters)} parameters. Evidence: {_by_grade(parameters)}.", "", "")
        + (_wrapped(f"{len(own)} of them move policies: {_by_grade(own)}.", "", "") if own else "")
        + (
            _wrapped(f"{len(effects)} are effects; the sign of {imposed} of these is imposed.", "", "")
            if effects
            else ""
        )
        + "`wbsim params NAME` shows one whole.\n"
    )


def _by_grade(parameters: Sequence[Parameter]) -> str:
    counts = Counter(each.grade for each in parameters)
    return ", ".join(f"{counts[name]} {grade.label}" for name, grade in GRADES.items() if counts[name])


def parameter_text(parameter: Parameter) -> str:
    """The whole record, a field a paragraph."""
    from wbsim.tables.parameters import elements

    rows = [
        ("symbol", parameter.symbol),
        ("unit", parameter.unit),
        ("prior", str(parameter.prior)),
        ("range", f"{parameter.low:g} to {parameter.high:g}"),
        ("kind", parameter.kind),
        ("evidence", f"{GRADES[parameter.grade].label}: {GRADES[parameter.grade].definition}"),
        ("sign", _sign(parameter)),
        ("moves policies", _moves(parameter)),
        ("equation", parameter.equation),
        ("source", parameter.source),
        ("reason", parameter.reason),
        ("would change it", parameter.would_change),
    ]
    if parameter.axis is not None:
        keys = elements(parameter)
        centres = parameter.centres
        shown = keys if centres is None else [f"{key} ({c:g})" for key, c in zip(keys, centres, strict=True)]
        title = "one for each " + parameter.axis + ("" if centres is None else ", with the prior's centre")
        rows.append((title, ", ".join(shown)))
    return _wrapped(f"{parameter.name}: {parameter.label}", "", "    ") + _rows(rows)


def _sign(parameter: Parameter) -> str:
    if parameter.neutral is None:
        return "none: it is no effect of something on something"
    if parameter.sign_imposed:
        return f"imposed: whatever is drawn lies on one side of {parameter.neutral:g}, where it does nothing"
    return f"free: draws lie on both sides of {parameter.neutral:g}, where it does nothing"


def _moves(parameter: Parameter) -> str:
    return "yes: mainly through mechanisms that policies start" if parameter.moves_policies else "no"


def parameter_object(parameter: Parameter) -> dict[str, object]:
    """The record as a plain mapping, with the keys of its elements."""
    from wbsim.tables.parameters import elements

    prior = {"family": parameter.prior.family, "text": str(parameter.prior)}
    numbers = {"a": parameter.prior.a, "b": parameter.prior.b}
    return {
        **asdict(parameter),
        "prior": prior | numbers,
        "elements": list(elements(parameter)),
        "sign_imposed": parameter.sign_imposed,
        "moves_policies": parameter.moves_policies,
    }


def lever_text(record: MechanismRecord, lever: Lever) -> str:
    """A lever of a mechanism, a field a paragraph."""
    rows = [("kind", "lever: what a policy may set"), ("unit", lever.unit), ("default", default_text(lever))]
    if lever.low is not None and lever.high is not None:
        rows.append(("range", f"{lever.low:g} to {lever.high:g}"))
    if lever.choices:
        rows.append(("choices", ", ".join(lever.choices)))
    rows.append(("reason", lever.reason))
    return _wrapped(f"{record.name}.{lever.name}: {lever.label} of {record.label}", "", "    ") + _rows(rows)


def lever_object(record: MechanismRecord, lever: Lever) -> dict[str, object]:
    """A lever as a plain mapping, with the mechanism's name."""
    return {"mechanism": record.name, **asdict(lever)}


def default_text(lever: Lever) -> str:
    """The default of a lever, as it stands in a scenario file."""
    if lever.kind == "weights" and isinstance(lever.default, tuple):
        shares = zip(DOMAIN_NAMES, lever.default, strict=True)
        return ", ".join(f"{domain} = {share}" for domain, share in shares if share)
    if isinstance(lever.default, tuple):
        return ", ".join(map(str, lever.default))
    return str(lever.default)


def mechanism_text(record: MechanismRecord) -> str:
    """A mechanism with all its levers."""
    head = [("what it is", record.description), ("source", record.source)]
    if record.replaces:
        head.append(("takes the place of", record.replaces))
    if record.in_status_quo:
        head.append(
            ("status quo", "part of it; a policy that starts it changes its settings from that month on")
        )
    levers = "".join(
        f"\n{lever.name}: {lever.label}\n"
        + _rows([(_span(lever), f"default {default_text(lever)} ({lever.reason})")])
        for lever in record.levers
    )
    channels = "".join(
        f"\n{channel.name}: {channel.label}\n" + _rows([("off", channel.off), *_needs(channel)])
        for channel in record.channels
    )
    text = f"{record.name}: {record.label}\n{_rows(head)}\nLevers\n{levers}"
    return f"{text}\nChannels, each of which `without` switches off\n{channels}" if channels else text


def structure_text(structure: Structure) -> str:
    """A structural alternative without its choices, a field a paragraph."""
    rows = [
        ("equation", structure.equation),
        ("source", structure.source),
        ("why these weights", structure.reason),
    ]
    return _wrapped(f"{structure.name}: {structure.label}", "", "    ") + _rows(rows)


def _needs(channel: Channel) -> list[tuple[str, str]]:
    return [("needs", f"a policy that starts {channel.needs}")] if channel.needs else []


def _span(lever: Lever) -> str:
    if lever.choices:
        return " or ".join(lever.choices)
    if lever.low is None or lever.high is None:
        return lever.unit
    return f"{lever.low:g} to {lever.high:g} {lever.unit}"


def _rows(rows: list[tuple[str, str]]) -> str:
    return "".join(_wrapped(f"{title}: {value}", "  ", "      ") for title, value in rows)


def _wrapped(text: str, first: str, later: str) -> str:
    lines = textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=later,
        break_on_hyphens=False,
        break_long_words=False,
    )
    return "\n".join(lines) + "\n"
