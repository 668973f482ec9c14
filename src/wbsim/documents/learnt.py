"""What the bundled posterior learnt, as the README shows it."""

from __future__ import annotations

from wbsim.documents.markdown import table
from wbsim.inference.contraction import IDENTIFIED, WEAK
from wbsim.scenario.posterior import find_posterior
from wbsim.scenario.posterior import learnt as learnt_of
from wbsim.tables.parameters import PARAMETERS, elements
from wbsim.tables.record import FitBlock

_BLOCKS: dict[FitBlock, str] = {
    "level": "levels of attitudes",
    "dynamic": "how attitudes move and answers form",
    "event": "how often crises break out and climb",
    "channel": "how policies work",
    "cooperation": "effort of states",
}


def learnt() -> str:
    """Shares of the model's numbers that the data identify, by block."""
    narrower = learnt_of(find_posterior())
    rows = []
    for block, words in _BLOCKS.items():
        keys = [
            key for p in PARAMETERS.values() if p.block == block for key in elements(p) if key in narrower
        ]
        if keys:
            rows.append((words, *map(str, _counts([narrower[key] for key in keys]))))
    others = sum(p.block is None for p in PARAMETERS.values())
    numbers = sum(len(elements(p)) for p in PARAMETERS.values() if p.block is None)
    rows.append(
        (f"everything else ({others} parameters, nothing fitted)", str(numbers), "0", "0", str(numbers))
    )
    total = [sum(int(row[column]) for row in rows) for column in range(1, 5)]
    rows.append(("**all**", *(f"**{count}**" for count in total)))
    share = total[1] / total[0]
    return (
        table(("Numbers of the model", "Count", "Identified by data", "Weakly", "Not at all"), rows)
        + f"\n\nIdentified: the posterior's standard deviation is at least {IDENTIFIED:.0%} below the prior's; weakly: "
        f"at least {WEAK:.0%}. The data identify {total[1]} of {total[0]} numbers, {share:.0%}."
    )


def _counts(values: list[float]) -> tuple[int, int, int, int]:
    identified = sum(value >= IDENTIFIED for value in values)
    weak = sum(WEAK <= value < IDENTIFIED for value in values)
    return len(values), identified, weak, len(values) - identified - weak
