"""Structural alternatives in scenario files: one choice for all worlds, or weights of the choices."""

from pathlib import Path

import pytest

from tests.scenario.conftest import Write
from wbsim.errors import InputError
from wbsim.scenario.diff import differences
from wbsim.scenario.load import load, load_assumptions, with_assumptions
from wbsim.scenario.resolved import from_resolved
from wbsim.scenario.schema import Assumptions
from wbsim.tables.structures import STRUCTURES

HEAD = 'name = "mine"\n[assumptions.structures]\n'


def weights(path: Path, name: str = "forum_channel") -> tuple[float, ...]:
    return load(path).assumptions.structures[name]


def test_without_a_word_the_weights_are_those_of_the_table(write: Write) -> None:
    assumptions = load(write('name = "mine"')).assumptions
    assert assumptions.structures == {name: each.weights for name, each in STRUCTURES.items()}
    assert [assumptions.fixed(name) for name in STRUCTURES] == [None, None, None]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('"none"', (1.0, 0.0, 0.0)),
        ('"secretariat"', (0.0, 0.0, 1.0)),
        ("{ none = 0.2, grows = 0.8 }", (0.2, 0.8, 0.0)),
        ("{ grows = 3, none = 1 }", (0.25, 0.75, 0.0)),
        ("{ none = 0, grows = 2 }", (0.0, 1.0, 0.0)),
    ],
)
def test_a_choice_or_weights_that_are_brought_to_sum_1(
    write: Write, written: str, expected: tuple[float, ...]
) -> None:
    path = write(f"{HEAD}forum_channel = {written}")
    assert weights(path) == pytest.approx(expected, abs=1e-15)
    assert weights(path, "forum_weighs") == STRUCTURES["forum_weighs"].weights


def test_weights_as_a_table_of_their_own(write: Write) -> None:
    path = write('name = "mine"\n[assumptions.structures.forum_weighs]\nefforts = 1\ndelivered = 3')
    assert weights(path, "forum_weighs") == (0.25, 0.75)


def test_every_mistake_comes_at_once_with_its_line(write: Write) -> None:
    path = write(
        HEAD
        + """
        forum_chanel = "none"
        forum_channel = "grow"
        forum_weighs = { efforts = -1, deliverd = 2 }
        channel_growth = { fixed = 0, with-use = 0 }
        """
    )
    with pytest.raises(InputError) as error:
        load(path)
    found = [(p.line, p.key, p.message, p.suggestion) for p in error.value.problems]
    place = "assumptions.structures"
    allowed = "forum_channel, forum_weighs, channel_growth"
    assert sorted(found) == [
        (
            4,
            f"{place}.forum_chanel",
            f"is not a key of [assumptions.structures]; allowed: {allowed}",
            'did you mean "forum_channel"?',
        ),
        (
            5,
            f"{place}.forum_channel",
            'must be one of none, grows, secretariat, or a table of their weights; it is "grow"',
            'did you mean "grows"?',
        ),
        (
            6,
            f"{place}.forum_weighs.deliverd",
            "is not a key of the weights of forum_weighs; allowed: efforts, delivered",
            'did you mean "delivered"?',
        ),
        (6, f"{place}.forum_weighs.efforts", "must be between 0 and 1000000; it is -1", None),
        (
            7,
            f"{place}.channel_growth",
            "must give a weight above 0 to at least one choice",
            "choices: fixed, with-use",
        ),
    ]


@pytest.mark.parametrize(
    "written", ["0.5", "true", "[]", "{}", "{ none = nan }", "{ none = '1' }", "1979-05-27"]
)
def test_anything_else_is_refused(write: Write, written: str) -> None:
    with pytest.raises(InputError, match="forum_channel"):
        load(write(f"{HEAD}forum_channel = {written}"))


def test_an_alternative_among_the_parameters_is_told_where_it_belongs(write: Write) -> None:
    with pytest.raises(InputError, match=r"not a parameter \(write it in \[assumptions.structures\]"):
        load(write('name = "mine"\n[assumptions.parameters]\nforum_channel = 1'))


def test_weights_replace_inherited_ones_whole(write: Write) -> None:
    write(
        """
        name = "parent"
        [assumptions.structures]
        forum_channel = { none = 0.5, grows = 0.5 }
        forum_weighs = "delivered"
        """,
        "parent.toml",
    )
    child = write('extends = "./parent.toml"\n' + HEAD + "forum_channel = { secretariat = 1, grows = 1 }")
    assert weights(child) == (0.0, 0.5, 0.5)
    assert load(child).assumptions.fixed("forum_weighs") == "delivered"
    fixed = write('extends = "./parent.toml"\n' + HEAD + 'forum_channel = "none"', "fixed.toml")
    assert load(fixed).assumptions.fixed("forum_channel") == "none"


def test_records_hold_a_choice_or_weights_and_read_back_to_the_bit(write: Write) -> None:
    scenario = load(write(HEAD + 'forum_channel = "none"\nforum_weighs = { efforts = 1, delivered = 2 }'))
    plain = scenario.resolved()
    assert plain["assumptions"]["structures"] == {  # type: ignore[index,call-overload]
        "channel_growth": {"fixed": 0.5, "with-use": 0.5},
        "forum_channel": "none",
        "forum_weighs": {"efforts": 1 / 3, "delivered": 2 / 3},
    }
    again = from_resolved(plain, posterior=scenario.assumptions.posterior)
    assert again.assumptions.structures == scenario.assumptions.structures
    assert again.resolved() == plain


def test_two_spellings_of_one_choice_are_one_record(write: Write) -> None:
    one = load(write(HEAD + 'forum_channel = "grows"', "one.toml"))
    other = load(write(HEAD + "forum_channel = { grows = 7 }", "other.toml"))
    assert one.assumptions == other.assumptions


def test_a_difference_is_shown_by_its_key(write: Write) -> None:
    one = load(write('name = "mine"', "one.toml"))
    other = load(write(HEAD + 'forum_weighs = "efforts"', "other.toml"))
    [change] = differences(one, other)
    assert (change.section, change.key) == ("assumptions", "structures.forum_weighs")
    assert (change.before, change.after) == ({"efforts": 0.5, "delivered": 0.5}, "efforts")


def test_a_file_of_assumptions_may_fix_one(write: Write) -> None:
    file = load_assumptions(write('[assumptions.structures]\nforum_channel = "none"', "no-channel.toml"))
    scenario = with_assumptions(load(write('name = "mine"')), file)
    assert scenario.assumptions.fixed("forum_channel") == "none"


def test_the_weights_that_a_table_fixes_are_told(write: Write) -> None:
    assumptions = Assumptions(structures={**Assumptions().structures, "channel_growth": (0.0, 1.0)})
    assert assumptions.fixed("channel_growth") == "with-use"
