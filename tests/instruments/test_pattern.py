from __future__ import annotations

import pytest

from wbsim.instruments.pattern import MAX_STATEMENT, PatternError, compiled, meaning

SYNONYMS = {"state": {"SRB": ("Serbia",), "MKD": ("North Macedonia", "Macedonia")}}


def test_a_placeholder_is_a_group_of_all_names_whatever_the_case() -> None:
    pattern = compiled("opinion of {state}", SYNONYMS)
    for text, name in [("Opinion of serbia", "SRB"), ("opinion of North Macedonia.", "MKD")]:
        found = pattern.search(text)
        assert found is not None
        assert meaning(found["state"], SYNONYMS["state"]) == name
    assert pattern.search("opinion of Serbian food") is None
    assert pattern.search("opinion of Croatia") is None


def test_braces_with_numbers_stay_repeats() -> None:
    assert compiled(r"a{2,3}$", SYNONYMS).search("aa")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("(", r"is no regular expression: missing \)"),
        ("[z-a]", "is no regular expression: bad character range"),
        ("{planet}", r"names no group of \[synonyms\] with {planet}; there are state"),
        ("x" * 401, "at most 400 characters; it has 401"),
        (".*a.*b.*c", r"at most 2 unbounded repeats \(such as .*\); it has 3"),
        ("(a+)+$", "repeats a group that holds a repeat"),
        ("(?:a|aa)+$", "or an alternative"),
        ("((a{1,500}))*", "repeats a group"),
        ("(a*)(b*){2,}", "repeats a group"),
    ],
)
def test_a_pattern_that_cannot_be_used_says_why(text: str, reason: str) -> None:
    with pytest.raises(PatternError, match=reason):
        compiled(text, SYNONYMS)


@pytest.mark.parametrize("text", ["(ab)+", "(a+)?b", r"[(+*]+x", r"\(a\)+", "a.{0,40}b.*c", "(a+)(b+)"])
def test_harmless_repeats_are_allowed(text: str) -> None:
    assert compiled(text, SYNONYMS)


def test_the_worst_that_is_allowed_ends() -> None:
    assert compiled("a*a*b$", SYNONYMS).search("a" * MAX_STATEMENT) is None
