"""Comparable institutions: each predicted from the others, and what more of them would teach."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from reproduce.run import Facts, Run, Settings
from wbsim.analogues import store
from wbsim.analogues.fit import fit
from wbsim.analogues.hindcast import leave_each_out
from wbsim.analogues.imagined import Imagined, expected_contraction
from wbsim.analogues.load import load_analogues
from wbsim.inference.contraction import contraction
from wbsim.scenario.posterior import find_posterior

#: Kinds of records that could be gathered, and the indicators that each consists of.
KINDS = {
    "who comes": ("all-present", "attendance", "absent-if-incomplete", "convened"),
    "what is adopted, and when": ("adopted", "months-to-first-item", "items"),
    "what is kept, verified and paid": ("kept", "verified", "earned"),
    "months until all act": ("months-to-act",),
    "months until a joint result": ("months-to-result",),
}
EVERYTHING = "all of these"


def _folder() -> Path:
    return Path(find_posterior().path).parent


def _hindcast(settings: Settings) -> Facts:
    found = leave_each_out(store.read(_folder()), load_analogues(), settings["seed"])
    return {key: value for key, value in found.summary().items() if key != "rows"}


def _imagined(settings: Settings) -> Facts:
    evidence = store.read(_folder())
    generator = np.random.default_rng(settings["seed"])
    particles = settings["particles"]
    now = fit(evidence, particles, particles, generator).draws
    truths = now[: settings["truths"]]
    wanted = [(kind, names, settings["copies"]) for kind, names in KINDS.items()]
    every = tuple(name for names in KINDS.values() for name in names)
    wanted += [(EVERYTHING, every, copies) for copies in settings["all_copies"]]
    rows = [
        {
            "kind": kind,
            "copies": copies,
            "contraction": expected_contraction(
                evidence, Imagined(names, copies), truths, particles, generator
            ).tolist(),
        }
        for kind, names, copies in wanted
    ]
    return {"keys": evidence.keys, "now": contraction(now).value.tolist(), "rows": rows}


HINDCAST = Run(
    "hindcast",
    _hindcast,
    {"seed": 1},
    30,
    ("analogues", "inference"),
    ("calibration/analogues.csv", "calibration/channels.npz"),
)
IMAGINED = Run(
    "imagined",
    _imagined,
    {"seed": 1, "particles": 1000, "truths": 8, "copies": 5, "all_copies": (2, 5)},
    140,
    ("analogues", "inference"),
    ("calibration/analogues.csv", "calibration/channels.npz"),
)
