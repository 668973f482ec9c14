from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wbsim.errors import InputError, Problem
from wbsim.scenario.load import load, load_assumptions, with_assumptions
from wbsim.scenario.resolve import available
from wbsim.scenario.schema import Scenario
from wbsim.scenario.text import UnreadableError
from wbsim.tables.record import Prior

Write = Callable[..., Path]
Problems = Callable[..., list[Problem]]


def lines(problems: list[Problem]) -> list[str]:
    """Each problem as `line: key: message (suggestion)`."""
    return [
        f"{p.line}: {p.key}: {p.message}" + (f" ({p.suggestion})" if p.suggestion else "") for p in problems
    ]


def test_bundled_scenarios_are_what_the_paper_proposes() -> None:
    assert {"status-quo", "forum", "iisg-results", "both"} <= set(available())
    for name in available():
        scenario = load(name)
        assert scenario.name == name
        assert scenario.description
        assert scenario.horizon == "2032-12"
        json.dumps(scenario.resolved())
    assert load("status-quo").policies == ()
    both = {policy.mechanism: policy for policy in load("both").policies}
    assert set(both) == {"forum", "iisg-results"}
    assert {policy.start for policy in both.values()} == {"2023-01"}
    assert (load("forum").policies[0], load("iisg-results").policies[0]) == tuple(both.values())


def test_defaults_are_filled_in_and_values_made_even(write: Write) -> None:
    path = write(
        """
        name = "mine"
        run.years = 5
        [[policy]]
        mechanism = "forum"
        members = ["SRB", "ALB", "MKD"]
        quorum = 2
        meetings_per_year = 6
        [[policy]]
        mechanism = "iisg-results"
        end = "2026-01"
        weights.cyber = 1
        """
    )
    scenario = load(path)
    assert scenario.origin == str(path)
    assert scenario.horizon == "2027-12"
    forum, iisg = scenario.policies
    assert forum.levers["members"] == ("ALB", "MKD", "SRB")
    assert forum.levers["meetings_per_year"] == 6.0
    assert forum.levers["review_months"] == 24
    assert forum.start == "2023-01"
    assert iisg.levers["weights"] == (0.0, 0.0, 0.0, 1.0, 0.0)
    assert iisg.end == "2026-01"


def test_resolved_is_the_same_for_every_way_of_writing_it(write: Write) -> None:
    one = load(
        write(
            """
            name = "mine"
            [assumptions.parameters]
            rent.SRB = 1
            influence = { distribution = "uniform", low = 0, high = 0.1 }
            [[event]]
            month = "2025-01"
            kind = "crisis"
            parties = ["XKX", "SRB"]
            severity = 2
            [[event]]
            month = "2024-01"
            kind = "external-war"
            size = 3
            """
        )
    )
    other = load(
        write(
            """
            name = "mine"
            event = [
              { kind = "external-war", size = 3.0, month = "2024-01" },
              { kind = "crisis", severity = 2, month = "2025-01", parties = ["SRB", "XKX"] },
            ]
            [run]
            years = 10
            [assumptions]
            source = "posterior"
            [assumptions.parameters]
            influence.distribution = "uniform"
            influence.low = 0.0
            influence.high = 0.1
            "rent.SRB" = 1.0
            """,
            "other.toml",
        )
    )
    assert one.resolved() == other.resolved()
    assert str(other.origin) not in json.dumps(one.resolved())
    assert one.assumptions.of("rent", "SRB") == Prior("fixed", 1.0)
    assert one.assumptions.of("rent", "ALB") == "posterior"
    assert one.assumptions.of("influence") == Prior("uniform", 0.0, 0.1)


def test_all_problems_come_at_once_each_with_its_line_and_what_is_allowed(problems: Problems) -> None:
    found = problems(
        """
        extends = "status-quo"
        descripton = "x"
        run = { worlds = -5, years = 100 }
        [[policy]]
        mechanism = "forum"
        start = "2021-13"
        meetings_per_year = 20
        transparency = 2
        members = ["ALB", "SRB", "KOS", "SRB"]
        verification = 0.3
        [[policy]]
        mechanism = "iisg-result"
        [assumptions.parameters]
        loss_wieght = 3
        rent.SRB = 30
        [[event]]
        month = "2025-01"
        kind = "crisis"
        parties = ["SRB", "SRB"]
        severity = 2
        """
    )
    assert lines(found) == [
        "3: descripton: is not a key of a scenario; allowed: name, description, extends, replace, run, "
        'policy, assumptions, event (did you mean "description"?)',
        "4: run.years: must be between 1 and 50 years; it is 100",
        "4: run.worlds: must be between 1 and 10000000 worlds; it is -5",
        '7: policy[1].start: must be a month such as "2023-01"; it is "2021-13" '
        "(the months of a year are 01 to 12)",
        "8: policy[1].meetings_per_year: must be between 0 and 12 meetings a year; it is 20",
        "9: policy[1].transparency: must be between 0 and 1; it is 2",
        '10: policy[1].members[3]: must be a state: ALB, BIH, XKX, MKD, MNE, SRB; it is "KOS" '
        '(did you mean "XKX"?)',
        '10: policy[1].members[4]: names "SRB" a second time (name it once)',
        '11: policy[1].verification: is not a lever of "forum"; its levers are members, meetings_per_year, '
        "led, kosovo_seat, quorum, rule, agenda, review_months, transparency, dialogue, crisis_line, commitments, "
        "meeting_staff, meeting_cost, secretariat_cost, staff, cost (it is a lever of iisg-results)",
        "13: policy[2].mechanism: must be one of bilateral, nato, open-balkan, iisg, iisg-results, forum; it "
        'is "iisg-result" (did you mean "iisg-results"?)',
        '15: assumptions.parameters.loss_wieght: is not a parameter (did you mean "loss_weight"?)',
        "16: assumptions.parameters.rent.SRB: must be between 0 and 4 logit; it is 30 "
        "(the model is tested for this range; `wbsim params rent` tells more)",
        '20: event[1].parties: must be two different states; "SRB" cannot be in dispute with itself '
        '(for a crisis within one state use kind = "internal-crisis")',
    ]


FORUM = '[[policy]]\nmechanism = "forum"\n'
IISG = '[[policy]]\nmechanism = "iisg-results"\n'
CRISIS = '[[event]]\nmonth = "2025-01"\nkind = "crisis"\n'
PARAMETERS = "[assumptions.parameters]\n"
PATH = '[[assumptions.path]]\nname = "mediation"\nvalue = 1\n'


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        # settings
        ('run.start = "2022-01"', 2, 'run.start: must be "2021-01", where the data begin; it is "2022-01"'),
        ("run.seed = -1", 2, "run.seed: must be between 0 and 18446744073709551615; it is -1"),
        ("run.seed = 18446744073709551616", 2, "it is 18446744073709551616"),
        ("run.citizens = 39", 2, "must be between 40 and 60000 citizens of each state; it is 39"),
        (
            'run.worlds = "10"',
            2,
            'must be a whole number between 1 and 10000000 worlds; it is "10" (write numbers',
        ),
        ("run.worlds = 10.5", 2, "it is 10.5"),
        ("run.worlds = true", 2, "it is true"),
        ("run = 3", 2, "run: must be a table ([run]); it is 3"),
        ("extends = 3", 2, "extends: must be a name or a path in quotes; it is 3"),
        ("[policy]\nmechanism = 'forum'", 2, "policy: must be a list of tables, each under [[policy]]"),
        ("policy = [1]", 2, "policy[1]: must be a table; it is 1"),
        ("[[policies]]\n", 2, "policies: is not a key of a scenario; allowed: name, description, extends, "),
        ("description = 5", 2, "description: must be a text in quotes; it is 5"),
        ('replace = ["policy"]', 2, "replace: discards inherited lists, but nothing is extended"),
        # policies
        (
            "[[policy]]\nstart = '2023-01'",
            2,
            "policy[1].mechanism: must be given: what the policy starts, one of",
        ),
        (FORUM + 'start = "2021-1"', 4, 'it is "2021-1" (did you mean "2021-01"?)'),
        (
            FORUM + "start = 2023-01-01",
            4,
            'must be a month such as "2023-01"; it is the date 2023-01-01 (months are',
        ),
        (FORUM + 'start = "2021-01"', 4, 'must be a month from "2021-02" to "2032-12"'),
        (FORUM + 'start = "2033-01"', 4, 'must be a month from "2021-02" to "2032-12"'),
        (
            FORUM + 'start = "2024-01"\nend = "2024-01"',
            5,
            'must be after the start, "2024-01"; it is "2024-01"',
        ),
        (FORUM + 'members = ["ALB"]', 4, "policy[1].members: must name at least 2 states; it names 1"),
        (FORUM + 'members = "ALB"', 4, 'must be a list such as ["ALB", "BIH"]; it is "ALB"'),
        (FORUM + 'members = ["Serbia", "ALB"]', 4, 'it is "Serbia" (did you mean "SRB"?)'),
        (
            FORUM + 'members = ["ALB", "SRB", "MKD"]',
            4,
            "a quorum of 4 can never be met by 3 members (ALB, MKD, SRB)",
        ),
        (FORUM + 'kosovo_seat = "absent"\nquorum = 6', 5, "a quorum of 6 can never be met by 5 members"),
        (
            FORUM + 'kosovo_seat = "absent"\nmembers = ["ALB", "BIH", "XKX", "SRB"]',
            4,
            'policy[1].kosovo_seat: is "absent", but members names XKX (take XKX out of members',
        ),
        (
            FORUM + 'rule = "unanimity"',
            4,
            'must be one of consensus, all-but-one, qualified-majority; it is "unan',
        ),
        (FORUM + "quorum = 4.0", 4, "must be a whole number between 2 and 6 states; it is 4"),
        (FORUM + "transparency = nan", 4, "must be between 0 and 1; it is nan"),
        (FORUM + "meetings_per_year = inf", 4, "must be between 0 and 12 meetings a year; it is inf"),
        (FORUM + "meetings_per_years = 3", 4, '(did you mean "meetings_per_year"?)'),
        (
            IISG + "weights = { borders = 0.5, cyber = 0.4 }",
            4,
            "must sum to 1; it sums to 0.9 (domains that are not",
        ),
        (
            IISG + "weights = { borders = 1.5 }",
            4,
            "policy[1].weights.borders: must be between 0 and 1; it is 1.5",
        ),
        (
            IISG + "weights = { crime = 1.0 }",
            4,
            "weights.crime: is not a key of weights; allowed: organised-crime",
        ),
        (IISG + "weights = [1]", 4, "must be a table of domains such as"),
        (
            FORUM + FORUM,
            4,
            'policy[2]: starts "forum" a second time: another policy runs it from "2023-01" on',
        ),
        (
            IISG + '[[policy]]\nmechanism = "iisg"\nstart = "2025-01"',
            4,
            'policy[2]: "iisg" takes the place of "iisg-results", which another policy runs from "2023-01"',
        ),
        # assumptions
        ('assumptions.history_until = "2024-01"', 2, 'must be a month from "2020-12" to "2023-12"'),
        ('assumptions.source = "data"', 2, 'must be one of prior, posterior; it is "data"'),
        ("assumptions.sources = 'prior'", 2, "is not a key of [assumptions]"),
        (
            'assumptions.variants.trust_rule = "types"',
            2,
            'must be one of reputation, two-types; it is "types"',
        ),
        ("assumptions.variants.trust = 'x'", 2, "is not a key of [assumptions.variants]"),
        (
            PARAMETERS + "rent.SRBB = 1",
            3,
            "is not an element of rent; it has ALB, BIH, XKX, MKD, MNE, SRB (did you",
        ),
        (
            PARAMETERS + '"influence.SRB" = 1',
            3,
            "influence is a single number; it has no element (write influence)",
        ),
        (
            PARAMETERS + 'influence = "guess"',
            3,
            'must be a number, "prior", "posterior", or a table with a distri',
        ),
        (PARAMETERS + "influence = true", 3, "it is true"),
        (
            PARAMETERS + "influence = { mean = 1 }",
            3,
            "influence.distribution: must be given: one of normal, lognormal",
        ),
        (
            PARAMETERS + 'influence = { distribution = "gauss", mean = 1 }',
            3,
            'must be one of normal, lognormal, uniform, loguniform, beta; it is "gauss"',
        ),
        (
            PARAMETERS + 'line_effect = { distribution = "normal", mean = 0.1, sd = 0.2, zero = 1 }',
            3,
            "line_effect.zero: must be at least 0 and below 1; it is 1",
        ),
        (
            PARAMETERS + 'veto_cap = { distribution = "beta", mean = 0.4, concentration = 9, zero = 0.2 }',
            3,
            "veto_cap.zero: veto_cap cannot be zero",
        ),
        (
            PARAMETERS + 'influence = { distribution = "normal", mean = 0.1, sd = 0 }',
            3,
            "influence.sd: must be above 0 and at most 1000000; it is 0",
        ),
        (
            PARAMETERS + 'influence = { distribution = "normal", mean = 0.1, sigma = 1 }',
            3,
            "influence.sd: must be given: a number above 0",
        ),
        (
            PARAMETERS + 'influence = { distribution = "uniform", low = 0.2, high = 0.1 }',
            3,
            "influence.high: must be above low, which is 0.2; it is 0.1",
        ),
        (
            PARAMETERS + 'influence = { distribution = "uniform", low = 0.2, high = 0.9 }',
            3,
            "influence.high: must be between 0 and 0.3 per month; it is 0.9",
        ),
        (
            PARAMETERS + 'influence = { distribution = "loguniform", low = 0.0, high = 0.1 }',
            3,
            "influence.low: must be above 0 and at most 0.3 per month; it is 0",
        ),
        (
            PARAMETERS + 'gaming = { distribution = "beta", mean = 1.0, concentration = 4 }',
            3,
            "gaming.mean: must be above 0 and below 1; it is 1",
        ),
        (
            PARAMETERS + 'rent.SRB = 1\n"rent.SRB" = 2',
            4,
            "is given a second time in this file, with quotes and",
        ),
        (PARAMETERS + "influence = " + "9" * 400, 3, "must be between 0 and 0.3 per month; it is 999999"),
        (PARAMETERS + "influence = 0x" + "F" * 9000, 3, "it is a number of thousands of digits"),
        (PATH + 'from = "2020-01"', 5, 'must be a month from "2021-01" to "2032-12"'),
        (PATH, 2, "assumptions.path[1].from: must be given: the month it holds from"),
        (
            PATH + 'from = "2025-01"\nstates = ["ALB"]',
            6,
            'belongs to accession, rent only; "mediation" is one path for the region',
        ),
        (
            PATH.replace("mediation", "rents") + 'from = "2025-01"',
            3,
            "must be one of",
        ),
        (
            PATH.replace("mediation", "rent").replace("1", "3.5") + 'from = "2025-01"',
            4,
            "must be between 0 and 3; it is 3.5",
        ),
        (
            PATH + 'from = "2025-01"\n' + PATH + 'from = "2025-01"',
            9,
            'a second value of "mediation" from "2025-01"',
        ),
        (
            PATH.replace("1", "2.5") + 'from = "2025-01"',
            4,
            "path[1].value: must be between 0 and 2; it is 2.5",
        ),
        # events
        (
            "[[event]]\nkind = 'crisis'",
            2,
            'event[1].month: must be given: when it happens, such as "2024-06"',
        ),
        (
            "[[event]]\nmonth = '2025-01'",
            2,
            "event[1].kind: must be given: one of crisis, internal-crisis, shock",
        ),
        (CRISIS.replace("crisis", "quarrel"), 4, "must be one of crisis, internal-crisis"),
        (
            CRISIS.replace("2025", "2040"),
            3,
            'must be a month from "2021-01" to "2032-12" (the simulated months)',
        ),
        (CRISIS + "severity = 2", 2, "event[1].parties: must be given: two states in dispute"),
        (CRISIS + 'parties = ["ALB", "BIH", "SRB"]\nseverity = 2', 5, "must be two states; it names 3"),
        (
            CRISIS + 'parties = ["ALB", "GRC"]\nseverity = 2',
            5,
            "must be a state: ALB, BIH, XKX, MKD, MNE, SRB; it is",
        ),
        (
            CRISIS + 'parties = ["ALB", "BIH"]\nseverity = 5',
            6,
            "event[1].severity: must be between 1 and 4; it is 5",
        ),
        (
            CRISIS + 'parties = ["ALB", "BIH"]\nseverity = 2\nmonths = 0',
            7,
            "must be between 1 and 60 months; it is 0",
        ),
        (
            CRISIS + 'parties = ["ALB", "BIH"]\nseverity = 2\nsize = 1',
            7,
            'event[1].size: is not a key of an event of kind "crisis"; allowed: month, kind, parties',
        ),
        (
            '[[event]]\nmonth = "2025-01"\nkind = "shock"\nstate = "ALB"\ndomain = "crime"\nsize = 4',
            6,
            "event[1].domain: must be a domain: organised-crime, terrorism, borders, cyber, disasters; it "
            'is "crime" (did you mean "organised-crime"?)',
        ),
        (
            '[[event]]\nmonth = "2025-01"\nkind = "shock"\nstate = "ALB"\ndomain = "cyber"\nsize = 4',
            7,
            "event[1].size: must be between -3 and 3 log points; it is 4",
        ),
        (
            '[[event]]\nmonth = "2025-01"\nkind = "mechanism-end"\nmechanism = "open-balcan"',
            5,
            '(did you mean "open-balkan"?)',
        ),
    ],
)
def test_each_kind_of_mistake_is_named_at_its_line(
    problems: Problems, text: str, line: int, words: str
) -> None:
    found = problems(text)
    matching = [problem for problem in found if words in str(problem)]
    assert matching, "\n".join(map(str, found))
    assert matching[0].line == line
    assert str(matching[0]).startswith(f"{matching[0].file}:{line}: ")


def test_a_scenario_needs_a_name_and_a_good_one(write: Write) -> None:
    with pytest.raises(InputError, match=r'no-name.toml:1: name: must be given: .*such as name = "no-name"'):
        load(write("description = 'x'", "no-name.toml"))
    with pytest.raises(InputError, match=r'it is "Bad Name" \("bad-name" would do\)'):
        load(write('name = "Bad Name"'))
    with pytest.raises(InputError, match="name: must not be empty"):
        load(write('name = ""'))


def test_policies_of_one_mechanism_may_follow_each_other(write: Write) -> None:
    scenario = load(write('name = "mine"\n' + FORUM + 'start = "2025-01"\n' + FORUM + 'end = "2025-01"'))
    assert [policy.start for policy in scenario.policies] == ["2023-01", "2025-01"]


def test_kosovo_without_a_seat_is_no_member(write: Write) -> None:
    scenario = load(write('name = "mine"\n' + FORUM + 'kosovo_seat = "absent"'))
    assert scenario.policies[0].levers["members"] == ("ALB", "BIH", "MKD", "MNE", "SRB")


def test_hostile_names_do_not_reach_the_terminal(problems: Problems) -> None:
    found = problems('"\\u001b[31mred\\n" = 1\n' + FORUM + 'rule = "\\u001b[2J"')
    assert all(character.isprintable() for problem in found for character in str(problem))


def test_a_directory_and_a_missing_file_are_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="is a directory"):
        load(tmp_path)
    with pytest.raises(UnreadableError, match=r"no such file: .*none.toml"):
        load(tmp_path / "none.toml")


# Assumptions apart from scenarios


def test_assumptions_replace_those_of_a_scenario(write: Write) -> None:
    scenario = load(write('name = "mine"\nassumptions.parameters.influence = 0.1\n' + FORUM))
    file = load_assumptions(
        write(
            """
            description = "a harder time"
            [assumptions]
            parameters.loss_weight = 3
            variants.gains = "prior-congruent"
            [[event]]
            month = "2025-06"
            kind = "internal-crisis"
            state = "BIH"
            severity = 2
            """,
            "hard.toml",
        )
    )
    assert file.name == "hard"
    changed = with_assumptions(scenario, file)
    assert isinstance(changed, Scenario)
    assert changed.assumptions.parameters == {"loss_weight": Prior("fixed", 3.0)}
    assert changed.assumptions.variants["gains"] == "prior-congruent"
    assert [event.kind for event in changed.events] == ["internal-crisis"]
    assert (changed.name, changed.policies) == (scenario.name, scenario.policies)


def test_assumptions_that_outlast_a_scenario_are_refused_with_their_line(write: Write) -> None:
    file = load_assumptions(
        write('[[event]]\nmonth = "2040-01"\nkind = "external-war"\nsize = 3', "late.toml")
    )
    scenario = load(write('name = "mine"'))
    with pytest.raises(
        InputError, match=r'late.toml:2: event\[1\].month: must be a month from "2021-01" to "2032-12"'
    ):
        with_assumptions(scenario, file)


def test_policies_do_not_belong_in_assumptions(write: Write) -> None:
    path = write('[run]\nyears = 3\n[[policy]]\nmechanism = "forum"\n[assumptoins]', "a.toml")
    with pytest.raises(InputError) as caught:
        load_assumptions(path)
    assert [(p.line, p.key) for p in caught.value.problems] == [(1, "run"), (3, "policy"), (5, "assumptoins")]


# Whatever is in a file, it is read or refused with a clear error


BITS = st.sampled_from(
    [
        *'[]{}=.,"\n#\\',
        "'''",
        '"""',
        "\r\n",
        "name",
        '"x"',
        "[[policy]]",
        "mechanism",
        '"forum"',
        "[run]",
        "years",
        "1",
        "-1e999",
        "2023-01-01",
        "nan",
        "[assumptions.parameters]",
        "rent.SRB",
        "extends",
        '"status-quo"',
        "[[event]]",
        "kind",
        "weights",
        " = ",
        "\n",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.lists(BITS, max_size=25).map("".join).map(str.encode), st.binary(max_size=60)))
def test_malformed_text_raises_nothing_but_input_errors(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.toml"
    path.write_bytes(content)
    try:
        load(path)
    except InputError as error:
        assert all(problem.message for problem in error.problems)


# fmt: off
KEYS = st.sampled_from([
    "name", "run", "years", "policy", "mechanism", "start", "members", "weights", "quorum", "assumptions",
    "parameters", "rent", "rent.SRB", "influence", "variants", "trust_rule", "path", "event", "kind",
    "parties", "severity", "month", "value", "from", "replace", "description", "end", "distribution",
    "mean", "source", "structures", "forum_channel", "none", "grows",
])
# fmt: on
VALUES = st.recursive(
    st.one_of(
        st.sampled_from(
            ['"forum"', '"2025-01"', '"SRB"', '"crisis"', '"mediation"', '"normal"', "1979-05-27", "nan"]
        ),
        st.integers(-5, 99).map(str),
        st.sampled_from(["true", "1e300", "-inf", '"\\u0000"', "[]", "{}"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
        st.dictionaries(KEYS, inner, max_size=4).map(
            lambda items: "{ " + ", ".join(f'"{key}" = {value}' for key, value in items.items()) + " }"
        ),
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_any_value_at_any_key_raises_nothing_but_input_errors(tmp_path: Path, table: dict[str, str]) -> None:
    path = tmp_path / "any.toml"
    path.write_text("\n".join(f'"{key}" = {value}' for key, value in table.items()), encoding="utf-8")
    try:
        load(path)
    except InputError as error:
        assert all(problem.line for problem in error.problems)
