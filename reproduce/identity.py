"""Hashes that say whether something on which a number depends has changed.

A number in a document follows from rules, tables, the posterior and settings. Rules and tables are Python, and most
of their edits change no number: comments, layout, docstrings, annotations, and texts that people read (labels, sources,
reasons). So a source file counts by its syntax tree without these. A text for people is a string with a blank in it;
names, choices and keys have none. Data files count by their bytes.
"""

from __future__ import annotations

import ast
import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import wbsim

_PACKAGE = Path(wbsim.__file__).resolve().parent
#: The checkout that this package stands in.
ROOT = Path(__file__).resolve().parents[1]
#: On what a world's figures depend beside its scenario and seed, within the package.
MODEL = ("kernels.py", "chance", "model", "tables", "scenario/schema.py", "experiments/windows.py")
_IGNORED_FIELDS = {"annotation", "returns", "type_comment", "type_params", "kind", "ctx"}


@cache
def model_sha256() -> str:
    """The rules, tables and data that a world's figures depend on."""
    return sources_sha256(MODEL)


@cache
def posterior_sha256() -> str:
    """The bundled posterior."""
    return files_sha256([ROOT / "calibration" / "posterior.npz"])


@cache
def scenarios_sha256() -> str:
    """The bundled scenarios and assumptions, by what they set: comments and texts for people do not count."""
    digest = hashlib.sha256()
    for path in sorted([*ROOT.glob("scenarios/*.toml"), *ROOT.glob("assumptions/*.toml")]):
        content = _without_texts(tomllib.loads(path.read_text(encoding="utf-8")))
        digest.update(f"{path.stem}\n{json.dumps(content, sort_keys=True, default=str)}\n".encode())
    return digest.hexdigest()


def sources_sha256(parts: Iterable[str], package: Path = _PACKAGE) -> str:
    """Files and folders of the package: Python as `code_of` shows it, CSV by its bytes."""
    digest = hashlib.sha256()
    for part in parts:
        place = package / part
        for path in sorted([place] if place.is_file() else place.rglob("*")):
            if path.suffix not in (".py", ".csv"):
                continue
            content = path.read_bytes()
            if path.suffix == ".py":
                content = code_of(content.decode("utf-8")).encode()
            digest.update(f"{path.relative_to(package).as_posix()}\n".encode())
            digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


def files_sha256(paths: Iterable[Path]) -> str:
    """Files by their bytes, in this order; their names do not count."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def code_of(source: str) -> str:
    """The syntax tree of a Python file as text, without all that cannot change a number.

    The text is the same under every supported version of Python, which the interpreter's own dump is not.
    """
    return " ".join(_words(ast.parse(source)))


def _words(node: object) -> Iterator[str]:
    if isinstance(node, list):
        yield "["
        for each in node:
            yield from _words(each)
        yield "]"
    elif isinstance(node, ast.Constant):
        yield "text" if isinstance(node.value, str) and _is_for_people(node.value) else repr(node.value)
    elif isinstance(node, ast.AST):
        yield type(node).__name__
        for name, value in ast.iter_fields(node):
            kept = _without_docstring(node, value) if name == "body" else value
            if name not in _IGNORED_FIELDS and kept not in (None, []):
                yield f"{name}="
                yield from _words(kept)
    else:
        yield repr(node)


def _is_for_people(text: str) -> bool:
    return any(letter.isspace() for letter in text)


def _without_texts(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_texts(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_without_texts(each) for each in value]
    return "text" if isinstance(value, str) and _is_for_people(value) else value


def _without_docstring(node: ast.AST, body: object) -> object:
    is_documented = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    if is_documented and isinstance(body, list) and body and isinstance(body[0], ast.Expr):
        first = body[0].value
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            return body[1:]
    return body
