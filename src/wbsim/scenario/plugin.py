"""Mechanisms and models of third parties: found in a file or behind an entry point, kept beside wbsim's own."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType

from wbsim.errors import InputError, Problem
from wbsim.paths import user_path
from wbsim.scenario.model import OWN, Model
from wbsim.tables.mechanisms import MECHANISMS
from wbsim.tables.record import MechanismRecord

ENTRY_POINTS = "wbsim.mechanisms"


@dataclass(frozen=True, slots=True)
class Registry:
    """Mechanisms beside wbsim's own: records and classes by name, and the files they were loaded from; models too.

    Worker processes load the same mechanisms again from `files`; those behind entry points come by
    themselves.
    """

    records: Mapping[str, MechanismRecord] = field(default_factory=dict)
    classes: Mapping[str, type] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    models: Mapping[str, Model] = field(default_factory=dict)

    @property
    def mechanisms(self) -> Mapping[str, MechanismRecord]:
        """All records by name, the project's own first."""
        return {**MECHANISMS, **self.records}


def load_plugins(files: Sequence[str | Path] = ()) -> Registry:
    """The mechanisms behind entry points of the group `wbsim.mechanisms`, and those that `files` define.

    A plugin is a Python module with one or more classes that have a `record`, a MechanismRecord, or with a `Model`
    (of wbsim.scenario.model) in a variable. Raises InputError with every file that cannot be loaded or defines
    neither, and every name that exists already.
    """
    problems: list[Problem] = []
    found: list[tuple[str, type, MechanismRecord]] = []
    models: dict[str, Model] = {}
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: (entry.name, entry.value)):
        _gather(
            _behind(entry, problems), f"entry point {entry.name} = {entry.value}", found, models, problems
        )
    unique = tuple(dict.fromkeys(str(user_path(file).absolute()) for file in files))
    for file in unique:
        _gather(_module(file, problems), file, found, models, problems)
    records: dict[str, MechanismRecord] = {}
    classes: dict[str, type] = {}
    for place, kind, record in found:
        if record.name in MECHANISMS or record.name in records:
            owner = "wbsim itself" if record.name in MECHANISMS else "another plugin"
            problems.append(
                Problem(
                    f'{kind.__name__} is called "{record.name}", as a mechanism of {owner}',
                    place,
                    suggestion="give its record another name",
                )
            )
        elif classes.get(record.name) is not kind:
            records[record.name], classes[record.name] = record, kind
    if problems:
        raise InputError(problems)
    return Registry(records, classes, unique, models)


def recorded(files: Sequence[str | Path]) -> list[dict[str, str]]:
    """What results say of the plugins that made them: name and hash of each file, and nothing that could be run."""
    return [
        {"file": Path(file).name, "sha256": hashlib.sha256(Path(file).read_bytes()).hexdigest()}
        for file in files
    ]


def granted(listed: object, given: Sequence[str | Path], folder: str | Path) -> tuple[str, ...]:
    """The files among those `given` by the user that a folder of results lists, in its order.

    A folder never names code that runs: only what the user gives is ever loaded, and only if it has the hash that was
    written down. InputError with what to type where a file is not among them or is another one now.
    """
    if not isinstance(listed, list) or not all(
        isinstance(each, dict)
        and set(each) == {"file", "sha256"}
        and all(isinstance(v, str) for v in each.values())
        for each in listed
    ):
        raise InputError(
            Problem(
                "lists plugins as this version of wbsim does not",
                str(folder),
                key="plugins",
                suggestion="run its command again; nothing of the folder was executed",
            )
        )
    by_hash: dict[str, str] = {}
    for file in given:
        path = user_path(file).absolute()
        if path.is_file():
            by_hash.setdefault(hashlib.sha256(path.read_bytes()).hexdigest(), str(path))
    missing = [each for each in listed if each["sha256"] not in by_hash]
    if missing:
        raise InputError([_not_given(each, given, folder) for each in missing])
    return tuple(by_hash[each["sha256"]] for each in listed)


def _not_given(entry: Mapping[str, str], given: Sequence[str | Path], folder: str | Path) -> Problem:
    name = printable_name(entry["file"])
    same_name = any(Path(file).name == entry["file"] for file in given)
    message = (
        f"was made with another version of the plugin {name} (sha256 {entry['sha256'][:12]})"
        if same_name
        else f"was made with the plugin {name} (sha256 {entry['sha256'][:12]}), which was not given"
    )
    return Problem(
        message,
        str(folder),
        key="plugins",
        suggestion=f"say --plugin PATH/{name} if you trust that file: results never run code that they name",
    )


def printable_name(text: str) -> str:
    """The last part of a file's name without characters that a terminal would obey, at most 80."""
    return "".join(
        letter if letter.isprintable() else "?" for letter in text.replace("\\", "/").split("/")[-1]
    )[:80]


def _gather(
    module: ModuleType | type | None,
    place: str,
    found: list[tuple[str, type, MechanismRecord]],
    models: dict[str, Model],
    problems: list[Problem],
) -> None:
    """Add the mechanisms and models of `module` (or the one class that an entry point names) to those found."""
    if module is None:
        return
    kinds = [module] if isinstance(module, type) else list(_classes(module))
    mechanisms = [(place, kind, kind.__dict__["record"]) for kind in kinds if _is_mechanism(kind)]
    own = [] if isinstance(module, type) else [v for v in vars(module).values() if isinstance(v, Model)]
    if not mechanisms and not own:
        problems.append(
            Problem(
                "defines no mechanism",
                place,
                suggestion="define a class with a `record`, a wbsim.tables.record.MechanismRecord",
            )
        )
    found.extend(mechanisms)
    for model in own:
        if model.name == OWN or models.setdefault(model.name, model) is not model:
            owner = "wbsim's own" if model.name == OWN else "another plugin's"
            text = f'defines a model called "{model.name}", as {owner}'
            problems.append(Problem(text, place, suggestion="give it another name"))


def _classes(module: ModuleType) -> Iterator[type]:
    for value in vars(module).values():
        if isinstance(value, type) and value.__module__ == module.__name__:
            yield value


def _is_mechanism(kind: type) -> bool:
    return isinstance(kind.__dict__.get("record"), MechanismRecord)


def _behind(entry: EntryPoint, problems: list[Problem]) -> ModuleType | type | None:
    try:
        loaded = entry.load()
    except Exception as error:  # whatever a third party's module does, the user gets its place and the cause
        package = entry.dist.name if entry.dist is not None else "unknown"
        problems.append(
            Problem(
                f"cannot be loaded: {_cause(error)}",
                f"entry point {entry.name} = {entry.value}",
                suggestion=f"mend or uninstall the package {package}",
            )
        )
        return None
    return loaded if isinstance(loaded, ModuleType | type) else None


def _module(file: str, problems: list[Problem]) -> ModuleType | None:
    path = Path(file)
    if not path.is_file():
        what = "is a directory" if path.is_dir() else "no such file"
        problems.append(Problem(what, file, suggestion="--plugin takes a Python file (.py)"))
        return None
    # The name holds the path, so that two files of one name, or two loads of one file, never mix.
    name = f"wbsim_plugin_{hashlib.sha256(file.encode()).hexdigest()[:16]}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        problems.append(Problem("is no Python file", file, suggestion="--plugin takes a Python file (.py)"))
        return None
    module = importlib.util.module_from_spec(spec)
    previous = sys.modules.get(name)
    # Dataclasses and pickling look a class's module up here while its body runs and after.
    sys.modules[name] = module
    try:
        # The bytes that are compiled are read once: what was looked at is what runs.
        exec(compile(path.read_bytes(), file, "exec"), module.__dict__)
    except (Exception, SystemExit) as error:
        if previous is None:
            del sys.modules[name]
        else:
            sys.modules[name] = previous
        problems.append(Problem(f"cannot be loaded: {_cause(error)}", file, _line(error, file)))
        return None
    return module


def _cause(error: BaseException) -> str:
    """What went wrong in one line, without a traceback."""
    message = str(error).split("\n")[0]
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def _line(error: BaseException, file: str) -> int | None:
    """The last line of `file` that the error passed through."""
    if isinstance(error, SyntaxError):
        return error.lineno
    line, frame = None, error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == file:
            line = frame.tb_lineno
        frame = frame.tb_next
    return line
