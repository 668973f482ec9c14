"""Zarr stores of results, opened only if they are what wbsim writes.

Everything that a store says of itself is read as plain JSON before Zarr sees it: format 3, the codecs and types that
wbsim writes, sizes that its bytes can hold, and no link to elsewhere. A codec that executes code is thus refused
whatever version of the libraries is installed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from math import prod
from pathlib import Path
from typing import Any

from wbsim.errors import InputError, Problem

#: What `StoreWriter` and the arrays of a sweep are made of.
CODECS = frozenset({"bytes", "zstd", "crc32c", "sharding_indexed", "vlen-utf8"})
TYPES = {"bool": 1, "int64": 8, "float32": 4, "float64": 8, "string": 1}
#: Most values of an array, and most bytes of a description: far more than a machine of today simulates.
MOST_VALUES, MOST_BYTES = 10**12, 1 << 20
_META = "zarr.json"
#: Files by which earlier formats describe themselves.
_EARLIER = (".zgroup", ".zarray", ".zattrs", ".zmetadata")


def open_group(path: str | Path) -> Any:
    """The group of arrays in the store at `path`, to be read. InputError if it is none that wbsim writes."""
    import zarr

    checked(path)
    return zarr.open_group(str(path), mode="r", zarr_format=3, use_consolidated=False)


def checked(path: str | Path) -> Path:
    """The path of a store that holds only what wbsim writes. InputError with what it holds beside that."""
    place = Path(path)
    if not (place / _META).is_file():
        raise _refused(place, f"holds no {_META}")
    problems = [_refused(file, why).problems[0] for file, why in _wrong(place)]
    if problems:
        raise InputError(problems[:20])
    return place


def _wrong(place: Path) -> Iterator[tuple[Path, str]]:
    """What no store of wbsim holds, with the file that holds it."""
    if place.is_symlink():
        yield place, "is a link to elsewhere"
    for file in sorted(place.rglob("*")):
        if file.is_symlink():
            yield file, "is a link to elsewhere"
        elif file.name in _EARLIER:
            yield file, "is of an earlier format of Zarr"
        elif file.name == _META:
            yield from ((file, why) for why in _wrong_description(file))
        elif not (file.is_file() or file.is_dir()):
            yield file, "is neither a file nor a folder"


def _wrong_description(file: Path) -> Iterator[str]:
    try:
        if file.stat().st_size > MOST_BYTES:
            yield f"describes itself in more than {MOST_BYTES:,} bytes"
            return
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        yield f"cannot be read: {error}"
        return
    if not isinstance(content, dict) or content.get("zarr_format") != 3:
        yield "is not of format 3"
    elif content.get("node_type") == "array":
        yield from _wrong_array(content)
    elif content.get("node_type") != "group":
        yield f"is neither an array nor a group: {content.get('node_type')!r}"


def _wrong_array(content: dict[str, Any]) -> Iterator[str]:
    kind, shape = content.get("data_type"), content.get("shape")
    if not isinstance(kind, str) or kind not in TYPES:
        yield f"holds values of the type {kind!r}; wbsim writes {', '.join(TYPES)}"
    if not isinstance(shape, list) or not all(isinstance(n, int) and n >= 0 for n in shape):
        yield f"has the shape {shape!r}"
    elif prod(shape) > MOST_VALUES:
        yield f"declares {prod(shape):,} values; at most {MOST_VALUES:,} can be opened"
    if content.get("storage_transformers"):
        yield "names storage transformers, which wbsim never writes"
    for name in _codecs(content.get("codecs")):
        if name not in CODECS:
            yield f"names the codec {name!r}, which is not executed: wbsim writes {', '.join(sorted(CODECS))}"


def _codecs(listed: object) -> Iterator[str]:
    """Names of all codecs, those within others too."""
    if not isinstance(listed, list):
        yield str(listed)
        return
    for each in listed:
        if not isinstance(each, dict) or not isinstance(each.get("name"), str):
            yield str(each)
            continue
        yield each["name"]
        inner = each.get("configuration")
        for key in ("codecs", "index_codecs"):
            if isinstance(inner, dict) and key in inner:
                yield from _codecs(inner[key])


def _refused(file: Path, why: str) -> InputError:
    return InputError(
        Problem(
            f"is damaged: it {why}",
            str(file),
            suggestion="nothing of it was executed; run the command of these results again",
        )
    )
