"""The two clocks of a claim: until when it is told of, and until when it is handed in with its papers."""

from dataclasses import dataclass

from welfare.claims.models import Claim, ClaimRule
from welfare.workdays.services import Calendar, Term, last_day


@dataclass(frozen=True)
class Clocks:
    """The last days of both terms; None where the standard sets none."""

    notice: Term | None
    papers: Term | None


def clocks(*, claim: Claim, rule: ClaimRule, calendar: Calendar | None = None) -> Clocks:
    """Return until when the event is told of and the claim handed in; the day itself does not count.

    Told of from the end of the stay (else its first day), handed in from the settlement of the costs (else from there).
    """
    known = calendar or Calendar()
    ended = claim.ended_on or claim.occurred_on
    return Clocks(
        last_day(after=ended, length=rule.notice_length, unit=rule.notice_unit, calendar=known),
        last_day(after=claim.settled_on or ended, length=rule.papers_length, unit=rule.papers_unit, calendar=known),
    )


def late(*, claim: Claim, rule: ClaimRule) -> str:
    """Say which of the terms the claim missed, in words; empty when it is in time."""
    found = clocks(claim=claim, rule=rule)
    told = claim.notified_on or claim.applied_on
    missed = [
        *([f"应于 {found.notice} 前报告"] if found.notice and told > found.notice.day else []),
        *([f"应于 {found.papers} 前申请"] if found.papers and claim.applied_on > found.papers.day else []),
    ]
    return "，".join(missed)
