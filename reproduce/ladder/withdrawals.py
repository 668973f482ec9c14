"""What each change of the model does on its own: the present model with one of its changes taken back.

A change is taken back where it can be by levers, parameters or structures of a scenario, and where the rule itself was
changed by putting the earlier rule in its place, in a process that does nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from wbsim.scenario.schema import Scenario
from wbsim.tables.parameters import PARAMETERS
from wbsim.tables.record import Prior

Levers = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True)
class Withdrawal:
    """`change` is what is taken back, `before` what holds in its place, `evidence` what the change rests on.

    `parameters` and `structures` replace assumptions; `levers`, by mechanism, those of policies; `patch` puts earlier
    rules in the place of today's, for the rest of the process.
    """

    change: str
    before: str
    evidence: str
    parameters: Mapping[str, Prior | str] = field(default_factory=dict)
    structures: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    levers: Levers = field(default_factory=dict)
    patch: Callable[[], None] | None = None

    def applied(self, scenario: Scenario) -> Scenario:
        """The scenario with what is taken back by its own means."""
        old = scenario.assumptions
        assumptions = old.model_copy(
            update={
                "parameters": {**old.parameters, **self.parameters},
                "structures": {**old.structures, **self.structures},
            }
        )
        policies = tuple(
            policy.model_copy(update={"levers": {**policy.levers, **self.levers.get(policy.mechanism, {})}})
            for policy in scenario.policies
        )
        return scenario.model_copy(update={"assumptions": assumptions, "policies": policies})


def fixed(value: float) -> Prior:
    """A parameter without uncertainty."""
    return Prior("fixed", value)


def _line_needs_nobody() -> None:
    from wbsim.model.rules import line

    today = line.service

    def service(strength: Any, ready: Any, existing: Any, answered: Any) -> Any:
        return today(strength, np.sign(ready), existing, answered)

    line.service = service


def _every_call_is_answered() -> None:
    from wbsim.model.rules import line

    line.answered = lambda base, trust_weight, trust, rent_weight, rent: np.ones_like(trust)


def _targets_ignore_staff_and_cap() -> None:
    from wbsim.model.mechanisms import agreement
    from wbsim.model.rules import basics, forum

    def efforts(region: Any) -> tuple[Any, Any]:
        alone = basics.sigmoid(region.seen.motive)
        benefit = forum.marginal_benefit(alone, region.draws["benefit_shared"][:, None, :])
        return alone, np.maximum(forum.joint_ideal(benefit) - alone, 0.0)

    agreement.efforts = efforts


def _refused_items_block() -> None:
    from wbsim.model.mechanisms import agreement

    def first_adopted(would_pass: Any, free: Any, concern: Any) -> Any:
        first = np.where(free, concern, -1.0).argmax(axis=1)
        return (np.arange(free.shape[1]) == first[:, None]) & would_pass & free

    agreement.first_adopted = first_adopted


def _absolute_costs() -> None:
    from wbsim.model.rules import forum

    forum.unit_of_gain = lambda situation, target, there: np.ones(len(there))


def _members_mean_all_they_promise() -> None:
    from wbsim.model.mechanisms import agreement

    today = agreement.situation

    def situation(region: Any, alone: Any) -> Any:
        found = today(region, alone)
        return replace(found, intended=np.ones_like(found.intended))

    agreement.situation = situation


def _exposed_states_are_paid() -> None:
    from wbsim.model.mechanisms import iisg

    iisg._BARRED = 0.0


def _support_has_no_level() -> None:
    from wbsim.model.rules import effort

    def support_gap(level: Any) -> Any:
        return np.zeros_like(level)

    effort.support_gap = support_gap


_CHANNEL_PRIORS = {name: "prior" for name, each in PARAMETERS.items() if each.block == "channel"}

WITHDRAWALS = (
    Withdrawal(
        "The crisis line needs recent meetings that both attended",
        "once the forum has met it serves for ever",
        "no measurement: who never meets has nobody to call; the half-life is assumed",
        patch=_line_needs_nobody,
    ),
    Withdrawal(
        "Calls are answered by trust and rent, and contacts exist beside the forum",
        "every call is answered, and nobody else answers any",
        "events.csv E36: KFOR and liaison officers exist; analogues.csv: one unanswered line seen; sizes assumed",
        parameters={"line_existing": fixed(0.0)},
        patch=_every_call_is_answered,
    ),
    Withdrawal(
        "A line may do nothing, or harm",
        "it calms for sure (log-normal, median 0.3), and is never misread",
        "analogues.csv: a shallow review of hotlines finds little empirical evidence",
        parameters={"line_effect": Prior("lognormal", 0.3, 0.7), "line_misfire": fixed(0.0)},
    ),
    Withdrawal(
        "Attendance by format, seat and solidarity, fitted to institutions",
        "one readiness (normal, 2.2 ± 0.5), one weight of crises, no solidarity",
        "attendance at SEECP, Berlin, Brdo-Brijuni (calibration/analogues)",
        parameters={
            "attend_base": Prior("normal", 2.2, 0.5),
            "attend_crisis": Prior("lognormal", 0.8, 0.5),
            "attend_rent": Prior("lognormal", 0.6, 0.5),
            "attend_solidarity": fixed(0.0),
            "seat_equal": Prior("lognormal", 1.0, 0.5),
            "seat_neutral": Prior("lognormal", 0.5, 0.5),
        },
    ),
    Withdrawal(
        "Targets know staff and veto player",
        "members pledge what they could if neither bound them",
        "the rule's own logic: Bosnia pledged what its entities would not allow",
        patch=_targets_ignore_staff_and_cap,
    ),
    Withdrawal(
        "A refused item makes room for the next",
        "the domain of most concern blocks the table",
        "no measurement: in a fifth of refusals another domain would have passed",
        patch=_refused_items_block,
    ),
    Withdrawal(
        "Costs and margins in units of the gain, with a seat's own cost",
        "absolute ones (log-normal, medians 0.01 and 0.003), and none of a seat",
        "analogues.csv: the SALW Roadmap within five months, Sofia 2020 with a plan by all six",
        parameters={
            "commitment_cost": Prior("lognormal", 0.01, 0.6),
            "acceptance_margin": Prior("lognormal", 0.003, 0.6),
            "seat_veto": fixed(0.0),
        },
        patch=_absolute_costs,
    ),
    Withdrawal(
        "A contested seat makes a yes dearer",
        "Serbia and Bosnia and Herzegovina sign beside an equal Kosovo as they would beside anybody",
        "analogues.csv: one veto at the US-Adriatic Charter 2014, two SEECP summits without a declaration",
        parameters={"seat_veto": fixed(0.0)},
    ),
    Withdrawal(
        "A member knows what share of its own pledge it means to keep",
        "it weighs a pledge as if it kept all of it",
        "G7: ambition and compliance correlate at -0.78 (analogues.csv)",
        patch=_members_mean_all_they_promise,
    ),
    Withdrawal(
        "Meetings cost money and staff",
        "only the secretariat's running cost",
        "assumed: two people for a working week, six delegations",
        levers={"forum": {"meeting_cost": 0.0, "meeting_staff": 0.0}},
    ),
    Withdrawal(
        "What is not earned goes to those who earn",
        "it is lost",
        "the paper, section 5: payment by results, not less money",
        levers={"iisg-results": {"unearned": "lost"}},
    ),
    Withdrawal(
        "States enter payment by results with delays of their own",
        "all at once",
        "analogues.csv: the Transport Community, and programmes that begin late in some states",
        parameters={"entry_delay": fixed(0.0)},
    ),
    Withdrawal(
        "Results are measured against agreed targets",
        "against everything that could be verified",
        "no measurement: nobody publishes against what would be best for all",
        levers={"iisg-results": {"target": 1.0}},
    ),
    Withdrawal(
        "Conditions of money are worth what an experiment found",
        "a prior without one (log-normal, median 0.5)",
        "analogues.csv: performance-based financing in DR Congo, against unconditional money of similar size",
        parameters={"incentive": Prior("lognormal", 0.5, 0.7)},
    ),
    Withdrawal(
        "An exposed report bars from payment for a year",
        "it is paid all the same",
        "assumed",
        patch=_exposed_states_are_paid,
    ),
    Withdrawal(
        "Priors of gaming and distortion from GAVI and reviews",
        "gaming 0.35 and distortion 0.35 on average",
        "analogues.csv: GAVI's reported and surveyed coverage",
        parameters={"gaming": Prior("beta", 0.35, 6.0), "distortion": Prior("beta", 0.35, 6.0)},
    ),
    Withdrawal(
        "Dialogue counts for less",
        "0.04 ± 0.04 kept commitments a meeting",
        "two studies of exchange without an effect (analogues.csv)",
        parameters={"dialogue_contact": Prior("normal", 0.04, 0.04)},
    ),
    Withdrawal(
        "Open Balkan stalls, and may end",
        "it does neither",
        "SEECP after 2008, 2013 and 2019 (analogues.csv)",
        parameters={"open_balkan_stall": fixed(0.0)},
    ),
    Withdrawal(
        "Trust between publics falls and recovers in two speeds",
        "all of a crisis' blow lasts",
        "series.csv L062 to L064: Kosovo Serbs in 2008, as direction",
        parameters={"resentment_share": fixed(0.0)},
    ),
    Withdrawal(
        "Effort drifts, and answers wars and crises",
        "neither: it answers support, threats and money alone",
        "analogues.csv: all six at Berlin and Brdo 2022, events.csv E11, as directions; drift assumed",
        parameters={"priority_spread": fixed(0.0), "effort_war": fixed(0.0), "effort_crisis": fixed(0.0)},
    ),
    Withdrawal(
        "States' efforts differ by what no named motive explains, fitted to scores of their cooperation",
        "only by rents, accession, support, threats and the veto player",
        "states.csv: GI-TOC's international cooperation of 2021, five states",
        parameters={"effort_residual": fixed(0.0)},
    ),
    Withdrawal(
        "Effort answers the level of support",
        "only its changes",
        "support by state in the surveys that are fitted",
        patch=_support_has_no_level,
    ),
    Withdrawal(
        "A forum may open a channel of its own",
        "it opens none in any world",
        "the paper, section 5, as intention; otherwise a structural alternative",
        structures={"forum_channel": (1.0, 0.0, 0.0)},
    ),
    Withdrawal(
        "Members may weigh what will be delivered",
        "they weigh efforts in all worlds",
        "no evidence for either: a structural alternative",
        structures={"forum_weighs": (1.0, 0.0)},
    ),
    Withdrawal(
        "Existing channels may grow with use",
        "they are fixed in all worlds",
        "no evidence for either: a structural alternative",
        structures={"channel_growth": (1.0, 0.0)},
    ),
    Withdrawal(
        "Channels are fitted to comparable institutions",
        "their parameters keep their priors",
        "20 institutions (docs/hindcast.md)",
        parameters=_CHANNEL_PRIORS,
    ),
    Withdrawal(
        "Support has moods",
        "it moves by beliefs, threats and trust alone",
        "Balkan Barometer 2016 to 2022: a yearly change of 2.1 points, sampling and wording included",
        parameters={"mood_shared": fixed(0.0), "mood_own": fixed(0.0)},
    ),
    Withdrawal(
        "The record misses a part of the crises, which chance brings",
        "it holds all of them",
        "events.csv: a list made by searching for known crises; the share is assumed",
        parameters={"record_held": fixed(1.0)},
    ),
)


def _all(change: str, before: str, chosen: Sequence[Withdrawal]) -> Withdrawal:
    """Several changes taken back at once; where two speak of one parameter, the later counts."""

    def patch() -> None:
        for each in chosen:
            if each.patch is not None:
                each.patch()

    levers: dict[str, dict[str, object]] = {}
    for each in chosen:
        for mechanism, own in each.levers.items():
            levers.setdefault(mechanism, {}).update(own)
    return Withdrawal(
        change,
        before,
        "that of each",
        {key: value for each in chosen for key, value in each.parameters.items()},
        {key: value for each in chosen for key, value in each.structures.items()},
        levers,
        patch,
    )


#: Changes that are taken back together: rules and levers, and what was only a matter of numbers.
TOGETHER = (
    _all(
        "All changes of rules, levers and structures above",
        "all that stands before them",
        [each for each in WITHDRAWALS if each.patch or each.levers or each.structures],
    ),
    _all(
        "All changes of priors above",
        "all that stands before them",
        [each for each in WITHDRAWALS if not (each.patch or each.levers or each.structures)],
    ),
)
#: All that the ladder shows.
RUNGS = (*WITHDRAWALS, *TOGETHER)
