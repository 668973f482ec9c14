"""Structural variants: other rules for the same thing, switches of a scenario and an axis of a comparison."""

from __future__ import annotations

from wbsim.tables.record import Variant

VARIANTS: dict[str, Variant] = {
    variant.name: variant
    for variant in (
        Variant(
            "trust_rule",
            "trust between governments",
            ("reputation", "two-types"),
            (
                "fading records of kept and broken commitments (beta reputation)",
                "Bayesian belief that the other is trustworthy, returning to the dyad's own level",
            ),
            "Jøsang & Ismail 2002; Kydd 2000, 2005",
            "G3",
        ),
        Variant(
            "opinion",
            "influence between citizens",
            ("anchored", "bounded-confidence"),
            (
                "anchor and the acquaintances' mean (Friedkin-Johnsen)",
                "only acquaintances within a bound are listened to",
            ),
            "Friedkin & Johnsen 1990; Deffuant et al. 2000; Hegselmann & Krause 2002",
            "C1, C2",
        ),
        Variant(
            "gains",
            "weight of gains and losses of trust",
            ("even", "prior-congruent"),
            (
                "the same for every citizen",
                "gains count more for those who trust, losses for those who don't",
            ),
            "Poortinga & Pidgeon 2004",
            "C2",
        ),
        Variant(
            "anchor",
            "anchors of public trust",
            ("fixed", "adapting"),
            ("fixed", "drift slowly towards experience"),
            "no source: a rival to the fixed anchor, without which no effect outlives its policy",
            "C2",
        ),
        Variant(
            "public_good",
            "technology of the public good",
            ("by-domain", "sum", "weakest-link"),
            (
                "by domain: borders and terrorism near the weakest link, cyber near the best shot",
                "sum in every domain",
                "near the weakest link in every domain",
            ),
            "Hirshleifer 1983; Cornes & Hartley 2007",
            "X2",
        ),
        Variant(
            "acceptance",
            "acceptance of proposals in the forum",
            ("expected-gain", "loss-averse", "spatial"),
            (
                "a positive expected gain",
                "the same with losses weighted as in trust",
                "closer to the own ideal point than no agreement (Tsebelis)",
            ),
            "Kydd 2005; Tsebelis 2002",
            "M3",
        ),
    )
}
