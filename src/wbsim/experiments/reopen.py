"""A results folder opened again as what `wbsim.compare` or `wbsim.run` handed back, every figure computed anew."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

import wbsim
from wbsim.errors import InputError, Problem
from wbsim.experiments.comparison import Comparison, Run
from wbsim.experiments.experiment import Experiment, Table
from wbsim.experiments.request import Request
from wbsim.experiments.until import Stopping, judge
from wbsim.experiments.windows import Windows, summarise
from wbsim.paths import user_path
from wbsim.results.check import FIXED_AXES, add_piece, labels_of, layout_of, pieces
from wbsim.results.chunk import Failure
from wbsim.results.hash import WorldsHash, combine
from wbsim.results.layout import Layout
from wbsim.results.open import RECORD_NAME, read_record
from wbsim.results.record import parameters_hash
from wbsim.scenario.alternatives import posterior_with
from wbsim.scenario.plugin import granted
from wbsim.scenario.posterior import PosteriorFile
from wbsim.scenario.resolved import from_resolved
from wbsim.scenario.schema import Scenario

#: What a record must hold to be opened again.
_NEEDED = (
    "command",
    "request",
    "posteriors",
    "seed",
    "first_world",
    "worlds",
    "results_sha256",
    "measured",
    "sets",
    "wbsim",
)
#: What a broken record or store makes the libraries raise.
_BROKEN = (KeyError, TypeError, ValueError, OSError, IndexError, AttributeError, RuntimeError)


def reopen(
    folder: str | Path, *, posterior: str | Path | None = None, plugins: Sequence[str | Path] = ()
) -> Comparison | Run:
    """The Comparison or Run that the results folder `folder` holds; figures are computed from its worlds.

    It was made with `plugins`, which only the user can give: a folder never names code that runs.

    All values are hashed on the way, and the hash is compared with that of the record. `posterior` is the folder
    of the posterior that was drawn from, where it is no longer found. Raises InputError for a folder that holds no
    results, was written by another version, is damaged, or whose posterior is not to be found.
    """
    path = user_path(folder)
    _check_folder(path, str(folder))
    record = read_record(path)
    _check_version(record, folder)
    try:
        listed = record["request"]["plugins"]
        request = _request({**record["request"], "plugins": list(granted(listed, plugins, folder))})
        parts = [_Part(path.absolute(), record, each, request, posterior) for each in record["sets"]]
        tables = tuple(part.table() for part in parts)
        months = parts[0].layout.months
        measured = Windows(record["measured"]["sums_since"], tuple(record["measured"]["windows_end"]))
        seconds = _seconds(path)
        stopping = _stopping(path, record["worlds"], tables)
    except InputError:
        raise
    except _BROKEN as error:
        raise _damaged(folder, f"{type(error).__name__}: {error}") from None
    found = combine(table.results_sha256 for table in tables)
    if found != record["results_sha256"]:
        raise _damaged(
            folder, f"its worlds hash to {found[:12]}, its record says {record['results_sha256'][:12]}"
        )
    experiment = Experiment(
        tables,
        record["seed"],
        record["first_world"],
        record["worlds"],
        months,
        measured,
        seconds,
        found,
        stopping,
    )
    return (Comparison if request.kind == "compare" else Run)(experiment, request, path.absolute())


class _Part:
    """One set of assumptions of a folder that is being opened."""

    def __init__(
        self,
        folder: Path,
        record: Mapping[str, Any],
        entry: Mapping[str, Any],
        request: Request,
        given: object,
    ) -> None:
        self.entry, self.record = entry, record
        self.store = folder / entry["store"]
        self.layout = layout_of(self.store)
        self.scenarios = tuple(self._scenario(each, request, given) for each in entry["scenarios"])
        self._check_axes()

    def table(self) -> Table:
        """The figures of all worlds, computed from the monthly values; InputError if they aren't those recorded."""
        layout, state = self.layout, WorldsHash(self.layout)
        measured = Windows(self.record["measured"]["sums_since"], layout.windows)
        shape = layout.shape("summary")
        figures = np.full((shape[0], shape[2], shape[1], shape[3]), np.nan)
        for place, arrays in pieces(self.store):
            add_piece(state, layout, place, arrays)
            figures[:, :, place] = summarise(arrays["regional"], layout.months, measured).swapaxes(1, 2)
        found, stated = state.hexdigest(), self.entry["results_sha256"]
        if found != stated:
            text = f"the worlds in {self.store.name} hash to {found[:12]}, the record says {stated[:12]}"
            raise _damaged(self.store.parent, text)
        failures = tuple(
            Failure(each["world"], each["scenario"], each["error"]) for each in self.entry["failed"]
        )
        return Table(
            self.entry["assumptions"], self.scenarios, figures, layout.first, failures, found, self.store
        )

    def _check_axes(self) -> None:
        names = tuple(scenario.name for scenario in self.scenarios)
        layout = self.layout
        if layout.scenarios != names or (layout.first, layout.worlds) != (
            self.record["first_world"],
            self.record["worlds"],
        ):
            raise ValueError(f"{self.store.name} holds other scenarios or worlds than the record says")
        other = [axis for axis in FIXED_AXES if labels_of(self.store, axis) != _labels(layout, axis)]
        if other:
            raise _other_version(self.store.parent, f"other labels of {', '.join(other)}")

    def _scenario(self, entry: Mapping[str, Any], request: Request, given: object) -> Scenario:
        plain = entry["resolved"]
        digest = plain["assumptions"]["posterior"]
        written = [given, self.record["posteriors"].get(digest), request.posterior, None]
        posterior = None if digest is None else _find(digest, written, self.store.parent)
        return from_resolved(
            plain,
            origin=entry["origin"],
            extends=entry["extends"],
            plugins=granted(entry["plugins"], request.plugins, self.store.parent),
            posterior=posterior,
        )


def _labels(layout: Layout, axis: str) -> tuple[object, ...]:
    return tuple(layout.coordinates[axis])


def _find(digest: str, places: list[Any], folder: Path) -> PosteriorFile:
    """The posterior with the hash `digest`, looked for at `places` and among the alternatives beside them."""
    found = posterior_with(digest, places)
    if found is not None:
        return found
    raise InputError(
        Problem(
            f"drew from a posterior that is not found: sha256 {digest[:12]}",
            file=str(folder),
            key="posterior",
            suggestion="name the folder of that posterior with --posterior",
        )
    )


def _request(plain: Mapping[str, Any]) -> Request:
    known = {field.name for field in fields(Request)}
    unknown = sorted(set(plain) - known)
    if unknown:
        raise ValueError(f"the request holds {', '.join(unknown)}, which this version doesn't know")
    content: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in plain.items()}
    return Request(**content)


def _stopping(folder: Path, worlds: int, tables: tuple[Table, ...]) -> Stopping | None:
    """How the number of worlds was found, judged again from the worlds; None where it was given or isn't noted."""
    until = _course(folder).get("until")
    if until is None:
        return None
    return judge(tables, worlds, until["limit"], until["goals"].items())


def _course(folder: Path) -> dict[str, Any]:
    """How the run went, which is no part of a result; empty where it isn't noted."""
    try:
        noted = json.loads((folder / "timing.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def _seconds(folder: Path) -> float:
    """Wall time of the run; 0 where it isn't noted."""
    try:
        return float(_course(folder)["seconds"])
    except (ValueError, KeyError, TypeError):
        return 0.0


def _check_folder(path: Path, written: str) -> None:
    if not (path / RECORD_NAME).is_file():
        message = "not a results folder: it holds no record.json" if path.is_dir() else "no such folder"
        raise InputError(
            Problem(
                message, file=written, suggestion="give the folder that `wbsim compare` or `wbsim run` made"
            )
        )


def _check_version(record: object, folder: str | Path) -> None:
    if not isinstance(record, dict):
        raise _damaged(folder, "its record is no object")
    version = record.get("wbsim")
    if version != wbsim.__version__:
        raise _other_version(folder, f"wbsim {version}")
    missing = [name for name in _NEEDED if name not in record]
    if missing:
        raise _other_version(folder, f"a wbsim whose record has no {', '.join(missing)}")
    if record.get("parameters_sha256") != parameters_hash():
        raise _other_version(folder, "a wbsim with another table of parameters")


def _other_version(folder: str | Path, what: str) -> InputError:
    return InputError(
        Problem(
            f"was written by another version ({what}); this is wbsim {wbsim.__version__}",
            file=str(folder),
            suggestion="open it with that version, or run the command in its record.json again",
        )
    )


def _damaged(folder: str | Path, what: str) -> InputError:
    return InputError(
        Problem(
            f"is damaged: {what}",
            file=str(folder),
            suggestion="run the command in its record.json again",
        )
    )
