"""A frozen baseline of bytes: a change that is meant for speed alone must leave every byte of every outcome.

`test_baseline.py` shows which numbers moved and allows for processors; here nothing may move. NumPy's exponentials
and logarithms differ in their last bits between kinds of processors, so the hashes of the whole model are kept for
each kind that they were recorded on, told apart by what these functions give; on any other kind that test is
skipped, while that of the citizens' kernel, which calls none of them, holds everywhere.

After a deliberate change of a rule, a prior or the data, and after looking at what `test_baseline.py` says of it:

    WBSIM_UPDATE_BASELINE=1 pytest tests/model/test_bytes.py

It drops what was recorded on other kinds, which would be wrong now. To add a kind without a change of the model, run
it with WBSIM_ADD_BASELINE=1 on the commit that was recorded elsewhere.
"""

import hashlib
import json
import os
from pathlib import Path

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from tests.model.small import scenario
from wbsim import kernels
from wbsim.model.simulate import simulate
from wbsim.tables.variants import VARIANTS

BASELINE = Path(__file__).with_name("baseline_bytes.json")

FORUM, RESULTS = {"forum": {}}, {"iisg-results": {}}
#: Cases by name: what `small.scenario` is given, and seed, first world and number of worlds.
CASES = {
    "status quo": ({}, (12, 0, 5)),
    "forum": ({"policies": FORUM}, (12, 0, 5)),
    "results": ({"policies": RESULTS}, (12, 0, 5)),
    "both": ({"policies": FORUM | RESULTS}, (12, 0, 5)),
    "another seed": ({"policies": FORUM}, (2, 0, 5)),
    "a single world further on": ({"policies": FORUM}, (12, 1000, 1)),
    "a thousand citizens": ({"policies": FORUM, "citizens": 1000, "years": 1}, (12, 0, 3)),
    "circles of unequal size": ({"policies": FORUM, "citizens": 101, "years": 1}, (12, 0, 3)),
    **{
        f"{name}: {choice}": ({"policies": FORUM | RESULTS, "variants": {name: choice}}, (12, 0, 3))
        for name, variant in VARIANTS.items()
        for choice in variant.choices[1:]
    },
}


def digest(*arrays):
    return hashlib.sha256(b"".join(np.ascontiguousarray(array).tobytes() for array in arrays)).hexdigest()


def kind():
    """What tells processors apart: the last bits of the functions that NumPy and SciPy have in several forms."""
    grid = np.linspace(-8.0, 8.0, 40_001)
    positive, share = np.exp2(np.round(grid)) + 0.1, np.linspace(0.001, 0.999, 10_001)
    functions = (np.exp(grid), np.exp2(grid), np.tanh(grid), np.log(positive), np.log1p(positive))
    singles = (np.exp(grid.astype(np.float32)), np.log(positive.astype(np.float32)))
    return digest(*functions, *singles, positive**grid, ndtr(grid), ndtri(share))[:16]


def outcomes(case):
    """The hash of all outcomes of one case."""
    given, (seed, first, worlds) = CASES[case]
    (block,) = simulate([scenario(**given)], seed, first, worlds)
    assert not block.failed
    return digest(block.regional, block.states, block.dyads)


def months_of_citizens(congruent):
    """The hash of what the kernel leaves after a few months of citizens who are made of whole numbers alone."""
    worlds, states, members, circles, communities, citizens = 3, 6, 8, 16, 3, 123
    numbers = np.random.Generator(np.random.Philox(5))

    def some(*shape, low=-64, high=64, unit=32.0):
        return (numbers.integers(low, high, shape) / unit).astype(np.float32)

    people = kernels.People(
        scores=some(states, members, 16, circles),
        attention=some(states, members, circles, low=0),
        attachment=some(states, members, circles),
        starts=np.array([[0, 7, 12, 16], [0, 16, 16, 16]] * 3, np.int64),
        citizens=citizens,
    )
    habits = kernels.Habits(
        rate=some(worlds, 2, low=1, high=8),
        spread=some(worlds, 2, low=1),
        influence=some(worlds, low=1, high=8),
        volatility=some(worlds, low=1, high=8),
        attention_spread=some(worlds, low=1, high=32),
        cue_attachment=some(worlds, low=1, high=32),
        bound=np.array([0.0, 0.5, 0.0], np.float32),
        weights=some(worlds, 4),
        general=some(worlds, 3),
        usual_support=some(worlds, states),
        safe_constant=some(worlds, states),
    )
    now = kernels.Citizens(
        attitudes=np.zeros((worlds, states, members, 16, circles), np.float32),
        circle_sums=np.zeros((worlds, states, 16, circles), np.float32),
        shares=np.zeros((worlds, states, 15), np.float32),
        means=np.zeros((worlds, states, 16, communities), np.float32),
    )
    first, key = 3, (np.uint64(11), np.uint64(12))
    start = [some(worlds, 2, low=0, high=32) for _ in range(4)]
    anchors = some(worlds, states, 16, communities)
    kernels.start_citizens(now, people, anchors, *start, first, np.uint64(9), *key)
    kernels.read_citizens(now, people, habits, some(worlds, states, 5))
    # Padding of the attitudes is no result: what is hashed is what rules read, and the citizens themselves.
    real = np.arange(members * circles).reshape(members, circles) < citizens
    shown = []
    for month in range(4):
        forcings = kernels.Forcings(
            anchors=anchors,
            cues=some(worlds, states, 16, unit=256.0),
            pushes=some(worlds, states, 6, communities, unit=256.0),
            support_constant=some(worlds, states, 5),
        )
        kernels.update_citizens(now, people, habits, forcings, congruent, first, np.uint64(month << 16), *key)
        shown += [now.shares.copy(), now.means.copy(), now.circle_sums.copy()]
    return digest(*shown, np.moveaxis(now.attitudes, 3, 0)[..., real])


@pytest.fixture(scope="module")
def frozen():
    kept = json.loads(BASELINE.read_text()) if BASELINE.exists() else {"kernel": {}, "outcomes": {}}
    if os.environ.get("WBSIM_UPDATE_BASELINE") == "1":
        kept = {"kernel": {}, "outcomes": {}}
    if "1" in (os.environ.get("WBSIM_UPDATE_BASELINE"), os.environ.get("WBSIM_ADD_BASELINE")):
        kernel = {str(congruent): months_of_citizens(congruent) for congruent in (False, True)}
        assert kept["kernel"] in ({}, kernel), (
            "the model has changed: WBSIM_UPDATE_BASELINE=1 if it should have"
        )
        kept = {"kernel": kernel, "outcomes": kept["outcomes"] | {kind(): {c: outcomes(c) for c in CASES}}}
        BASELINE.write_text(json.dumps(kept, indent=1) + "\n")
    return kept


@pytest.mark.parametrize("congruent", [False, True])
def test_the_citizens_are_those_of_the_frozen_baseline_on_every_machine(frozen, congruent):
    assert months_of_citizens(congruent) == frozen["kernel"][str(congruent)]


@pytest.mark.parametrize("case", CASES)
def test_no_byte_of_any_outcome_has_changed(frozen, case):
    here = kind()
    if here not in frozen["outcomes"]:
        pytest.skip(f"recorded on {len(frozen['outcomes'])} other kinds of processor, not on {here}")
    assert outcomes(case) == frozen["outcomes"][here][case]


def test_hashes_differ_between_cases_so_that_each_looks_at_something_else(frozen):
    for kept in frozen["outcomes"].values():
        assert set(kept) == set(CASES)
        assert len(set(kept.values())) == len(kept)
    assert len(set(frozen["kernel"].values())) == 2


def test_one_changed_bit_changes_the_hash():
    values = np.ones(1000, np.float32)
    before = digest(values)
    values[500] = np.nextafter(values[500], np.float32(2.0))
    assert digest(values) != before
