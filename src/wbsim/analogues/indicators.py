"""Everything that may be observed of an institution: one record each, read by the reader, the schema and the scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: share: of trials, or a fraction; time: months until something; rate: events in some years; order: of states.
Form = Literal["share", "time", "rate", "order"]
#: Whom an observation may single out.
Whom = Literal["states", "dyads", "nobody"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something that is observed of an institution and counted in the model.

    `unit` is that of the observed value; `counted` says what the model counts for it; `whom` whether states or dyads
    may be named; `mechanisms` are those of which one must be running, none for what needs no institution.
    """

    name: str
    label: str
    form: Form
    unit: str
    whom: Whom
    counted: str
    mechanisms: tuple[str, ...] = ("forum",)


_ALL = (
    Indicator(
        "all-present",
        "meetings at which every member was present",
        "share",
        "of meetings",
        "nobody",
        "meetings that every member attended, of those that fell due",
    ),
    Indicator(
        "attendance",
        "seats that were filled",
        "share",
        "of meetings times states",
        "states",
        "attendances of the states named, of the meetings that fell due",
    ),
    Indicator(
        "absent-if-incomplete",
        "absences among meetings at which some member was missing",
        "share",
        "of incomplete meetings times states",
        "states",
        "absences of the states named, of the meetings at which at least one member was missing: how often meetings "
        "are incomplete plays no part, so that meetings known because somebody stayed away may be used",
    ),
    Indicator(
        "convened",
        "meetings that were held",
        "share",
        "of meetings due",
        "nobody",
        "meetings with a quorum, of those that fell due",
    ),
    Indicator(
        "adopted",
        "meetings that adopted something",
        "share",
        "of meetings held",
        "nobody",
        "meetings at which an item was adopted, of those with a quorum",
    ),
    Indicator(
        "kept",
        "commitments that were kept",
        "share",
        "of commitments reviewed",
        "states",
        "on the strict scale: commitments seen as kept, of those reviewed and observed; on the lenient one those count "
        "half that were not kept but of which a tenth or more was done",
    ),
    Indicator(
        "verified",
        "outputs that pass verification",
        "share",
        "of outputs",
        "states",
        "verified share in the paid domains, mean over the months",
        ("iisg-results",),
    ),
    Indicator(
        "earned",
        "result-based funds that were earned",
        "share",
        "of result-based funds",
        "states",
        "share of result-based funds earned, mean over the months",
        ("iisg-results",),
    ),
    Indicator(
        "months-to-first-item",
        "months until the first item is adopted",
        "time",
        "months",
        "nobody",
        "months from the start to the first adoption, both counted",
    ),
    Indicator(
        "months-to-act",
        "months from the first adoption until all have taken a visible step",
        "time",
        "months",
        "states",
        "months from the first adoption until each of the states named that is bound has made a quarter of the rise "
        "that it pledged: a ratification, an office, a call",
    ),
    Indicator(
        "months-to-result",
        "months until a joint result",
        "time",
        "months",
        "nobody",
        "an exponential delay with the mean that the lag from effort to verified joint results has (M2)",
        ("iisg", "iisg-results", "forum"),
    ),
    Indicator(
        "items",
        "items adopted",
        "rate",
        "items",
        "nobody",
        "items adopted",
    ),
    Indicator(
        "crises",
        "crises of a severity or more",
        "rate",
        "crises",
        "dyads",
        "crises on the dyads named that reached the severity",
        (),
    ),
    Indicator(
        "order-acting",
        "order of states by what they did of what they pledged",
        "order",
        "pairs of states in the observed order",
        "states",
        "share of the pledged rise that each state has made, mean over the months in which it is bound",
    ),
)

INDICATORS: dict[str, Indicator] = {indicator.name: indicator for indicator in _ALL}
