"""Agents and environment: state variables with their shapes and meanings."""

from __future__ import annotations

from typing import Any

import mesa
import numpy as np

from wbsim.chance.counter import Chance
from wbsim.chance.draws import draw_parameters
from wbsim.documents.comments import fields_with_comments
from wbsim.documents.markdown import code, table
from wbsim.documents.meanings import meaning
from wbsim.model.environment import Effects, Environment, Seen
from wbsim.model.geography import geography
from wbsim.model.region import Region
from wbsim.model.traits import traits
from wbsim.scenario.load import load

#: A number of worlds that no other axis has the length of, and the fewest citizens.
_WORLDS, _CITIZENS = 7, 40


def entities() -> str:
    """Tables of the agents' variables, of the environment, of what is seen, and of mechanisms' effects."""
    region = _region()
    agents = [
        region.governments[0],
        region.publics[0],
        *region.powers,
        *(mechanism for mechanism in region.mechanisms if mechanism.VARIABLES),
    ]
    parts = [f"### {_title(agent)}\n\n{_agent(agent, region)}" for agent in agents]
    for kind, title in (
        (Environment, "Environment"),
        (Seen, "Last month's picture, on which all decisions rest"),
        (Effects, "What this month's mechanisms do to others"),
    ):
        rows = ((code(item.name), item.shape, item.text) for item in fields_with_comments(kind))
        parts.append(f"### {title} (`{kind.__name__}`)\n\n" + table(("Variable", "Shape", "Meaning"), rows))
    region.forget()
    return "\n\n".join(parts)


def _region() -> Region:
    """A small region with every kind of mechanism."""
    scenario = load("both")
    chance = Chance(0, 0, _WORLDS)
    draws = draw_parameters(scenario.assumptions, chance)
    return Region(scenario, chance, draws, traits(_CITIZENS, chance, geography()))


def _title(agent: mesa.Agent) -> str:
    return f"Agent `{type(agent).__name__}`"


def _agent(agent: Any, region: Region) -> str:
    kind = type(agent).__name__
    return table(
        ("Variable", "Shape", "Meaning"),
        ((code(name), _shape(getattr(agent, name), region), meaning(kind, name)) for name in agent.VARIABLES),
    )


def _shape(array: np.ndarray[Any, Any], region: Region) -> str:
    """The shape with the letters that the documents use."""
    members, circles = region.traits.shape
    if array.shape[-3::2] == (members, circles):
        lengths = [*map(_letter, array.shape[:-3]), "M", _letter(array.shape[-2]), "G"]
    else:
        lengths = [_letter(length) for length in array.shape]
        last = {region.traits.community_share.shape[1]: "C", circles: "G"}
        if array.shape[-2:-1] == (16,):
            lengths[-1] = last.get(array.shape[-1], lengths[-1])
    return f"({', '.join(lengths)}{',' if len(lengths) == 1 else ''})"


def _letter(length: int) -> str:
    return {_WORLDS: "R", 5: "D", 10: "K"}.get(length, str(length))
