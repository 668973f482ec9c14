"""Whether effects hold under other assumptions, in words."""

from __future__ import annotations

from wbsim.experiments.robust import Robust, Robustness
from wbsim.report.extra_tables import worlds_text
from wbsim.tables.outcomes import OUTCOMES


def lead(found: Robustness) -> str:
    """What came out over all policies, in a sentence or two."""
    every = [robust for outcomes in found.policies.values() for robust in outcomes.values()]
    if all(robust.ranks is None for robust in every):
        return "No world finished in all runs, so nothing can be said."
    if all(_nothing(robust) for robust in every):
        return (
            f"There is no difference from {found.baseline} under any of {len(found.settings)} settings, so there is "
            "nothing to turn round."
        )
    if all(effect.mcse is None for robust in every for effect in robust.effects):
        return (
            "One world has no Monte Carlo error, so that no change of sign or order can be told from chance."
        )
    clear = sum(robust.sign_flips_clearly for robust in every)
    unclear = sum(robust.sign_flips and not robust.sign_flips_clearly for robust in every)
    turned = sum(bool(robust.reversals) for robust in every)
    more = f", and {unclear} more might: {worlds_text(found.worlds)} can't tell" if unclear else ""
    return (
        f"Under {len(found.settings)} settings, {clear} of {len(every)} headline effects turn from a gain into a harm "
        f"beyond two Monte Carlo errors{more}. The order of scenarios turns round beyond them for {turned} of "
        f"{len(every)}."
    )


def finding(found: Robustness, policy: str) -> str:
    """How many headline effects keep their sign under every setting, and which turn round clearly."""
    outcomes = found.policies[policy]
    if all(robust.ranks is None for robust in outcomes.values()):
        return f"No world finished in all runs, so nothing can be said about {policy}."
    if all(_nothing(robust) for robust in outcomes.values()):
        return f"{policy} makes no difference to any headline outcome under any setting."
    flipped = [name for name, robust in outcomes.items() if robust.sign_flips]
    count = f"{len(flipped)} of {len(outcomes)} headline effects" if flipped else "No headline effect"
    text = f"{count} of {policy} can turn from a gain into a harm as a mean over worlds"
    text = f"{text}: " if flipped else f"{text} under any of the settings"
    text += "; ".join(_flip(name, outcomes[name]) for name in flipped)
    turned = [name for name, robust in outcomes.items() if robust.other_sign and not robust.sign_flips]
    if turned:
        said = ", ".join(
            f"{OUTCOMES[name].label} (under {', '.join(outcomes[name].other_sign)})" for name in turned
        )
        text += f". A harm turns into a gain, beyond Monte Carlo error, for {said}"
    return f"{text}."


def _flip(name: str, robust: Robust) -> str:
    told = "beyond" if robust.sign_flips_clearly else "not beyond"
    return f"{OUTCOMES[name].label} (worst under {robust.worst}, {told} Monte Carlo error)"


def _nothing(robust: Robust) -> bool:
    """Whether all means are exactly nil, without any error."""
    return all(effect.mean == 0.0 and not effect.mcse for effect in robust.effects)
