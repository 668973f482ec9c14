"""What all pages have in common: their templates, in which everything is escaped, and how they are written."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from wbsim.report import numbers


def templates() -> Environment:
    """The templates of pages, with filters for months and thousands."""
    environment = Environment(
        loader=PackageLoader("wbsim.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters |= {"month": numbers.month_words, "thousands": lambda number: f"{number:,}"}
    return environment


def write_whole(page: str, path: Path) -> Path:
    """Write a page to `path`, whole or not at all, and return it. OSError if it can't be written."""
    draft = path.with_name(f".{path.name}.partial")
    draft.write_text(page, encoding="utf-8", newline="\n")
    return draft.replace(path)
