"""Where a named file is: one rule for scenarios, assumptions and calibration files, whatever the current folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from wbsim.errors import Problem
from wbsim.paths import exists, user_path
from wbsim.scenario.issue import nearest
from wbsim.scenario.text import UnreadableError

SCENARIOS = "scenarios"
ASSUMPTIONS = "assumptions"
CALIBRATION = "calibration"


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was found: `resource` opens it, `file` names it in errors, `origin` in records.

    `folder` is the folder that its own relative paths count from, None inside a zipped package.
    """

    resource: Traversable
    file: str
    origin: str
    folder: Path | None


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder of named files; `kind` is "bundled", "repository", or None for a folder that a user named."""

    folder: Traversable
    kind: str | None


def resolve(name: str | Path, folder: str | Path | None = None) -> Found:
    """The scenario file that `name` means.

    Looked for as: the path itself; NAME.toml in `folder`; among the bundled scenarios; among those of the
    repository, where the package runs from one. What has a slash or a suffix is a path and nothing else, so
    that the current folder never changes what a plain name means. Raises UnreadableError that lists the
    names there are.
    """
    return _resolve(str(name), folder, SCENARIOS, "scenario", ".toml")


def resolve_assumptions(name: str | Path) -> Found:
    """The file of assumptions that `name` means: a path, or the name of a bundled one; found as scenarios are."""
    return _resolve(str(name), None, ASSUMPTIONS, "file of assumptions", ".toml")


def resolve_calibration(name: str | Path, folder: str | Path | None = None) -> Found:
    """The calibration file that `name` means, with its suffix or without; found as scenarios are."""
    return _resolve(str(name), folder, CALIBRATION, "calibration file", "")


def available(folder: str | Path | None = None) -> tuple[str, ...]:
    """Names of all scenarios that can be given by name, in alphabetical order."""
    return tuple(sorted(_names(_places(folder, SCENARIOS), ".toml")))


def available_assumptions() -> tuple[str, ...]:
    """Names of all files of assumptions that can be given by name, in alphabetical order."""
    return tuple(sorted(_names(_places(None, ASSUMPTIONS), ".toml")))


def is_path(name: str) -> bool:
    """Whether `name` is written as a path (a slash, a suffix, ~ or a dot in front), not as a plain name."""
    return bool(re.search(r"[/\\]|\.[A-Za-z0-9]+$|^[~.]", name))


def _resolve(name: str, folder: str | Path | None, subject: str, noun: str, suffix: str) -> Found:
    written_as_path = is_path(name)
    path = user_path(name)
    if written_as_path and exists(path):
        return found_path(path, name)
    places = _places(folder, subject)
    if not written_as_path or not suffix:
        for place in places:
            file_name = _file_called(name, suffix, place)
            if file_name is not None:
                return _found_in(place, file_name)
    if exists(path):
        return found_path(path, name)
    names = _names(places, suffix)
    known = f"available: {', '.join(sorted(names))}" if names else "none is available by name"
    message = (
        f"no such file: {name}"
        if written_as_path
        else f'no {noun} is called "{name}" and no file is; {known}'
    )
    suggestion = _other_kind(name, subject) or nearest(path.stem, names)
    if suggestion is None and written_as_path:
        suggestion = "check the path"
    raise UnreadableError(Problem(message, suggestion=suggestion))


def _other_kind(name: str, subject: str) -> str | None:
    """What to do where `name` is a bundled file of the other kind: assumptions for a scenario, or the reverse."""
    if subject == SCENARIOS and name in available_assumptions():
        return f"it is a file of assumptions: write --assumptions {name}, or check it with --as-assumptions"
    if subject == ASSUMPTIONS and name in available():
        return f'"{name}" is a scenario: name it among those that are compared'
    return None


def found_path(path: Path, written: str) -> Found:
    """The file at `path`, which a user wrote as `written`."""
    absolute = path.absolute()
    return Found(path, written, str(absolute), absolute.parent)


def _found_in(place: _Place, file_name: str) -> Found:
    resource = place.folder.joinpath(file_name)
    path = Path(str(resource))
    on_disk = path.exists()
    name = file_name.removesuffix(".toml")
    origin = f"{place.kind}: {name}" if place.kind else str(path.absolute())
    return Found(resource, str(path), origin, path.parent if on_disk else None)


def _file_called(name: str, suffix: str, place: _Place) -> str | None:
    """The file of that name in `place`, None if there is none; without a fixed suffix, the stem is enough."""
    for file_name in _files(place):
        if file_name == name + suffix or (not suffix and Path(file_name).stem == name):
            return file_name
    return None


def _names(places: list[_Place], suffix: str) -> set[str]:
    return {
        file_name.removesuffix(suffix)
        for place in places
        for file_name in _files(place)
        if file_name.endswith(suffix)
    }


def _files(place: _Place) -> list[str]:
    if not place.folder.is_dir():
        return []
    return sorted(entry.name for entry in place.folder.iterdir() if entry.is_file())


def _places(folder: str | Path | None, subject: str) -> list[_Place]:
    places = []
    if folder is not None:
        given = user_path(folder)
        if not given.is_dir():
            raise UnreadableError(
                Problem(f"no such folder: {folder}", suggestion="give the folder that holds the files")
            )
        places.append(_Place(given, None))
    places.append(_Place(resources.files("wbsim").joinpath("_bundled").joinpath(subject), "bundled"))
    repository = _repository()
    if repository is not None:
        places.append(_Place(repository / subject, "repository"))
    return places


def _repository() -> Path | None:
    """The checkout that this package runs from, recognised by its project file; None for a plain install."""
    root = Path(__file__).resolve().parents[3]
    project = root / "pyproject.toml"
    if not project.is_file():
        return None
    named = re.search(r'^name\s*=\s*"wbsim"\s*$', project.read_text(encoding="utf-8"), re.MULTILINE)
    return root if named else None
