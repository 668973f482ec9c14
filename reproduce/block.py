"""A block of a document that is written from runs, and a number in its prose that is checked against them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reproduce.run import Run
from wbsim.errors import Problem


@dataclass(frozen=True)
class Block:
    """What stands between `<!-- reproduced: NAME -->` and `<!-- end -->` in `document`.

    `render` takes the facts of `runs`, in their order, and returns Markdown. `picture` is the path of a picture, which
    the first of the runs holds in its facts under that name (PNG in base 64).
    """

    name: str
    document: str
    render: Callable[..., str]
    runs: tuple[Run, ...] = ()
    picture: str | None = None


@dataclass(frozen=True)
class Check:
    """A number that prose keeps. `text` is the prose with `{}` for each number; `expected` takes the facts of `runs`
    and returns the numbers as they should stand there."""

    name: str
    document: str
    text: str
    expected: Callable[..., tuple[str, ...]]
    runs: tuple[Run, ...] = ()

    def problem(self, content: str, expected: tuple[str, ...]) -> Problem | None:
        """What is wrong with the numbers in a document of this `content`; None where they are as expected."""
        pattern = r"(\S+?)".join(re.escape(part) for part in self.text.split("{}"))
        found = list(re.finditer(re.sub(r"(\\\s|\s)+", r"\\s+", pattern), content))
        if len(found) != 1:
            message = f'has the text "{self.text}" {len(found)} times, not once'
            hint = f'bring the check "{self.name}" and the text together'
            return Problem(message, self.document, suggestion=hint)
        stated = found[0].groups()
        if stated == expected:
            return None
        line = content.count("\n", 0, found[0].start()) + 1
        message = f"says {', '.join(stated)}; the runs say {', '.join(expected)}"
        hint = "read the sentence, and bring it up to date"
        return Problem(message, self.document, line, self.name, hint)


#: A block or a check: what stands in a document and depends on runs.
Entry = Block | Check


def entries(blocks: Sequence[Block], checks: Sequence[Check]) -> list[Entry]:
    """Blocks, then checks."""
    return [*blocks, *checks]


def runs_of(given: Sequence[Entry]) -> dict[str, Run]:
    """The runs that entries need, by name, each once."""
    return {run.name: run for each in given for run in each.runs}
