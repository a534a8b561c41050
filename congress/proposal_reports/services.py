"""Reports on proposals: begun for some sessions, their paper kept."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from congress.bodies.enums import Body
from congress.bodies.models import Congress
from congress.past_records.services import past_drive
from congress.proposal_reports.models import ProposalReport
from congress.proposal_reports.querysets import accountable
from congress.sessions.models import Session
from members.branches.services.tree import union_name
from union_portal.accounts.models import User
from union_portal.base.chinese.numerals import numeral
from union_portal.base.errors import DomainError
from union_portal.base.steps import hold


def sessions_of(congress: Congress) -> list[Session]:
    """Return the sessions of a term that collected proposals, as records or as a total."""
    return list(accountable(Session.objects.all()).filter(sittings__congress=congress))


@transaction.atomic
def begin_report(
    *, sessions: Iterable[Session], term: Congress | None = None, title: str = "", actor: User | None
) -> ProposalReport:
    """Begin a report on the sessions and those of the term; named after them unless a title is given.

    A session known by its total (往年数据补录) alone gets the drive that keeps the explanation of what does not add up.
    """
    chosen = sorted({*sessions, *(sessions_of(term) if term else ())}, key=lambda one: (one.convened_on, one.pk))
    if not chosen:
        raise DomainError("请至少选择一次会议，或选择征集过提案的一届。", field="sessions")
    whose = chosen[0].title if len(chosen) == 1 else _of_term(term) if term else union_name()
    for one in chosen:
        past_drive(session=one)
    made: ProposalReport = ProposalReport.objects.create(
        title=title.strip() or f"{whose}提案工作报告", signer=union_name(), created_by=actor
    )
    made.sessions.set(chosen)
    return made


def _of_term(term: Congress) -> str:
    return f"{term.branch or ''}第{numeral(term.number)}届{'教代会' if term.body == Body.STAFF else '工代会'}"


@transaction.atomic
def keep_paper(*, report: ProposalReport, data: dict[str, Any], pdf: bytes, pages: int, made_at: dt.datetime) -> None:
    """Store the PDF and the figures it was made from, in place of the ones before."""
    held = hold(report)
    before = held.pdf.name
    held.pdf.save(f"proposal-report-{held.pk}.pdf", ContentFile(pdf), save=False)
    held.data, held.pages, held.made_at = data, pages, made_at
    held.save()
    if before:
        transaction.on_commit(lambda: default_storage.delete(before))
