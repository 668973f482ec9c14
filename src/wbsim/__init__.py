"""wbsim: an agent-based simulator of security cooperation among the six Western Balkan states.

    import wbsim

    status_quo, forum = wbsim.load("status-quo"), wbsim.load("forum")
    comparison = wbsim.compare(status_quo, forum, worlds=500, seed=1)
    print(comparison)

Importing it loads nothing else: what a name needs is loaded when the name is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wbsim.api import (
        compare,
        discover,
        open_results,
        open_sweep,
        optimise,
        reopen,
        run,
        sensitivity,
        sweep,
    )
    from wbsim.experiments.comparison import Comparison, Run
    from wbsim.scenario.load import load
    from wbsim.sweeps.opened import Sweep

__version__ = "0.1.0"

__all__ = [
    "Comparison",
    "Run",
    "Sweep",
    "__version__",
    "compare",
    "discover",
    "load",
    "open_results",
    "open_sweep",
    "optimise",
    "reopen",
    "run",
    "sensitivity",
    "sweep",
]

#: Where each public name lives.
_HOMES = {
    "Comparison": "wbsim.experiments.comparison",
    "Run": "wbsim.experiments.comparison",
    "Sweep": "wbsim.sweeps.opened",
    "compare": "wbsim.api",
    "discover": "wbsim.api",
    "load": "wbsim.scenario.load",
    "open_results": "wbsim.api",
    "open_sweep": "wbsim.sweeps.opened",
    "optimise": "wbsim.api",
    "reopen": "wbsim.api",
    "run": "wbsim.api",
    "sensitivity": "wbsim.api",
    "sweep": "wbsim.sweeps.call",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
