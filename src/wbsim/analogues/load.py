"""The way from a file, a folder or nothing to institutions, with every problem of all files at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from wbsim.analogues.analogue import Analogue
from wbsim.analogues.read_analogue import read_analogue
from wbsim.errors import InputError, Problem
from wbsim.paths import exists, user_path
from wbsim.scenario.resolve import resolve_calibration
from wbsim.scenario.text import MAX_BYTES, TextKind, UnreadableError, read_text
from wbsim.tables.mechanisms import MECHANISMS
from wbsim.tables.record import MechanismRecord

#: Folder of the bundled institutions, in that of the calibration; their data are in the table beside it.
FOLDER, TABLE = "analogues", "analogues.csv"
ANALOGUE = TextKind("institution", ".toml", "TOML text", MAX_BYTES, "split off what is not observed")


def load_analogues(
    path: str | Path | None = None, mechanisms: Mapping[str, MechanismRecord] = MECHANISMS
) -> tuple[Analogue, ...]:
    """The institutions in the file or the folder at `path`, by default the bundled ones, by name.

    Raises InputError with every problem of every file; its subclass UnreadableError if there is nothing to read.
    """
    problems: list[Problem] = []
    found: list[Analogue] = []
    for file in files(path):
        try:
            shown = str(file)
            found.append(read_analogue(read_text(file, shown, ANALOGUE), shown, mechanisms, shown))
        except InputError as error:
            problems.extend(error.problems)
    problems.extend(_same_names(found))
    if problems:
        raise InputError(problems)
    return tuple(sorted(found, key=lambda each: each.name))


def bundled_folder() -> Path:
    """The folder of the bundled institutions."""
    return Path(str(resolve_calibration(TABLE).resource)).parent / FOLDER


def files(path: str | Path | None = None) -> list[Path]:
    """The files of institutions at `path`, by default the bundled ones. Raises UnreadableError if there are none."""
    place = bundled_folder() if path is None else user_path(path)
    if not exists(place):
        raise UnreadableError(Problem(f"no such file: {path}", suggestion="check the path"))
    if not place.is_dir():
        return [place]
    found = sorted(place.glob("*.toml"))
    if not found:
        raise UnreadableError(
            Problem(
                "holds no file of an institution (.toml)",
                str(path),
                suggestion="`wbsim check --analogue-schema` prints what such a file holds",
            )
        )
    return found


def _same_names(found: Sequence[Analogue]) -> list[Problem]:
    """Institutions of one name could not be told apart."""
    first: dict[str, str] = {}
    problems = []
    for each in found:
        if each.name in first:
            problems.append(
                Problem(
                    f'is called "{each.name}", as {first[each.name]} is',
                    each.origin,
                    None,
                    "name",
                    "rename one",
                )
            )
        first.setdefault(each.name, each.origin)
    return problems
