"""Assumptions: parameters, structural variants and alternatives, the history that is forced, and paths in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wbsim.scenario import limits
from wbsim.scenario.issue import Issue, KeyPath, names, show
from wbsim.scenario.parameter_key import parameters_by_key, unknown_parameter
from wbsim.scenario.read_structures import read_structures
from wbsim.scenario.reader import MAX_SUGGESTIONS, Reader, finite
from wbsim.scenario.schema import Assumptions, PathStep, RunSettings, Source
from wbsim.tables.calendar import HISTORY_END
from wbsim.tables.places import STATE_CODES
from wbsim.tables.record import Parameter, Prior
from wbsim.tables.variants import VARIANTS

SOURCES: tuple[Source, ...] = ("prior", "posterior")
KEYS = ("parameters", "variants", "structures", "source", "posterior", "history_until", "path")
STEP_KEYS = ("name", "from", "value", "states")


def read_assumptions(reader: Reader, run: RunSettings) -> Assumptions | None:
    """The `[assumptions]` table; None, with issues recorded, if anything in it is wrong."""
    before = len(reader.issues)
    reader.finish(KEYS, "[assumptions]")
    parameters = dict(_parameters(reader.subtable("parameters")))
    variants = _variants(reader.subtable("variants"))
    structures = read_structures(reader.subtable("structures"))
    source = reader.choice("source", SOURCES, "posterior")
    written = reader.text("posterior", limits.MAX_DESCRIPTION)
    until = reader.month(
        "history_until",
        limits.EARLIEST_HISTORY_END,
        limits.LATEST_HISTORY_END,
        HISTORY_END,
        "the data's dated events end there",
    )
    paths = _paths(reader.tables("path"), run)
    if written and source == "prior" and "posterior" not in parameters.values():
        reader.wrong(
            "posterior",
            "names a posterior, but every number comes from its prior",
            "leave one of the two out",
        )
    if len(reader.issues) > before or until is None:
        return None
    return Assumptions(
        parameters=dict(sorted(parameters.items())),
        variants=variants,
        structures=structures,
        source="prior" if source == "prior" else "posterior",
        history_until=until,
        paths=paths,
    )


def _parameters(reader: Reader | None) -> Iterator[tuple[str, Prior | Source]]:
    if reader is None:
        return
    for key, value in reader.table.items():
        path = (*reader.path, key)
        parameter = parameters_by_key().get(key)
        if parameter is None:
            message, suggestion = unknown_parameter(key, len(reader.issues) < MAX_SUGGESTIONS)
            reader.issues.append(Issue(path, message, suggestion))
            continue
        checked = read_parameter(parameter, value, path, reader.issues)
        if checked is not None:
            yield key, checked


def read_parameter(
    parameter: Parameter, value: object, path: KeyPath, issues: list[Issue]
) -> Prior | Source | None:
    """A number, "prior", "posterior" or a distribution, checked against the parameter's range."""
    if value == "prior":
        return "prior"
    if value == "posterior":
        return "posterior"
    if isinstance(value, dict):
        return _distribution(parameter, Reader(value, path, issues))
    if isinstance(value, bool) or not isinstance(value, int | float):
        families = names(limits.DISTRIBUTIONS)
        issues.append(
            Issue(
                path,
                'must be a number, "prior", "posterior", or a table with a distribution; '
                f"it is {show(value)}",
                f'distributions are {families}: {{ distribution = "normal", mean = 0, sd = 1 }}',
            )
        )
        return None
    allowed = parameter_limits(parameter)
    if not (finite(value) and parameter.low <= value <= parameter.high):
        issues.append(Issue(path, f"must be {allowed}; it is {show(value)}", _range_hint(parameter)))
        return None
    return Prior("fixed", float(value))


def parameter_limits(parameter: Parameter) -> limits.Limits:
    """The range of a parameter with its unit."""
    unit = "" if parameter.unit in ("share", "ratio", "index") else parameter.unit
    return limits.Limits(parameter.low, parameter.high, unit, whole=False)


def _range_hint(parameter: Parameter) -> str:
    return f"the model is tested for this range; `wbsim params {parameter.name}` tells more"


def _distribution(parameter: Parameter, reader: Reader) -> Prior | None:
    before = len(reader.issues)
    if not reader.has("distribution"):
        reader.missing("distribution", f"one of {names(limits.DISTRIBUTIONS)}")
        return None
    family = reader.choice("distribution", limits.DISTRIBUTIONS, "")
    if family not in limits.DISTRIBUTIONS:
        return None
    first, second = limits.DISTRIBUTIONS[family]
    reader.finish(("distribution", first, second, "zero"), f"a {family} distribution")
    place, ends = parameter_limits(parameter), ("low", "high")
    if family in ("lognormal", "loguniform"):
        # The logarithm of zero is no number: the range is open there.
        text = "" if place.low > 0 else f"above 0 and at most {place.high:g} {place.unit}".rstrip()
        place = limits.Limits(max(place.low, limits.TINY), place.high, place.unit, whole=False, text=text)
    if family == "beta":
        text = "above 0 and below 1" if place.low <= 0 and place.high >= 1 else ""
        low, high = max(place.low, limits.TINY), min(place.high, 1 - limits.TINY)
        place = limits.Limits(low, high, place.unit, whole=False, text=text)
    width = place if (first, second) == ends else limits.WIDTH
    numbers = [_part(reader, first, place), _part(reader, second, width)]
    if len(reader.issues) > before:
        return None
    if (first, second) == ends and numbers[0] >= numbers[1]:
        reader.wrong(
            "high", f"must be above low, which is {show(numbers[0])}; it is {show(numbers[1])}", "swap them?"
        )
        return None
    zero = _zero(parameter, reader) if reader.has("zero") else 0.0
    return None if len(reader.issues) > before else replace(_prior(family, numbers), zero=zero)


def _zero(parameter: Parameter, reader: Reader) -> float:
    """The probability of exactly zero, which the parameter's range must hold."""
    if not parameter.low <= 0.0 <= parameter.high:
        reader.wrong(
            "zero",
            f"{parameter.name} cannot be zero: it must be {parameter_limits(parameter)}",
            "leave it out",
        )
    return reader.number("zero", limits.ZERO, 0.0)


def _part(reader: Reader, key: str, allowed: limits.Limits) -> float:
    if not reader.has(key):
        reader.missing(key, f"a number {allowed}")
        return allowed.low
    return reader.number(key, allowed, allowed.low)


def _prior(family: str, numbers: list[float]) -> Prior:
    match family:
        case "normal":
            return Prior("normal", *numbers)
        case "lognormal":
            return Prior("lognormal", *numbers)
        case "uniform":
            return Prior("uniform", *numbers)
        case "loguniform":
            return Prior("loguniform", *numbers)
        case _:
            return Prior("beta", *numbers)


def _variants(reader: Reader | None) -> dict[str, str]:
    chosen = {name: variant.choices[0] for name, variant in VARIANTS.items()}
    if reader is None:
        return chosen
    reader.finish(tuple(VARIANTS), "[assumptions.variants]")
    return {name: reader.choice(name, VARIANTS[name].choices, default) for name, default in chosen.items()}


def _paths(readers: list[Reader], run: RunSettings) -> tuple[PathStep, ...]:
    steps: list[PathStep] = []
    for reader in readers:
        step = _step(reader, run)
        if step is None:
            continue
        for other in steps:
            if (step.name, step.since) == (other.name, other.since) and set(step.states) & set(other.states):
                reader.wrong(
                    "from", f'a second value of "{step.name}" from "{step.since}" on', "keep one of the two"
                )
                break
        steps.append(step)
    return tuple(sorted(steps, key=lambda step: (step.name, step.since, step.states)))


def _step(reader: Reader, run: RunSettings) -> PathStep | None:
    before = len(reader.issues)
    reader.finish(STEP_KEYS, "[[assumptions.path]]")
    for key, what in (
        ("name", f"one of {names(limits.PATHS)}"),
        ("from", "the month it holds from"),
        ("value", "a number"),
    ):
        if not reader.has(key):
            reader.missing(key, what)
    name = reader.choice("name", limits.PATHS, "")
    since = reader.month("from", run.start, run.horizon, None, "the simulated months")
    if name not in limits.PATHS:
        return None
    value = reader.number("value", limits.PATHS[name], 0.0)
    states = reader.members("states", STATE_CODES, "state", 1, STATE_CODES)
    if name not in limits.PATHS_BY_STATE and reader.has("states"):
        owners = names(limits.PATHS_BY_STATE)
        reader.wrong(
            "states", f'belongs to {owners} only; "{name}" is one path for the region', "leave it out"
        )
    if len(reader.issues) > before or since is None:
        return None
    return PathStep.model_validate({"name": name, "since": since, "value": value, "states": states})
