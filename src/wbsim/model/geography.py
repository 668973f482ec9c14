"""What the data files say of the six states and their pairs, as arrays; read once, never changed."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from wbsim.tables.parameters.crises import DYAD_GROUPS, GROUP_OF
from wbsim.tables.places import DYAD_NAMES, DYADS, STATE_CODES, STATE_INDEX

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Ethnicities of a community, and the states that its members take the side of.
AFFINITY = {
    "Albanian": ("ALB", "XKX"),
    "Serb": ("SRB",),
    "Bosniak": ("BIH",),
    "Macedonian": ("MKD",),
    "Montenegrin": ("MNE",),
    "Croat": (),
}
#: First parliamentary election in the span (general elections in Bosnia), as months since 2021-01; every 48 months.
#: From memory of the published dates: April 2021, October 2022, February 2021, July 2020, August 2020, April 2022.
ELECTIONS = (3, 21, 1, -6, -5, 15)


@dataclass(frozen=True)
class Community:
    """An ethnic community of a state: `share` of its citizens, `side` the states it takes the side of."""

    name: str
    share: float
    side: tuple[int, ...]


@dataclass(frozen=True)
class Geography:
    """Fixed facts. Pair arrays are (6, 6) and symmetric; `dispute` 0 to 3; `borders` 1 where land meets."""

    recognised: Floats
    borders: Floats
    dispute: Floats
    allies: Floats
    kin: Floats
    population: Floats
    capability: Floats
    level: Floats
    communities: tuple[tuple[Community, ...], ...]
    dyad_group: Integers
    first: Integers
    second: Integers

    @cached_property
    def sharing(self) -> Integers:
        """For each dyad (second), the eight dyads that share a state with it (first), (8, 15)."""
        ends = [{int(i), int(j)} for i, j in zip(self.first, self.second, strict=True)]
        return np.array([[e for e, b in enumerate(ends) if b != a and a & b] for a in ends]).T.copy()

    @cached_property
    def side(self) -> Floats:
        """1 where a community takes the side of a state: (6, C, 6), C the largest number of communities."""
        out = np.zeros((6, max(map(len, self.communities)), 6))
        for i, communities in enumerate(self.communities):
            for c, community in enumerate(communities):
                out[i, c, list(community.side)] = 1.0
        return out

    @cached_property
    def friends(self) -> Integers:
        """Other states whose side a community takes, (6, C, 2); 6 stands for none."""
        out = np.full((*self.side.shape[:2], 2), 6)
        for i, communities in enumerate(self.communities):
            for c, community in enumerate(communities):
                others = [k for k in community.side if k != i]
                out[i, c, : len(others)] = others
        return out


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files("wbsim.tables").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _pairs(rows: list[dict[str, str]], variable: str, meaning: dict[str, float] | None = None) -> Floats:
    out = np.zeros((6, 6))
    for row in rows:
        if row["variable"] == variable:
            i, j = STATE_INDEX[row["state_a"]], STATE_INDEX[row["state_b"]]
            out[i, j] = out[j, i] = meaning[row["value"]] if meaning else float(row["value"])
    return out


def _states(rows: list[dict[str, str]], variable: str, year: str) -> Floats:
    values = {r["state"]: float(r["value"]) for r in rows if r["variable"] == variable and r["year"] == year}
    mean = sum(values.values()) / len(values)
    return np.array([values.get(code, mean) for code in STATE_CODES])


def _levels(rows: list[dict[str, str]]) -> Floats:
    """Threat levels of the reference month relative to the region's mean, (6, 5).

    Organised crime: GI-TOC criminality 2021. Terrorism: ranks of the Global Terrorism Index 2018, 0.2 for the whole
    span of ranks (Albania and North Macedonia, not covered, at the mean). Cyber: ITU index 2020, 0.3 for its span.
    Disasters: INFORM 2018. Borders: no comparable index, 1 everywhere. States without a value stand at the mean.
    """
    crime = _states(rows, "oc_criminality", "2021")
    ranks = _states(rows, "gti_rank", "2018")
    terrorism = 1.0 - 0.2 * (ranks - ranks.mean()) / 61.0
    index = _states(rows, "itu_gci_score", "2020")
    cyber = 1.0 - 0.3 * (index - index.mean()) / 60.0
    hazard = _states(rows, "inform_risk", "2018")
    columns = (crime / crime.mean(), terrorism, np.ones(6), cyber, hazard / hazard.mean())
    return np.stack(columns, axis=1)


@cache
def geography() -> Geography:
    """The facts, read from the data files that the package holds."""
    dyads, states = _rows("dyads.csv"), _rows("states.csv")
    communities = tuple(
        tuple(
            Community(
                row["community"],
                float(row["share_percent"]) / 100.0,
                tuple(STATE_INDEX[code] for code in AFFINITY[row["community"]]),
            )
            for row in _rows("communities.csv")
            if row["state"] == code
        )
        for code in STATE_CODES
    )
    majority = [set(AFFINITY[group[0].name]) for group in communities]
    kin = np.array([[float(i != j and bool(majority[i] & majority[j])) for j in range(6)] for i in range(6)])
    return Geography(
        recognised=_pairs(dyads, "mutual_recognition", {"yes": 1.0, "no": 0.0}),
        borders=_pairs(dyads, "land_contiguity"),
        dispute=_pairs(dyads, "dispute_severity_0_3"),
        allies=_pairs(dyads, "both_nato"),
        kin=kin,
        population=_states(states, "population", "2021"),
        capability=_states(states, "gdp_nominal", "2021"),
        level=_levels(states),
        communities=communities,
        dyad_group=np.array([DYAD_GROUPS.index(GROUP_OF.get(name, "calm")) for name in DYAD_NAMES]),
        first=np.array([STATE_INDEX[a] for a, _ in DYADS]),
        second=np.array([STATE_INDEX[b] for _, b in DYADS]),
    )
