"""The way from a name or a path to a scenario, with every problem of its files at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wbsim.errors import InputError, Problem
from wbsim.paths import exists, user_path
from wbsim.scenario import limits
from wbsim.scenario.issue import Issue, KeyPath, key_text, names, nearest, show
from wbsim.scenario.linemap import line_map
from wbsim.scenario.merge import Located, Place, inherit
from wbsim.scenario.parameter_key import with_flat_keys
from wbsim.scenario.plugin import Registry, load_plugins
from wbsim.scenario.posterior import PosteriorFile, find_posterior
from wbsim.scenario.read_scenario import fitting_name, read_assumptions_file, read_scenario
from wbsim.scenario.resolve import (
    Found,
    found_path,
    is_path,
    resolve,
    resolve_assumptions,
)
from wbsim.scenario.schema import Assumptions, DatedEvent, RunSettings, Scenario
from wbsim.scenario.text import UnreadableError, parse, read_text


def load(
    name_or_path: str | Path, folder: str | Path | None = None, plugins: Registry | Sequence[str | Path] = ()
) -> Scenario:
    """The scenario of that name or path, with what it extends, checked and with every default filled in.

    `folder` is looked in before the bundled scenarios. `plugins` are files that define further mechanisms,
    or what `load_plugins` made of them. Raises InputError with every problem of the file and of those it
    extends; its subclass UnreadableError if there is nothing to read.
    """
    registry = plugins if isinstance(plugins, Registry) else load_plugins(plugins)
    found = resolve(name_or_path, folder)
    located, extends, issues = _chain(found, folder)
    parts = read_scenario(located.data, registry.mechanisms, issues, _name_hint(found))
    _raise(issues, located)
    return Scenario(
        name=parts.name,
        description=parts.description,
        run=parts.run,
        policies=parts.policies,
        assumptions=_with_posterior(parts.assumptions, located),
        events=parts.events,
        extends=extends,
        origin=found.origin,
        plugins=registry.files,
    )


@dataclass(frozen=True, slots=True)
class AssumptionsFile:
    """Assumptions and dated events that are put under scenarios in place of their own."""

    name: str
    description: str
    assumptions: Assumptions
    events: tuple[DatedEvent, ...]
    origin: str
    located: Located


def load_assumptions(
    name_or_path: str | Path, plugins: Registry | Sequence[str | Path] = ()
) -> AssumptionsFile:
    """The bundled assumptions of that name, or a file with `[assumptions]`, `[[event]]`, name and description.

    Raises InputError with every problem of it. Months are checked against the longest possible run here,
    and against a scenario's own in `with_assumptions`.
    """
    registry = plugins if isinstance(plugins, Registry) else load_plugins(plugins)
    found = resolve_assumptions(name_or_path)
    located, issues = _located(found), list[Issue]()
    longest = RunSettings(years=int(limits.YEARS.high))
    parts = read_assumptions_file(located.data, longest, registry.mechanisms, issues, _name_hint(found))
    _raise(issues, located)
    assumptions = _with_posterior(parts.assumptions, located)
    return AssumptionsFile(parts.name, parts.description, assumptions, parts.events, found.origin, located)


def with_assumptions(
    scenario: Scenario, file: AssumptionsFile, plugins: Registry | Sequence[str | Path] = ()
) -> Scenario:
    """`scenario` under the assumptions and dated events of `file`, which replace its own, all of them.

    Raises InputError where an event or a path of `file` lies outside the scenario's months.
    """
    # Events may name mechanisms of the plugins that the scenario was loaded with.
    known = plugins or scenario.plugins
    registry = known if isinstance(known, Registry) else load_plugins(known)
    issues = list[Issue]()
    parts = read_assumptions_file(
        file.located.data, scenario.run, registry.mechanisms, issues, file.name or "assumptions"
    )
    _raise(issues, file.located)
    assumptions = _with_posterior(parts.assumptions, file.located)
    return scenario.model_copy(update={"assumptions": assumptions, "events": parts.events})


def _with_posterior(assumptions: Assumptions, located: Located) -> Assumptions:
    """The assumptions with the posterior that they draw from, if any; a path counts from the file that names it."""
    if not assumptions.fitted:
        return assumptions
    return assumptions.model_copy(update={"posterior": _named_posterior(located) or find_posterior()})


def _named_posterior(located: Located) -> PosteriorFile | None:
    """The posterior that a file names, if it names one. InputError, with the place, if it is none that fits."""
    table = located.data.get("assumptions")
    written = table.get("posterior") if isinstance(table, dict) else None
    if not written or not isinstance(written, str):
        return None
    place = located.place(("assumptions", "posterior"))
    folder = user_path(place.file).parent if place else None
    try:
        return find_posterior(written, folder)
    except InputError as error:
        problem = error.problems[0]
        raise InputError(
            _at(located, ("assumptions", "posterior"), problem.message, problem.suggestion)
        ) from None


def _chain(found: Found, folder: str | Path | None) -> tuple[Located, tuple[str, ...], list[Issue]]:
    """A file joined with all that it extends; the names of those; and issues of `extends` and `replace`."""
    files = [found]
    sources = [_located(found)]
    issues = list[Issue]()
    while "extends" in sources[-1].data:
        parent = _parent(sources[-1], files[-1], folder)
        origins = [file.origin for file in files]
        chain = " -> ".join(file.file for file in (*files, parent))
        if parent.origin in origins:
            raise InputError(_at(sources[-1], "extends", f"goes round in a loop: {chain}", "break the loop"))
        files.append(parent)
        if len(files) > limits.MAX_EXTENDS:
            raise InputError(
                _at(
                    sources[-1],
                    "extends",
                    f"a chain of over {limits.MAX_EXTENDS} files: {chain}",
                    "shorten it",
                )
            )
        sources.append(_located(parent))
    problems = [problem for source in sources for problem in _replace_problems(source)]
    if problems:
        raise InputError(problems)
    joined = sources[-1]
    for source in reversed(sources[:-1]):
        joined = inherit(joined, source)
    return joined, tuple(file.origin for file in files[1:]), issues


def _parent(source: Located, found: Found, folder: str | Path | None) -> Found:
    """The file that a file extends: a name, or a path that counts from the file's own folder."""
    written = source.data["extends"]
    if not isinstance(written, str) or not written:
        raise InputError(
            _at(source, "extends", f"must be a name or a path in quotes; it is {show(written)}", None)
        )
    path = user_path(written)
    beside = found.folder / path if found.folder is not None else path
    try:
        if is_path(written) and not path.is_absolute():
            if not exists(beside):
                raise UnreadableError(Problem(f"no such file: {beside}"))
            return found_path(beside, str(beside))
        return resolve(written, folder)
    except UnreadableError as error:
        problem = error.problems[0]
        there = exists(beside.parent / f"{beside.name}.toml")
        hint = f'write "./{written}.toml"' if there else problem.suggestion
        raise InputError(_at(source, "extends", problem.message, hint)) from None


def _replace_problems(source: Located) -> list[Problem]:
    if "replace" not in source.data:
        return []
    value = source.data["replace"]
    if not isinstance(value, list):
        message = f'must be a list such as ["policy"]; it is {show(value)}'
        return [_at(source, "replace", message, f"the lists are {names(limits.LISTS)}")]
    if "extends" not in source.data:
        return [_at(source, "replace", "discards inherited lists, but nothing is extended", "leave it out")]
    return [
        _at(
            source,
            "replace",
            f"must name lists among {names(limits.LISTS)}; {show(item)} is none",
            nearest(item, limits.LISTS),
        )
        for item in value
        if item not in limits.LISTS
    ]


def _located(found: Found) -> Located:
    """A file's tables with the place of every key."""
    text = read_text(found.resource, found.file)
    data = parse(text, found.file)
    places = {path: Place(found.file, line) for path, line in line_map(text).items()}
    source, twice = with_flat_keys(Located(data, {(): Place(found.file, 1), **places}))
    if twice:
        message = "is given a second time in this file, with quotes and without"
        raise InputError([_at(Located(data, places), path, message, "keep one of the two") for path in twice])
    return source


def _at(source: Located, key: str | KeyPath, message: str, suggestion: str | None) -> Problem:
    path: KeyPath = (key,) if isinstance(key, str) else key
    place = source.place(path)
    file, line = (place.file, place.line) if place else (None, None)
    return Problem(message, file, line, key_text(path), suggestion)


def _raise(issues: Sequence[Issue], located: Located) -> None:
    """Raise an InputError with the place of every issue, if there are any, in the order of the lines."""
    problems = []
    for issue in issues:
        place = located.place(issue.path)
        file, line = (place.file, place.line) if place else (None, None)
        problems.append(Problem(issue.message, file, line, key_text(issue.path) or None, issue.suggestion))
    if problems:
        try:
            _named_posterior(located)
        except InputError as error:
            problems.extend(error.problems)
        raise InputError(sorted(problems, key=lambda problem: (problem.file or "", problem.line or 0)))


def _name_hint(found: Found) -> str:
    return fitting_name(Path(found.file).stem) or "my-scenario"
