"""The order of a month, as data: the region follows it and the documentation prints it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a month: the method of the region that carries it out, the equations, and what happens."""

    method: str
    equations: str
    text: str


SCHEDULE = (
    Stage(
        "look", "", "agents see last month's values of the others; all decisions of the month rest on these"
    ),
    Stage("move_powers", "E3", "European Union, NATO, United States and Russia move along their paths"),
    Stage(
        "move_threats", "E1, X3", "threat levels move; natural shocks and incidents occur; others send help"
    ),
    Stage("move_crises", "E2", "open crises end or go on; new ones break out and climb"),
    Stage("move_mechanisms", "M1-M5", "mechanisms meet, pay, publish, review, and bind staff"),
    Stage("move_governments", "G1-G4", "governments judge the others, speak, choose effort and posture"),
    Stage("cooperate", "X1, X2, M4", "channels open, cooperation is practised and makes public goods"),
    Stage("move_publics", "C1-C5", "citizens hear, feel, learn and answer"),
    Stage("measure", "", "every outcome is written down"),
)
