"""Grades of evidence: how near what is known is to the number that the model needs."""

from __future__ import annotations

from dataclasses import dataclass

from wbsim.tables.record import Grade


@dataclass(frozen=True, slots=True)
class GradeRecord:
    """A grade of evidence: its short label for tables, and what a parameter of this grade rests on."""

    name: Grade
    label: str
    definition: str


#: The grades, the nearest evidence first. No grade claims a causal effect: no comparison with a control exists.
GRADES: dict[Grade, GradeRecord] = {
    record.name: record
    for record in (
        GradeRecord(
            "region",
            "measured in the region",
            "measured among the six themselves, the same kind of quantity",
        ),
        GradeRecord(
            "elsewhere",
            "measured elsewhere",
            "measured among the six, but another quantity; or the same quantity elsewhere, with a good design",
        ),
        GradeRecord(
            "analogy",
            "analogy",
            "something like it was studied: the evidence supports a direction or an order, not this size",
        ),
        GradeRecord(
            "assumed",
            "assumed",
            "nothing was found that measures it: a form, a scale or a judgement of the model's authors",
        ),
    )
}
