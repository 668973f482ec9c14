"""Scenario files for tests: written to a temporary folder, loaded, their problems read."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from wbsim.errors import InputError, Problem
from wbsim.scenario.load import load

Write = Callable[..., Path]
Problems = Callable[..., list[Problem]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a text (dedented) or bytes to a file of the temporary folder; return its path."""

    def write_file(content: str | bytes, name: str = "mine.toml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            content = textwrap.dedent(content).encode()
        path.write_bytes(content)
        return path

    return write_file


@pytest.fixture
def problems(write: Write) -> Problems:
    """The problems of a scenario of this text; `name = "mine"` is put in front, on the first line."""

    def find(content: str, **options: object) -> list[Problem]:
        path = write('name = "mine"\n' + textwrap.dedent(content).lstrip("\n"))
        with pytest.raises(InputError) as caught:
            load(path, **options)  # type: ignore[arg-type]
        return list(caught.value.problems)

    return find
