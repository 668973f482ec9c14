"""The posterior under other choices: without each survey, and with twice the discrepancy.

They answer what a result hangs on. Each is sampled under the emulator of the whole fit, whose waves reach well beyond
its posterior, and has the events' draws of the whole fit, which no survey touches.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from wbsim.calibration.attitudes import Draws, sample
from wbsim.calibration.settings import Settings
from wbsim.calibration.space import Surface
from wbsim.calibration.targets import Targets

#: Draws that are kept of each: as many as worlds are usually run under one of them.
KEPT = 200
#: Particles of the sampler, enough for so few draws.
_PARTICLES = 2000
#: Factor of the discrepancy in the second sort.
_FACTOR = 2.0


@dataclass(frozen=True)
class Alternative:
    """A posterior of a `name` that files can have, and in words what it `means`."""

    name: str
    means: str
    settings: Settings
    aim: Targets
    draws: Draws


def alternatives(
    surface: Surface,
    aim: Targets,
    settings: Settings,
    generator: np.random.Generator,
    progress: Callable[[int], None] | None = None,
) -> tuple[Alternative, ...]:
    """The posterior with the discrepancy doubled, and without the figures of each survey in turn.

    A survey is left out only if another is left. `progress` hears 1 for each, of `count(aim)`.
    """
    report = progress or (lambda _: None)
    few = replace(settings, particles=min(settings.particles, _PARTICLES), draws=KEPT)
    discrepancy = few.errors.discrepancy
    doubled = replace(few, errors=replace(few.errors, discrepancy=_FACTOR * discrepancy))
    means = f"the discrepancy is {doubled.errors.discrepancy:g} in the place of {discrepancy:g}"
    draws, _ = sample(surface, aim, doubled, generator)
    found = [Alternative("double-discrepancy", means, doubled, aim, draws)]
    report(1)
    for survey, name in _names(aim).items():
        rows = np.array([figure.survey != survey for figure in aim.figures])
        rest = aim.take(rows)
        draws, _ = sample(surface.take(rows), rest, few, generator)
        number = int(np.sum(~rows))
        figures = "1 figure" if number == 1 else f"{number} figures"
        found.append(Alternative(name, f"without {survey} ({figures})", few, rest, draws))
        report(1)
    return tuple(found)


def count(aim: Targets) -> int:
    """How many alternatives there are."""
    return 1 + len(_names(aim))


def _names(aim: Targets) -> Mapping[str, str]:
    """A name for files by survey, in the order of the figures; none if there is but one survey."""
    surveys = tuple(dict.fromkeys(figure.survey for figure in aim.figures))
    if len(surveys) < 2:
        return {}
    names: dict[str, str] = {}
    for survey in surveys:
        plain = "without-" + re.sub(r"[^a-z0-9]+", "-", survey.lower()).strip("-")
        taken = [name for name in names.values() if name == plain or name.startswith(f"{plain}-")]
        names[survey] = f"{plain}-{len(taken) + 1}" if taken else plain
    return names
