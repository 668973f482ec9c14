"""The groups of inputs of a world among which the variance of an effect is split."""

from __future__ import annotations

from dataclasses import dataclass

from wbsim.tables.grades import GRADES


@dataclass(frozen=True, slots=True)
class InputGroup:
    """A group that is drawn again as one: `name` in JSON and in a redraw, `label` in tables, `what` in sentences."""

    name: str
    label: str
    what: str


#: Name of the group that holds all streams of chance but the draws of parameters and structures.
CHANCE = "chance"
#: The groups, in the order of tables: parameters by grade of evidence, and all other chance.
GROUPS: tuple[InputGroup, ...] = (
    *(
        InputGroup(grade.name, grade.label, f"parameters of the grade {grade.label}")
        for grade in GRADES.values()
    ),
    InputGroup(CHANCE, "chance", "chance in the course of events"),
)
