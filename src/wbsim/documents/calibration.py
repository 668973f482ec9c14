"""What the bundled calibration found, as the document on calibration shows it."""

from __future__ import annotations

import json
from importlib.resources.abc import Traversable
from typing import Any

from wbsim.documents.markdown import table
from wbsim.report.calibration_words import inside
from wbsim.scenario.resolve import resolve_calibration

_KINDS = {
    "figure": "one figure",
    "observation": "one observation (all its answers)",
    "survey": "one survey",
    "state": "one state",
}


def calibration() -> str:
    """Counts, checks of the chain and predictions of what was left out, from the bundled diagnostics."""
    found = json.loads(_diagnostics().read_text(encoding="utf-8"))
    return "\n\n".join((_learnt(found), _chain(found["chain"]), _left_out(found["left_out"])))


def _diagnostics() -> Traversable:
    return resolve_calibration("diagnostics.json").resource


def _learnt(found: dict[str, Any]) -> str:
    counts, worth = found["counts"], found["information"]
    return (
        f"{counts['figures']} figures and {counts['rates']} counts of crises identify {counts['identified']} of the "
        f"{counts['calibrated']} fitted numbers, say something about {counts['weak']} and next to nothing about "
        f"{counts['not_identified']}; the model has {counts['numbers']} numbers in all. The figures hold as much about "
        f"the model as {worth['all']:.0f} independent ones without error would, of which {worth['dynamics']:.1f} about "
        f"the dynamics. {found['worlds']:,} worlds were simulated."
    )


def _chain(chain: dict[str, Any]) -> str:
    last, second, split = chain["rounds"][-1], chain["second"], chain["split"]
    peaks = "two peaks" if split["two_peaks"] else "no second peak"
    return table(
        ("Check", "Result"),
        [
            ("variance of new runs that the emulator explains", f"{last['explained']:.1%}"),
            ("posterior means moved in the last round (sd)", _shift(last["shift_mean"], last["shift_max"])),
            (f"means against {second['algorithm']} (sd)", _shift(second["mean"], second["max"])),
            ("R-hat of its chains", f"{second['r_hat']:.3f}"),
            (
                "gap of two halves of the prior, and expected with one peak",
                f"{split['gap']}, {split['expected']}: {peaks}",
            ),
        ],
    )


def _shift(mean: float, most: float) -> str:
    return f"{mean:.3f}, at most {most:.3f}"


def _left_out(left_out: dict[str, Any]) -> str:
    rows = []
    for kind, words in _KINDS.items():
        one = left_out[kind]
        rows.append(
            (
                words,
                inside(one, "coverage_90"),
                f"{one['width_90']:.1f}",
                f"{one['crps']:.1f}",
                f"{one['baselines']['no-change']['crps']:.1f}",
            )
        )
    head = ("Left out at a time", "In the 90 % interval", "Median width", "CRPS", "CRPS of no change")
    return (
        "Figures that were left out and predicted from the others (of questions asked twice or more, where a figure or "
        "an observation is left out):\n\n" + table(head, rows)
    )
