"""Alternatives to a posterior: the same fit under other choices, kept in a folder beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from wbsim.errors import InputError
from wbsim.scenario.posterior import ALTERNATIVES, RECORD, PosteriorFile, find_posterior


def alternatives(file: PosteriorFile) -> Mapping[str, PosteriorFile]:
    """The alternatives beside a posterior, by name in alphabetical order; empty where there are none.

    Raises InputError for one whose record can't be read or that was fitted for another table of parameters.
    """
    folder = Path(file.path).parent / ALTERNATIVES
    if not folder.is_dir():
        return {}
    names = sorted(each.name for each in folder.iterdir() if (each / RECORD).is_file())
    return {name: find_posterior(folder / name) for name in names}


def meaning(file: PosteriorFile) -> str:
    """What its record says an alternative is; nothing where it doesn't say."""
    record = json.loads(Path(file.path).with_suffix(".json").read_text(encoding="utf-8"))
    said = record.get("alternative", "")
    return said if isinstance(said, str) else ""


def posterior_with(sha256: str, places: Iterable[str | Path | None]) -> PosteriorFile | None:
    """The posterior with this hash at one of `places` (None: the bundled one), or among the alternatives beside it."""
    for place in dict.fromkeys(places):
        try:
            file = find_posterior(place)
            beside = alternatives(file)
        except InputError:
            continue
        for each in (file, *beside.values()):
            if each.sha256 == sha256:
                return each
    return None
