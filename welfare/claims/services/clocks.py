"""The two clocks of a claim: until when it is told of, and until when it is handed in with its papers."""

import datetime as dt
from dataclasses import dataclass

from union_portal.base.periods import months_later
from welfare.claims.enums import TermUnit
from welfare.claims.models import Claim, ClaimRule
from welfare.workdays.services import Calendar, Term


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
        last_day(known, ended, rule.notice_length, rule.notice_unit),
        last_day(known, claim.settled_on or ended, rule.papers_length, rule.papers_unit),
    )


def last_day(calendar: Calendar, after: dt.date, length: int | None, unit: str) -> Term | None:
    """Return the last day of a term of so many working days, days or months after a day; None without one."""
    if length is None:
        return None
    if unit == TermUnit.WORKDAYS:
        return calendar.term(after=after, days=length)
    if unit == TermUnit.MONTHS:
        return Term(months_later(after, length), certain=True)
    return Term(after + dt.timedelta(days=length), certain=True)


def late(*, claim: Claim, rule: ClaimRule) -> str:
    """Say which of the terms the claim missed, in words; empty when it is in time."""
    found = clocks(claim=claim, rule=rule)
    told = claim.notified_on or claim.applied_on
    missed = [
        *([f"应于 {found.notice} 前报告"] if found.notice and told > found.notice.day else []),
        *([f"应于 {found.papers} 前申请"] if found.papers and claim.applied_on > found.papers.day else []),
    ]
    return "，".join(missed)
