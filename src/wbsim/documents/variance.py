"""How weakly the bundled posterior ties groups of parameters together, which a redraw of one group cuts."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from wbsim.chance.fitted import posterior_of
from wbsim.documents.markdown import table
from wbsim.scenario.posterior import find_posterior
from wbsim.statistics.ranks import standard_ranks
from wbsim.tables.grades import GRADES
from wbsim.tables.parameters import PARAMETERS


def group_correlations() -> str:
    """For each pair of grades that hold fitted numbers: typical and largest rank correlation between their numbers."""
    posterior = posterior_of(find_posterior())
    ranks = standard_ranks(posterior.z.T)
    grades = np.array([PARAMETERS[key.partition(".")[0]].grade for key in posterior.keys])
    rows = []
    for one, other in combinations(GRADES, 2):
        first, second = np.flatnonzero(grades == one), np.flatnonzero(grades == other)
        if not (first.size and second.size):
            continue
        rho = np.abs(ranks[first] @ ranks[second].T)
        row, column = np.unravel_index(int(rho.argmax()), rho.shape)
        rows.append(
            (
                f"{GRADES[one].label}, {GRADES[other].label}",
                rho.size,
                f"{np.sqrt(np.mean(rho**2)):.2f}",
                f"{rho.max():.2f}",
                f"`{posterior.keys[first[row]]}`, `{posterior.keys[second[column]]}`",
            )
        )
    chance = f"{1 / np.sqrt(len(posterior.z) - 1):.2f}"
    head = ("Grades", "Pairs of numbers", "Typical correlation", "Largest", "Between")
    note = (
        f"Rank correlations over {len(posterior.z):,} draws of the bundled posterior; typical: root of the mean "
        f"square, which chance alone makes {chance}."
    )
    return f"{table(head, rows)}\n\n{note}"
