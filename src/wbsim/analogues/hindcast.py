"""Institutions predicted: each bundled one with itself left out, one of a user's own by the whole posterior."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wbsim.analogues import scoring
from wbsim.analogues.analogue import Analogue, Observation
from wbsim.analogues.fit import Evidence, fit
from wbsim.analogues.likelihood import draw
from wbsim.analogues.pooled import pooled
from wbsim.analogues.simulate import Samples, simulate
from wbsim.analogues.surface import Surface, fit_surface
from wbsim.calibration.crew import Crew
from wbsim.calibration.fit import bare
from wbsim.chance.counter import Chance
from wbsim.chance.fitted import Fitted
from wbsim.chance.posterior import Points

Floats = NDArray[np.float64]
Plain = dict[str, Any]

#: Particles of a fit with one institution left out, and draws of each prediction.
PARTICLES, DRAWS = 2000, 4000
#: Names of the plain forecasts.
POOLED, PRIOR = "pooled", "prior"


@dataclass(frozen=True)
class Row:
    """One observation with draws (M,) of it: by the model, and by each plain forecast that there is."""

    analogue: str
    members: tuple[str, ...]
    observation: Observation
    model: Floats
    baselines: Mapping[str, Floats]

    @property
    def scale(self) -> float:
        """The unit of its scores: the spread of the pooled rate, or of the prior where nothing can be pooled."""
        base = self.baselines.get(POOLED, self.baselines[PRIOR])
        return scoring.spread(self.observation, base)

    def crps(self, draws: Floats) -> float:
        """CRPS of draws (M,) in units of the scale."""
        return scoring.crps(self.observation, draws) / self.scale

    def plain(self) -> Plain:
        """The row as `--json` prints it."""
        target = scoring.seen(self.observation)
        low, median, high = np.quantile(self.model, (0.05, 0.5, 0.95))
        is_number = target.is_number and self.observation.record.form != "time"
        return {
            "analogue": self.analogue,
            "id": self.observation.id,
            "indicator": self.observation.measure,
            "who": list(self.observation.who or self.members),
            "at": at(self.observation),
            "split": self.observation.split,
            "unit": self.observation.record.unit,
            "observed": target.low if is_number else None,
            "low": None if is_number else target.low,
            "high": None if is_number or not np.isfinite(target.high) else target.high,
            "median": float(median),
            "q05": float(low),
            "q95": float(high),
            "crps": self.crps(self.model),
            "scale": self.scale,
        }


@dataclass(frozen=True)
class Hindcast:
    """Predictions of institutions, and observations (institution, id) of which the model says too little."""

    rows: tuple[Row, ...]
    silent: tuple[tuple[str, str], ...]
    left_out: bool
    labels: Mapping[str, str] = field(default_factory=dict)

    def summary(self) -> Plain:
        """Everything as `--json` prints it."""
        return {
            "left_out": self.left_out,
            **scores(self.rows),
            "by_indicator": _by(self.rows, lambda row: row.observation.measure),
            "by_split": _by(self.rows, lambda row: row.observation.split),
            "silent": [{"analogue": name, "id": key} for name, key in self.silent],
            "rows": [row.plain() for row in self.rows],
        }


def at(observation: Observation) -> str:
    """The month that an observation is about, or its first and last."""
    if observation.since == observation.until:
        return observation.since
    return f"{observation.since}..{observation.until}"


def scores(rows: Sequence[Row]) -> Plain:
    """Coverage and CRPS of the model, and of each plain forecast on the rows that it can predict, the model beside."""
    if not rows:
        return {"n": 0, "coverage_50": None, "coverage_90": None, "crps": None, "baselines": {}}
    baselines = {}
    for name in (POOLED, PRIOR):
        own = [row for row in rows if name in row.baselines]
        if own:
            baselines[name] = _scores(own, name) | {"model_crps": _mean(row.crps(row.model) for row in own)}
    return {**_scores(rows, None), "baselines": baselines}


def _scores(rows: Sequence[Row], name: str | None) -> Plain:
    forecasts = [(row, row.model if name is None else row.baselines[name]) for row in rows]
    return {
        "n": len(rows),
        **{
            f"coverage_{percent}": _mean(
                scoring.covered(row.observation, draws, percent / 100) for row, draws in forecasts
            )
            for percent in (50, 90)
        },
        **{
            f"exact_coverage_{percent}": _mean(
                scoring.covered_part(row.observation, draws, percent / 100) for row, draws in forecasts
            )
            for percent in (50, 90)
        },
        "crps": _mean(row.crps(draws) for row, draws in forecasts),
    }


def _mean(values: Any) -> float:
    return float(np.mean([float(value) for value in values]))


def _by(rows: Sequence[Row], key: Callable[[Row], str]) -> Plain:
    names = sorted({key(row) for row in rows})
    return {name: scores([row for row in rows if key(row) == name]) for name in names}


def leave_each_out(
    evidence: Evidence,
    analogues: Sequence[Analogue],
    seed: int,
    progress: Callable[[int], None] | None = None,
) -> Hindcast:
    """Every institution of the evidence, predicted from the others: the surfaces are kept, only the fit is done anew.

    `analogues` give members and labels; surfaces of an institution that is not among them are left aside.
    """
    known = {each.name: each for each in analogues}
    fitted = [s.observation for s, use in zip(evidence.surfaces, evidence.use, strict=True) if use]
    owners = [s.analogue for s, use in zip(evidence.surfaces, evidence.use, strict=True) if use]
    rows: list[Row] = []
    names = [name for name in dict.fromkeys(s.analogue for s in evidence.surfaces) if name in known]
    for number, name in enumerate(names):
        generator = np.random.default_rng([seed, number])
        z = fit(evidence, PARTICLES, PARTICLES, generator, without=name).draws
        others = [each for each, owner in zip(fitted, owners, strict=True) if owner != name]
        posterior = z[generator.integers(len(z), size=DRAWS)]
        prior = generator.standard_normal(posterior.shape)
        rows.extend(
            _row(
                known[name],
                _Forecast(surface, surface.predict(posterior)),
                _Forecast(surface, surface.predict(prior)),
                others,
                evidence.multiple,
                generator,
            )
            for surface in evidence.surfaces
            if surface.analogue == name
        )
        if progress is not None:
            progress(1)
    labels = {name: known[name].label for name in names}
    return Hindcast(tuple(rows), evidence.silent, True, labels)


@dataclass(frozen=True)
class _Forecast:
    """A surface at the predictors (DRAWS, K) of some points."""

    surface: Surface
    predictor: Floats

    def draw(self, multiple: float, generator: np.random.Generator) -> Floats:
        """Draws of what would be observed, with the discrepancy so many times as large as assumed."""
        own = self.surface
        return draw(own.observation, self.predictor, own.spread, own.offset(multiple), generator)


def _row(
    analogue: Analogue,
    after: _Forecast,
    before: _Forecast,
    others: Sequence[Observation],
    multiple: float,
    generator: np.random.Generator,
) -> Row:
    """A row from the forecasts with and without what institutions say."""
    observation = after.surface.observation
    baselines = {
        PRIOR: before.draw(multiple, generator),
        POOLED: pooled(observation, others, DRAWS, generator),
    }
    return Row(
        analogue.name,
        analogue.members,
        observation,
        after.draw(multiple, generator),
        {name: draws for name, draws in baselines.items() if draws is not None},
    )


def predict(
    analogues: Sequence[Analogue],
    fitted: Fitted,
    evidence: Evidence | None,
    pool: Sequence[Analogue],
    worlds: int,
    seed: int,
    crew: Crew,
    progress: Callable[[int], None] | None = None,
) -> Hindcast:
    """Institutions that the posterior does not know, simulated at its draws, and again at the prior of the channels.

    `pool` are the institutions whose observations make the pooled rate, beside the others of `analogues`.
    """
    after, before = points(fitted, evidence, worlds, seed)
    simulated = simulate(bare(), analogues, after, seed, crew, progress)
    at_prior = simulate(bare(), analogues, before, seed, crew, progress)
    generator = np.random.default_rng([seed, 1])
    multiple = 1.0 if evidence is None else evidence.multiple
    rows: list[Row] = []
    silent: list[tuple[str, str]] = []
    for analogue in analogues:
        others = [o for each in (*pool, *analogues) if each.name != analogue.name for o in each.fitted]
        for observation in analogue.observations:
            now, then = (_level(analogue, observation, samples) for samples in (simulated, at_prior))
            if now is None or then is None:
                silent.append((analogue.name, observation.id))
                continue
            anywhere = np.zeros((DRAWS, 0))
            rows.append(
                _row(
                    analogue,
                    _Forecast(now, now.predict(anywhere)),
                    _Forecast(then, then.predict(anywhere)),
                    others,
                    multiple,
                    generator,
                )
            )
    return Hindcast(tuple(rows), tuple(silent), False, {each.name: each.label for each in analogues})


def _level(analogue: Analogue, observation: Observation, samples: Samples) -> Surface | None:
    """How a statistic scatters over all worlds, whatever their parameters."""
    sample = samples[analogue.name][observation.id]
    worlds = len(next(iter(vars(sample).values())))
    return fit_surface(analogue, observation, np.zeros((worlds, 0)), sample)


def points(fitted: Fitted, evidence: Evidence | None, worlds: int, seed: int) -> tuple[Points, Points]:
    """A draw of the posterior for each world, and the same with the channels' coordinates from their prior."""
    posterior = fitted.posterior
    rows = posterior.rows(Chance(seed, 0, worlds))
    after = posterior.z[rows]
    before = after.copy()
    channels = () if evidence is None else evidence.keys
    chosen = [number for number, key in enumerate(posterior.keys) if key in channels]
    before[:, chosen] = np.random.default_rng([seed, 2]).standard_normal((worlds, len(chosen)))
    return Points(posterior.keys, after), Points(posterior.keys, before)
