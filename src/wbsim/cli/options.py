"""Options that several commands share, so that they are called and explained alike."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout, errors too.")]
Plugins = Annotated[
    list[Path] | None,
    typer.Option("--plugin", metavar="FILE.py", help="A file that defines a mechanism; may be repeated."),
]
Scenarios = Annotated[
    Path | None,
    typer.Option("--scenarios", metavar="DIR", help="A folder to look for scenarios in, before the bundled."),
]
