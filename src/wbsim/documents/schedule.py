"""The order of a month."""

from __future__ import annotations

from wbsim.documents.markdown import code, table
from wbsim.model.schedule import SCHEDULE


def schedule() -> str:
    """One row a stage, in the order in which the region carries them out."""
    return table(
        ("", "Stage", "Equations", "What happens"),
        (
            (number, code(stage.method), stage.equations or "none", stage.text)
            for number, stage in enumerate(SCHEDULE, start=1)
        ),
    )
