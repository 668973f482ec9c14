"""Structural alternatives: rules that evidence does not decide, drawn world by world as parameters are."""

from __future__ import annotations

from wbsim.tables.record import Structure

#: Name of the group of inputs that all structural alternatives make.
STRUCTURE = "structure"

STRUCTURES: dict[str, Structure] = {
    structure.name: structure
    for structure in (
        Structure(
            "forum_channel",
            "channel that the forum opens",
            ("none", "grows", "secretariat"),
            (
                "the forum opens no channel of its own",
                "a channel between members that grows with meetings that both attended and with joint practice, and "
                "decays without",
                "a channel run by a secretariat from its first meeting on, owned less by the members and paid for",
            ),
            (
                "the forum opens no channel",
                "the forum opens a growing channel",
                "a secretariat runs a channel of the forum",
            ),
            (0.25, 0.5, 0.25),
            "no evidence decides; the paper (section 5) asks that mechanisms facilitate exchanges between officials, "
            "information exchange and joint responses, which makes `none` the less likely reading",
            "RYCO and MARRI got secretariats, SEECP and the Berlin Process hardly any; the weights are ours",
            "X1, M3",
            "forum",
        ),
        Structure(
            "forum_weighs",
            "what members of the forum weigh",
            ("efforts", "delivered"),
            (
                "members weigh what all would do, Q(effort)",
                "members weigh what will be delivered, Q(practice), given trust and open channels",
            ),
            ("members weigh what all would do", "members weigh what will be delivered"),
            (0.5, 0.5),
            "nothing found tells which of the two; even weights",
            "no source: two readings of what a government compares",
            "M3",
            "forum",
        ),
        Structure(
            "channel_growth",
            "whether existing channels grow with use",
            ("fixed", "with-use"),
            (
                "existing channels stay as open as they are",
                "existing channels open further with use and close without",
            ),
            ("existing channels stay as open as they are", "existing channels grow with use"),
            (0.5, 0.5),
            "the literature on practice in security communities argues for growth with use, as a direction without a "
            "size; even weights",
            "Stojanović Gajić & Ejdus 2018",
            "X1",
        ),
    )
}
