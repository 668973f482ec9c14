"""Carry out runs, put blocks into documents, check numbers in prose, and stamp what was done."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reproduce.block import Block, Check, entries, runs_of
from reproduce.kept import Found, RunError, Store, Tell
from reproduce.run import Run
from reproduce.stamps import Stamp, read_stamps, text_sha256, write_stamps
from wbsim.documents.markers import fill, sections_in
from wbsim.errors import InputError, Problem


@dataclass(frozen=True)
class Done:
    """Documents that changed; runs that failed and numbers in prose that differ; and what was left out."""

    changed: tuple[str, ...]
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]


def reproduce(
    root: Path,
    blocks: Sequence[Block],
    checks: Sequence[Check],
    store: Store,
    tell: Tell,
    *,
    worlds: int | None = None,
    preview: Path | None = None,
) -> Done:
    """Bring `blocks` of the documents under `root` up to date, and check `checks`.

    With `preview` the documents go there, and nothing is stamped: so they do with fewer `worlds`.
    """
    given = entries(blocks, checks)
    runs = {name: run.at_most(worlds) for name, run in runs_of(given).items()}
    found: dict[str, Found | None] = {}
    failed: list[Problem] = []
    for name, run in runs.items():
        try:
            found[name] = store.get(run, tell)
        except RunError as error:
            found[name] = None
            failed.append(Problem(str(error), suggestion="the blocks that need it stay as they are"))
    ready = [each for each in blocks if all(found[run.name] for run in each.runs)]
    written, wrong = _write_documents(root, ready, found, runs, preview)
    ready = [block for block in ready if block.document not in {problem.file for problem in wrong}]
    _draw(preview or root, ready, found)
    sound = [each for each in checks if all(found[run.name] for run in each.runs)]
    problems = {check.name: _check(preview or root, root, check, found) for check in sound}
    if preview is None:
        _stamp(root, ready, [check for check in sound if problems[check.name] is None], found)
    late = [each.name for each in given if not all(found[run.name] for run in each.runs)]
    return Done(tuple(written), (*failed, *wrong, *(each for each in problems.values() if each)), tuple(late))


def rendered(block: Block, found: dict[str, Found | None], runs: dict[str, Run]) -> str:
    """The text of a block. A slow one says of which model it is."""
    results = [result for run in block.runs if (result := found[run.name]) is not None]
    text = block.render(*(result.facts for result in results)).strip()
    slow = [(run, found[run.name]) for run in block.runs if run.slow]
    if not slow:
        return text
    models = sorted({result.parts["model"] for _, result in slow if result})
    is_old = any(result and result.parts != runs[run.name].parts() for run, result in slow)
    since = ", which has changed since" if is_old else ""
    return f"{text}\n\nMeasured with the model `{', '.join(models)}`{since}."


def _write_documents(
    root: Path,
    blocks: Sequence[Block],
    found: dict[str, Found | None],
    runs: dict[str, Run],
    preview: Path | None,
) -> tuple[list[str], list[Problem]]:
    """Documents that changed, and what is wrong with the markers of those that stay as they are."""
    changed: list[str] = []
    problems: list[Problem] = []
    for document in dict.fromkeys(block.document for block in blocks):
        old = (root / document).read_text(encoding="utf-8")
        texts = sections_in(old, "reproduced")
        texts |= {block.name: rendered(block, found, runs) for block in blocks if block.document == document}
        try:
            new = fill(old, texts, document, "reproduced")
        except InputError as error:
            problems += error.problems
            continue
        if preview is not None:
            place = preview / document
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(new, encoding="utf-8", newline="\n")
        elif new != old:
            (root / document).write_text(new, encoding="utf-8", newline="\n")
        if new != old:
            changed.append(document)
    return changed, problems


def _draw(place: Path, blocks: Sequence[Block], found: dict[str, Found | None]) -> None:
    """Write the pictures of blocks under `place`."""
    for block in blocks:
        result = found[block.runs[0].name] if block.picture and block.runs else None
        if block.picture and result:
            path = place / block.picture
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(base64.b64decode(result.facts["picture"]))


def _check(first: Path, other: Path, check: Check, found: dict[str, Found | None]) -> Problem | None:
    place = first / check.document
    content = (place if place.is_file() else other / check.document).read_text(encoding="utf-8")
    results = [result for run in check.runs if (result := found[run.name]) is not None]
    return check.problem(content, check.expected(*(result.facts for result in results)))


def _stamp(
    root: Path, blocks: Sequence[Block], checks: Sequence[Check], found: dict[str, Found | None]
) -> None:
    stamps = read_stamps(root)
    for each in entries(blocks, checks):
        parts = {run.name: result.parts for run in each.runs if (result := found[run.name])}
        stamps[each.name] = Stamp(parts)
    for block in blocks:
        content = sections_in((root / block.document).read_text(encoding="utf-8"), "reproduced")
        stamps[block.name] = replace(stamps[block.name], text=text_sha256(content[block.name]))
    write_stamps(root, stamps)
