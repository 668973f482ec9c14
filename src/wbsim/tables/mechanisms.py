"""Every kind of mechanism with its levers: what a policy may start, and what it may set."""

from __future__ import annotations

from wbsim.tables.channels import FORUM_CHANNELS, RESULTS_CHANNELS
from wbsim.tables.places import FORMATS, STATE_CODES
from wbsim.tables.record import Lever, MechanismRecord

_ALL_SIX = STATE_CODES
_PAPER = "the paper, section 5"


def _members(
    default: tuple[str, ...] = _ALL_SIX, reason: str = "the paper asks for all six as equals"
) -> Lever:
    return Lever("members", "member states", "states", "states", default, reason)


def _staff(default: float, reason: str) -> Lever:
    return Lever("staff", "staff asked of each member", "desks", "number", default, reason, 0.0, 3.0)


def _cost(default: float, reason: str) -> Lever:
    return Lever("cost", "running cost", "EUR m a year", "number", default, reason, 0.0, 200.0)


BILATERAL = MechanismRecord(
    "bilateral",
    "Bilateral ties",
    "Police attachés, agreements and working contacts between two states; non-recognition closes most of them.",
    "the paper, section 5: cooperation is framed mostly on bilateral bases",
    (_members(), _staff(0.5, "assumed: the largest share of today's staff"), _cost(0.0, "national budgets")),
    in_status_quo=True,
)
NATO = MechanismRecord(
    "nato",
    "NATO",
    "Joint procedures of the members among the six, mostly on terrorism, cyber defence and disasters.",
    "states.csv (nato_status); the paper, section 3.1",
    (
        _members(("ALB", "MKD", "MNE"), "members in 2022"),
        _staff(0.15, "assumed: a third of the bilateral staff"),
        _cost(0.0, "national budgets"),
    ),
    in_status_quo=True,
)
#: States that declared Open Balkan in 2019 (events.csv E16).
OPEN_BALKAN_FOUNDERS = ("ALB", "MKD", "SRB")
OPEN_BALKAN = MechanismRecord(
    "open-balkan",
    "Open Balkan",
    "Albania, North Macedonia and Serbia: borders and mutual aid in disasters; jointly owned, ends by a crisis.",
    "events.csv E16, E29, E51; the paper, section 4.2",
    (
        _members(OPEN_BALKAN_FOUNDERS, "members 2019 to 2023"),
        Lever(
            "non_recognition",
            "what missing recognition does between two members",
            "choice",
            "choice",
            "closes",
            "assumed: as with bilateral ties, since it has no body of its own that could stand in; today's members "
            "recognise each other. `bridged`: as in the agreements that all six signed in Berlin (events.csv E44)",
            choices=("closes", "bridged"),
        ),
        Lever(
            "joiners_own",
            "how far it is owned by members other than Albania, North Macedonia and Serbia",
            "share",
            "number",
            0.5,
            "assumed: half, since in Bosnia and Montenegro most citizens were in favour and in Kosovo 42 % (the paper, "
            "section 4.2), and their governments stayed out; without effect on today's members",
            0.0,
            1.0,
        ),
        _staff(0.1, "assumed: no secretariat"),
        _cost(1.0, "assumed: meetings only"),
    ),
    in_status_quo=True,
)
IISG = MechanismRecord(
    "iisg",
    "IISG",
    "Integrative Internal Security Governance today: terrorism (WBCTi), serious crime (WBCSCi) and borders (WBBSi); "
    "funded from outside, paid for activity, slow, without measured results.",
    "events.csv E04, E17, E26, E37; the paper, sections 3.1 and 5",
    (
        _members(),
        Lever(
            "funds",
            "external funds",
            "EUR m a year",
            "number",
            12.0,
            "assumed: order of EU regional programmes",
            0.0,
            200.0,
        ),
        _staff(0.2, "assumed: contact points in three pillars"),
        _cost(1.5, "assumed: a small secretariat"),
    ),
    in_status_quo=True,
)
IISG_RESULTS = MechanismRecord(
    "iisg-results",
    "Result-based IISG",
    "IISG with a share of its funds paid on verified outputs, published league tables and, where chosen, conditions.",
    f"{_PAPER}: result-based, with measurable outputs; Clist 2018 and the overview of reviews 2009 on its costs",
    (
        _members(),
        Lever(
            "funds",
            "external funds",
            "EUR m a year",
            "number",
            12.0,
            "as IISG today: the paper asks for other rules, not for more money",
            0.0,
            200.0,
        ),
        Lever(
            "paid_on_results",
            "share of funds paid on verified outputs",
            "share",
            "number",
            0.5,
            "assumed: half, the upper range of such programmes",
            0.0,
            1.0,
        ),
        Lever(
            "weights",
            "weights of the domains in what is paid for",
            "share by domain",
            "weights",
            (0.4, 0.3, 0.3, 0.0, 0.0),
            "assumed: the three pillars, crime first as in the paper",
            0.0,
            1.0,
        ),
        Lever(
            "verification",
            "quality of verification",
            "share",
            "number",
            0.6,
            "assumed: independent audits of most outputs",
            0.0,
            1.0,
        ),
        Lever(
            "publication",
            "share of results that is published as league tables",
            "share",
            "number",
            1.0,
            "the paper asks for measurable outputs; unpublished they bind nobody",
            0.0,
            1.0,
        ),
        Lever(
            "conditionality",
            "what the basic funds depend on",
            "choice",
            "choice",
            "none",
            "the paper asks for an unconditional, problem-solving approach",
            choices=("none", "results", "political"),
        ),
        Lever(
            "target",
            "agreed rise of the verified share, of what is missing to all",
            "share",
            "number",
            0.3,
            "assumed: each state's own target is its start and a third of the rest; what is published and earned is "
            "measured against it",
            0.0,
            1.0,
        ),
        Lever(
            "unearned",
            "where result funds go that are not earned",
            "choice",
            "choice",
            "earners",
            "assumed: to the states that earn, so that the same money is spent; `next-year` keeps them for everybody's "
            "next year, `equally` spreads them, `lost` returns them to the donor",
            choices=("earners", "next-year", "equally", "lost"),
        ),
        Lever(
            "reporting_staff",
            "staff for reporting, if all funds were paid on results",
            "desks",
            "number",
            0.1,
            "assumed: half of today's contact points; in proportion to the share paid on results",
            0.0,
            3.0,
        ),
        Lever(
            "audit_cost",
            "cost of audits, if all funds were paid on results",
            "EUR m a year",
            "number",
            2.0,
            "assumed: a sixth of the funds; in proportion to the share paid on results",
            0.0,
            200.0,
        ),
        _staff(0.2, "as IISG today"),
        _cost(1.5, "as IISG today"),
    ),
    replaces="iisg",
    channels=RESULTS_CHANNELS,
)
FORUM = MechanismRecord(
    "forum",
    "Western Balkans Security Forum",
    "Decision-makers of the six meet, choose the domain of greatest shared concern, and adopt commitments by the "
    "chosen rule. It acts through commitments, dialogue, transparency, a crisis line, priorities, and a channel of its "
    "own where the structural alternative `forum_channel` has one.",
    _PAPER,
    (
        _members(),
        Lever(
            "meetings_per_year",
            "meetings a year",
            "meetings a year",
            "number",
            4.0,
            "assumed: quarterly, as ministerial formats are",
            0.0,
            12.0,
            counted=True,
        ),
        Lever(
            "led",
            "who convenes and chairs it",
            "choice",
            "choice",
            "region",
            "the paper asks for a forum of the six; `outside` is the format of the Berlin Process: more come, and the "
            "six own less of it",
            choices=FORMATS,
        ),
        Lever(
            "kosovo_seat",
            "Kosovo's seat",
            "choice",
            "choice",
            "equal",
            "the paper: all six as equals, despite unresolved disputes",
            choices=("equal", "asterisk", "absent"),
        ),
        Lever("quorum", "members needed for a meeting", "states", "whole", 4, "assumed: two thirds", 2, 6),
        Lever(
            "rule",
            "rule of adoption",
            "choice",
            "choice",
            "consensus",
            "the paper: decisions on the basis of consensus",
            choices=("consensus", "all-but-one", "qualified-majority"),
        ),
        Lever(
            "agenda",
            "what is put to a vote",
            "choice",
            "choice",
            "items",
            "one domain after the other until one is adopted; `packages`: all that is open together, gains in one set "
            "against losses in another",
            choices=("items", "packages"),
        ),
        Lever(
            "review_months",
            "months until commitments are reviewed",
            "months",
            "whole",
            24,
            "assumed: two years",
            6,
            60,
        ),
        Lever(
            "transparency",
            "share of commitments and postures that is observed",
            "share",
            "number",
            0.5,
            "the paper asks for increased transparency; assumed half",
            0.0,
            1.0,
        ),
        Lever(
            "dialogue",
            "strength of dialogue between officials",
            "ratio",
            "number",
            1.0,
            "1 is the contact of one ordinary meeting",
            0.0,
            3.0,
        ),
        Lever(
            "crisis_line",
            "strength of the crisis line",
            "ratio",
            "number",
            1.0,
            "1 is a staffed line between the six; it serves two states only as far as both use it",
            0.0,
            3.0,
        ),
        Lever(
            "commitments",
            "may commitments be adopted",
            "choice",
            "choice",
            "binding",
            "the paper: commit to common solutions",
            choices=("binding", "none"),
        ),
        Lever(
            "meeting_staff",
            "staff that a meeting a year binds in each member",
            "desks",
            "number",
            0.02,
            "assumed: a working week of two people to prepare and follow up",
            0.0,
            1.0,
        ),
        Lever(
            "meeting_cost",
            "cost of a meeting",
            "EUR m",
            "number",
            0.25,
            "assumed: six delegations, hosting and interpreting",
            0.0,
            20.0,
        ),
        Lever(
            "secretariat_cost",
            "cost of a secretariat that runs a channel of its own, where there is one",
            "EUR m a year",
            "number",
            2.0,
            "analogues.csv: the yearly budget of RYCO",
            0.0,
            50.0,
        ),
        _staff(0.07, "assumed: half of a national desk beside what meetings bind"),
        _cost(2.0, "assumed: a bureau of a dozen, without the meetings"),
    ),
    channels=FORUM_CHANNELS,
)

MECHANISMS: dict[str, MechanismRecord] = {
    record.name: record for record in (BILATERAL, NATO, OPEN_BALKAN, IISG, IISG_RESULTS, FORUM)
}
