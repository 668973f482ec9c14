"""Which sections the report has, in which order."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from wbsim.report.shown import Shown

if TYPE_CHECKING:
    from types import ModuleType

    from wbsim.experiments.comparison import Results
    from wbsim.report.figure import Figure


@dataclass(frozen=True, slots=True)
class Entry:
    """A section's place: `name` of its module, its heading, and what is said of a comparison that lacks it.

    A record may bring a `heading` of its own.
    """

    name: str
    heading: str
    absent: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section with something to show: `record` for its partial, or the sentence that says why it is missing."""

    name: str
    heading: str
    record: Any = None
    absent: str = ""


ENTRIES = (
    Entry("headline", "In short"),
    Entry("effects", "What does each policy change?"),
    Entry("after", "What is left two years after a policy's end?"),
    Entry("panel", "Which policy would one choose?"),
    Entry("trends", "How do things develop?"),
    Entry("map", "Who cooperates with whom?"),
    Entry("dyads", "Who trusts whom?"),
    Entry("crises", "How likely are serious crises?"),
    Entry(
        "channels",
        "Which channel of a policy did it?",
        "This was not run. The option --channels of wbsim compare adds it: the same worlds once more with one channel "
        "of a policy off at a time.",
    ),
    Entry("structures", "Under which structure does a policy work?"),
    Entry(
        "variance",
        "Where do the effects' differences come from?",
        "This was not run. wbsim compare does it with 16 worlds or more, unless --variance-worlds is 0.",
    ),
    Entry("assumptions", "Which assumptions matter?"),
    Entry("failure", "Where does a policy fail?"),
    Entry(
        "robustness",
        "Does the ranking hold under other assumptions?",
        "This was not run. The option --robustness of wbsim compare adds it: the same comparison under every "
        "structural variant, under each choice of the structural alternatives, under prior and posterior.",
    ),
    Entry("fit", "How well does the model fit the surveys?"),
    Entry("others", "What happens to all other outcomes?"),
    Entry("assumed", "What is assumed, and with what evidence?"),
    Entry("limits", "What can this model say, and what not?"),
    Entry("failed", "Which worlds failed?"),
    Entry("record", "How to get these numbers again"),
)


def module_of(entry: Entry) -> ModuleType | None:
    """The module of a section; None where this installation has none."""
    name = f"wbsim.report.sections.{entry.name}"
    return importlib.import_module(name) if find_spec(name) else None


def sections(results: Results) -> list[Section]:
    """The sections that have something to show of `results`, or to say that it was not run."""
    found = []
    for entry in ENTRIES:
        module = module_of(entry)
        record = None if module is None else module.build(results)
        if record is not None:
            found.append(Section(entry.name, getattr(record, "heading", entry.heading), record))
        elif module is not None and entry.absent and results.experiment.tables[0].policies:
            found.append(Section(entry.name, entry.heading, absent=entry.absent))
    return found


def all_shown(results: Results, wanted: str | None = None) -> Iterator[Shown]:
    """The plain data behind every table and figure, in the order of the report.

    With `wanted`, that of the sections whose name it begins with comes first, so that one name is found soon.
    """
    entries = sorted(ENTRIES, key=lambda entry: wanted is not None and not wanted.startswith(entry.name))
    for entry in entries:
        module = module_of(entry)
        if module is not None and hasattr(module, "shown"):
            yield from module.shown(results)


def all_figures(results: Results) -> Iterator[Figure]:
    """Every figure of the report, in its order."""
    for entry in ENTRIES:
        module = module_of(entry)
        if module is not None and hasattr(module, "figures"):
            yield from module.figures(results)
