"""The chunks of a folder: found again whatever happened to the process that wrote them.

A chunk counts once its file is whole. The manifest lists chunks with their checksums so that nobody has to read all of
them to know what is there; it is written now and then, and last. A chunk that a kill left out of it is found by its
file, checked whole, and taken in.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wbsim.store.chunk_file import Content, DamagedError, Entry, digest_of, read
from wbsim.store.files import refusals_named, remove_partial, write_whole

FOLDER, MANIFEST = "chunks", "manifest.json"
#: Seconds between two writings of the manifest while chunks come in: losing one costs a check, never a chunk.
PAUSE = 2.0


@dataclass(frozen=True, slots=True)
class Kept:
    """A chunk on disk: what it holds, its checksum and its size in bytes."""

    entry: Entry
    sha256: str
    size: int


class Chunks:
    """The chunks in `folder`. To write, hold the folder's lock; to read, nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER
        self._manifest = folder / MANIFEST
        self._kept: dict[str, Kept] = {}
        self._written_at = time.monotonic()
        self._changed = False
        self._load()

    @property
    def kept(self) -> Mapping[str, Kept]:
        """Every chunk by the name of its file."""
        return self._kept

    def add(self, entry: Entry, parts: list[bytes]) -> None:
        """Keep a packed chunk: on the disk, under its name, when this returns. DiskError if it can't be written."""
        path = self._path(entry.name)
        if not path.parent.is_dir():
            with refusals_named(path):
                path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, parts)
        self._kept[entry.name] = Kept(entry, digest_of(parts), sum(map(len, parts)))
        self._changed = True
        if time.monotonic() - self._written_at >= PAUSE:
            self.write_manifest()

    def read(self, name: str, names: tuple[str, ...] | None = None) -> Content:
        """A chunk with the arrays called `names` (all, by default). DamagedError if it is not what was written."""
        kept = self._kept[name]
        content = read(self._path(name), names, kept.sha256)
        if content.entry != kept.entry:
            raise DamagedError("holds other worlds than the manifest says")
        return content

    def drop(self, name: str) -> None:
        """Forget a damaged chunk, and put its file aside, so that it is simulated anew."""
        self._kept.pop(name, None)
        self._changed = True
        with contextlib.suppress(OSError):
            path = self._path(name)
            path.replace(path.with_suffix(".damaged"))

    def write_manifest(self) -> None:
        """Write down which chunks there are, if that changed. DiskError if it can't be written."""
        self._written_at = time.monotonic()
        if not self._changed:
            return
        chunks = {
            name: [list(kept.entry.cases), kept.entry.first, kept.entry.count, kept.sha256, kept.size]
            for name, kept in sorted(self._kept.items())
        }
        text = json.dumps(chunks, separators=(",", ":"))
        digest = hashlib.sha256(text.encode()).hexdigest()
        write_whole(self._manifest, [f'{{"sha256":"{digest}",\n"chunks":{text}}}\n'.encode()])
        self._changed = False

    def tidy(self) -> None:
        """Remove what killed processes left half written."""
        for folder in self._folders():
            remove_partial(folder)
        remove_partial(self._manifest.parent)

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name

    def _folders(self) -> Iterator[Path]:
        if self.folder.is_dir():
            yield from (each for each in self.folder.iterdir() if each.is_dir())

    def _load(self) -> None:
        listed = self._listed()
        for folder in self._folders():
            for file in folder.glob("*.chunk"):
                kept = listed.get(file.name)
                if kept is None or file.stat().st_size != kept.size:
                    kept = _found(file)
                    self._changed = True
                if kept is not None:
                    self._kept[file.name] = kept
        self._changed = self._changed or len(self._kept) != len(listed)

    def _listed(self) -> dict[str, Kept]:
        """The manifest's chunks; none without a whole manifest: then files speak for themselves."""
        try:
            content: dict[str, Any] = json.loads(self._manifest.read_text(encoding="utf-8"))
            text = json.dumps(content["chunks"], separators=(",", ":"))
            if hashlib.sha256(text.encode()).hexdigest() != content["sha256"]:
                return {}
            return {
                name: Kept(Entry(tuple(cases), first, count), sha256, size)
                for name, (cases, first, count, sha256, size) in content["chunks"].items()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}


def _found(file: Path) -> Kept | None:
    """A chunk that the manifest doesn't list, or lists otherwise; None if it isn't whole or bears another's name."""
    try:
        content = read(file, ())
        if content.entry.name != file.name:
            return None
        size = file.stat().st_size
        with file.open("rb") as stream:
            stream.seek(size - 32)
            return Kept(content.entry, stream.read(32).hex(), size)
    except (DamagedError, OSError):
        return None
