"""The tables: every record complete, every number with a source or a reason."""

from dataclasses import replace

import pytest

from wbsim.tables.events import EFFECTS, UNMAPPED, historical_events
from wbsim.tables.mechanisms import MECHANISMS
from wbsim.tables.outcomes import DYAD_OUTCOMES, HEADLINE_OUTCOMES, OUTCOMES, STATE_OUTCOMES
from wbsim.tables.parameters import AXES, PARAMETERS, elements
from wbsim.tables.places import DOMAINS, DYADS, STATES, THREATS
from wbsim.tables.record import empty_fields
from wbsim.tables.structures import STRUCTURES
from wbsim.tables.variants import VARIANTS

LEVERS = [lever for record in MECHANISMS.values() for lever in record.levers]
RECORDS = [
    *PARAMETERS.values(), *OUTCOMES.values(), *MECHANISMS.values(), *LEVERS, *VARIANTS.values(), *STRUCTURES.values()
]  # fmt: skip


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name)
def test_no_record_has_an_empty_field(record):
    assert empty_fields(record) == []


@pytest.mark.parametrize("name", ["label", "source", "reason", "would_change", "unit", "symbol"])
def test_an_empty_field_is_noticed(name):
    assert empty_fields(replace(PARAMETERS["rent"], **{name: " "})) == [name]


def faults(parameter):
    """What is wrong with the numbers of a parameter's record."""
    found = []
    if not parameter.low < parameter.high:
        found.append("range")
    if parameter.centres is not None and (
        parameter.axis is None or len(parameter.centres) != len(AXES[parameter.axis])
    ):
        found.append("centres")
    if parameter.prior.family != "fixed" and parameter.prior.b <= 0:
        found.append("spread")
    shift = (
        min(parameter.centres or (0.0,)) if parameter.prior.family in ("normal", "uniform", "fixed") else 0.0
    )
    if not parameter.low <= parameter.prior.a + shift <= parameter.high and parameter.centres is None:
        found.append("location outside the range")
    return found


@pytest.mark.parametrize("parameter", PARAMETERS.values(), ids=lambda parameter: parameter.name)
def test_every_prior_fits_its_range(parameter):
    assert faults(parameter) == []


def test_faulty_numbers_are_noticed():
    rent = PARAMETERS["rent"]
    assert faults(replace(rent, low=9.0)) != []
    assert faults(replace(rent, centres=(1.0,))) == ["centres"]
    assert faults(replace(rent, prior=replace(rent.prior, b=0.0))) == ["spread"]


def test_an_assumption_says_that_it_is_one_and_what_would_change_it():
    for parameter in PARAMETERS.values():
        assert parameter.kind in ("observed", "derived", "calibrated", "assumed")
        assert len(parameter.reason) > 20 and len(parameter.would_change) > 12, parameter.name


def test_names_are_unique_across_the_tables():
    keys = [key for parameter in PARAMETERS.values() for key in elements(parameter)]
    assert len(set(keys)) == len(keys)
    assert len(
        {(record.name, lever.name) for record in MECHANISMS.values() for lever in record.levers}
    ) == len(LEVERS)


def test_levers_have_defaults_inside_their_ranges():
    for lever in LEVERS:
        if lever.kind in ("number", "whole"):
            assert lever.low <= lever.default <= lever.high, lever.name
        if lever.kind == "choice":
            assert lever.default in lever.choices


def test_outcomes_have_a_margin_and_headlines_exist():
    assert all(outcome.margin > 0 for outcome in OUTCOMES.values())
    assert len(HEADLINE_OUTCOMES) >= 5
    assert set(STATE_OUTCOMES) | set(DYAD_OUTCOMES) <= set(OUTCOMES)


def test_every_row_of_the_events_is_mapped_or_explained_once():
    events = historical_events()
    assert len(events) == 57
    assert {event.identifier for event in events} == set(EFFECTS) | set(UNMAPPED)
    assert not set(EFFECTS) & set(UNMAPPED)
    assert all(bool(event.effects) != bool(event.reason) for event in events)
    assert all(event.end is None or event.start <= event.end for event in events)


def test_the_places_are_six_fifteen_five_and_ten():
    assert (len(STATES), len(DYADS), len(DOMAINS), len(THREATS)) == (6, 15, 5, 10)


@pytest.mark.parametrize("structure", STRUCTURES.values(), ids=lambda structure: structure.name)
def test_weights_of_a_structural_alternative_are_probabilities_of_distinct_choices(structure):
    assert sum(structure.weights) == 1.0 and min(structure.weights) > 0.0
    assert len(set(structure.choices)) == len(structure.weights) == len(structure.descriptions) >= 2
    assert len(set(structure.clauses)) == len(structure.choices)
    assert structure.needs is None or structure.needs in MECHANISMS
    assert len(structure.reason) > 20


def test_no_structural_alternative_shares_its_name_with_a_parameter_or_a_variant():
    assert not STRUCTURES.keys() & (PARAMETERS.keys() | VARIANTS.keys())
