"""The folder of a sweep: its plan, written once and whole; beside it chunks, and results when they are assembled."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import wbsim
from wbsim.errors import InputError, Problem
from wbsim.paths import user_path
from wbsim.results.folder import Place, discard, draft
from wbsim.scenario.alternatives import posterior_with
from wbsim.scenario.plugin import granted, load_plugins, recorded
from wbsim.scenario.posterior import RECORD, PosteriorFile
from wbsim.scenario.resolved import from_resolved
from wbsim.scenario.schema import Scenario
from wbsim.store.files import sync_folder, write_whole
from wbsim.sweeps.design import Design, Value
from wbsim.sweeps.models import model_of, model_sha256
from wbsim.sweeps.plan import SweepPlan

PLAN, POSTERIORS = "plan.json", "posteriors"
#: What a broken plan makes the reading raise.
_BROKEN = (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError)


def begin(plan: SweepPlan, place: Place) -> Path:
    """Make the folder of a new sweep, with its plan, at the final path of `place`, and return it.

    InputError if it exists or cannot be made. A kill leaves the whole folder or a hidden one.
    """
    assert place.final is not None
    with draft(place) as folder:
        _copy_posteriors(plan, folder)
        write_plan(plan, folder)
        try:
            folder.rename(place.final)
        except OSError as error:
            raise InputError(
                Problem(f"cannot be made: {error.strerror or error}", file=str(place.final), key="--out")
            ) from error
        sync_folder(place.parent)
    return place.final


def write_plan(plan: SweepPlan, folder: Path) -> None:
    """Write down what is to be simulated, in place of what was."""
    text = json.dumps(plain(plan), indent=1, ensure_ascii=False, allow_nan=False)
    write_whole(folder / PLAN, [text.encode(), b"\n"])


def plain(plan: SweepPlan) -> dict[str, Any]:
    """The plan as plain data that JSON can hold."""
    return {
        "wbsim": wbsim.__version__,
        "name": plan.name,
        "command": plan.command,
        "worlds": plan.worlds,
        "first_world": plan.first,
        "seed": plan.seed,
        "keep": plan.keep,
        "model": plan.model.name,
        "model_sha256": model_sha256(plan.model, plan.plugins),
        "plugins": recorded(plan.plugins),
        "baseline": plan.baseline,
        "shown": list(plan.shown),
        "posteriors": {digest: file.path for digest, file in plan.posteriors.items()},
        "design": {
            "kind": plan.design.kind,
            "keys": list(plan.design.keys),
            "points": [list(point) for point in plan.design.points],
        },
        "scenarios": [
            {"origin": each.origin, "extends": list(each.extends), "resolved": each.resolved()}
            for each in plan.scenarios
        ],
    }


def same_sweep(one: SweepPlan, other: SweepPlan) -> bool:
    """Whether two plans simulate and show the same, whatever command they came from and wherever their files lie."""
    first, second = (
        {name: value for name, value in plain(each).items() if name not in ("command", "posteriors")}
        for each in (one, other)
    )
    return first == second


def read_plan(
    folder: str | Path, *, same_model: bool = True, plugins: Sequence[str | Path] = ()
) -> SweepPlan:
    """The plan of the sweep in `folder`, made with `plugins`, which only the user can give.

    InputError if it holds none, if the plan cannot be read, or, unless it is only to be read (`same_model` False), if
    the model or its plugins changed since: its worlds and new ones would be of two models.
    """
    path = user_path(folder)
    content = _content(path, str(folder))
    try:
        plan = _plan(content, path, granted(content["plugins"], plugins, folder))
        stated = content["model_sha256"]
    except InputError:
        raise
    except _BROKEN as error:
        raise _damaged(folder, f"{type(error).__name__}: {error}") from None
    if same_model and model_sha256(plan.model, plan.plugins) != stated:
        raise InputError(
            Problem(
                f"was begun with another version of the model or of its plugins (wbsim {content.get('wbsim')})",
                file=str(folder),
                key="model_sha256",
                suggestion="go on with that version, or run its command anew: "
                f"{content.get('command') or '(none)'}",
            )
        )
    return plan


def is_sweep(folder: str | Path) -> bool:
    """Whether `folder` holds a sweep."""
    return (user_path(folder) / PLAN).is_file()


def _content(path: Path, written: str) -> Mapping[str, Any]:
    if not path.is_dir():
        raise InputError(
            Problem("no such folder", file=written, suggestion="give the folder that `wbsim sweep` made")
        )
    if not (path / PLAN).is_file():
        raise InputError(
            Problem(
                f"not the folder of a sweep: it holds no {PLAN}",
                file=written,
                suggestion="give the folder that `wbsim sweep` made",
            )
        )
    try:
        content = json.loads((path / PLAN).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise _damaged(written, f"{PLAN} cannot be read: {error}") from None
    if not isinstance(content, dict):
        raise _damaged(written, f"{PLAN} holds no object")
    return content


def _plan(content: Mapping[str, Any], folder: Path, plugins: tuple[str, ...]) -> SweepPlan:
    design = content["design"]
    points = tuple(tuple(_value(value) for value in point) for point in design["points"])
    if any(len(point) != len(design["keys"]) for point in points):
        raise ValueError("a point has more or fewer values than there are keys")
    return SweepPlan(
        name=str(content["name"]),
        scenarios=tuple(_scenario(each, content, folder, plugins) for each in content["scenarios"]),
        design=Design(design["kind"], tuple(design["keys"]), points),
        worlds=int(content["worlds"]),
        seed=int(content["seed"]),
        first=int(content["first_world"]),
        keep=content["keep"],
        model=model_of(content["model"], load_plugins(plugins)),
        plugins=plugins,
        baseline=content["baseline"],
        shown=tuple(content["shown"]),
        command=str(content["command"]),
    )


def _value(value: Any) -> Value:
    read: Value = tuple(value) if isinstance(value, list) else value
    return read


def _scenario(
    entry: Mapping[str, Any], content: Mapping[str, Any], folder: Path, plugins: tuple[str, ...]
) -> Scenario:
    resolved = entry["resolved"]
    digest = resolved["assumptions"]["posterior"]
    return from_resolved(
        resolved,
        origin=entry["origin"],
        extends=entry["extends"],
        plugins=plugins,
        posterior=None if digest is None else _posterior(digest, content["posteriors"].get(digest), folder),
    )


def _copy_posteriors(plan: SweepPlan, folder: Path) -> None:
    """Keep the draws with the sweep, so that it can be continued anywhere."""
    for digest, file in plan.posteriors.items():
        target = folder / POSTERIORS / digest[:16]
        target.mkdir(parents=True)
        source = Path(file.path)
        shutil.copyfile(source, target / source.name)
        shutil.copyfile(source.with_suffix(".json"), target / RECORD)


def _posterior(digest: str, written: str | None, folder: Path) -> PosteriorFile:
    """The posterior with the hash `digest`: the copy in the folder, else where it was, else the bundled one's."""
    found = posterior_with(digest, (folder / POSTERIORS / digest[:16], written, None))
    if found is not None:
        return found
    raise InputError(
        Problem(
            f"drew from a posterior that is not found: sha256 {digest[:12]}",
            file=str(folder),
            suggestion=f"put it back into {folder / POSTERIORS}",
        )
    )


def _damaged(folder: str | Path, what: str) -> InputError:
    return InputError(
        Problem(
            f"is damaged: {what}",
            file=str(folder),
            suggestion="its chunks are whole: begin the sweep anew in another folder and copy them into it",
        )
    )


def remove(folder: Path) -> None:
    """Remove a folder that was only for the time being."""
    discard(folder)
