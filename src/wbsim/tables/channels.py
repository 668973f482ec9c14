"""Channels of the mechanisms that policies start: what each is, and what is left out when it is off."""

from __future__ import annotations

from wbsim.tables.record import Channel

FORUM_CHANNELS: tuple[Channel, ...] = (
    Channel(
        "dialogue",
        "dialogue",
        "Meetings leave no trace in anybody's record of the others: no contact where they are held, no blame for "
        "those who stay away where they fail; and that all six sit together as equals counts for nothing.",
    ),
    Channel(
        "commitments",
        "commitments",
        "What is adopted is a declaration: no pledge moves anybody's effort, no review finds one kept or broken, "
        "nobody regrets it. Items are still adopted, so that priorities keep working.",
    ),
    Channel(
        "transparency",
        "transparency",
        "The forum shows no military postures, and observes no commitments; auditors of a result-based IISG still do.",
    ),
    Channel(
        "crisis-line",
        "crisis line",
        "The line neither lowers escalation nor shortens crises.",
    ),
    Channel(
        "channel",
        "channel of its own",
        "The forum opens no channel of its own, whatever its structure, and no secretariat is paid for one.",
    ),
    Channel(
        "priorities",
        "priorities for IISG",
        "What the forum adopts moves no weights of a result-based IISG and doesn't make it owned.",
        needs="iisg-results",
    ),
)

RESULTS_CHANNELS: tuple[Channel, ...] = (
    Channel(
        "incentive",
        "incentive",
        "Payment moves no motive: nothing is bought, nothing crowded out, nothing drawn away from what isn't measured.",
    ),
    Channel(
        "publication",
        "publication",
        "No league tables: they move neither beliefs nor effort nor rhetoric, and inflate no reports.",
    ),
    Channel(
        "measurement",
        "measurement",
        "Nothing is gamed or exposed, nobody reports and nobody audits, so no staff and no money goes into it and no "
        "auditor observes the commitments of a forum. What is paid and published is what was truly done.",
    ),
    Channel(
        "redistribution",
        "earned and unearned funds",
        "Funds are spent in full whatever is earned, no condition withholds them, and capacities are as under today's "
        "funds: none is lost, spread or kept, and more or less money than today changes nothing. No money is at stake, "
        "so that none moves a veto player.",
    ),
)
