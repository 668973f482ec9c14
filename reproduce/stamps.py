"""Stamps beside the documents: on what each block depended when it was written, and what was written.

With them a test can tell, without a single run, which blocks are stale and which were edited by hand.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reproduce.block import Block, Check, Entry, entries
from wbsim.documents.markers import sections_in
from wbsim.errors import Problem

STAMPS = "docs/reproduced.json"
_AGAIN = "run `make reproduce`"

#: By run: short hashes of what its figures depended on, by what it is (see `reproduce.run.Run.parts`).
Parts = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Stamp:
    """`parts` of the runs of a block or check; `text` is the hash of the block's text, empty for a check."""

    parts: Parts
    text: str = ""


def read_stamps(root: Path) -> dict[str, Stamp]:
    """The stamps of the checkout `root` by the name of block or check; none where it has none."""
    path = root / STAMPS
    if not path.is_file():
        return {}
    content = json.loads(path.read_text(encoding="utf-8"))
    return {name: Stamp(each["parts"], each["text"]) for name, each in content.items()}


def write_stamps(root: Path, stamps: Mapping[str, Stamp]) -> None:
    """Keep stamps, a line for each."""
    lines = [
        f" {json.dumps(name)}: {json.dumps({'text': stamp.text, 'parts': stamp.parts}, sort_keys=True)}"
        for name, stamp in sorted(stamps.items())
    ]
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    (root / STAMPS).write_text(text, encoding="utf-8", newline="\n")


def text_sha256(text: str) -> str:
    """A short hash of a block's text."""
    return hashlib.sha256(text.strip().encode()).hexdigest()[:12]


def stale(root: Path, blocks: Sequence[Block], checks: Sequence[Check]) -> list[Problem]:
    """Blocks and checks of the documents that are not what the present model gives, as far as stamps tell."""
    stamps, contents = read_stamps(root), _contents(root, blocks, checks)
    problems: list[Problem] = []
    for block in blocks:
        problems += _stale_block(block, stamps.get(block.name), contents[block.document])
    for check in checks:
        stamp = stamps.get(check.name)
        words = ["was never checked"] if stamp is None else list(_changed(check, stamp))
        problems += [Problem(word, check.document, None, check.name, _AGAIN) for word in words]
    known = {each.name for each in entries(blocks, checks)}
    problems += [
        Problem(f'a stamp of "{name}", which is neither block nor check', STAMPS, suggestion=_AGAIN)
        for name in stamps.keys() - known
    ]
    return problems


def _contents(root: Path, blocks: Sequence[Block], checks: Sequence[Check]) -> dict[str, dict[str, str]]:
    documents = dict.fromkeys(each.document for each in entries(blocks, checks))
    return {name: sections_in((root / name).read_text(encoding="utf-8"), "reproduced") for name in documents}


def _stale_block(block: Block, stamp: Stamp | None, sections: Mapping[str, str]) -> Iterator[Problem]:
    place = (block.document, None, block.name)
    if block.name not in sections:
        yield Problem("has no place in the document", *place, f"add <!-- reproduced: {block.name} -->")
    elif stamp is None:
        yield Problem("was never reproduced", *place, _AGAIN)
    else:
        if text_sha256(sections[block.name]) != stamp.text:
            yield Problem("was edited by hand", *place, f"change what renders it, and {_AGAIN}")
        for word in _changed(block, stamp):
            yield Problem(word, *place, _AGAIN)


def _changed(each: Entry, stamp: Stamp) -> Iterator[str]:
    """A sentence for each run that has changed since; slow runs say themselves which model they are of."""
    for run in each.runs:
        if run.slow:
            continue
        now, then = run.parts(), stamp.parts.get(run.name, {})
        other = sorted(name for name in now.keys() | then.keys() if now.get(name) != then.get(name))
        if other:
            yield f"is stale: {', '.join(other)} of the run {run.name} changed"
