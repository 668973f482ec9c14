"""Fitted figures predicted without themselves: each figure of a repeated question, each survey, each state left out.

The baselines learn from the same figures as the model: those that are left in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from wbsim.calibration.baselines import BASELINES, asked, forecasts
from wbsim.calibration.leave_out import Leaver, LeftOut, by, repeated
from wbsim.calibration.settings import Settings
from wbsim.calibration.space import Surface
from wbsim.calibration.targets import Expected, Targets
from wbsim.inference.scores import Scores, score
from wbsim.tables.places import STATE_CODES

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

Kind = Literal["figure", "observation", "survey", "state"]
#: What is left out at a time: one figure; all published parts of one pick-one question, population and wave together;
#: a survey; a state. Figures and observations are those of questions that were put to several populations or in
#: several waves: nothing but the prior of its wording would predict one that was asked once.
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class CrossValidation:
    """K predictions of one kind: `left_out` names what each was left out with, `percent` (M, K) are draws.

    `baselines` (Q, K) by name, in percent; `used` says what the forecast of no change was taken from.
    """

    kind: Kind
    ids: tuple[str, ...]
    left_out: tuple[str, ...]
    observed: Floats
    percent: Floats
    baselines: Mapping[str, Floats]
    used: tuple[str, ...]

    @property
    def scores(self) -> Scores:
        """Scores of the model."""
        return score(self.percent, self.observed)

    def summary(self) -> dict[str, object]:
        """Scores of model and baselines, and every prediction, as plain data."""
        low, median, high = np.quantile(self.percent, (0.05, 0.5, 0.95), axis=0)
        return {
            "kind": self.kind,
            "left_out": len(set(self.left_out)),
            **plain(self.scores),
            "baselines": {name: plain(score(each, self.observed)) for name, each in self.baselines.items()},
            "rows": [
                {
                    "id": self.ids[n],
                    "left_out": self.left_out[n],
                    "observed": float(self.observed[n]),
                    "median": float(median[n]),
                    "q05": float(low[n]),
                    "q95": float(high[n]),
                    "no_change_from": self.used[n],
                }
                for n in range(len(self.ids))
            ],
        }


def cross_validate(
    surface: Surface,
    aim: Targets,
    expected: Expected,
    settings: Settings,
    draws: Floats,
    generator: np.random.Generator,
    kinds: Sequence[Kind] = KINDS,
    progress: Callable[[int], None] | None = None,
) -> dict[Kind, CrossValidation]:
    """Predictions of each kind that has something to leave out, from one fit whose dynamics are `draws` (M, F).

    Its errors were evaluated at what was `expected`.
    `progress` hears 1 for each thing that was left out and predicted, of `steps(aim, kinds)`.
    """
    leaver = Leaver(surface, aim, expected, settings, draws, generator)
    report = progress or (lambda _: None)
    found: dict[Kind, CrossValidation] = {}
    for kind in kinds:
        left = []
        for name, rows in parts(aim, kind).items():
            left.append(leaver.leave_out(name, rows))
            report(1)
        if left:
            found[kind] = _collected(kind, left, aim, settings, generator)
    return found


def steps(aim: Targets, kinds: Sequence[Kind] = KINDS) -> int:
    """How many times something is left out."""
    return sum(len(parts(aim, kind)) for kind in kinds)


def parts(aim: Targets, kind: Kind) -> dict[str, Rows]:
    """Rows that are left out together, by name. The regional figures are no state: they stay."""
    match kind:
        case "figure":
            return {aim.figures[row].id: np.array([row]) for rows in repeated(aim) for row in rows}
        case "observation":
            return {", ".join(aim.figures[row].id for row in rows): rows for rows in repeated(aim)}
        case "survey":
            return by(aim, [figure.survey for figure in aim.figures])
        case "state":
            each = by(aim, [figure.population for figure in aim.figures])
            return {code: each[code] for code in STATE_CODES if code in each}


def plain(scores: Scores) -> dict[str, object]:
    """Scores as plain data, under the names that `wbsim validate` prints."""
    return {
        "n": scores.figures,
        "coverage_50": scores.coverage_50.value,
        "coverage_90": scores.coverage_90.value,
        "crps": scores.crps.value,
        "mae": scores.absolute_error.value,
        "width_90": scores.median_width_90,
    }


def _collected(
    kind: Kind, left: Sequence[LeftOut], aim: Targets, settings: Settings, generator: np.random.Generator
) -> CrossValidation:
    """The predictions of one kind side by side, with baselines that know what was left in each time."""
    rows = np.concatenate([each.rows for each in left])
    figures = [aim.figures[row] for row in rows]
    baselines: dict[str, list[Floats]] = {name: [] for name in BASELINES}
    used: list[str] = []
    for each in left:
        rest = np.setdiff1d(np.arange(len(aim.figures)), each.rows)
        known, wanted = (asked([aim.figures[n] for n in some], aim.questions) for some in (rest, each.rows))
        made = forecasts(known, wanted, settings.errors)
        used += made[0].used
        for forecast in made:
            baselines[forecast.name].append(forecast.percent())
    return CrossValidation(
        kind=kind,
        ids=tuple(figure.id for figure in figures),
        left_out=tuple(each.name for each in left for _ in each.rows),
        observed=np.array([figure.value for figure in figures]),
        percent=_side_by_side([each.percent for each in left], generator),
        baselines={name: np.concatenate(each, axis=1) for name, each in baselines.items()},
        used=tuple(used),
    )


def _side_by_side(percent: Sequence[Floats], generator: np.random.Generator) -> Floats:
    """Draws (M, K) from arrays of unlike numbers of draws, of which the fewest are kept of each, at random."""
    fewest = min(len(each) for each in percent)
    return np.concatenate(
        [
            each if len(each) == fewest else each[generator.permutation(len(each))[:fewest]]
            for each in percent
        ],
        axis=1,
    )
