"""What the decision panel says, in a sentence or two."""

from __future__ import annotations

from collections.abc import Sequence

from wbsim.experiments.panel import Panel
from wbsim.statistics.bootstrap import LEAST_WORLDS


def lead(panel: Panel, names: Sequence[str]) -> str:
    """On how many of the outcomes `names` each scenario is in the lead."""
    if panel.worlds < LEAST_WORLDS:
        worlds = f"{panel.worlds} sound world{'' if panel.worlds == 1 else 's'}"
        return f"With {worlds}, fewer than {LEAST_WORLDS}, no scenario can be put before another."
    if _same(panel, names):
        return f"No difference: in every world, all scenarios are the same on all {len(names)} headline outcomes."
    counts = {
        scenario: sum(bool(panel.outcomes[name].scenarios[scenario].may_be_best) for name in names)
        for scenario in panel.outcomes[names[0]].scenarios
    }
    said = ", ".join(f"{scenario} on {count}" for scenario, count in counts.items())
    whole = [scenario for scenario, count in counts.items() if count == len(names)]
    then = f"On all of them: {', '.join(whole)}." if whole else "None is so on all of them."
    return (
        f"Of {len(names)} headline outcomes, these scenarios are in the lead, or can't be told from the one that is, "
        f"with {panel.worlds:,} worlds: {said}. {then}"
    )


def _same(panel: Panel, names: Sequence[str]) -> bool:
    effects = [each.effect for name in names for each in panel.outcomes[name].policies.values()]
    return all(effect is not None and effect.no_difference for effect in effects)
