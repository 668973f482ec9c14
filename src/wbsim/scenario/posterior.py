"""The record beside a fitted posterior: which file its draws are in, and whether they fit the parameter table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wbsim.errors import InputError, Problem
from wbsim.paths import user_path
from wbsim.scenario.resolve import Found, resolve_calibration
from wbsim.scenario.text import UnreadableError
from wbsim.tables.parameters import calibrated_table

#: Name of the record of a posterior; its draws have the same name with the suffix of NumPy's archives.
RECORD, DRAWS = "posterior.json", ".npz"
#: Folder beside a posterior that holds those of other choices, one folder each.
ALTERNATIVES = "alternatives"
_MAX_SHOWN = 8


@dataclass(frozen=True, slots=True)
class PosteriorFile:
    """A posterior that was found: `path` of its draws, their `sha256`, how many there are, and `origin` for records."""

    path: str
    sha256: str
    draws: int
    origin: str


def find_posterior(written: str | Path | None = None, folder: Path | None = None) -> PosteriorFile:
    """The posterior at `written` (its record, its draws, or the folder that holds both), by default the bundled one.

    A relative path counts from `folder`, else from the current one. Raises InputError if there is none, if its
    record cannot be read, or if it was fitted for another table of parameters, with what changed.
    """
    found = _found(written, folder)
    record = _record(found)
    _check_table(record["table"], found.file)
    path = Path(str(found.resource)).with_suffix(DRAWS)
    if not path.exists():
        raise UnreadableError(
            Problem(f"no such file: {path}", found.file, suggestion="the draws belong beside their record")
        )
    return PosteriorFile(str(path), record["sha256"], record["draws"], found.origin)


def learnt(file: PosteriorFile) -> Mapping[str, float]:
    """How much narrower than its prior each calibrated number became, by key: 0 nothing learnt, 1 everything."""
    text = Path(file.path).with_suffix(".json").read_text(encoding="utf-8")
    return {key: float(value) for key, value in json.loads(text).get("learnt", {}).items()}


def _found(written: str | Path | None, folder: Path | None) -> Found:
    if written is None:
        return resolve_calibration(RECORD)
    path = user_path(written)
    if folder is not None and not path.is_absolute():
        path = folder / path
    try:
        if path.is_dir():
            path = path / RECORD
        elif path.suffix == DRAWS:
            path = path.with_suffix(".json")
        there = path.is_file()
    except (OSError, ValueError):  # names that no file system takes
        there = False
    if not there:
        raise UnreadableError(
            Problem(
                f"no such posterior: {written}",
                suggestion="give the folder that `wbsim calibrate` wrote, or its posterior.json",
            )
        )
    return Found(path, str(written), str(path.absolute()), path.absolute().parent)


def _record(found: Found) -> Mapping[str, Any]:
    try:
        record: dict[str, Any] = json.loads(found.resource.read_text(encoding="utf-8"))
        if not _is_record(record):
            raise ValueError("no record of a posterior")
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(
            Problem(
                f"cannot be read as the record of a posterior: {error}",
                found.file,
                suggestion="run `wbsim calibrate`",
            )
        ) from None
    return record


def _is_record(read: object) -> bool:
    """Whether it says all that is read of it, in the right types."""
    if not isinstance(read, dict) or type(read.get("draws")) is not int or read["draws"] < 1:
        return False
    learnt = read.get("learnt", {})
    numbers = isinstance(learnt, dict) and all(type(value) in (int, float) for value in learnt.values())
    return numbers and isinstance(read.get("sha256"), str) and isinstance(read.get("table"), dict)


def _check_table(then: Mapping[str, object], file: str) -> None:
    now = calibrated_table()
    changed = [f"{key} is new" for key in now if key not in then]
    changed += [f"{key} is gone" for key in then if key not in now]
    changed += [
        f"{key} was {then[key]}, is {now[key]}" for key in now if key in then and then[key] != now[key]
    ]
    if not changed:
        return
    shown = "; ".join(changed[:_MAX_SHOWN]) + (
        f"; and {len(changed) - _MAX_SHOWN} more" if len(changed) > _MAX_SHOWN else ""
    )
    raise InputError(
        Problem(
            f"was fitted for another table of parameters: {shown}",
            file,
            suggestion='fit it anew with `wbsim calibrate`, or choose source = "prior"',
        )
    )
