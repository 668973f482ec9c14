"""What the model can and cannot say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results


@dataclass(frozen=True, slots=True)
class Limits:
    """What it can say, and what it cannot, each a claim and the reason."""

    can: str
    cannot: tuple[tuple[str, str], ...]


LIMITS = Limits(
    "It works out what a set of explicit assumptions about citizens, governments, mechanisms and chance implies for a "
    "policy, beside the status quo in the same worlds; how wide the range of implications is; and which assumptions a "
    "conclusion hangs on.",
    (
        (
            "It does not forecast.",
            "Worlds after 2022 are courses of events that the assumptions allow. Nothing in them knows what happened "
            "since.",
        ),
        (
            "It gives no effects that are free of priors.",
            "No forum of this kind and no result-based IISG has existed. Surveys speak about levels, and hardly about "
            "what a meeting or a payment changes. An interval is as wide as our ignorance was judged to be.",
        ),
        (
            "A high chance of being better is not a chance that a policy would work.",
            "It is the share of worlds drawn from what priors and surveys allow, under this structure of the model.",
        ),
        (
            "It says nothing of weight about armed conflict.",
            "None has occurred between the six since 2001: its frequency in the model is a prior and nothing else.",
        ),
        (
            "It does not measure trust between governments, rents of elites, ownership, or practised cooperation.",
            "They have no accepted measurement. Read differences and ranks, not levels.",
        ),
        (
            "It does not speak about groups below the state,",
            "except for the communities that take sides: there are no parties, ministries, regions, media or "
            "organisations.",
        ),
        (
            "The world around does not react.",
            "Accession, Russian pressure, mediation and peacekeepers follow assumptions, whatever the six do.",
        ),
        (
            "Intervals do not include the sampling error of a survey,",
            "and the list of crises was built by searching for known ones, so that its rates are lower bounds.",
        ),
    ),
)


def build(results: Results) -> Limits:
    """The same for all results."""
    return LIMITS
