from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from wbsim.scenario.linemap import line_map


def test_every_form_of_toml_has_its_lines() -> None:
    text = '''name = "x"
run.years = 3
"quoted key" = 1
'single "key"' = 2

[run.more]
a = [
  1,   # a comment with ] and "
  2,
]
text = """
[not.a.table]
b = 3
"""

[[policy]]
mechanism = "forum"
weights = { cyber = 0.5, "a.b".c = 0.5 }

[[policy]]
mechanism = "iisg"
[policy.table]
deep = true
[[policy.list]]
x = 1
[[policy.list]]
x = 2

[ spaced . out ] # comment
y = 1979-05-27
'''
    lines = line_map(text)
    expected = {
        ("name",): 1,
        ("run", "years"): 2,
        ("quoted key",): 3,
        ('single "key"',): 4,
        ("run", "more"): 6,
        ("run", "more", "a"): 7,
        ("run", "more", "a", 0): 8,
        ("run", "more", "a", 1): 9,
        ("run", "more", "text"): 11,
        ("policy", 0): 16,
        ("policy", 0, "mechanism"): 17,
        ("policy", 0, "weights", "cyber"): 18,
        ("policy", 0, "weights", "a.b", "c"): 18,
        ("policy", 1): 20,
        ("policy", 1, "table", "deep"): 23,
        ("policy", 1, "list", 0, "x"): 25,
        ("policy", 1, "list", 1): 26,
        ("policy", 1, "list", 1, "x"): 27,
        ("spaced", "out", "y"): 30,
    }
    assert {path: lines.get(path) for path in expected} == expected
    assert ("run", "more", "b") not in lines


def test_escaped_keys_are_found_under_what_they_mean() -> None:
    assert line_map('\n"a\\u00e9\\"b" = 1')[('aé"b',)] == 2


# Documents in every style: the strategies below write TOML text, and the standard parser says what it means.
PLAIN = st.text("abXY_-09", min_size=1, max_size=4)
QUOTED = st.text("ab .#=[]{}\"\\'é", max_size=5).map(
    lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
)
LITERAL = st.text('ab .#=[]{}"\\', max_size=5).map(lambda text: f"'{text}'")
PART = st.one_of(PLAIN, PLAIN, QUOTED, LITERAL)
KEY = st.lists(PART, min_size=1, max_size=3).flatmap(
    lambda parts: st.sampled_from([".", " . ", "\t."]).map(lambda dot: dot.join(parts))
)
SCALAR = st.one_of(
    st.integers(-99, 99).map(str),
    st.sampled_from(["1.5", "true", "nan", "1979-05-27", "0x1F", "07:32:00", "1979-05-27 07:32:00"]),
    QUOTED,
    LITERAL,
    st.text('ab\n#[]="', max_size=8)
    .filter(lambda t: '"""' not in t and not t.endswith('"'))
    .map('"""{}"""'.format),
    st.text("ab\n#[]='\\", max_size=8)
    .filter(lambda t: "''" not in t and not t.endswith("'"))
    .map("'''{}'''".format),
    st.sampled_from(['"""a""""', "'''b''''", '"""\\\n  c"""', '"""\\""" """']),
)
GAP = st.sampled_from(["", " ", "\n", " # ] } comment\n", "\n\n"])


def arrays(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def join(items: list[tuple[str, str, str]]) -> str:
        return "[" + ",".join(before + value + after for before, value, after in items) + "\n]"

    return st.lists(st.tuples(GAP, values, GAP), max_size=3).map(join)


def inline_tables(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def join(items: list[tuple[str, str]]) -> str:
        return "{ " + ", ".join(f"{key} = {value}" for key, value in items) + " }"

    return st.lists(st.tuples(KEY, values), max_size=3).map(join)


VALUE = st.recursive(SCALAR, lambda inner: st.one_of(arrays(inner), inline_tables(inner)), max_leaves=6)
PAIR = st.tuples(KEY, VALUE, st.sampled_from(["", " # comment", "  "])).map(
    lambda p: f"{p[0]} = {p[1]}{p[2]}"
)
HEADER = st.one_of(KEY.map("[{}]".format), KEY.map("[[{}]]".format), KEY.map("  [ {} ] # c".format))
DOCUMENT = st.lists(st.one_of(PAIR, HEADER, st.sampled_from(["", "# [comment]"])), max_size=12).map("\n".join)


def leaves(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield (*path, key)
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield (*path, number)
            yield from leaves(item, (*path, number))


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(DOCUMENT, st.booleans())
def test_every_key_that_the_parser_finds_has_the_line_that_holds_it(text: str, crlf: bool) -> None:
    if crlf:
        text = text.replace("\n", "\r\n")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assume(False)
    text = text.replace("\r\n", "\n")
    lines = line_map(text)
    written = text.split("\n")
    found = set(leaves(data))
    assert found <= set(lines)
    for path in found:
        key = path[-1]
        if isinstance(key, str):
            line = written[lines[path] - 1]
            assert key in line or key in re.sub(r'\\(["\\])', r"\1", line)
    assert set(lines) - {()} <= found
