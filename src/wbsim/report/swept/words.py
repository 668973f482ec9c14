"""What a sweep shows, in sentences."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from wbsim.report import numbers
from wbsim.report.swept.axis import KeyAxis
from wbsim.report.swept.curve import means_of
from wbsim.report.swept.material import Material
from wbsim.report.swept.steps import Change, change_along
from wbsim.report.swept.tables import level_text


def finding(material: Material) -> str:
    """One outcome: what each scenario's figure does along the key that moves it most."""
    if not material.keys:
        return f"{material.outcome.label}: nothing varies, so there is nothing to show along."
    if not np.isfinite(material.effects).any():
        return (
            f"{material.outcome.label}: no point has figures, because too many worlds failed or are missing."
        )
    parts = [_about(material, scenario) for scenario in material.focus]
    better = f"{material.outcome.label} ({material.outcome.better} is better)"
    return numbers.typographic(f"{better}: {' '.join(part[:1].upper() + part[1:] for part in parts)}")


def _about(material: Material, scenario: str) -> str:
    """The sentence on one scenario."""
    changes = [each for key in material.along if (each := change_along(material, key, scenario)) is not None]
    what = (
        f"the change from {material.plan.baseline} under {scenario}"
        if material.compared
        else f"under {scenario} it"
    )
    if not changes:
        return f"{what} has figures at too few points."
    if all(change.same for change in changes):
        value = level_text(material, float(changes[0].curve.mean[changes[0].start]))
        return f"{what} is the same at every point, {value} on average."
    change = max((each for each in changes if not each.same), key=lambda each: abs(each.step.mean))
    change = replace(
        change, told=change.step.told_apart(change.pairs * len(changes))
    )  # picked of several keys
    return f"{_sentence(material, change, what)}{_relevance(material, scenario)}."


def _sentence(material: Material, change: Change, what: str) -> str:
    axis, outcome = material.axis(change.key), material.outcome
    start, end = (_at(material, axis, change, stop) for stop in (change.start, change.end))
    error = f"error of that {numbers.error(outcome, _known(change.step.error))}"
    if not np.isfinite(change.step.error):
        return f"{what} is {start} and {end}; one world cannot tell them apart"
    others = (
        f", averaged over the other key{'s' * (len(material.keys) > 2)},"
        if len(material.keys) > 1 and material.plan.design.kind not in ("one-at-a-time", "list")
        else ""
    )
    if not change.told:
        text = f"{what}{others} is not told apart between {start} and {end} ({error})"
    else:
        size = numbers.value(outcome, abs(change.step.mean))
        verb = "rises" if change.step.mean > 0 else "falls"
        text = f"{what}{others} {verb} by {size} from {start} to {end} ({error})"
        if change.flat_from is not None and change.flat_from != change.start:
            text += f"; beyond {axis.labels[change.flat_from]} no further change is told from that error"
    if change.peak is not None:
        highest = change.curve.mean[change.peak] > max(change.curve.mean[[change.start, change.end]])
        text += f"; it is {'highest' if highest else 'lowest'} at {_at(material, axis, change, change.peak)}"
    return text


def _at(material: Material, axis: KeyAxis, change: Change, stop: int) -> str:
    shown = level_text(material, float(change.curve.mean[stop]))
    return f"{shown} at {change.key} = {axis.labels[stop]}"


def _relevance(material: Material, scenario: str) -> str:
    if not material.compared:
        return ""
    mean = means_of(material.values(scenario))
    margin = material.outcome.margin
    if np.nanmax(np.abs(mean)) >= margin:
        return ""
    return f"; at no point is the mean change beyond the margin of practical relevance, {margin:g}"


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
