"""Findings: raised about a check's rows, answered, judged; an audit is concluded with what stood then."""

import datetime as dt
from collections.abc import Collection
from decimal import Decimal

from django.db import transaction

from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import hold, move, record
from welfare.audit.enums import OPEN_FINDINGS
from welfare.audit.models import Audit, AuditFinding
from welfare.audit.services.checks import CHECKS, matters


@transaction.atomic
def raise_finding(
    *,
    check: str,
    year: int,
    refs: Collection[str],
    text: str,
    asked_of: str,
    actor: User,
    due_on: dt.date | None = None,
    audit: Audit | None = None,
) -> AuditFinding:
    """Raise a finding about these of the rows that the check finds in the year, kept as they stand now.

    Raises Refused where none of them is found any more, and where one is asked about already.
    """
    found = [one for one in matters(year=year, check=check) if one.ref in set(refs)]
    if not found:
        raise Refused("所选记录已不在这一核查项目中，请返回重新选择。")
    if any(one.finding for one in found):
        raise Refused("所选记录中有已提出过的，请返回重新选择。")
    amounts = [one.amount for one in found if one.amount is not None]
    rows = [
        {
            "check": check,
            "ref": one.ref,
            "on": one.on.isoformat() if one.on else "",
            "about": one.about,
            "words": one.words,
            "amount": str(one.amount) if one.amount is not None else "",
        }
        for one in found
    ]
    made = AuditFinding(text=text, asked_of=asked_of, due_on=due_on, audit=audit, rows=rows)
    made.amount = sum(amounts, Decimal(0)) if amounts else None
    return record(made, actor=actor)


@transaction.atomic
def answer(*, subject: AuditFinding, answer: str, actor: User) -> AuditFinding:
    """Answer a finding; each answer stays in the log."""
    held = hold(subject)
    move(held, "answer", actor=actor, why=answer, answer=answer)
    return held


def outcome(*, audit: Audit) -> str:
    """Say what the checks of faults find in the audit's years, and how many of its findings are open."""
    years = range(audit.starts_on.year, audit.ends_on.year + 1)
    counts = {one: sum(len(one.matters(year=year)) for year in years) for one in CHECKS if one.fault}
    told = [f"{one.name} {count:,} 件" for one, count in counts.items() if count]
    still = audit.findings.filter(state__in=OPEN_FINDINGS).count()
    return f"核查疑点：{'、'.join(told) or '没有'}；未办结的问题 {still:,} 个"


@transaction.atomic
def conclude(*, subject: Audit, concluded_on: dt.date, opinion: str, actor: User | None) -> Audit:
    """Conclude an audit with its opinion; what the checks found then is kept with the move."""
    held = hold(subject)
    move(held, "conclude", actor=actor, why=outcome(audit=held), concluded_on=concluded_on, opinion=opinion)
    return held
