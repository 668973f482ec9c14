"""What an agent has of an array that all six agents of its kind share."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray


class _Agent(Protocol):
    region: Any
    place: int


class Part:
    """An agent's own part (R, ...) of the array (R, 6, ...) of the same name in the region's `holder`.

    Writing to it writes there.
    """

    def __init__(self, holder: str) -> None:
        self.holder = holder

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, agent: _Agent, owner: type) -> NDArray[Any]:
        whole: NDArray[np.generic] = getattr(getattr(agent.region, self.holder), self.name)
        return whole[:, agent.place]

    def __set__(self, agent: _Agent, values: NDArray[Any]) -> None:
        getattr(getattr(agent.region, self.holder), self.name)[:, agent.place] = values
