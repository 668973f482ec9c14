"""Statements that a word turns round, that count a part of a public, or those without an opinion."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wbsim.instruments.load import load_register
from wbsim.instruments.match import is_negative, is_of_a_part, is_without_opinion

TURNED = [
    "Cooperation with Serbia should end",
    "Regional cooperation is a myth",
    "Denies that cooperation is needed",
    "Skeptical of regional cooperation",
    "Sceptical of it",
    "Regional cooperation is useless",
    "A bad idea",
    "Only a handful support regional cooperation",
    "War is a minor threat",
    "Few support regional cooperation",
    "Little support for regional cooperation",
    "Freeze relations with Kosovo",
    "Suspend the dialogue",
    "Reduce cooperation with Albania",
    "Low trust in Serbia",
    "Does not support it",
    "Don't support it",
    "Opposes the dialogue",
    "Cooperation should stop",
    "Relations are bad",
]
STRAIGHT = [
    "Supports regional cooperation in the Western Balkans",
    "Trusts Serbia",
    "Fears war",
    "Supports the fight against crime",
    "Relations are currently affected by the lack of cooperation",
    "Expects security to get worse",
    "The endeavour is good",
    "Supports the trend",
    "The minority question matters",
    "A shortcut is needed",
]
PARTS = [
    "Supports regional cooperation (women)",
    "Kosovo Serbs support regional cooperation",
    "Business leaders support regional cooperation",
    "Generation Z supports it",
    "The Serb community supports the dialogue",
    "Support among young people only",
    "Of those who travel, share that supports it",
    "Young people support it",
    "Support among voters of the governing party",
    "Supported by students",
    "Support in the urban population",
    "Support (men aged 18-29)",
    "Ethnic Albanians trust Serbia",
]
WHOLE = [
    "Parties most responsible for tensions between ethnic groups",
    "One of the greatest threats",
    "Supports the only plan",
    "Cooperation among Western Balkans as one region",
    "Serbs and Albanians should work together",
]


@pytest.mark.parametrize("statement", TURNED)
def test_a_word_turns_a_statement_round(statement: str) -> None:
    assert is_negative(statement)


@pytest.mark.parametrize("statement", STRAIGHT)
def test_others_stay_as_they_are(statement: str) -> None:
    assert not is_negative(statement)


@pytest.mark.parametrize("statement", PARTS)
def test_a_part_of_a_public_is_seen(statement: str) -> None:
    assert is_of_a_part(statement)


@pytest.mark.parametrize("statement", WHOLE)
def test_a_whole_public_is_no_part(statement: str) -> None:
    assert not is_of_a_part(statement)


@pytest.mark.parametrize(
    "statement",
    ["Undecided on regional cooperation", "Do not know", "Don't know", "Refuses to answer", "No opinion"],
)
def test_those_without_an_opinion_are_seen(statement: str) -> None:
    assert is_without_opinion(statement)


def test_every_bundled_row_is_bound_as_it_was() -> None:
    """A new pattern or word must not move a bundled figure to another question without being seen."""
    kept = json.loads(Path(__file__).with_name("bindings.json").read_text(encoding="utf-8"))
    assert {figure.id: [figure.subject, figure.population] for figure in load_register().figures} == kept
