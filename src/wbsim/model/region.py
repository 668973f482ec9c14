"""The region: six states, their mechanisms and the powers around them, in R parallel worlds (a Mesa model)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from wbsim.chance.counter import DYADS, Chance, Stream
from wbsim.chance.draws import Draws
from wbsim.model import conflict, threats
from wbsim.model.agenda import Agenda, agenda
from wbsim.model.agents.government import VETOED
from wbsim.model.agents.governments import Governments
from wbsim.model.agents.power import EuropeanUnion, Nato, Russia, UnitedStates
from wbsim.model.agents.publics import FirstReading, Publics
from wbsim.model.environment import Effects, Environment, Seen
from wbsim.model.geography import ELECTIONS, geography
from wbsim.model.measure import measure, pairs_mean
from wbsim.model.mechanisms import CLASSES
from wbsim.model.mechanisms.base import Mechanism
from wbsim.model.reference import pairs, reference
from wbsim.model.rules import basics, cooperation, effort, government_loops, loops
from wbsim.model.schedule import SCHEDULE
from wbsim.model.traits import Traits
from wbsim.scenario.schema import Scenario
from wbsim.tables.mechanisms import MECHANISMS
from wbsim.tables.places import DOMAIN_NAMES, DOMAIN_THREAT, THREAT_NAMES, THREATS

Floats = NDArray[np.float64]

#: Months before an election in which governments listen more (G1).
_CAMPAIGN = 6


@dataclass(frozen=True)
class Switches:
    """What is left out of a run for checks and for the calibration of event rates.

    `chancy` False stops all chance, `eventful` False leaves out all events, `history` False the dated events of the
    data, so that crises and shocks come by chance from the first month on.
    """

    chancy: bool = True
    eventful: bool = True
    history: bool = True


class Region(mesa.Model):
    """The model in R worlds, from 2021-01 on; `month` counts from there and is the next one to simulate."""

    def __init__(
        self,
        scenario: Scenario,
        chance: Chance,
        draws: Draws,
        traits: Traits,
        classes: Mapping[str, type[Mechanism]] = CLASSES,
        switches: Switches = Switches(),
        first: FirstReading | None = None,
    ) -> None:
        super().__init__(rng=0)
        self.case = scenario
        self.chance, self.draws, self.traits = chance, draws, traits
        self.worlds = chance.count
        self.chancy, self.eventful = switches.chancy, switches.eventful and switches.chancy
        self.events_on = switches.eventful
        self.month = 0
        self.geography = geography()
        self.variants = scenario.assumptions.variants
        self.agenda: Agenda = agenda(scenario, switches.eventful, switches.history)
        self.exponents = self._exponents()
        #: Share that a month leaves of what has this half-life.
        self.left = {
            name: basics.keep(values) for name, values in draws.values.items() if name.endswith("half_life")
        }
        self.domain_threats = np.array([THREAT_NAMES.index(DOMAIN_THREAT[name]) for name in DOMAIN_NAMES])
        domains = [DOMAIN_NAMES.index(threat.domain) if threat.domain else 0 for threat in THREATS]
        self.threat_domain = np.array(domains)
        self.has_domain = np.array([float(threat.domain is not None) for threat in THREATS])
        dispute = self.geography.dispute
        self.rivalry: Floats = dispute / np.maximum(dispute.sum(axis=1, keepdims=True), 1.0)
        self.neighbours: Floats = self.geography.borders / np.maximum(
            self.geography.borders.sum(axis=1, keepdims=True), 1.0
        )
        self.shock_chance = threats.shock_chance(draws)
        self.log_crisis_rate, self.internal_chance = conflict.background(draws, self.geography)
        self.effects = Effects.none(self.worlds)
        self._build(classes, first)

    # ------------------------------------------------------------------ building

    def _build(self, classes: Mapping[str, type[Mechanism]], first: FirstReading | None) -> None:
        """Make the agents at the reference month; a `first` reading of the same citizens saves drawing them."""
        self.ordinary_funds = float(MECHANISMS["iisg"].levers[1].default)  # type: ignore[arg-type]
        standing = [name for name, record in MECHANISMS.items() if record.in_status_quo]
        staff = np.zeros((self.worlds, 6))
        worlds = self.worlds
        # The status quo's mechanisms must exist before the reference is solved, because they bind staff.
        self.mechanisms: list[Mechanism] = [classes[name](self) for name in standing]
        for mechanism in self.mechanisms:
            staff = staff + mechanism.staff()
        self.reference = reference(self.draws, self.geography, staff, self.exponents, self.eventful)
        self.reference.felt = conflict.felt(self, self.reference.pair_load, self.reference.internal_load)
        self.governments = Governments(self)
        self.union, self.nato = EuropeanUnion(self), Nato(self)
        self.states_of_america, self.russia = UnitedStates(self), Russia(self)
        self.powers = (self.union, self.nato, self.states_of_america, self.russia)
        start = self.reference
        self.last_pact = np.zeros((worlds, 6, 6))
        for mechanism in self.mechanisms:
            mechanism.connect()
            self.last_pact = self.last_pact + mechanism.pact(start.effort)
        start.practice = self._practice(start.effort, start.trust)
        start.joint = basics.total(start.practice, 3) / 5.0
        start.cooperation = pairs_mean(start.joint) / pairs_mean(start.ideal_joint)
        start.delivery = self._deliver(start.practice)
        seen = self.draws["visibility"][:, None]
        start.belief = (
            seen * np.minimum(start.delivery, 1.0) + (1.0 - seen) * self.draws["belief_unseen"][:, None]
        )
        zero, six, dyads = np.zeros(worlds), np.zeros((worlds, 6)), np.zeros((worlds, 15))
        lull = np.zeros((worlds, 15))
        if self.eventful:
            lull = self.chance.normal(Stream.LULLS, 0, DYADS, 2)[:, :, 1].copy()
        self.environment = Environment(
            practice=start.practice.copy(),
            joint=start.joint.copy(),
            habit=np.zeros_like(start.practice),
            delivery=start.delivery.copy(),
            level=np.zeros((worlds, 6, 5)),
            incident=np.zeros((worlds, 6, 5)),
            severity=dyads.copy(),
            protracted=dyads.copy(),
            excitation=dyads.copy(),
            lull=lull,
            internal=six.copy(),
            internal_protracted=six.copy(),
            helped=np.zeros((worlds, 6, 6)),
            invasion=zero.copy(),
            new_severe=zero.copy(),
            new_war=zero.copy(),
            new_internal=zero.copy(),
            spent=zero.copy(),
        )
        if self.eventful:
            conflict.at_start(self)
        self.publics = Publics(self, first)
        self.first_reading = first or self.publics.first_reading()
        for policy in self.case.policies:
            mechanism = classes[policy.mechanism](self, policy)
            self.mechanisms.append(mechanism)
        self.outcomes: Floats = np.zeros((worlds, 0))
        self.risk: Floats = np.zeros((worlds, 15))

    def _exponents(self) -> Floats:
        """Exponents of the public goods by domain, (R, D) (X2)."""
        choice = self.variants["public_good"]
        if choice == "sum":
            return np.ones((self.worlds, 5))
        if choice == "weakest-link":
            return np.full((self.worlds, 5), -10.0)
        return self.draws["good_exponent"]

    # ------------------------------------------------------------------ a month

    def step(self) -> None:
        """Simulate one month, stage by stage in the order of `SCHEDULE`."""
        for stage in SCHEDULE:
            getattr(self, stage.method)()
        self.month += 1

    def look(self) -> None:
        """Take a picture of last month's agents, and start this month's effects at zero."""
        now = self.governments
        self.seen = Seen(
            effort=now.effort.copy(),
            motive=now.motive.copy(),
            rhetoric=now.rhetoric.copy(),
            trust=now.trust.copy(),
            posture=now.posture.copy(),
            capacity=now.capacity.copy(),
            support=(self.publics.shares[:, :, :5] - self.publics.support_reference) / 0.1,
            threat=self.publics.mean_threats(),
        )
        self.effects = Effects.none(self.worlds)
        environment = self.environment
        for name in ("invasion", "new_severe", "new_war", "new_internal"):
            setattr(environment, name, np.zeros(self.worlds))
        self._pair_severity = pairs(environment.severity, self.geography)
        #: How far each government's posture stood above its level, and the same of its rivals, both (R, 6).
        self.armed: Floats = self.seen.posture / self.reference.posture - 1.0
        self.rivals_armed = basics.total(self.rivalry * self.armed[:, None, :], -1)

    def move_powers(self) -> None:
        """External powers follow their paths (E3)."""
        for power in self.powers:
            power.act()
        self.environment.invasion = np.full(self.worlds, self.agenda.war[self.month])

    def move_threats(self) -> None:
        """Threat levels (E1), natural shocks and help between states (X3)."""
        threats.move(self)
        self._level_ratio: Floats = self.reference.level * np.exp(self.environment.level)

    def move_crises(self) -> None:
        """Crises between states and inside them (E2)."""
        conflict.move(self)
        self._pair_severity = pairs(self.environment.severity, self.geography)

    def move_mechanisms(self) -> None:
        """Mechanisms act; a policy's mechanism takes the place of the one it replaces (M1 to M5)."""
        for mechanism in self.active_mechanisms():
            mechanism.act()
        self.last_pact = self.effects.pact
        self.last_line = (self.effects.escalation, self.effects.ending)
        self.last_stake = self.effects.stake
        self.environment.spent = self.environment.spent + self.effects.money

    def move_governments(self) -> None:
        """Governments judge, speak, decide and arm, all upon last month's picture (G1 to G4)."""
        self.governments.judge()
        self.governments.speak()
        self.governments.decide()
        self.governments.arm()

    def cooperate(self) -> None:
        """Open the channels and practise cooperation (X1, X2, M4)."""
        for mechanism in self.active_mechanisms():
            mechanism.connect()
        environment = self.environment
        self._grow_channels()
        environment.practice = self._practice(self.governments.effort, self.governments.trust)
        environment.joint = basics.total(environment.practice, 3) / 5.0
        environment.delivery = self._deliver(environment.practice)

    def move_publics(self) -> None:
        """Citizens live a month (C1 to C5)."""
        self.felt = conflict.felt(self, self._pair_severity, self.environment.internal)
        self.publics.live()

    def measure(self) -> None:
        """Write down this month's outcomes, (R, O)."""
        self.outcomes = measure(self)

    # ------------------------------------------------------------------ what rules ask of the region

    def active_mechanisms(self) -> list[Mechanism]:
        """Mechanisms of this month: policies that run, and those of the status quo that none of them replaces."""
        running = [m for m in self.mechanisms if m.active(self.month)]
        chosen = [m for m in running if m.start > 0]
        gone = {m.record.name for m in chosen} | {m.record.replaces for m in chosen}
        return [m for m in running if m.start > 0 or m.record.name not in gone]

    def staffed(self) -> Floats:
        """Share of the staff asked for that there is, (R, 6)."""
        return self.governments.staffed

    def pair_severity(self) -> Floats:
        """Severity of open crises between states, (R, 6, 6)."""
        return self._pair_severity

    def level_ratio(self) -> Floats:
        """Threat levels relative to the region's mean of the reference month, (R, 6, D)."""
        return self._level_ratio

    def importance(self) -> Floats:
        """Salience of each domain for each public, (R, 6, D)."""
        weights = np.empty((self.worlds, 6, len(self.domain_threats)))
        government_loops.clip_domains(weights, self.seen.threat, self.domain_threats)
        np.exp(weights, out=weights)
        government_loops.share_out(weights)
        return weights

    def rent(self) -> Floats:
        """What elites gain from tension this month, (R, 6): their rents times the factor of a path (G5)."""
        return np.asarray(self.draws["rent"] * self.agenda.rent[self.month])

    def veto_cap(self) -> Floats:
        """Highest effort that Bosnia's veto player allows, (R,), by its crises and last month's money at stake (G1)."""
        p = self.draws
        internal = self.environment.internal[:, VETOED]
        return effort.veto_cap(p["veto_cap"], internal, p["veto_money"], self.last_stake[:, VETOED])

    def existing_contacts(self) -> Floats:
        """Share (R, 15) of what a crisis line could do that contacts beside a forum do already (M3, E3).

        Where peacekeepers stand it rises and falls with their strength.
        """
        present = np.where(conflict.GUARDED > 0.0, self.nato.peacekeepers[:, None], 1.0)
        return np.asarray(np.minimum(self.draws["line_existing"][:, None] * present, 1.0))

    def concern(self) -> Floats:
        """Concern about each domain: salience times threat level, (R, 6, D) (M3)."""
        return self.importance() * self.level_ratio()

    def election_near(self, i: int) -> bool:
        """Whether state i votes within the next six months."""
        return 0 <= (ELECTIONS[i] - self.month) % 48 < _CAMPAIGN

    def blamed(self, severity: Floats) -> Floats:
        """Severity for which each community blames each state, (R, 6, C, 6), of crises (R, 6, 6) (C2)."""
        p, g = self.draws, self.geography
        blamed: Floats = loops.blame(severity, g.friends, g.side, p["kin_solidarity"], p["kin_reversal"])
        return blamed

    def _practice(self, level: Floats, trust: Floats) -> Floats:
        p = self.draws
        return cooperation.practice(
            level, trust, p["trust_threshold"], p["threshold_width"], self.effects.closed
        )

    def _grow_channels(self) -> None:
        """Remember last month's use, and open or close channels by it where they grow with use (X1)."""
        p, environment = self.draws, self.environment
        used = cooperation.log_ratio(environment.practice, self.reference.practice)
        left = self.left["use_half_life"][:, None, None, None]
        environment.habit = left * environment.habit + (1.0 - left) * used
        growth = p["channel_growth"] * p["use_growth"]
        self.effects.closed = cooperation.grown(self.effects.closed, growth, environment.habit)

    def _deliver(self, practice: Floats) -> Floats:
        made = cooperation.public_good(cooperation.mean_with_others(practice), self.exponents)
        return np.asarray(made / self.reference.ideal_good)

    # ------------------------------------------------------------------ remembering and forgetting

    def remember(self) -> dict[str, Any]:
        """A copy of everything that changes, to go on from in another region of the same worlds."""
        return {
            "first": self.first_reading,
            "month": self.month,
            "environment": self.environment.copy(),
            "pact": self.last_pact.copy(),
            "line": tuple(part.copy() for part in self.last_line),
            "stake": self.last_stake.copy(),
            "agents": [
                {name: getattr(agent, name).copy() for name in agent.VARIABLES} for agent in self._lasting()
            ],
        }

    def recall(self, memory: Mapping[str, Any]) -> None:
        """Go on from `memory`, which a region with the same worlds, draws and assumptions made."""
        self.month = memory["month"]
        self.environment = memory["environment"].copy()
        self.last_pact = memory["pact"].copy()
        self.last_line = tuple(part.copy() for part in memory["line"])
        self.last_stake = memory["stake"].copy()
        self.publics.expect_others()
        for agent, values in zip(self._lasting(), memory["agents"], strict=True):
            for name, value in values.items():
                setattr(agent, name, value.copy())

    last_line: tuple[Floats, ...] = (np.zeros((1, 15)), np.zeros((1, 15)))
    last_stake: Floats = np.zeros((1, 6))

    def _lasting(self) -> list[Any]:
        """The agents that every scenario has: all but the mechanisms that its policies start."""
        standing = [mechanism for mechanism in self.mechanisms if mechanism.start == 0]
        return [self.governments, self.publics, *self.powers, *standing]

    def forget(self) -> None:
        """Let go of the agents and what they hold, so that a finished model's memory is free at once.

        Agents and model refer to each other, so that without this the citizens would stay until the next full
        collection of garbage; and Mesa 3 keeps a register of models.
        """
        self.remove_all_agents()
        for agent in (
            self.publics,
            self.governments,
            *self.publics,
            *self.governments,
            *self.powers,
            *self.mechanisms,
        ):
            vars(agent).clear()
        register = getattr(mesa.Agent, "_ids", None)
        if register is not None and hasattr(register, "pop"):
            register.pop(self, None)
