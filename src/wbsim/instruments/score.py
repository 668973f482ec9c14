"""How well a state cooperates internationally, by the judgement of experts on one scale for all states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: Ends of the scale of GI-TOC's Organized Crime Index.
LOWEST, HIGHEST = 1.0, 10.0
#: Splits: fitted, or kept back to judge predictions by.
FITTED, KEPT_BACK = "calibration", "validation"
SPLITS = (FITTED, KEPT_BACK)


@dataclass(frozen=True, slots=True)
class Score:
    """The score `value` (1 to 10) of a `state` in the edition of a `year`; `split` says whether it is fitted."""

    id: str
    state: str
    year: int
    value: float
    split: str
    source: str
    note: str


def to_fit(scores: Iterable[Score]) -> tuple[Score, ...]:
    """The scores that enter a likelihood."""
    return tuple(score for score in scores if score.split == FITTED)


def to_predict(scores: Iterable[Score]) -> tuple[Score, ...]:
    """The scores that predictions are judged by and that are never fitted."""
    return tuple(score for score in scores if score.split == KEPT_BACK)
