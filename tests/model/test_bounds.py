"""Everything stays finite and in bounds for any parameter inside its declared range (property-based)."""

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.model.small import region, run, scenario
from wbsim.chance.draws import Draws
from wbsim.model.region import Region
from wbsim.tables.outcomes import OUTCOME_INDEX
from wbsim.tables.parameters import PARAMETERS
from wbsim.tables.places import FORMATS
from wbsim.tables.structures import STRUCTURES
from wbsim.tables.variants import VARIANTS

SHARES = [
    OUTCOME_INDEX[name]
    for name in ("public_trust", "war_worry", "support", "feeling_safe", "support_closer", "deny_harm")
]
UNIT = [
    OUTCOME_INDEX[name]
    for name in (
        "government_trust",
        "owned_share",
        "aid_given",
        "cooperative_security",
        "part_inclusive",
        "part_delivery",
        "part_owned",
        "part_trust",
    )
]


# A failure is shown as it was found: to look for a smaller one takes minutes.
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
)
@given(
    seed=st.integers(0, 2**32),
    edges=st.booleans(),
    variants=st.fixed_dictionaries({name: st.sampled_from(v.choices) for name, v in VARIANTS.items()}),
    levers=st.fixed_dictionaries(
        {
            "meetings_per_year": st.sampled_from((1.0, 12.0)),
            "rule": st.sampled_from(("consensus", "all-but-one", "qualified-majority")),
            "kosovo_seat": st.sampled_from(("equal", "asterisk", "absent")),
            "review_months": st.sampled_from((6, 60)),
            "led": st.sampled_from(FORMATS),
            "agenda": st.sampled_from(("items", "packages")),
        }
    ),
    condition=st.sampled_from(("none", "results", "political")),
    unearned=st.sampled_from(("earners", "next-year", "equally", "lost")),
)
def test_everything_stays_finite_and_in_bounds(seed, edges, variants, levers, condition, unearned):
    """Parameters drawn evenly from their ranges, or from their two ends, in every variant."""
    policies = {
        "forum": levers,
        "iisg-results": {"conditionality": condition, "unearned": unearned, "paid_on_results": 1.0},
    }
    case = scenario(policies, variants=variants, citizens=40)
    generator = np.random.default_rng(seed)
    worlds = 6
    template = region(case, worlds=worlds)
    values = {}
    for name, parameter in PARAMETERS.items():
        shape = template.draws[name].shape
        u = generator.integers(0, 2, shape).astype(float) if edges else generator.uniform(size=shape)
        values[name] = parameter.low + u * (parameter.high - parameter.low)
    for name, structure in STRUCTURES.items():
        values[name] = generator.integers(0, len(structure.choices), worlds).astype(float)
    subject = Region(case, template.chance, Draws(values), template.traits)
    shown = run(subject, 36)
    assert np.isfinite(shown).all()
    assert ((shown[..., SHARES] >= 0) & (shown[..., SHARES] <= 100)).all()
    assert ((shown[..., UNIT] >= 0) & (shown[..., UNIT] <= 1 + 1e-9)).all()
    # The index is no share: 1 is the joint optimum of the reference month, beyond which later motives may drive.
    assert (shown[..., OUTCOME_INDEX["cooperation"]] >= 0).all()
    assert ((subject.environment.practice >= 0) & (subject.environment.practice <= 1)).all()
    severity = subject.environment.severity
    assert ((severity >= 0) & (severity <= 4)).all()
    for government in subject.governments:
        assert ((government.effort >= 0) & (government.effort <= 1)).all()
        assert ((government.trust >= 0) & (government.trust <= 1)).all()
        assert (np.abs(government.rhetoric) <= 1).all()
