"""What a set of scenarios assumes, as the page lists it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from wbsim.experiments.experiment import Table
from wbsim.scenario.schema import Assumptions
from wbsim.tables.parameters import PARAMETERS
from wbsim.tables.record import Parameter, Structure
from wbsim.tables.structures import STRUCTURES
from wbsim.tables.variants import VARIANTS


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """A parameter as it was drawn: `law` is its distribution, `changed` whether a scenario set it."""

    record: Parameter
    law: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Assumed:
    """One set of assumptions: structural variants and alternatives in words, parameters, imposed paths and events.

    `without_evidence` counts the parameters that nothing was found to measure, `policy` those that move policies and
    `policy_without_evidence` those of both kinds; `imposed` counts the signs that are put in, of `effects`.
    """

    label: str
    source: str
    history_until: str
    variants: tuple[tuple[str, str], ...]
    parameters: tuple[ParameterRow, ...]
    paths: tuple[str, ...]
    events: tuple[str, ...]
    without_evidence: int
    policy: int
    policy_without_evidence: int
    effects: int
    imposed: int


def assumed(table: Table) -> Assumed:
    """The assumptions that all scenarios of `table` share."""
    baseline = table.scenarios[0]
    assumptions = baseline.assumptions
    return Assumed(
        table.label,
        assumptions.source,
        assumptions.history_until,
        tuple(
            [_variant(name, choice) for name, choice in sorted(assumptions.variants.items())]
            + [_structure(record, assumptions) for record in STRUCTURES.values()]
        ),
        tuple(_parameter(record, assumptions) for record in PARAMETERS.values()),
        tuple(_plain(step.resolved()) for step in assumptions.paths),
        tuple(_plain(event.resolved()) for event in baseline.events),
        sum(record.grade == "assumed" for record in PARAMETERS.values()),
        sum(record.moves_policies for record in PARAMETERS.values()),
        sum(record.moves_policies and record.grade == "assumed" for record in PARAMETERS.values()),
        sum(record.neutral is not None for record in PARAMETERS.values()),
        sum(record.sign_imposed for record in PARAMETERS.values()),
    )


def _variant(name: str, choice: str) -> tuple[str, str]:
    record = VARIANTS[name]
    return record.label, f"{choice}: {record.descriptions[record.choices.index(choice)]}"


def _structure(record: Structure, assumptions: Assumptions) -> tuple[str, str]:
    """One choice for all worlds, or the share of worlds that draw each."""
    given = zip(record.choices, record.descriptions, assumptions.structures[record.name], strict=True)
    drawn = [(choice, text, weight) for choice, text, weight in given if weight > 0.0]
    if len(drawn) == 1:
        return record.label, f"{drawn[0][0]}, in all worlds: {drawn[0][1]}"
    said = (f"{choice} with probability {weight:.3g}: {text}" for choice, text, weight in drawn)
    return record.label, f"drawn by each world; {'; '.join(said)}"


def _parameter(record: Parameter, assumptions: Assumptions) -> ParameterRow:
    given = {
        key: value
        for key, value in assumptions.parameters.items()
        if key == record.name or key.startswith(f"{record.name}.")
    }
    if not given:
        fitted = assumptions.source == "posterior" and record.block is not None
        law = f"posterior; prior {record.prior}" if fitted else str(record.prior)
        return ParameterRow(record, law, changed=False)
    law = "; ".join(
        str(value) if key == record.name else f"{key}: {value}" for key, value in sorted(given.items())
    )
    return ParameterRow(record, law, changed=True)


def _plain(content: object) -> str:
    return json.dumps(content, ensure_ascii=False)
