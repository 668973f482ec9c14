"""Hashes of sources: what can change a number counts, what people read does not."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from reproduce.identity import code_of, model_sha256, sources_sha256
from wbsim.tables.mechanisms import MECHANISMS
from wbsim.tables.outcomes import OUTCOMES
from wbsim.tables.parameters import PARAMETERS
from wbsim.tables.record import Parameter
from wbsim.tables.variants import VARIANTS

RULE = '''
"""Doc."""
from x import y
def f(a: int) -> int:
    """Say what it does."""
    return g(a, "loss-averse", "A label for people") + 1  # why
'''


@pytest.mark.parametrize(
    "edited",
    [
        RULE.replace("# why", "# another reason"),
        RULE.replace('"""Doc."""', ""),
        RULE.replace("Say what it does.", "Say it otherwise."),
        RULE.replace("A label for people", "Another label"),
        RULE.replace(": int", ": float").replace("-> int", "-> float"),
        RULE.replace("    return g(a, ", "    return g(\n        a, "),
    ],
)
def test_edits_that_change_no_number_leave_the_hash(edited: str) -> None:
    assert edited != RULE
    assert code_of(edited) == code_of(RULE)


@pytest.mark.parametrize(
    "edited",
    [
        RULE.replace("+ 1", "+ 2"),
        RULE.replace("+ 1", "- 1"),
        RULE.replace("loss-averse", "spatial"),
        RULE.replace("g(a", "h(a"),
        RULE.replace("import y", "import z"),
        RULE.replace("(a: int)", "(a: int = 3)"),
    ],
)
def test_edits_that_may_change_a_number_change_the_hash(edited: str) -> None:
    assert code_of(edited) != code_of(RULE)


def test_the_text_of_a_tree_does_not_hang_on_the_version_of_python() -> None:
    assert code_of("x = f(1, b'y')  # z") == (
        "Module body= [ Assign targets= [ Name id= 'x' ] value= Call func= Name id= 'f' args= [ 1 b'y' ] ]"
    )


def test_names_and_choices_of_the_tables_have_no_blanks() -> None:
    """A string with a blank is taken for a text: so no name, key or choice may have one."""
    names = [*PARAMETERS, *OUTCOMES, *VARIANTS, *MECHANISMS]
    names += [choice for variant in VARIANTS.values() for choice in variant.choices]
    names += [lever.name for record in MECHANISMS.values() for lever in record.levers]
    names += [choice for record in MECHANISMS.values() for lever in record.levers for choice in lever.choices]
    names += [parameter.prior.family for parameter in PARAMETERS.values()]
    assert not [name for name in names if any(letter.isspace() for letter in name)]
    assert {"prior", "low", "high"} <= {item.name for item in fields(Parameter)}


def test_data_count_by_their_bytes(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    table = tmp_path / "rules" / "a.csv"
    table.write_text("a,b\n", encoding="utf-8")
    before = sources_sha256(["rules"], tmp_path)

    table.write_text("a,c\n", encoding="utf-8")

    assert sources_sha256(["rules"], tmp_path) != before
    assert len(model_sha256()) == 64
