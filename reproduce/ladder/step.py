"""One step of the ladder: a change of the model, and the headline after it."""

from __future__ import annotations

from dataclasses import dataclass

#: Worlds and seed of every step: those of the table in the README.
WORLDS, SEED = 200, 1


@dataclass(frozen=True, slots=True)
class Effect:
    """A policy minus the status quo in the same worlds, for one headline outcome.

    `mean` and `mcse` (its Monte Carlo error) are in the outcome's unit, `better` is the share of worlds in which the
    policy does better (ties count half), `harm` that in which it does worse beyond the margin. None where the outcome
    is not defined.
    """

    policy: str
    outcome: str
    mean: float | None
    mcse: float | None
    better: float | None
    harm: float | None


@dataclass(frozen=True, slots=True)
class Step:
    """A change, why it was made, and the headline that it led to.

    `commit` is the one whose tree was simulated; a plus sign behind it says that the sources held changes that were not
    committed. `model` and `posterior` identify rules and tables, and the posterior, whatever the history of commits
    becomes (see `reproduce.identity`).
    """

    label: str
    why: str
    evidence: str
    commit: str
    model: str
    posterior: str
    worlds: int
    seed: int
    results_sha256: str
    effects: tuple[Effect, ...] = ()

    @property
    def policies(self) -> tuple[str, ...]:
        """The policies in the order in which they were compared."""
        return tuple(dict.fromkeys(effect.policy for effect in self.effects))

    def effect(self, policy: str, outcome: str) -> Effect | None:
        """The effect of a policy on an outcome; None where the step has none."""
        found = (each for each in self.effects if (each.policy, each.outcome) == (policy, outcome))
        return next(found, None)
