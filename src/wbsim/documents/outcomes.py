"""Everything that is measured."""

from __future__ import annotations

from wbsim.documents.markdown import code, table
from wbsim.tables.outcomes import DYAD_OUTCOMES, OUTCOMES, STATE_OUTCOMES

_SUMMARIES = {
    "mean": "mean of the last 12 months",
    "sum": "sum since the first policy's start",
    "last": "at the horizon",
}


def outcomes() -> str:
    """One row an outcome; those of the headline table in bold."""
    return table(
        ("Outcome", "Label", "Unit", "Better", "Practical margin", "Figure of a world", "Ring", "Definition"),
        (
            (
                f"**{code(o.name)}**" if o.headline else code(o.name),
                o.label,
                o.unit,
                o.better,
                f"{o.margin:g}",
                _SUMMARIES[o.summary],
                o.ring,
                o.definition,
            )
            for o in OUTCOMES.values()
        ),
    )


def state_and_dyad_outcomes() -> str:
    """Which outcomes are kept by state and by dyad."""
    states = ", ".join(map(code, STATE_OUTCOMES))
    dyads = ", ".join(map(code, DYAD_OUTCOMES))
    return f"By state, each December: {states}.\n\nBy dyad, each December: {dyads}."
