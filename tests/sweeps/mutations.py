"""Files that are nearly right: valid scenarios and sweeps with one to three things changed, from a seed.

Most changes are made to the tables of a file and written as TOML again, so that they reach the reader and not only
the parser; some are made to its lines, and some to its bytes.
"""

from __future__ import annotations

import copy
import datetime
import json
import random
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from wbsim.scenario.resolve import resolve

Tree = dict[str, Any]

RICH = """
name = "rich"
description = "Everything that a scenario may have."
extends = "status-quo"
run = { years = 12, worlds = 50, seed = 7, citizens = 200 }
[[policy]]
mechanism = "forum"
start = "2024-01"
end = "2030-01"
members = ["ALB", "BIH", "MKD", "MNE", "SRB"]
kosovo_seat = "absent"
quorum = 4
rule = "qualified-majority"
meetings_per_year = 6
without = ["crisis-line"]
[[policy]]
mechanism = "iisg-results"
funds = 20.5
weights = { borders = 0.5, cyber = 0.5 }
conditionality = "results"
[assumptions]
source = "posterior"
history_until = "2022-06"
parameters = { loss_weight = 2.5, influence = { distribution = "uniform", low = 0.0, high = 0.1 }, rent = "prior" }
variants = { trust_rule = "two-types", opinion = "anchored" }
[[assumptions.path]]
name = "accession"
from = "2025-01"
value = 0.6
states = ["ALB", "MNE"]
[[event]]
month = "2025-06"
kind = "crisis"
parties = ["SRB", "XKX"]
severity = 3
[[event]]
month = "2026-06"
kind = "shock"
state = "ALB"
domain = "cyber"
size = 0.5
"""
SWEEPS = (
    """
name = "grid"
description = "Levers of the forum."
[sweep]
scenarios = ["forum", "status-quo", "both"]
design = "grid"
seed = 1
worlds = 200
world_seed = 9
keep = "monthly"
baseline = "status-quo"
outcomes = ["cooperation", "government_trust"]
years = 10
citizens = 1000
[sweep.vary]
"forum.meetings_per_year" = "1:12:4"
"forum.quorum" = [3, 4, 5]
"forum.kosovo_seat" = "equal,absent"
"loss_weight" = { low = 2, high = 3, count = 3, scale = "log" }
""",
    """
name = "drawn"
[sweep]
scenarios = ["both", "iisg-results"]
design = "saltelli"
points = 8
second_order = true
seed = 4
[sweep.vary]
"loss_weight" = "prior"
"rent.SRB" = "0.5:2:log"
"iisg-results.funds" = { low = 1, high = 100 }
"iisg-results.weights" = [{ cyber = 0.5, borders = 0.5 }, "terrorism=1"]
"variants.trust_rule" = ["reputation", "two-types"]
"run.citizens" = "100:1000"
""",
    """
name = "one"
[sweep]
scenarios = ["forum"]
design = "one-at-a-time"
keep = "all"
[sweep.vary]
"forum.members" = [["ALB", "BIH", "MKD", "SRB"], "ALB+BIH+XKX+MKD+MNE"]
"forum.start" = "2023-01:2027-01:5"
"forum.end" = ["2028-01", "never"]
"source" = "prior,posterior"
""",
    """
name = "steps"
[sweep]
scenarios = ["forum", "forum-yearly"]
design = "morris"
points = 4
levels = 6
keep = "horizon"
[sweep.vary]
"forum.dialogue" = "0:3"
"influence" = "prior"
"forum.review_months" = "12:48"
"forum.rule" = ["consensus", "all-but-one", "qualified-majority"]
""",
)
BUNDLED = ("status-quo", "forum", "both", "iisg-results", "open-balkan-six")

#: Values of every type, and of every size that has broken a reader somewhere.
ODD: tuple[Any, ...] = (
    float("nan"), float("inf"), float("-inf"), 0, -1, 1, 2, 0.5, 1e308, -1e308, 5e-324, 10**18, 10**30, 10**400,
    True, False, "", " ", "prior", "posterior", "never", "forum", "ALB", "2024-01", "2024-13", "0000-00", "1:2:3",
    "1:2", ":", "::::", ",", "+", "=", "a=b+c", "nan", "inf", "1e999", "-0", "1:1e30:5", "0:1:99999", "x" * 5000,
    "č\u202e\u0007", "line\nbreak", "../../etc", "/", "~", ".", "..", "~nobody/x", "a\x00b",
    "./a\x00.toml", "./" + "x" * 5000 + ".toml", "\\", "[bold]", "<script>", [], {}, [[]], [{}], [1, "a"],
    [None, 1], ["ALB", "ALB"], ["ALB", "USA"], {"low": 1}, {"low": 1, "high": 0}, {"low": 1, "high": 2, "count": 10**9},
    {"distribution": "normal"}, {"distribution": "beta", "mean": 0.5, "concentration": 1e-300},
    {"distribution": "uniform", "low": 1.0, "high": 1.0}, {"cyber": 1}, {"a": {"b": {"c": {"d": 1}}}},
    datetime.date(2024, 1, 1), datetime.datetime(2024, 1, 1, 1, 1), datetime.time(1, 1),
    ["x"] * 3000, list(range(3000)), {f"k{n}": n for n in range(300)},
)  # fmt: skip
NAMES = (
    "name", "sweep", "vary", "policy", "run", "assumptions", "parameters", "forum", "forum.quorum", "forum.members",
    "quorum", "members", "seed", "years", "start", "end", "loss_weight", "rent", "rent.SRB", "rent.XXX", "source",
    "variants", "variants.gains", "posterior",
    "points", "levels", "extends", "replace", "", " ", "a.b.c", "x" * 3000, "č", "a\"b",
)  # fmt: skip


@dataclass(frozen=True)
class Mutated:
    """A changed file; `how` names the changes."""

    how: str
    content: bytes


def corpus() -> list[str]:
    bundled = [resolve(name).resource.read_text(encoding="utf-8") for name in BUNDLED]
    return [*bundled, RICH, RICH, *SWEEPS, *SWEEPS]


def mutated(seed: int, count: int) -> Iterator[Mutated]:
    """`count` changed files that the seed alone decides."""
    texts = corpus()
    trees = [tomllib.loads(text) for text in texts]
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        which = chance.randrange(len(texts))
        kind = chance.random()
        if kind < 0.7:
            yield _in_tables(copy.deepcopy(trees[which]), chance)
        elif kind < 0.85:
            yield _in_lines(texts[which], chance)
        else:
            yield _in_bytes(texts[which].encode(), chance)


# Tables


def _in_tables(tree: Tree, chance: random.Random) -> Mutated:
    done = []
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        change = chance.choice(_CHANGES)
        change(tree, chance)
        done.append(change.__name__)
    return Mutated("+".join(done), toml(tree).encode())


def _spots(node: Any) -> list[tuple[Any, Any]]:
    """Every container in a tree with each of its keys or positions."""
    keys = list(node) if isinstance(node, dict) else list(range(len(node))) if isinstance(node, list) else []
    return [spot for key in keys for spot in ((node, key), *_spots(node[key]))]


def _spot(tree: Tree, chance: random.Random) -> tuple[Any, Any]:
    """Any place in the tree; of a sweep, every second time one of what is varied, where most of its rules are."""
    sweep = tree.get("sweep")
    vary = sweep.get("vary") if isinstance(sweep, dict) else None
    among = _spots(vary) if vary and chance.random() < 0.5 else _spots(tree)
    return chance.choice(among or [({"a": 1}, "a")])


def delete(tree: Tree, chance: random.Random) -> None:
    where, key = _spot(tree, chance)
    del where[key]


def rename(tree: Tree, chance: random.Random) -> None:
    where, key = chance.choice(
        [each for each in _spots(tree) if isinstance(each[0], dict)] or [({"a": 1}, "a")]
    )
    new = chance.choice((chance.choice(NAMES), _typo(key, chance), key.upper(), f"{key}.{key}"))
    where[new] = where.pop(key)


def replace(tree: Tree, chance: random.Random) -> None:
    where, key = _spot(tree, chance)
    where[key] = copy.deepcopy(chance.choice(ODD))


def nudge(tree: Tree, chance: random.Random) -> None:
    """Change a value for another of its own type, often a valid one."""
    leaves = [each for each in _spots(tree) if isinstance(each[0][each[1]], str | int | float)]
    where, key = chance.choice(leaves or [({"a": 1}, "a")])
    old = where[key]
    if isinstance(old, str):
        same = [w[k] for w, k in leaves if isinstance(w[k], str)]
        where[key] = chance.choice((_typo(old, chance), chance.choice(same), old))
    elif abs(old) > 1e300:
        where[key] = -old
    else:
        where[key] = chance.choice((old + 1, old - 1, old * 2, old / 2, float(old), -old, old * 10**6))


def swap(tree: Tree, chance: random.Random) -> None:
    (one, a), (other, b) = _spot(tree, chance), _spot(tree, chance)
    if isinstance(one[a], dict | list) or isinstance(other[b], dict | list):
        return
    one[a], other[b] = other[b], one[a]


def add(tree: Tree, chance: random.Random) -> None:
    where, key = _spot(tree, chance)
    value = copy.deepcopy(chance.choice(ODD))
    if isinstance(where, dict):
        where[chance.choice(NAMES)] = value
    else:
        where.insert(key, copy.deepcopy(chance.choice((value, where[key]))))


def nest(tree: Tree, chance: random.Random) -> None:
    where, key = _spot(tree, chance)
    for _ in range(chance.choice((1, 2, 10, 28, 40))):
        where[key] = chance.choice(([where[key]], {"a": where[key]}))


_CHANGES: tuple[Callable[[Tree, random.Random], None], ...] = (
    delete, rename, replace, replace, nudge, nudge, nudge, swap, add, nest,
)  # fmt: skip


def _typo(text: str, chance: random.Random) -> str:
    if not text:
        return "x"
    place = chance.randrange(len(text))
    return text[:place] + chance.choice(("", text[place] * 2, "_", "x", " ")) + text[place + 1 :]


# Lines and bytes


def _in_lines(text: str, chance: random.Random) -> Mutated:
    lines = text.split("\n")
    place = chance.randrange(len(lines))
    how = chance.choice(("without", "twice", "moved", "cut", "unquoted", "commented", "dotted", "header"))
    line = lines[place]
    match how:
        case "without":
            del lines[place]
        case "twice":
            lines.insert(chance.randrange(len(lines)), line)
        case "moved":
            lines.insert(chance.randrange(len(lines)), lines.pop(place))
        case "cut":
            lines = lines[: place + 1]
        case "unquoted":
            lines[place] = line.replace('"', chance.choice(("", "'", '"""')))
        case "commented":
            lines[place] = "# " + line
        case "dotted":
            lines[place] = ".".join("a" * chance.choice((3, 10, 17, 20_000))) + " = 1"
        case _:
            lines[place] = chance.choice(
                ("[sweep]", "[[policy]]", "[sweep.vary]", "[a.b]", "[[sweep]]", "[run]")
            )
    return Mutated(f"line {how}", "\n".join(lines).encode())


def _in_bytes(raw: bytes, chance: random.Random) -> Mutated:
    place = chance.randrange(len(raw))
    how = chance.choice(
        ("flipped", "flipped", "truncated", "utf-16", "latin-1", "bom", "zero", "crlf", "deep", "large")
    )
    text = raw.decode()
    changed = {
        "flipped": lambda: raw[:place] + bytes([raw[place] ^ 1 << chance.randrange(8)]) + raw[place + 1 :],
        "truncated": lambda: raw[:place],
        "utf-16": lambda: text.encode("utf-16"),
        "latin-1": lambda: (text + "# né").encode("latin-1"),
        "bom": lambda: b"\xef\xbb\xbf" + raw,
        "zero": lambda: raw[:place] + b"\x00" + raw[place:],
        "crlf": lambda: raw.replace(b"\n", b"\r\n"),
        "deep": lambda: raw + b"\nz = " + b"[" * chance.choice((5, 40, 5000)),
        "large": lambda: raw + b"\n# " + b"x" * chance.choice((10_000, 300_000)),
    }
    return Mutated(f"bytes {how}", changed[how]())


# Writing


def toml(tree: Tree) -> str:
    """A tree as TOML: tables of the first level under headers, all below in line."""
    plain = [f"{_key(k)} = {_value(v)}" for k, v in tree.items() if not _table(v) and not _tables(v)]
    for key, value in tree.items():
        for table in [value] if _table(value) else value if _tables(value) else []:
            plain.append(f"[{_key(key)}]" if _table(value) else f"[[{_key(key)}]]")
            plain.extend(f"{_key(k)} = {_value(v)}" for k, v in table.items())
    return "\n".join(plain) + "\n"


def _table(value: Any) -> bool:
    return isinstance(value, dict)


def _tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _key(key: str) -> str:
    return json.dumps(key, ensure_ascii=True)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_value(each) for each in value if each is not None) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=True)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return repr(value)
