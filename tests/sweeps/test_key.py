from __future__ import annotations

import pytest

from tests.sweeps.small import key
from wbsim.scenario.issue import Issue
from wbsim.sweeps.key import find_key
from wbsim.tables.mechanisms import MECHANISMS
from wbsim.tables.parameters import PARAMETERS, elements
from wbsim.tables.record import Lever, MechanismRecord
from wbsim.tables.structures import STRUCTURES
from wbsim.tables.variants import VARIANTS


def issue(text: str) -> Issue:
    issues: list[Issue] = []
    assert find_key(text, issues=issues) is None
    (only,) = issues
    return only


def test_every_lever_parameter_element_and_variant_has_a_key() -> None:
    for record in MECHANISMS.values():
        for lever in record.levers:
            found = key(f"{record.name}.{lever.name}")
            assert (found.part, found.lever, found.mechanism) == ("lever", lever, record.name)
        assert key(f"{record.name}.start").kind == key(f"{record.name}.end").kind == "month"
    for parameter in PARAMETERS.values():
        for name in (parameter.name, *elements(parameter)):
            assert key(name).parameter is parameter
    for name, variant in VARIANTS.items():
        assert key(f"variants.{name}").choices == variant.choices
    for name, structure in STRUCTURES.items():
        found = key(f"structures.{name}")
        assert (found.part, found.choices, found.label) == ("structure", structure.choices, structure.label)


def test_an_element_knows_its_place_on_the_axis() -> None:
    parameter = PARAMETERS["rent"]
    assert [key(name).element for name in elements(parameter)] == list(range(6))
    assert key("rent").element is None
    assert key("loss_weight").element is None
    assert key("rent.SRB").label.endswith("(SRB)")


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("assumptions.parameters.loss_weight", "loss_weight"),
        ("assumptions.parameters.rent.SRB", "rent.SRB"),
        ("assumptions.variants.trust_rule", "variants.trust_rule"),
        ("assumptions.structures.forum_channel", "structures.forum_channel"),
        ("forum_channel", "structures.forum_channel"),
        ("assumptions.source", "source"),
        (" forum.quorum ", "forum.quorum"),
    ],
)
def test_spellings_of_a_key_have_one_name(written: str, canonical: str) -> None:
    assert key(written).name == canonical


def test_counts_are_whole_and_keep_the_range_of_their_lever() -> None:
    meetings = key("forum.meetings_per_year")
    assert (meetings.kind, meetings.low, meetings.high) == ("whole", 0.0, 12.0)
    assert key("forum.dialogue").kind == "number"
    assert key("run.citizens").kind == key("forum.quorum").kind == "whole"


@pytest.mark.parametrize("setting", ["years", "seed", "worlds", "start"])
def test_settings_that_all_points_share_are_refused_with_the_reason(setting: str) -> None:
    found = issue(f"run.{setting}")
    assert found.message.startswith("cannot be varied: ")
    assert found.suggestion


@pytest.mark.parametrize(
    ("text", "words", "hint"),
    [
        (
            "forum.meetings_a_year",
            'is not a lever of "forum"; it has members, meetings_per_year',
            "meetings_per_year",
        ),
        ("forum.without", "is not a lever", "write a second scenario"),
        ("forum", 'is not a lever of "forum"', "forum.members"),
        ("quorum", "needs the mechanism", "forum.quorum"),
        ("funds", "needs the mechanism", "iisg.funds or iisg-results.funds"),
        ("lossweight", "is nothing that can be varied", 'did you mean "loss_weight"?'),
        ("rent.GRC", "is not an element of rent", "rent."),
        ("loss_weight.SRB", "is a single number", "write loss_weight"),
        ("variants.trust", "is not a variant", "trust_rule"),
        ("structures.channel", "is not a structural alternative; there are forum_channel", "forum_channel"),
        ("forum_chanel", "is nothing that can be varied", "forum_channel"),
        ("forums.quorum", "is nothing that can be varied", "forum.quorum"),
        ("", "is nothing that can be varied", "lists levers"),
        ("x" * 100_000, "is nothing that can be varied", "lists levers"),
    ],
)
def test_unknown_keys_are_told_what_is_nearest(text: str, words: str, hint: str) -> None:
    found = issue(text)
    assert words in found.message
    assert hint in (found.suggestion or "")


def test_mechanisms_of_plugins_have_keys_too() -> None:
    lever = Lever("calls", "calls", "calls", "number", 1.0, "a test", 0.0, 5.0)
    record = MechanismRecord("hotline", "Hotline", "Calls.", "a test", (lever,))
    found = find_key("hotline.calls", {**MECHANISMS, "hotline": record})
    assert found is not None and found.lever is lever
    assert find_key("hotline.calls") is None
