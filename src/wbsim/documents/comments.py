"""Fields of a dataclass with the comments that stand behind them in its source."""

from __future__ import annotations

import ast
import io
import re
import textwrap
import tokenize
from dataclasses import dataclass
from inspect import getsource

_SHAPE = re.compile(r"(\([^)]*\)),?\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its shape as the comment gives it, and what the comment says besides."""

    name: str
    shape: str
    text: str


def fields_with_comments(kind: type) -> tuple[Field, ...]:
    """Fields of `kind` in the order of its source, whose comments have the form "(shape) text".

    Raises ValueError for a field without such a comment.
    """
    source = textwrap.dedent(getsource(kind))
    comments = {
        token.start[0]: token.string.lstrip("# ")
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    }
    body = ast.parse(source).body[0]
    assert isinstance(body, ast.ClassDef)
    found = []
    for item in body.body:
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            shape = _SHAPE.match(comments.get(item.lineno, ""))
            if shape is None:
                raise ValueError(f"{kind.__name__}.{item.target.id} has no comment with its shape")
            found.append(Field(item.target.id, shape[1], shape[2]))
    return tuple(found)
