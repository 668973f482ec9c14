"""The groups of inputs of a world among which the variance of an effect is split."""

from __future__ import annotations

from dataclasses import dataclass

from wbsim.tables.grades import GRADES
from wbsim.tables.structures import STRUCTURE


@dataclass(frozen=True, slots=True)
class InputGroup:
    """A group that is drawn again as one: `name` in JSON and in a redraw, `label` in tables, `what` in sentences."""

    name: str
    label: str
    what: str


#: Name of the group that holds all streams of chance but the draws of parameters and structures.
CHANCE = "chance"
#: The groups, in the order of tables: parameters by grade of evidence, structure, and all other chance.
GROUPS: tuple[InputGroup, ...] = (
    InputGroup("region", GRADES["region"].label, "parameters measured in the region"),
    InputGroup("elsewhere", GRADES["elsewhere"].label, "parameters measured elsewhere"),
    InputGroup("analogy", GRADES["analogy"].label, "parameters known by analogy"),
    InputGroup("assumed", GRADES["assumed"].label, "assumed parameters"),
    InputGroup(STRUCTURE, "structure", "structure of the model"),
    InputGroup(CHANCE, "chance", "chance in the course of events"),
)
