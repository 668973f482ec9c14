"""How far the parts of cooperative security get under the bundled policies, and if all that could work did."""

from __future__ import annotations

import numpy as np

from reproduce.run import Facts, Run, Settings
from reproduce.runs.common import SEED, bundled
from wbsim.model.simulate import simulate
from wbsim.scenario.bundled import PAPER
from wbsim.scenario.schema import Scenario
from wbsim.tables.outcomes import OUTCOME_INDEX
from wbsim.tables.record import Prior

#: Everything at once, and the name of the same where all that could work does.
ALL_AT_ONCE, WISHED = "all-at-once", "all-at-once, if everything works"
#: What "everything works" means: everybody comes, signs at no cost, keeps what was pledged, and the channel is open.
WORKS = {
    "attend_base": 7.0,
    "commitment_cost": 0.0,
    "acceptance_margin": 0.0001,
    "seat_veto": 0.0,
    "commitment_pull": 1.0,
    "kept_bar": 0.3,
    "channel_forum": 0.98,
    "line_effect": 1.0,
    "line_misfire": 0.0,
    "incentive": 2.0,
    "crowding_out": 0.0,
}
PARTS = (
    "part_inclusive",
    "part_delivery",
    "part_owned",
    "part_trust",
    "part_no_crisis",
    "cooperative_security",
)


def _reach(settings: Settings) -> Facts:
    scenarios = bundled((*PAPER, ALL_AT_ONCE), settings["citizens"])
    found = {each.name: _figures(each, settings) for each in scenarios}
    return {
        "worlds": settings["worlds"],
        "citizens": settings["citizens"],
        "works": WORKS,
        "scenarios": found | {WISHED: _figures(_if_everything_works(scenarios[-1]), settings)},
    }


def _if_everything_works(scenario: Scenario) -> Scenario:
    old = scenario.assumptions
    parameters = {name: Prior("fixed", value) for name, value in WORKS.items()}
    structures = {**old.structures, "forum_channel": (0.0, 1.0, 0.0)}
    assumptions = old.model_copy(update={"parameters": parameters, "structures": structures})
    return scenario.model_copy(update={"assumptions": assumptions})


def _figures(scenario: Scenario, settings: Settings) -> dict[str, object]:
    """Median and ends of the 90 % interval of each part at the horizon, and the share of worlds in full."""
    last = simulate([scenario], SEED, 0, settings["worlds"])[0].regional[:, -1].astype(float)
    figures: dict[str, object] = {
        name: np.quantile(last[:, OUTCOME_INDEX[name]], (0.05, 0.5, 0.95)).tolist() for name in PARTS
    }
    return figures | {"in_full": float(last[:, OUTCOME_INDEX["cooperative_security_strict"]].mean())}


REACH = Run("reach", _reach, {"worlds": 200, "citizens": 200}, 60)
