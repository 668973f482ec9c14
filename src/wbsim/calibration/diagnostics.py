"""What a calibration found, as plain data: every number that the page, the documents and the terminal show."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from wbsim import __version__
from wbsim.calibration.alternatives import Alternative
from wbsim.calibration.fit import Calibration, model_sha256
from wbsim.calibration.targets import wording
from wbsim.chance.fitted import Fitted
from wbsim.chance.posterior import coordinates
from wbsim.inference.contraction import contraction, effective_figures, label
from wbsim.inference.history import bands, match_history, with_observation_error
from wbsim.inference.identify import correlated_pairs, leading_combinations
from wbsim.tables.parameters import PARAMETERS, calibrated_table, elements

Floats = NDArray[np.float64]
Plain = dict[str, Any]

#: Label of a number that data narrow by less than a tenth.
NOTHING = label(0.0)
#: Prior spread of levels for points of the page's bands; combinations name this many parameters.
_NAMED = 4


def record(found: Calibration, other: Alternative | None = None) -> Plain:
    """What stands beside the draws: how they were made, and what each number learnt; of an alternative, if given."""
    kept = found.fitted if other is None else found.alternative(other)
    return {
        "version": __version__,
        "model_sha256": model_sha256(),
        "seed": found.seed,
        **({} if other is None else {"alternative": other.means}),
        "settings": _plain(found.settings if other is None else other.settings),
        "inputs": found.inputs.origins,
        "table": calibrated_table(),
        "learnt": _learnt(kept),
    }


def _learnt(kept: Fitted) -> dict[str, float]:
    """Contraction by key."""
    learnt = contraction(kept.z.astype(float)).value
    return {key: round(float(value), 3) for key, value in zip(kept.keys, learnt, strict=True)}


def diagnostics(found: Calibration) -> Plain:
    """Everything that is shown of a calibration."""
    return {
        "seed": found.seed,
        "seconds": round(found.seconds, 1),
        "worlds": found.worlds,
        "failed_worlds": found.attitudes.failed,
        "counts": _counts(found),
        "information": _information(found),
        "prior": _prior(found),
        "figures": figures(found),
        "parameters": parameters(found),
        "pairs": _pairs(found),
        "combinations": _combinations(found),
        "rates": rates(found),
        "channels": channels(found),
        "cooperation": cooperation(found),
        "left_out": {kind: each.summary() for kind, each in found.left_out.items()},
        "chain": _chain(found),
    }


def _counts(found: Calibration) -> Plain:
    rows = parameters(found)
    labels = [row["label"] for row in rows]
    others = sum(len(elements(parameter)) for parameter in PARAMETERS.values() if parameter.block is None)
    return {
        "figures": len(found.aim.figures),
        "questions": len(found.aim.questions),
        "rates": len(found.inputs.rates),
        "calibrated": len(rows),
        "identified": labels.count("identified"),
        "weak": labels.count("weak"),
        "not_identified": labels.count("not identified by data"),
        "numbers": len(rows) + others,
    }


def _information(found: Calibration) -> Plain:
    """Effective number of figures of each block: how much of the figures' variance its parameters explain."""
    attitudes = found.attitudes
    error = found.aim.error(found.settings.errors, attitudes.expected)
    surface = attitudes.surface
    levels = surface.sensitivity @ surface.sensitivity.T
    centre = surface.centre(attitudes.prior.members[:, attitudes.space.dynamic])
    dynamics = np.atleast_2d(np.cov(centre.T))
    noise = error.total() + surface.residual
    return {
        "dynamics": round(effective_figures(dynamics, noise + levels), 2),
        "levels": round(effective_figures(levels, noise + dynamics), 2),
        "intercepts": round(
            effective_figures(
                error.intercepts @ error.intercepts.T, error.gamma() + surface.residual + levels + dynamics
            ),
            2,
        ),
        "all": round(effective_figures(dynamics + levels, noise), 2),
        "figures": len(found.aim.figures),
    }


def _prior(found: Calibration) -> Plain:
    """The prior-predictive check and the history match."""
    aim, generator = found.aim, np.random.default_rng([found.seed, 2])
    error = aim.error(found.settings.errors)
    outputs = found.attitudes.prior.outputs
    band = bands(with_observation_error(outputs, error.total(), generator))
    outside = band.outside(aim.observed)
    match = match_history(outputs, aim.observed, np.diag(error.total()), rank=3)
    return {
        "outside": [name for name, out in zip(aim.ids, outside, strict=True) if out],
        "kept": round(match.kept, 3),
        "low": _percent(band.low),
        "median": _percent(band.median),
        "high": _percent(band.high),
    }


def figures(found: Calibration) -> list[Plain]:
    """Each fitted figure beside what was simulated before and after, and how far its intercept moved.

    `simulated`: by the model alone, without intercepts; `predicted`: with intercepts, house effects and errors.
    """
    aim, checked = found.aim, found.attitudes.checked
    error = aim.error(found.settings.errors, found.attitudes.expected)
    outputs = found.attitudes.check.outputs
    shift = checked.shift(error)
    generator = np.random.default_rng([found.seed, 3])
    predicted = with_observation_error(outputs + shift, error.own(), generator)
    names = [wording(aim.questions[figure.question], figure) for figure in aim.figures]
    moved = found.attitudes.draws.intercepts.mean(axis=0) @ error.intercepts.T / found.settings.errors.wording
    z = (aim.observed - predicted.mean(axis=0)) / predicted.std(axis=0, ddof=1)
    rows = []
    for k, figure in enumerate(aim.figures):
        rows.append(
            {
                "id": figure.id,
                "subject": figure.subject,
                "wording": aim.questions[figure.question].wording,
                "population": figure.population,
                "months": [figure.months[0], figure.months[-1]],
                "survey": figure.survey,
                "observed": figure.value,
                "asked": names.count(names[k]),
                "intercept_sd": None if aim.levelled[k] else round(float(moved[k]), 2),
                "prior": _quantiles(found.attitudes.prior.outputs[:, k]),
                "simulated": _quantiles(outputs[:, k]),
                "predicted": _quantiles(predicted[:, k]),
                "z": round(float(z[k]), 2),
            }
        )
    return rows


def parameters(found: Calibration) -> list[Plain]:
    """Each calibrated number: its posterior on the scale of its prior, contraction and label."""
    kept = found.fitted
    learnt = contraction(kept.z.astype(float))
    by_key = {key: p for p in PARAMETERS.values() for key in elements(p)}
    dynamic = set(coordinates("dynamic"))
    second = dict(
        zip(
            [found.attitudes.space.keys[n] for n in found.attitudes.space.dynamic],
            found.second.flat.mean(axis=0),
            strict=True,
        )
    )
    rows = []
    for n, key in enumerate(kept.keys):
        values = kept.z[:, n].astype(float)
        mean, sd = float(values.mean()), float(values.std(ddof=1))
        rows.append(
            {
                "key": key,
                "label_text": by_key[key].label,
                "block": by_key[key].block,
                "mean": round(mean, 3),
                "sd": round(sd, 3),
                "contraction": round(float(learnt.value[n]), 3),
                "label": learnt.labels[n],
                "second": round((float(second[key]) - mean) / sd, 3) if key in dynamic else None,
            }
        )
    return rows


def _pairs(found: Calibration) -> list[Plain]:
    kept = found.fitted
    return [
        {"first": kept.keys[p.first], "second": kept.keys[p.second], "correlation": round(p.correlation, 2)}
        for p in correlated_pairs(kept.z.astype(float))
    ]


def _combinations(found: Calibration) -> list[Plain]:
    kept = found.fitted
    shown = []
    for each in leading_combinations(kept.z.astype(float), count=8):
        largest = np.argsort(-np.abs(each.weights))[:_NAMED]
        shown.append(
            {
                "contraction": round(each.contraction, 3),
                "weights": {kept.keys[n]: round(float(each.weights[n]), 2) for n in largest},
            }
        )
    return shown


def rates(found: Calibration) -> list[Plain]:
    """Each rate beside the counts of free runs under the prior, and what the fitted model of counts expects."""
    events = found.events
    rows = []
    share = events.reported
    for n, count in enumerate(events.counts):
        rate = count.rate
        row: Plain = {
            "id": rate.id,
            "subject": rate.subject,
            "severity": rate.minimum_severity,
            "observed": rate.count,
            "upper_bound": rate.is_upper_bound,
            "prior": [float(q) for q in np.quantile(events.simulated[:, n], (0.05, 0.5, 0.95))],
        }
        mean = count.expected(events.draws, share)
        if mean is not None:
            row["posterior_mean"] = [round(float(q), 2) for q in np.quantile(mean, (0.05, 0.5, 0.95))]
        elif count.share is not None:
            chance = expit(count.share(events.draws))
            row["posterior_share"] = [round(float(q), 3) for q in np.quantile(chance, (0.05, 0.5, 0.95))]
        rows.append(row)
    return rows


def channels(found: Calibration) -> Plain | None:
    """What institutions taught: how many there are, and how many numbers that move policies data narrow by a tenth.

    Numbers that move policies are those that only policies read, and those that institutions are fitted for.
    `before` counts those that surveys and event rates narrow, `after` all. None where no institution was fitted.
    """
    if found.channels is None:
        return None
    evidence = found.channels.evidence
    moving = {
        key
        for parameter in PARAMETERS.values()
        if parameter.moves_policies or parameter.block == "channel"
        for key in elements(parameter)
    }
    narrowed = {
        row["key"]: row["block"]
        for row in parameters(found)
        if row["key"] in moving and row["label"] != NOTHING
    }
    return {
        "institutions": len({surface.analogue for surface in evidence.surfaces}),
        "fitted": evidence.fitted,
        "silent": [f"{name}: {key}" for name, key in evidence.silent],
        "numbers": len(moving),
        "before": sum(block != "channel" for block in narrowed.values()),
        "after": len(narrowed),
        "log_evidence": round(found.channels.posterior.log_evidence, 2),
        "log_evidence_by_discrepancy": {
            f"{multiple:g}": round(value, 2) for multiple, value in found.channels.sizes.items()
        },
        "stages": len(found.channels.posterior.stages),
        "capped": len(found.channels.posterior.capped),
    }


def cooperation(found: Calibration) -> Plain | None:
    """The scores that were fitted, the scale that was found, and how many draws the weighted sample is worth.

    None where no score was fitted.
    """
    measured = found.measured
    if measured is None:
        return None
    return {
        "scores": {score.state: score.value for score in measured.scores},
        "points": len(measured.sample.z),
        "effective": round(measured.effective),
        "level": [round(float(q), 2) for q in np.quantile(measured.level, (0.05, 0.5, 0.95))],
        "slope": [round(float(q), 2) for q in np.quantile(measured.slope, (0.05, 0.5, 0.95))],
    }


def _chain(found: Calibration) -> Plain:
    calibrated, split, second = found.attitudes.calibrated, found.split, found.second
    last = calibrated.rounds[-1]
    disagreement = [abs(row["second"]) for row in parameters(found) if row["second"] is not None]
    return {
        "misfit": [round(step.misfit, 2) for step in calibrated.assimilation.steps],
        "rounds": [
            {
                "rows": each.rows,
                "explained": round(float(np.median(each.held_out.explained)), 3),
                "bias": round(float(np.mean(np.abs(each.held_out.bias))), 3),
                "stages": len(each.posterior.stages),
                "capped": len(each.posterior.capped),
                "shift_mean": None if each.shift is None else round(float(each.shift.mean()), 3),
                "shift_max": None if each.shift is None else round(float(each.shift.max()), 3),
            }
            for each in calibrated.rounds
        ],
        "settled": calibrated.settled,
        "share_of_error_over_a_quarter": int(np.sum(last.share_of_error > 0.25)),
        "second": {
            "algorithm": "differential-evolution Markov chain Monte Carlo on the same emulator",
            "mean": round(float(np.mean(disagreement)), 3),
            "max": round(float(np.max(disagreement)), 3),
            "r_hat": round(float(second.convergence.r_hat.max()), 3),
            "bulk": round(float(second.convergence.bulk.min())),
        },
        "split": {
            "gap": round(split.gap, 2),
            "expected": round(split.expected, 2),
            "error": round(split.error, 2),
            "two_peaks": split.two_peaks,
        },
    }


def _quantiles(logits: Floats) -> list[float]:
    """5 %, median and 95 % in percent."""
    return _percent(np.quantile(logits, (0.05, 0.5, 0.95)))


def _percent(logits: Floats) -> list[float]:
    return [round(float(value), 1) for value in 100.0 * expit(logits)]


def _plain(settings: object) -> Plain:
    from dataclasses import asdict

    return asdict(settings)  # type: ignore[call-overload, no-any-return]
